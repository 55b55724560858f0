import { AsyncLocalStorage } from 'node:async_hooks';
import { pino } from 'pino';

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

/** The process's log: JSON lines, or readable on a terminal. Always on stderr, so that stdout stays for answers. */
export function createLogger(options: { readonly level: string; readonly pretty: boolean }): Logger {
  const base: pino.LoggerOptions = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => ({ ...scope.getStore() }),
    serializers: { error: describeError, err: describeError },
  };
  if (options.pretty) {
    return pino({
      ...base,
      transport: { target: 'pino-pretty', options: { destination: 2, translateTime: 'SYS:HH:MM:ss' } },
    });
  }
  return pino(base, pino.destination({ dest: 2, sync: false, minLength: 0 }));
}

/** pg hangs its whole connection on an error, with the key that cancels its statements. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { client: _, ...described } = pino.stdSerializers.err(error);
  return described;
}
