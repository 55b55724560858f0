import { asksForPause, livenessOf } from '../../../domain/provisioning/states/settle-attempt.ts';
import { retryDelaySeconds } from '../../../domain/systems/retry-policy.ts';
import { outsideTransaction } from '../../../entities/transaction.ts';
import { traced } from '../../../trace.ts';
import type { TakenJob } from '../../kit/job.ts';
import type { JobControl } from '../../kit/lane.ts';
import type { HealthSignal } from '../../systems/system-health.ts';
import type { Execution } from '../calls/call-end.ts';
import { dropJobs, type LaneContext } from '../calls/lane-context.ts';
import { retryPolicyOf } from '../calls/settle-policy.ts';
import { nameRulesOf } from '../names/name-rules.ts';
import type { ResolvePayload } from '../tasks/task-jobs.ts';
import { type Probe, probeTask } from './execute-task.ts';
import type { AttemptOutcome } from './finished-attempt.ts';
import type { UnsettledProbe } from './settle-probes.ts';
import { readTaskFacts, type TaskFacts } from './task-facts.ts';
import { attemptSpan, noteEnd, readTraceparents } from './task-traces.ts';

/**
 * How often "not found" is answered before the same identity is sent again: the account may only be slow to show.
 */
const MISSES_BEFORE_SENDING_AGAIN = 2;

/**
 * Settles a task whose answer was lost: looks the account up, then adopts it, sends it again or leaves it to a
 * person. Safe to run twice: it only reads, and what follows is guarded by the state UNCERTAIN. Never throws.
 */
export async function resolveUncertain(
  work: { readonly job: TakenJob; readonly payload: ResolvePayload },
  context: LaneContext<AttemptOutcome> & { readonly control: JobControl },
): Promise<void> {
  const { job, payload } = work;
  const { control, settings, logger, recorder, em } = context;
  try {
    const [facts] = await readTaskFacts(
      outsideTransaction(em.fork()),
      [payload.task],
      settings.get('default_person_type'),
    );
    if (facts === undefined || facts.status !== 'UNCERTAIN') {
      await dropJobs(context, [job]);
      control.release(job);
      return control.settled(job);
    }
    const traceparents = await readTraceparents(em, [facts.id]);
    const traceparent = traceparents.get(facts.id);
    const probe = await traced(
      () => attemptSpan(facts, { name: 'look-up', executionAttempt: null, traceparent }),
      async (span) => {
        const found = await probeTask(facts, {
          connector: context.connector,
          call: context.callFor(job),
          countryAliases: settings.get('country_aliases'),
          // It was sent already: what is asked is only whether it arrived.
          nameRules: { ...nameRulesOf(settings), doubtfulNames: 'accept' },
          logger,
        });
        noteEnd(span, found);
        return found;
      },
    );
    // Nothing was sent, so the permit can serve another call.
    if (probe === 'cannot-look') context.permitUnused();
    control.release(job);
    if (typeof probe !== 'string' && settles(probe)) {
      const attempt = { ...probe, job, task: facts, executionAttempt: null, trial: false };
      return recorder.push({ kind: 'attempt', attempt, control });
    }
    recorder.push({
      kind: 'probe',
      control,
      probe: next({ job, payload, facts, probe }, context),
      signal: signalOf(probe),
    });
  } catch (error) {
    logger.error(
      { error, job: job.id },
      'a lost answer could not be looked up; it is retried when the lease expires',
    );
    control.release(job);
    control.settled(job);
  }
}

function settles(execution: Execution): boolean {
  const { end } = execution;
  return end.kind === 'ensured' || end.failure === 'conflict' || end.failure === 'permanent';
}

function next(
  work: { job: TakenJob; payload: ResolvePayload; facts: TaskFacts; probe: Probe },
  context: LaneContext<AttemptOutcome>,
): UnsettledProbe {
  const { job, payload, facts, probe } = work;
  const policy = retryPolicyOf(context.settings);
  const base = { job, task: facts, misses: payload.misses };
  const send = facts.counted >= facts.max_attempts ? 'give-up' : 'send-again';
  if (probe === 'cannot-look') {
    return { ...base, next: context.connector.guardsCreate ? send : 'wait', delaySeconds: 0 };
  }
  if (probe === 'not-found') {
    const misses = payload.misses + 1;
    if (misses >= MISSES_BEFORE_SENDING_AGAIN) return { ...base, misses, next: send, delaySeconds: 0 };
    return { ...base, misses, next: 'ask-again', delaySeconds: policy.uncertainSecondDelaySeconds };
  }
  return { ...base, next: 'ask-again', delaySeconds: retryDelaySeconds(policy, 1, Math.random()) };
}

function signalOf(probe: Probe): HealthSignal {
  if (typeof probe === 'string')
    return {
      liveness: probe === 'not-found' ? 'alive' : 'neutral',
      throttled: null,
      error: null,
      unspentTrial: false,
    };
  const failed = probe.end.kind === 'failed' ? probe.end : null;
  return {
    liveness: livenessOf(probe.end),
    throttled: asksForPause(probe.end) ? { retryAfterMs: probe.retryAfterMs } : null,
    error: failed?.error ?? null,
    unspentTrial: false,
  };
}
