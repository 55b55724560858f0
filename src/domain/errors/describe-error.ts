import { scrubErrorText } from '../text/scrub-text.ts';

/** The parts of an error that may leave this process: names of columns and codes, never values of rows. */
export interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: DescribedError;
  readonly errors?: readonly DescribedError[];
  readonly [fact: string]: unknown;
}

/**
 * Facts that libraries hang on errors and that say where it happened. Everything else stays behind: Postgres's
 * `detail` has the whole row, an AxiosError the token, the body and the sockets, pg its connection with its password.
 */
const FACTS = [
  'code',
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
  'dataType',
  'routine',
  'syscall',
  'address',
  'port',
  'hostname',
  'status',
  'statusCode',
  'system',
  'failure',
] as const;
const DEPTH_MAX = 4;
const ERRORS_MAX = 5;
const STACK_MAX_CHARACTERS = 4_000;
/** Class 22 of Postgres, and what JSON.parse says: the value that was wrong stands behind. */
const QUOTED_VALUE =
  /(invalid (?:input|byte|value)[^":]*|out of range[^":]*|malformed[^":]*|Unexpected token)[ :]*["'][\s\S]*$/i;

/** An error made fit to be logged or stored. @param depth of causes. */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: scrubErrorText(String(error)) };
  const { cause } = error;
  const errors = error instanceof AggregateError ? error.errors.slice(0, ERRORS_MAX) : [];
  return {
    type: error.name === 'error' ? error.constructor.name : error.name,
    message: messageOf(error),
    ...factsOf(error),
    ...(error.stack !== undefined && { stack: stackOf(error, error.stack) }),
    ...(cause !== undefined && depth < DEPTH_MAX && { cause: describeError(cause, depth + 1) }),
    ...(errors.length > 0 &&
      depth < DEPTH_MAX && { errors: errors.map((one: unknown) => describeError(one, depth + 1)) }),
  };
}

function messageOf({ message }: Error): string {
  return scrubErrorText(message.replace(QUOTED_VALUE, '$1: …'));
}

/** The stack repeats the message. */
function stackOf(error: Error, stack: string): string {
  const clean = error.message === '' ? stack : stack.replaceAll(error.message, () => messageOf(error));
  return scrubErrorText(clean.slice(0, STACK_MAX_CHARACTERS));
}

function factsOf(error: Error): Readonly<Record<string, string | number>> {
  return Object.fromEntries(
    FACTS.flatMap((name): [string, string | number][] => {
      const value: unknown = Reflect.get(error, name);
      if (typeof value === 'number') return [[name, value]];
      return typeof value === 'string' ? [[name, scrubErrorText(value)]] : [];
    }),
  );
}
