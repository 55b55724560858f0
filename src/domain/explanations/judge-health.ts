import type { Explanation } from './explanation.ts';
import { type HealthFacts, type HealthLevel, type HealthReason, healthLevels } from './health.ts';

/** Tasks ready for this long without any success: no worker runs. */
const STALLED_MS = 15 * 60_000;
/** Two look-ups take half a minute. */
const UNCERTAIN_MS = 10 * 60_000;
/** So many missed intervals, and at least an hour, make the people out of date. */
const HR_INTERVALS_MISSED = 3;
const HR_STALE_MIN_MS = 60 * 60_000;

/** The reasons, the worst first, and the health of the service. */
export function judgeHealth(facts: HealthFacts): {
  readonly health: HealthLevel;
  readonly reasons: readonly HealthReason[];
} {
  const reasons = [
    ...systemReasons(facts),
    ...stalledReasons(facts),
    ...hrReasons(facts),
    ...switchReasons(facts),
    ...instanceReasons(facts),
    ...termReasons(facts),
    // A run over database instances waits for each of them, which are told one by one.
    ...facts.awaiting
      .filter(({ kind }) => kind !== 'DATABASE_ACCOUNTS')
      .map(({ runId, kind, since }) =>
        reason(
          'ATTENTION',
          { code: 'RUN_WAITS', parameters: { runId }, times: { since } },
          { runId, runKind: kind },
        ),
      ),
    ...failureReasons(facts),
    ...facts.failedChanges.map(({ runId, kind, count, error: cause }) =>
      reason(
        'ATTENTION',
        { code: 'CHANGES_FAILED', parameters: { runId, count }, cause },
        { runId, runKind: kind },
      ),
    ),
    ...notificationReasons(facts),
    ...issuerReasons(facts),
    ...auditReasons(facts),
    ...uncertainReasons(facts),
    ...deadLetterReasons(facts),
  ].toSorted((a, b) => healthLevels.indexOf(b.level) - healthLevels.indexOf(a.level));
  return { health: reasons[0]?.level ?? 'OK', reasons };
}

function reason(
  level: HealthReason['level'],
  explanation: Explanation,
  about: Partial<Pick<HealthReason, 'system' | 'setting' | 'runId' | 'runKind'>> = {},
): HealthReason {
  return { level, explanation, system: null, setting: null, runId: null, runKind: null, ...about };
}

/** Reasons from enabled systems only; a system that throttles us is no trouble. */
function systemReasons({ systems }: HealthFacts): HealthReason[] {
  return systems.flatMap(({ system, holdsAccounts, enabled, configured, held }) => {
    if (!enabled || !holdsAccounts) return [];
    const unconnected =
      configured === false
        ? [reason('BROKEN', { code: 'NOT_CONNECTED', parameters: { system } }, { system })]
        : [];
    const kept = held.flatMap((explanation) => {
      switch (explanation.code) {
        case 'CIRCUIT_OPEN':
        case 'CREDENTIALS_REFUSED':
          return [reason('BROKEN', explanation, { system })];
        case 'PAUSED':
        case 'PAUSED_UNTIL':
          return [reason('ATTENTION', explanation, { system, setting: 'paused_systems' })];
        default:
          return [];
      }
    });
    return [...unconnected, ...kept];
  });
}

/**
 * Reasons for a queue that does not move. A long queue that moves is no trouble, and held or switched off work has
 * reasons of its own.
 */
function stalledReasons({ ready, systems, switchesOff, nowMs }: HealthFacts): HealthReason[] {
  if (switchesOff.some((key) => key === 'account_creation_enabled' || key === 'task_processing_enabled'))
    return [];
  return ready.flatMap(({ system, since, taskId }) => {
    const state = systems.find((candidate) => candidate.system === system);
    if (state === undefined || state.held.length > 0 || state.configured === false) return [];
    const quietSince = Math.max(Date.parse(since), Date.parse(state.lastSuccessAt ?? since));
    if (nowMs - quietSince < STALLED_MS) return [];
    const explanation = { code: 'WORK_STALLED', parameters: { system, taskId }, times: { since } } as const;
    return [reason('BROKEN', explanation, { system })];
  });
}

function hrReasons({ hr, nowMs }: HealthFacts): HealthReason[] {
  if (!hr.configured) return [];
  const { lastSuccessAt, failure, intervalMinutes } = hr;
  const staleMs = Math.max(HR_INTERVALS_MISSED * intervalMinutes * 60_000, HR_STALE_MIN_MS);
  const stale = lastSuccessAt === null || nowMs - Date.parse(lastSuccessAt) > staleMs;
  if (failure !== null) {
    const { runId, at, error } = failure;
    const explanation = {
      code: 'HR_SYNC_FAILED',
      parameters: { runId },
      times: { since: at },
      cause: error,
    } as const;
    return [reason(stale ? 'BROKEN' : 'ATTENTION', explanation, { runId })];
  }
  if (!hr.enabled || !stale || lastSuccessAt === null) return [];
  const parameters = { minutes: intervalMinutes };
  return [reason('BROKEN', { code: 'HR_SYNC_STALE', parameters, times: { since: lastSuccessAt } })];
}

function switchReasons({ switchesOff }: HealthFacts): HealthReason[] {
  return switchesOff.map((setting) =>
    reason('ATTENTION', { code: 'SWITCH_OFF', parameters: { setting } }, { setting }),
  );
}

