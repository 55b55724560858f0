import { LOST_IN_A_ROW_LIMIT } from '../../../domain/systems/retry-policy.ts';
import {
  inTransaction,
  onOneConnection,
  outsideTransaction,
  retryOnConflict,
  rowsOf,
} from '../../../entities/transaction.ts';
import { type OpenSpan, traced } from '../../../trace.ts';
import { isChosen, type TakenJob } from '../../kit/job.ts';
import type { JobControl } from '../../kit/lane.ts';
import type { Execution } from '../calls/call-end.ts';
import { dropJobs, type LaneContext } from '../calls/lane-context.ts';
import { nameRulesOf } from '../names/name-rules.ts';
import { reserveNames } from '../names/reserve-names.ts';
import { returnUnwanted } from '../tasks/chosen-tasks.ts';
import { lockAffected } from '../tasks/derive-states.ts';
import type { RunTaskPayload } from '../tasks/task-jobs.ts';
import { claimTasks } from './claim-tasks.ts';
import { executeTask } from './execute-task.ts';
import type { AttemptOutcome } from './finished-attempt.ts';
import { judgeRefusal } from './judge-refusal.ts';
import { readTaskFacts, type TaskFacts, taskFacts } from './task-facts.ts';
import { attemptSpan, noteEnd, readTraceparents } from './task-traces.ts';

export interface TaskToRun {
  readonly job: TakenJob;
  readonly payload: RunTaskPayload;
}

interface RunContext extends LaneContext<AttemptOutcome> {
  readonly trial: boolean;
  readonly control: JobControl;
}

/**
 * Brings accounts into being, one attempt each: claim, look or act once, hand the outcome to the recorder. Safe to run
 * twice: the claim is recorded before the call, and an attempt after a crash looks before it acts. Never throws.
 */
export async function runTasks(tasks: readonly TaskToRun[], context: RunContext): Promise<void> {
  const { control, logger } = context;
  const jobs = new Map(tasks.map((task) => [task.payload.task, task]));
  try {
    const wanted = await dropUnwanted(tasks, context);
    const claimed = await claim(wanted, context);
    const traceparents = await readTraceparents(
      context.em,
      claimed.map(({ facts }) => facts.id),
    );
    for (const { facts, executionAttempt } of claimed) {
      const task = jobs.get(facts.id);
      if (task === undefined) continue;
      jobs.delete(facts.id);
      const attempt = { ...task, facts, executionAttempt };
      const options = { name: 'attempt', executionAttempt, traceparent: traceparents.get(facts.id) } as const;
      void traced(
        () => attemptSpan(facts, options),
        (span) => run(attempt, context, span),
      );
    }
    // Tasks that were not claimed are done, cancelled or waiting already.
    const idle = wanted.filter(({ payload }) => jobs.has(payload.task)).map((task) => task.job);
    await dropJobs(context, idle);
  } catch (error) {
    logger.error(
      { error, jobs: jobs.size },
      'tasks could not be claimed; they are retried when the lease expires',
    );
  }
  for (const { job } of jobs.values()) {
    control.release(job);
    control.settled(job);
  }
}

/** Drops tasks that were chosen by a run which has ended since; their jobs go back to their position. */
async function dropUnwanted(tasks: readonly TaskToRun[], context: RunContext): Promise<readonly TaskToRun[]> {
  const chosen = tasks.filter(({ job }) => isChosen(job)).map(({ job }) => job);
  if (chosen.length === 0) return tasks;
  const { em, boss, connector } = context;
  const returned = await inTransaction(em, (tx) =>
    returnUnwanted({ tx, boss }, { system: connector.system, jobs: chosen }),
  );
  return tasks.filter(({ job }) => !returned.has(job.id));
}

interface Claimed {
  readonly facts: TaskFacts;
  readonly executionAttempt: number;
}

