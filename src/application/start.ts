import { type Env, EnvError, parseEnv, processEnvironment, variableNames } from '../environment/env.ts';
import type { EnvSource } from '../environment/problems.ts';
import { problemsZh } from '../environment/problems-zh.ts';
import { readVariableFiles } from '../environment/variable-files.ts';
import { upstreamDefinitions } from '../integrations/registry.ts';
import { createLogger, type Logger, logTaken } from '../logger.ts';
import type { SandboxOptions } from '../sandbox/options.ts';
import { type Application, startApplication } from './application.ts';
import { describeStartFailure } from './start-failure.ts';

/** How long the end waits for the log to be read. */
const LAST_LINES_MS = 500;

/** A process that serves until it is told to stop. */
export interface StartedProcess {
  readonly application: Application;
  readonly env: Env;
  readonly logger: Logger;
  /** Stops in order and ends the process. */
  exit(status: number): Promise<never>;
}

/**
 * Starts the service for a main program: prints every mistake of the configuration and exits 1, stops in order on
 * SIGTERM and SIGINT, and at once on the second.
 * @param overrides variables that rule over the environment's.
 * @param sandbox what is chosen about a sandbox, where one is started.
 */
export async function startProcess(
  overrides: EnvSource = {},
  sandbox: SandboxOptions = {},
): Promise<StartedProcess> {
  const given = readVariableFiles(processEnvironment(), variableNames(upstreamDefinitions));
  const source = { ...given, ...overrides };
  let env: Env | null = null;
  try {
    env = parseEnv(source, upstreamDefinitions);
    const pretty = env.logFormat === 'pretty' || (env.logFormat === 'auto' && process.stderr.isTTY);
    const logger = createLogger({ level: env.logLevel, pretty });
    process.on('unhandledRejection', (error) =>
      logger.error({ error }, 'a promise was rejected without a handler'),
    );
    // A signal during the start ends it as soon as there is something to stop, and at once where it only waits.
    const signalled = new AbortController();
    onSignal(() => signalled.abort());
    const application = await startApplication({
      env,
      source,
      sandbox,
      logger,
      signal: signalled.signal,
    }).catch((error: unknown) => {
      if (signalled.signal.aborted) process.exit(0);
      throw error;
    });
    const exit = async (status: number): Promise<never> => {
      await application.stop();
      await logTaken(LAST_LINES_MS);
      process.exit(status);
    };
    const stop = () => {
      logger.info('stopping: no more work is taken, running work may finish');
      void exit(0);
    };
    if (signalled.signal.aborted) stop();
    else signalled.signal.addEventListener('abort', stop);
    return { application, env, logger, exit };
  } catch (error) {
    const text =
      error instanceof EnvError
        ? `${error.message}\n${problemsZh(error.problems)}`
        : describeStartFailure(error, env);
    process.stderr.write(`${text}\n`);
    process.exit(1);
  }
}

/** One Ctrl-C arrives twice: from the terminal, and from npm, which passes on its own. That is not yet impatience. */
const SAME_SIGNAL_MS = 1_000;

function onSignal(stop: () => void): void {
  let firstAt: number | null = null;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (firstAt === null) {
        firstAt = performance.now();
        stop();
      } else if (performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(1);
    });
  }
}
