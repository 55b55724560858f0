import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { matchPath } from '../../src/server/rest/match-route.ts';
import { API_KEY } from '../setup/api.ts';

const described = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({}))),
  components: z.looseObject({
    schemas: z.record(z.string(), z.unknown()),
    responses: z.record(z.string(), z.unknown()),
  }),
});

/** The committed description, with its references where a validator looks for them. */
const description = described.parse(
  JSON.parse(readFileSync('openapi.json', 'utf8').replaceAll('#/components/schemas/', '#/$defs/')),
);
const response = z.object({
  $ref: z.string().optional(),
  content: z.object({ 'application/json': z.object({ schema: z.unknown() }) }).optional(),
});
const operation = z.looseObject({ responses: z.record(z.string(), response) });

export interface RestAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests assert.
  readonly body: any;
  readonly headers: Headers;
}

export interface RestRequest {
  /** Sent as JSON; a text as it stands. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Null: none. */
  readonly key?: string | null;
  readonly form?: string;
}

/** A caller of the first system's endpoints; every answer is held against the description. */
export class RestCaller {
  readonly #root: string;
  /** Operations and statuses that were seen. */
  readonly seen = new Set<string>();

  constructor(graphqlUrl: string) {
    this.#root = graphqlUrl.replace('/graphql', '');
  }

  get root(): string {
    return this.#root;
  }

  get(path: string, request: RestRequest = {}): Promise<RestAnswer> {
    return this.call('GET', path, request);
  }

  post(path: string, body: unknown, request: RestRequest = {}): Promise<RestAnswer> {
    return this.call('POST', path, { ...request, body });
  }

  async call(method: string, path: string, request: RestRequest = {}): Promise<RestAnswer> {
    const { body, form, key = API_KEY } = request;
    const json = typeof body === 'string' ? body : JSON.stringify(body);
    const sent = form ?? (body === undefined ? undefined : json);
    const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded';
    const answered = await fetch(path.startsWith('http') ? path : `${this.#root}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...(sent !== undefined && { 'content-type': type }),
        ...request.headers,
      },
      ...(sent !== undefined && { body: sent }),
    });
    const text = await answered.text();
    const answer = {
      status: answered.status,
      body: text === '' ? undefined : JSON.parse(text),
      headers: answered.headers,
    };
    this.#check(method, path, answer);
    return answer;
  }

  /** @throws what the description says otherwise. */
  #check(method: string, path: string, { status, body }: RestAnswer): void {
    const { pathname } = new URL(path, this.#root);
    const matched = matchPath(pathname);
    const route = matched?.methods.get(method === 'HEAD' ? 'GET' : method);
    if (route === undefined || method === 'HEAD') return;
    const answers = operation.parse(description.paths[route.path]?.[method.toLowerCase()]).responses;
    const found = answers[String(status)];
    if (found === undefined) throw new Error(`${route.operationId} is not described to answer ${status}`);
    this.seen.add(`${route.operationId} ${status}`);
    const whole =
      found.$ref === undefined
        ? found
        : response.parse(description.components.responses[found.$ref.split('/').at(-1) ?? '']);
    const schema = whole.content?.['application/json'].schema;
    if (schema === undefined) {
      if (body !== undefined) throw new Error(`${route.operationId} ${status} is described without a body`);
      return;
    }
    validatorOf(schema).parse(body);
  }
}

const validators = new Map<string, z.ZodType>();

function validatorOf(schema: unknown): z.ZodType {
  const key = JSON.stringify(schema);
  let validator = validators.get(key);
  if (validator === undefined) {
    validator = z.fromJSONSchema(
      JSON.parse(`{"allOf":[${key}],"$defs":${JSON.stringify(description.components.schemas)}}`),
    );
    validators.set(key, validator);
  }
  return validator;
}

/** A payload of the first system's documents, byte for byte. */
export function sampleOf(name: string): string {
  return readFileSync(join(import.meta.dirname, 'samples', `${name}.json`), 'utf8');
}
