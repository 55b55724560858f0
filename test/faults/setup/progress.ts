import { setTimeout as delay } from 'node:timers/promises';
import type { Portal, ProgressEvent } from '../../setup/portal.ts';

/** How often somebody whose connection broke comes back before he gives up. */
const RECONNECTS_MAX = 400;
const RECONNECT_PAUSE_MS = 100;

/** I5 for one subscriber, over every connection it had, whose last stream was completed. */
export function findProgressViolations(events: readonly ProgressEvent[]): string[] {
  const back = events.flatMap((event, index) => {
    const before = events[index - 1];
    if (before === undefined || event.round > before.round) return [];
    const wentBack = event.round < before.round || event.percent < before.percent;
    return wentBack
      ? [`I5: ${before.percent} % of round ${before.round}, then ${event.percent} % of ${event.round}`]
      : [];
  });
  const finals = events.filter(({ final }) => final).length;
  return [
    ...back,
    ...(finals === 1 ? [] : [`I5: ${finals} terminal events`]),
    ...(events.at(-1)?.final === true ? [] : ['I5: the terminal event is not the last']),
  ];
}

/** Follows a request to its end, at whichever server answers when a connection breaks; resolves with what it saw. */
export async function followProgress(requestId: string, portal: () => Portal): Promise<ProgressEvent[]> {
  const seen: ProgressEvent[] = [];
  for (let broken = 0; ; broken += 1) {
    try {
      for await (const event of portal().watch(requestId)) seen.push(event);
      return seen;
    } catch (error) {
      if (broken === RECONNECTS_MAX) throw error;
      await delay(RECONNECT_PAUSE_MS);
    }
  }
}
