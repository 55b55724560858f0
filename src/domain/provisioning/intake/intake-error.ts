import type { ErrorParameters } from '../../errors/error-entry.ts';

/** Codes that the validation of `createAccounts` gives (provisioning.md §3.3). */
export type IntakeErrorCode =
  | 'REQUIRED'
  | 'INVALID'
  | 'TOO_LONG'
  | 'TOO_MANY'
  | 'DUPLICATE_ROW'
  | 'NAME_DOUBTFUL'
  | 'SYSTEM_DISABLED'
  | 'SYSTEM_UNKNOWN';

/** One problem of a call, unrendered: `message` is made from code and parameters in the reader's language. */
export interface IntakeError {
  readonly code: IntakeErrorCode;
  readonly parameters: ErrorParameters;
  /** Relative to `input`, list positions from 0: `["userList","3","employeeName"]`. */
  readonly path: readonly string[];
  /** Of the row, when it has one that can be read. */
  readonly employeeNumber: string | null;
}

/** Problems shown in one answer at most; `userErrorCount` has the true number (core-schema.graphql). */
export const USER_ERRORS_MAX = 1_000;

/** Collects problems in input order: keeps the first `USER_ERRORS_MAX`, counts all. */
export class IntakeErrorList {
  readonly shown: IntakeError[] = [];
  count = 0;

  /** The error is only built when it will be shown. */
  add(build: () => IntakeError): void {
    this.count += 1;
    if (this.shown.length < USER_ERRORS_MAX) this.shown.push(build());
  }
}