function instanceReasons({ instances }: HealthFacts): HealthReason[] {
  return instances.map(({ instance, runId, waits, gone, since, error: cause }) =>
    reason(
      'ATTENTION',
      waits
        ? { code: 'DATABASE_WAITS', parameters: { instance, runId, gone }, times: { since } }
        : { code: 'DATABASE_FAILED', parameters: { instance, runId }, times: { since }, cause },
      { runId, runKind: 'DATABASE_ACCOUNTS' },
    ),
  );
}

function termReasons({ terms }: HealthFacts): HealthReason[] {
  return terms.flatMap(({ term, failedRun, failed, usersMissing, membersMissing, openFindings }) => [
    ...(failedRun === null ? [] : [failedRunReason(term, failedRun)]),
    ...(failed.count === 0
      ? []
      : [
          reason('ATTENTION', {
            code: 'CALENDARS_INCOMPLETE',
            parameters: { term, count: failed.count },
            cause: failed.error,
          }),
        ]),
    ...(openFindings === 0
      ? []
      : [reason('ATTENTION', { code: 'CALENDARS_DIFFER', parameters: { term, count: openFindings } })]),
    ...(usersMissing === 0
      ? []
      : [
          reason('ATTENTION', {
            code: 'CALENDAR_USERS_MISSING',
            parameters: { term, people: usersMissing, members: membersMissing },
          }),
        ]),
  ]);
}

function failedRunReason(
  term: string,
  { runId, kind, since, error: cause }: NonNullable<HealthFacts['terms'][number]['failedRun']>,
): HealthReason {
  const explanation = {
    code: 'CALENDARS_FAILED',
    parameters: { term, runId },
    times: { since },
    cause,
  } as const;
  return reason('ATTENTION', explanation, { runId, runKind: kind });
}

function failureReasons({ failures }: HealthFacts): HealthReason[] {
  const standing = failures.filter(({ failed, fixBy }) => failed > 0 && fixBy !== 'NOBODY');
  const [most] = standing;
  if (most === undefined) return [];
  const parameters = {
    tasks: standing.reduce((sum, { failed }) => sum + failed, 0),
    kinds: standing.length,
    code: most.error.code,
    system: most.system,
    count: most.failed,
  };
  return [reason('ATTENTION', { code: 'FAILURES', parameters, cause: most.error }, { system: most.system })];
}

/** Deliveries due for this long and not tried: no worker delivers. */
const OVERDUE_MS = 15 * 60_000;

function notificationReasons({ notifications, nowMs }: HealthFacts): HealthReason[] {
  const { givenUp, locked, senderRefused = null, overdue } = notifications;
  const [most] = givenUp;
  const count = givenUp.reduce((sum, group) => sum + group.count, 0);
  const stalled = overdue !== null && nowMs - Date.parse(overdue.since) >= OVERDUE_MS ? overdue : null;
  return [
    ...(most === undefined
      ? []
      : [
          reason('ATTENTION', {
            code: 'DELIVERIES_GIVEN_UP',
            parameters: { count },
            cause: most.error,
          }),
        ]),
    ...(locked === null
      ? []
      : [
          reason('ATTENTION', {
            code: 'DELIVERIES_WAIT',
            parameters: { count: locked.count },
            times: { since: locked.since },
            cause: locked.error,
          }),
        ]),
    ...(senderRefused === null
      ? []
      : [
          reason(
            'ATTENTION',
            {
              code: 'MAIL_WAITS',
              parameters: { count: senderRefused.count },
              times: { since: senderRefused.since },
              cause: senderRefused.error,
            },
            { setting: 'notification_email_from' },
          ),
        ]),
    ...(stalled === null
      ? []
      : [
          reason('BROKEN', {
            code: 'DELIVERIES_STALLED',
            parameters: { count: stalled.count },
            times: { since: stalled.since },
          }),
        ]),
  ];
}

function issuerReasons({ issuerMismatch = null }: HealthFacts): HealthReason[] {
  if (issuerMismatch === null) return [];
  return [reason('BROKEN', { code: 'ISSUER_DIFFERS', parameters: { ...issuerMismatch } })];
}

function auditReasons({ auditProblem }: HealthFacts): HealthReason[] {
  if (auditProblem === null) return [];
  const { at, error } = auditProblem;
  return [reason('BROKEN', { code: 'AUDIT_CHAIN_BROKEN', times: { since: at }, cause: error })];
}

function uncertainReasons({ uncertain, systems, nowMs }: HealthFacts): HealthReason[] {
  return uncertain.flatMap(({ system, since, count }) => {
    const held = systems.find((candidate) => candidate.system === system)?.held ?? [];
    if (held.length > 0 || nowMs - Date.parse(since) < UNCERTAIN_MS) return [];
    const explanation = { code: 'UNCERTAIN_LONG', parameters: { system, count }, times: { since } } as const;
    return [reason('ATTENTION', explanation, { system })];
  });
}

function deadLetterReasons({ deadLetters }: HealthFacts): HealthReason[] {
  const count = deadLetters.reduce((sum, letter) => sum + letter.count, 0);
  if (count === 0) return [];
  const queues = deadLetters.map(({ queue }) => queue);
  return [reason('ATTENTION', { code: 'DEAD_LETTERS', parameters: { count, queues } })];
}
