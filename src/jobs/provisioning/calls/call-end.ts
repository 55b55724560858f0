import { describeError } from '../../../domain/errors/describe-error.ts';
import type { AttemptEnd } from '../../../domain/provisioning/states/settle-attempt.ts';
import type { RemoteAccount } from '../../../integrations/contract/connector.ts';
import { UpstreamError } from '../../../integrations/contract/errors.ts';
import type { Logger } from '../../../logger.ts';

/** How one call to a system ended. */
export interface Execution {
  readonly end: AttemptEnd;
  /** Set when the account exists. */
  readonly account: RemoteAccount | null;
  /** The vendor's answer, for operators; already masked. */
  readonly details: Readonly<Record<string, unknown>> | null;
  /** With a throttled end: how long the system asked us to wait, if it said. */
  readonly retryAfterMs: number | null;
  /** Remarks for the task's result, e.g. why the name fell back to the employee number. */
  readonly notes: Readonly<Record<string, unknown>>;
}

/** An execution that threw. */
export type FailedExecution = Execution & { readonly end: Extract<AttemptEnd, { kind: 'failed' }> };

/** The end of a call that threw; `about` is logged with an unexpected error. */
export function endOfError(
  error: unknown,
  options: {
    readonly who: { readonly employeeNumber: string; readonly system: string };
    readonly about: Readonly<Record<string, string>>;
    readonly logger: Logger;
  },
): FailedExecution {
  const { who, about, logger } = options;
  if (error instanceof UpstreamError) {
    return ended(
      {
        kind: 'failed',
        failure: error.failure,
        error: { code: error.code, parameters: { ...who, ...error.parameters } },
      },
      { details: { class: error.failure, ...error.vendor }, retryAfterMs: error.retryAfterMs },
    );
  }
  logger.error({ error, ...about }, 'a call ended with an unexpected error');
  const { message, stack = message } = describeError(error);
  return ended(
    { kind: 'failed', failure: 'bug', error: { code: 'UNEXPECTED_ERROR', parameters: who } },
    { details: { class: 'bug', stack } },
  );
}

/** An execution of this end, of which nothing else is to be said but `rest`. */
export function ended<End extends AttemptEnd>(
  end: End,
  rest: Partial<Omit<Execution, 'end'>> = {},
): Execution & { readonly end: End } {
  return { end, account: null, details: null, retryAfterMs: null, notes: {}, ...rest };
}
