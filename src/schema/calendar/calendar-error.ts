import type { StoredError } from '../../domain/errors/error-entry.ts';
import { storedErrorType } from '../building/stored-error.ts';
import type { FailureColumns } from './rows.ts';

/** Why something of a calendar is not as it should be. */
export const CalendarError = storedErrorType<StoredError>(
  'CalendarError',
  'What went wrong with a calendar, an event or a member.',
);

/** Options of the field `error` of a row. */
export function errorField(description: string) {
  return {
    type: CalendarError,
    nullable: true,
    description,
    resolve: ({ error_code: code, error_parameters: parameters }: FailureColumns): StoredError | null =>
      code === null ? null : { code, parameters: parameters ?? {} },
  } as const;
}
