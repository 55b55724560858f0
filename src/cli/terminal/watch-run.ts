import type { AccountSyncClient, Run } from '../../../clients/typescript/src/accountsync-client.ts';
import type { Say } from '../arguments/locale.ts';
import { createProgressDisplay, type Part } from './progress-display.ts';

/** Shows the progress of a run until it ended, or waits for a person; returns its last state. */
export async function watchRun(options: {
  readonly client: AccountSyncClient;
  readonly runId: string;
  readonly output: NodeJS.WriteStream;
  readonly say: Say;
}): Promise<Run> {
  const display = createProgressDisplay(options.output, options.say);
  let last: Run | null = null;
  try {
    for await (const run of options.client.watchRun(options.runId)) {
      last = run;
      display.show(run.steps.flatMap(partOf), null);
      if (run.status === 'AWAITING_CONFIRMATION') break;
    }
  } finally {
    display.stop();
  }
  if (last === null) throw new Error(`The subscription to ${options.runId} ended without an event.`);
  return last;
}

/** A stage that has not begun says nothing. */
function partOf({ name, done, failed, total, startedAt }: Run['steps'][number]): Part[] {
  return startedAt === null ? [] : [{ name, done, failed, total }];
}