async function claim(tasks: readonly TaskToRun[], context: RunContext): Promise<Claimed[]> {
  const { em, settings, host, trial } = context;
  const db = outsideTransaction(em.fork());
  const personType = settings.get('default_person_type');
  const claiming = claimTasks({
    tasks: tasks.map(({ job, payload }) => ({ id: payload.task, jobId: job.id })),
    context: { host, process: process.pid, ...(trial && { trial }) },
  });
  const wanted = tasks.map(({ payload }) => payload.task);
  // The claim locks tasks without their people, so it can deadlock with a cancellation of the same tasks. If reading
  // the facts fails, the claim must not be repeated: it would close the attempts just opened as LOST.
  const [opened, read] = await retryOnConflict(() =>
    onOneConnection(db, (one) =>
      Promise.all([rowsOf(one, claiming), rowsOf(one, taskFacts(wanted, personType)).catch(() => null)]),
    ),
  );
  const attempts = new Map(opened.map((attempt) => [attempt.taskId, attempt.executionAttempt]));
  const claimed = (facts: readonly TaskFacts[]) =>
    facts.flatMap((task) => {
      const executionAttempt = attempts.get(task.id);
      return executionAttempt === undefined ? [] : [{ facts: task, executionAttempt }];
    });
  const readAgain = async () =>
    claimed(await retryOnConflict(() => readTaskFacts(db, [...attempts.keys()], personType)));
  // When a connection had to prepare the claim anew, it ran after the facts were read, and they lack its attempt.
  const isOutdated = ({ facts, executionAttempt }: Claimed) => facts.last_attempt !== executionAttempt;
  const first = read === null ? null : claimed(read);
  const known = first === null || first.some(isOutdated) ? await readAgain() : first;
  const nameless = known.flatMap(({ facts }) => (facts.email_address === null ? [facts.person_id] : []));
  if (nameless.length === 0) return known;
  await inTransaction(em, async (tx) => {
    // People before names (docs/architecture.md, "Lock order"), or this would deadlock with intake.
    await lockAffected(tx, nameless);
    await reserveNames(tx, nameless, context);
  });
  return readAgain();
}

async function run(task: TaskToRun & Claimed, context: RunContext, span: OpenSpan): Promise<void> {
  const { facts, job, payload, executionAttempt } = task;
  const { connector, control, settings, logger, recorder, trial, callFor } = context;
  const execution = lostTooOften(facts)
    ? workerLost(facts)
    : judgeRefusal(
        await executeTask(facts, {
          connector,
          call: callFor(job),
          countryAliases: settings.get('country_aliases'),
          nameRules: nameRulesOf(settings),
          logger,
          // The probe was before the job's first attempt: it has not seen what a lost attempt sent since then.
          probed: (payload.probed ?? false) && job.retryCount === 0,
          alwaysProbe: settings.get('probe_before_create'),
        }),
        {
          connector,
          employeeNumber: facts.employee_number,
          rejectionCodes: settings.get('upstream_rejection_codes'),
          nowMs: performance.now(),
        },
      );
  noteEnd(span, execution);
  control.release(job);
  recorder.push({
    kind: 'attempt',
    control,
    attempt: { ...execution, job, task: facts, executionAttempt, trial },
  });
}

/** True for a task that ended its worker every time: it must not go on for ever. */
function lostTooOften(facts: TaskFacts): boolean {
  const recent = facts.outcomes.slice(-LOST_IN_A_ROW_LIMIT);
  return recent.length === LOST_IN_A_ROW_LIMIT && recent.every((outcome) => outcome === 'LOST');
}

function workerLost(facts: TaskFacts): Execution {
  const parameters = {
    employeeNumber: facts.employee_number,
    system: facts.system,
    count: LOST_IN_A_ROW_LIMIT,
  };
  return {
    end: { kind: 'failed', failure: 'refused', error: { code: 'WORKER_LOST', parameters } },
    account: null,
    details: null,
    retryAfterMs: null,
    notes: {},
  };
}
