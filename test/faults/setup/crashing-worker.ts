import { join } from 'node:path';
import type { ProvisioningBench } from '../../setup/provisioning.ts';
import { ServiceChild, workerVariables } from './service-child.ts';

export const CRASH_HOOK = join(import.meta.dirname, 'crash-hook.ts');
/** A point that is never reached leaves a worker that has finished the work and idles: it is ended then. */
export interface CrashPoint {
  /** Number of the operation, from 1; 0 counts only. */
  readonly at: number;
  readonly when: 'before' | 'after';
}

/**
 * A real worker process on the bench's database and upstreams that ends itself at `point`. `variables`: what it is told
 * beside, such as where its work begins.
 */
export function startCrashingWorker(
  bench: ProvisioningBench,
  point: CrashPoint,
  variables: Readonly<Record<string, string>> = {},
) {
  const child = new ServiceChild(
    { ...workerVariables(bench), ...variables, CRASH_AT: String(point.at), CRASH_WHEN: point.when },
    { preload: CRASH_HOOK },
  );
  return {
    /** Resolves when it has taken up work. */
    ready: () => child.ready(),
    /** Resolves when it has ended: true by its crash, false otherwise. */
    crashed: async (): Promise<boolean> => (await child.ended()) === 'SIGKILL',
    log: () => child.stderr,
    /** Resolves when it has written this to its log. */
    logged: (text: string) => child.logged(text),
    wake: () => child.signal('SIGCONT'),
    end: () => child.kill(),
  };
}
