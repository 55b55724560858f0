import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { processEnvironment } from '../../../src/env.ts';
import type { ProvisioningBench } from '../../setup/provisioning.ts';

const HOOK = join(import.meta.dirname, 'crash-hook.ts');
const ROOT = join(import.meta.dirname, '../../..');
/** A point that is never reached leaves a worker that has finished the work and idles: it is ended then. */
export interface CrashPoint {
  /** Number of the operation, from 1; 0 counts only. */
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** A real worker process on the bench's database and upstreams that ends itself at `point`. */
export function startCrashingWorker(bench: ProvisioningBench, point: CrashPoint) {
  const child = spawn(process.execPath, ['--import', HOOK, 'src/main.ts'], {
    cwd: ROOT,
    env: {
      PATH: processEnvironment()['PATH'] ?? '',
      ROLE: 'worker',
      PORT: '0',
      DATABASE_URL: bench.core.directUrl,
      SANDBOX: 'off',
      LOG_LEVEL: 'warn',
      UPSTREAM_TIMEOUT_SECONDS: '20',
      CRASH_AT: String(point.at),
      CRASH_WHEN: point.when,
      ...bench.sandbox.environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const closed = once(child, 'close');
  return {
    /** Resolves when it has ended: true by its crash, false otherwise. */
    crashed: async (): Promise<boolean> => {
      await closed;
      return child.signalCode === 'SIGKILL';
    },
    log: () => stderr,
    async end(): Promise<void> {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await closed;
    },
  };
}
