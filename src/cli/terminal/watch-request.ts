import type {
  AccountSyncClient,
  RequestProgress,
} from '../../../clients/typescript/src/accountsync-client.ts';
import type { Say } from '../arguments/locale.ts';
import { createProgressDisplay, type Part } from './progress-display.ts';

/** Shows the progress of a request until it is final; returns the last event. */
export async function watchRequest(options: {
  readonly client: AccountSyncClient;
  readonly requestId: string;
  readonly output: NodeJS.WriteStream;
  readonly say: Say;
}): Promise<RequestProgress> {
  const display = createProgressDisplay(options.output, options.say);
  let last: RequestProgress | null = null;
  try {
    for await (const progress of options.client.watchRequest(options.requestId)) {
      last = progress;
      display.show(bySystem(progress), progress.etaSeconds);
    }
  } finally {
    display.stop();
  }
  if (last === null) throw new Error(`The subscription to ${options.requestId} ended without an event.`);
  return last;
}

function bySystem({ request, taskCounts }: RequestProgress): Part[] {
  return request.systemList.map((system) => {
    const count = (status: string) =>
      taskCounts.find((entry) => entry.system === system && entry.status === status)?.count ?? 0;
    // Who had the account before has no task for it.
    const done = request.status === 'COMPLETED' ? request.totalUsers : count('COMPLETED');
    return { name: system, done, failed: count('FAILED'), total: request.totalUsers };
  });
}
