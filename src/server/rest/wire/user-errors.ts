import { z } from 'zod';
import { type FieldErrors, invalidFields, RestProblem, refused } from './problem.ts';

/** Why a mutation changed nothing. */
export const userErrors = z.array(
  z.object({
    code: z.string(),
    message: z.string(),
    path: z.array(z.string()).nullable(),
    employeeNumber: z.string().nullish(),
  }),
);
export type UserErrors = z.output<typeof userErrors>;

/** Errors about the present state; all others are about the input. */
const CONFLICTS: ReadonlySet<string> = new Set([
  'INVALID_STATE',
  'IN_USE',
  'VERSION_CONFLICT',
  'FEATURE_DISABLED',
  'IDENTIFIER_TAKEN',
  'UNVERIFIED',
  'SYSTEM_NOT_CONFIGURED',
]);

/**
 * Throws the errors of a mutation: 409 for the present state, 503 when there was no answer, else 400 by field.
 * `fields` maps names of GraphQL to those of REST.
 */
export function assertDone(errors: UserErrors, fields: Readonly<Record<string, string>>): void {
  const [first] = errors;
  if (first === undefined) return;
  const conflict = errors.find(({ code }) => CONFLICTS.has(code));
  if (conflict !== undefined) throw new RestProblem(409, { detail: conflict.message, code: conflict.code });
  if (first.code === 'UNAVAILABLE') throw refused(503, first.message, { 'retry-after': '5' });
  throw invalidFields(byField(errors, fields));
}

/** Texts by the field that each is about, every text once. */
export function byField(errors: UserErrors, fields: Readonly<Record<string, string>>): FieldErrors {
  const texts: Record<string, string[]> = {};
  for (const { path, message } of errors) {
    const name = path?.findLast((part) => !/^\d+$/.test(part)) ?? '';
    const field = fields[name] ?? 'non_field_errors';
    texts[field] = [...(texts[field] ?? []), message];
  }
  return texts;
}
