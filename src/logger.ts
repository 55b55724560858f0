import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { describeError } from './domain/errors/describe-error.ts';
import { maskName, maskPhone } from './domain/text/mask.ts';
import { scrubText } from './domain/text/scrub-text.ts';

export type Logger = pino.Logger;

/** Ids that every line of a request or job carries. */
export type LogScope = Readonly<Record<string, string | number>>;

const scope = new AsyncLocalStorage<LogScope>();

/** Runs `work` with `ids` added to every line logged inside it. */
export function withLogScope<T>(ids: LogScope, work: () => T): T {
  return scope.run({ ...scope.getStore(), ...ids }, work);
}

/** The id under which the current request or job is logged, for error messages that a person reports. */
export function currentLogScope(): LogScope {
  return scope.getStore() ?? {};
}

/** Names of confidential fields, at any depth: our code does not log them, and a mistake must not either. */
const SECRET_FIELD =
  /^(?:.*authorization|cookie|set-cookie|.*password|.*secret|.*token|api_?key|.*private_?key)$/i;
const PHONE_FIELD = /^(?:phone|mobile|telephone)(?:_?number)?\d?$/i;
const NAME_FIELD = /^(?:(?:employee|full|chinese|user)_?name(?:_?cn)?|xm)$/i;
/** Deeper than anything that is logged. */
const DEPTH_MAX = 6;

/** The fields to log: confidential ones redacted or masked, errors reduced to their safe parts. */
function redactFields(fields: object, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, redactValue(field, value, depth)]),
  );
}

function redactValue(field: string, value: unknown, depth: number): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  if (SECRET_FIELD.test(field)) return '[redacted]';
  if (typeof value === 'string') {
    if (PHONE_FIELD.test(field)) return maskPhone(value);
    return NAME_FIELD.test(field) ? maskName(value) : value;
  }
  if (value instanceof Error) return describeError(value);
  if (typeof value !== 'object' || 'toJSON' in value) return value;
  if (depth >= DEPTH_MAX) return '…';
  if (Array.isArray(value)) return value.map((one: unknown) => redactValue(field, one, depth + 1));
  return redactFields(value, depth + 1);
}

/**
 * Creates the process's log: JSON lines, or readable on a terminal; always on stderr, so that stdout has only
 * answers. Confidential fields are redacted, errors reduced to their safe parts, and every text is searched for phone
 * numbers, addresses and secrets by their shape.
 */
export function createLogger(options: { readonly level: string; readonly pretty: boolean }): Logger {
  const base = loggerOptions(options.level);
  if (options.pretty) {
    return pino({
      ...base,
      transport: { target: 'pino-pretty', options: { destination: 2, translateTime: 'SYS:HH:MM:ss' } },
    });
  }
  return pino(base, { write: writeLine });
}

/** Unread output beyond this is dropped: the log must not take the memory that the work needs. */
const UNREAD_MAX_BYTES = 4 * 1024 * 1024;
const DRAIN_STEP_MS = 20;
let dropped = 0;

/**
 * Writes to the process's own stream, which does not block when stderr is a pipe. pino would write from a thread that
 * blocks while the pipe is not read, and a process cannot end before its threads.
 */
function writeLine(line: string): void {
  const stderr = process.stderr;
  // The reader is gone; the work goes on.
  if (stderr.listenerCount('error') === 0) stderr.on('error', () => {});
  if (stderr.writableLength > UNREAD_MAX_BYTES) {
    dropped += 1;
    return;
  }
  if (dropped > 0) {
    const time = new Date().toISOString();
    stderr.write(
      `${JSON.stringify({ level: 'warn', time, dropped, msg: 'the log was not read: lines were dropped' })}\n`,
    );
    dropped = 0;
  }
  stderr.write(line);
}

/** Waits until the last lines are read, at most `timeoutMs`; resolves in any case. */
export async function logTaken(timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (process.stderr.writableLength > 0 && performance.now() < deadline) await delay(DRAIN_STEP_MS);
}

/** The same for another destination. */
export function loggerOptions(level: string): pino.LoggerOptions {
  return {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // pino's own `redact` costs 340 µs a line with paths that reach as deep as this does.
    formatters: { level: (label) => ({ level: label }), log: redactFields },
    mixin: () => ({ ...scope.getStore() }),
    serializers: { err: (error: unknown) => error },
    hooks: { streamWrite: scrubLine },
  };
}

const JSON_TEXT = /"(?:[^"\\]|\\.)*"/g;

/** Only inside of texts: a number that looks like a phone stays a number. */
function scrubLine(line: string): string {
  return line.replace(JSON_TEXT, scrubText);
}
