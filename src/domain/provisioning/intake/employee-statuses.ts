import type { ErrorParameters } from '../../errors/error-entry.ts';
import { describeCharacter, findForbiddenCharacter, isLongerThan, normaliseText } from '../../text/text.ts';

/** Longest status, as the column has it, and most of them in one call. */
const STATUS_MAX = 50;
const STATUSES_MAX = 50;

export type CheckedStatuses =
  | { readonly statuses: readonly string[] | null }
  | {
      readonly problem: {
        readonly code: string;
        readonly parameters: ErrorParameters;
        readonly path: readonly string[];
      };
    };

/** The given statuses, each once and in order, or their problems; null: none were given. */
export function checkEmployeeStatuses(given: readonly string[] | null): CheckedStatuses {
  if (given === null) return { statuses: null };
  const refuse = (
    code: string,
    path: readonly string[],
    parameters: ErrorParameters = {},
  ): CheckedStatuses => {
    const [field = '', index] = path;
    const place = index === undefined ? field : `${field}[${index}]`;
    return { problem: { code, path, parameters: { field: place, ...parameters } } };
  };
  if (given.length === 0) return refuse('REQUIRED', ['employeeStatus']);
  if (given.length > STATUSES_MAX) {
    const parameters = { variant: 'LIST', count: given.length, limit: STATUSES_MAX };
    return refuse('TOO_MANY', ['employeeStatus'], parameters);
  }
  const statuses = given.map(normaliseText);
  for (const [index, status] of statuses.entries()) {
    const path = ['employeeStatus', String(index)];
    if (status === '') return refuse('REQUIRED', path);
    if (isLongerThan(status, STATUS_MAX)) return refuse('TOO_LONG', path, { limit: STATUS_MAX });
    const forbidden = findForbiddenCharacter(status);
    if (forbidden !== null)
      return refuse('INVALID', path, { variant: 'CHARACTER', character: describeCharacter(forbidden) });
  }
  return { statuses: [...new Set(statuses)].toSorted() };
}
