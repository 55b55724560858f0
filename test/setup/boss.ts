import { PgBoss } from 'pg-boss';
import { createQueues, type JobQueue } from '../../src/jobs/kit/job.ts';

/**
 * A pg-boss without clocks of its own: nothing happens in it unless the test asks. Not started.
 * `install` creates its schema, which the template already has.
 */
export function createTestBoss(url: string, options: { readonly install?: boolean } = {}): PgBoss {
  const install = options.install ?? false;
  const boss = new PgBoss({
    connectionString: url,
    max: 4,
    supervise: false,
    schedule: false,
    migrate: install,
    createSchema: install,
  });
  boss.on('error', (error) => {
    throw error;
  });
  return boss;
}

export interface RunningBoss {
  readonly boss: PgBoss;
  stop(): Promise<void>;
}

/** Starts pg-boss on a test database and creates the queues of `jobs`. */
export async function startTestBoss(url: string, jobs: readonly JobQueue[]): Promise<RunningBoss> {
  const boss = await createTestBoss(url).start();
  await createQueues(boss, jobs);
  return { boss, stop: () => boss.stop({ graceful: false }) };
}
