import type { ApiClient } from './api-client.ts';
import { watchRequest } from './documents.ts';
import type { WatchRequestSubscription } from './generated/graphql.ts';
import { createProgressDisplay, type SystemProgress } from './progress-display.ts';

/** One event of `requestProgress`. */
export type Progress = WatchRequestSubscription['requestProgress'];

/** Shows the progress of a request until it is final; returns the last event. */
export async function watch(
  client: ApiClient,
  requestId: string,
  output: NodeJS.WriteStream,
): Promise<Progress> {
  const display = createProgressDisplay(output);
  let last: Progress | null = null;
  try {
    for await (const { requestProgress } of client.subscribe(watchRequest, { requestId })) {
      last = requestProgress;
      display.show(bySystem(last), last.etaSeconds);
    }
  } finally {
    display.stop();
  }
  if (last === null) throw new Error(`The subscription to ${requestId} ended without an event.`);
  return last;
}

function bySystem({ request, taskCounts }: Progress): SystemProgress[] {
  return request.systemList.map((system) => {
    const count = (status: string) =>
      taskCounts.find((entry) => entry.system === system && entry.status === status)?.count ?? 0;
    return { system, done: count('COMPLETED'), failed: count('FAILED'), total: request.totalUsers };
  });
}
