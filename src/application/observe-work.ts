import { UpstreamError } from '../integrations/contract/errors.ts';
import { type UpstreamCallEvent, upstreamCalls } from '../integrations/http/call-events.ts';
import { isSettledAttempts, settledAttempts } from '../jobs/provisioning/attempts/attempt-events.ts';
import type { WorkListener } from '../server/metrics/metrics.ts';

/** Tells a listener of the attempts and calls of this process; returns a function that ends it. */
export function observeWork(listener: WorkListener): () => void {
  const startedAt = new WeakMap<object, number>();
  const onAttempts = (message: unknown) => {
    if (isSettledAttempts(message)) for (const attempt of message) listener.onAttempt(attempt);
  };
  const calls = {
    start: (call: UpstreamCallEvent) => void startedAt.set(call, performance.now()),
    end: () => {},
    asyncStart: () => {},
    asyncEnd: (call: UpstreamCallEvent & { readonly error?: unknown }) => {
      const { system, operation, error } = call;
      const begun = startedAt.get(call);
      if (begun === undefined) return;
      const seconds = (performance.now() - begun) / 1_000;
      listener.onCall({ system, operation, outcome: outcomeOf(error), seconds });
    },
    error: () => {},
  };
  settledAttempts.subscribe(onAttempts);
  upstreamCalls.subscribe(calls);
  return () => {
    settledAttempts.unsubscribe(onAttempts);
    upstreamCalls.unsubscribe(calls);
  };
}

function outcomeOf(error: unknown): string {
  if (error === undefined) return 'answered';
  return error instanceof UpstreamError ? error.failure : 'ended';
}
