import { type Application, startApplication } from './application.ts';
import { type Env, EnvError, type EnvSource, parseEnv, processEnvironment } from './env.ts';
import { upstreamDefinitions } from './integrations/registry.ts';
import { createLogger, type Logger } from './logger.ts';

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
 */
export async function startProcess(overrides: EnvSource = {}): Promise<StartedProcess> {
  const source = { ...processEnvironment(), ...overrides };
  try {
    const env = parseEnv(source, upstreamDefinitions);
    const pretty = env.logFormat === 'pretty' || (env.logFormat === 'auto' && process.stderr.isTTY);
    const logger = createLogger({ level: env.logLevel, pretty });
    process.on('unhandledRejection', (error) =>
      logger.error({ error }, 'a promise was rejected and nobody listened'),
    );
    // A signal during the start ends it as soon as there is something to stop.
    const signalled = Promise.withResolvers<void>();
    onSignal(signalled.resolve);
    const application = await startApplication({ env, source, logger });
    const exit = async (status: number): Promise<never> => {
      await application.stop();
      process.exit(status);
    };
    void signalled.promise.then(() => {
      logger.info('stopping: no more work is taken, what runs may finish');
      return exit(0);
    });
    return { application, env, logger, exit };
  } catch (error) {
    process.stderr.write(error instanceof EnvError ? `${error.message}\n` : `${describe(error)}\n`);
    process.exit(1);
  }
}

function onSignal(stop: () => void): void {
  let signals = 0;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      signals += 1;
      if (signals > 1) process.exit(1);
      stop();
    });
  }
}

/** The message and its causes; the stack helps nobody who only has a wrong URL. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\n  cause: ${describe(error.cause)}`;
  return `${error.name === 'Error' ? 'Cannot start' : error.name}: ${error.message}${cause}`;
}
