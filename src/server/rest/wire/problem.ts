/** A refusal of a call with its answer; thrown where it is noticed. */
export class RestProblem extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    body: Readonly<Record<string, unknown>>,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(`answered with ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** A refusal that is one sentence. */
export function refused(
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): RestProblem {
  return new RestProblem(status, { detail }, headers);
}

/** 400: the problems of all fields at once. */
export function invalidFields(errors: FieldErrors): RestProblem {
  return new RestProblem(400, errors);
}

/** Texts by field; `non_field_errors` has those without a field. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

/** Collects the problems with the fields of one call. */
export class FieldErrorList {
  readonly #errors: Record<string, string[]> = {};

  add(field: string, text: string): void {
    this.#errors[field] = [...(this.#errors[field] ?? []), text];
  }

  /** @throws {RestProblem} 400 when there is anything. */
  assertNone(): void {
    if (Object.keys(this.#errors).length > 0) throw invalidFields(this.#errors);
  }
}
