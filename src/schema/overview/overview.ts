import { allErrors } from '../../domain/catalogue/all-errors.ts';
import type { Locale } from '../../domain/errors/error-entry.ts';
import { findErrorEntry } from '../../domain/errors/render-error.ts';
import type { Explanation } from '../../domain/explanations/explanation.ts';
import type { HealthLevel, HealthReason as HealthReasonShape } from '../../domain/explanations/health.ts';
import { fixByOf, whatToDo } from '../../domain/explanations/what-to-do.ts';
import { displayRunKind } from '../../domain/runs/run-kinds.ts';
import { Advice, adviceFor } from '../building/advice.ts';
import { localeArgument } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import type { Described } from '../building/shared-enums.ts';
import { FixByEnum } from '../building/shared-enums.ts';
import type { RequestScope } from '../context/context.ts';
import { errorText, explanationText, wordsFor } from '../context/words.ts';
import { needsSightOfAll } from '../permissions/rules.ts';
import { groupLead } from '../provisioning/explain/group-lead.ts';
import { TaskCount } from '../provisioning/tasks/task-counts.ts';
import { SyncRun } from '../runs/rows.ts';
import { AccountSystemEnum } from '../systems/account-system.ts';
import { UpstreamSystem } from '../systems/systems.ts';
import {
  type DeadLetterShape,
  type FailureGroupShape,
  type OldestReadyShape,
  type OverviewShape,
  readOverview,
} from './read-overview.ts';

const healthLevels = {
  OK: { description: 'Nothing to do.' },
  ATTENTION: { description: 'It works, but the reasons need attention.' },
  BROKEN: { description: 'Somewhere accounts are not being made, without intention.' },
} as const satisfies Described<HealthLevel>;

const HealthLevelEnum = builder.enumType('HealthLevel', {
  description: 'How the service is.',
  values: healthLevels,
});

const Overview = builder.objectRef<OverviewShape>('Overview').implement({
  description: 'What is wrong now, why, and who can put it right.',
  fields: (t) => ({
    health: t.field({
      type: HealthLevelEnum,
      description: 'How the service is in all; the command line’s `status` exits 0, 1, 2 by it.',
      resolve: ({ health }) => health,
    }),
    reasons: t.field({
      type: [HealthReason],
      description: 'What keeps it from being OK, the worst first.',
      resolve: ({ reasons }) => reasons,
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When this was read.' }),
    failures: t.field({
      type: [FailureGroup],
      description:
        'What failed and still stands, by system and code, most frequent first: not what a later task, or an account, has healed.',
      resolve: ({ failures }) => failures,
    }),
    taskCounts: t.field({
      type: [TaskCount],
      description: 'Open tasks by system and state; what has none is left out.',
      resolve: ({ taskCounts }) => taskCounts,
    }),
    oldestReady: t.field({
      type: OldestReadyTask,
      nullable: true,
      description: 'The task that has been ready longest; null when none is.',
      resolve: ({ oldestReady }) => oldestReady,
    }),
    uncertainTasks: t.exposeInt('uncertainTasks', {
      description: 'Tasks that were sent without an answer and are being verified.',
    }),
    deadLetters: t.field({
      type: [DeadLetterCount],
      description:
        'Poison messages by queue: jobs that could not be read or done; empty when there are none.',
      resolve: ({ deadLetters }) => deadLetters,
    }),
    systems: t.field({
      type: [UpstreamSystem],
      description: 'Every system and the HR source: circuits, pauses, what is sandboxed.',
      resolve: ({ systems }) => systems,
    }),
    sandboxed: t.stringList({
      description: 'Codes of the systems that the sandbox plays.',
      resolve: ({ systems }) =>
        systems.flatMap(({ info, sandboxed }) => (sandboxed === true ? [info.system] : [])),
    }),
    switchesOff: t.exposeStringList('switchesOff', { description: 'Keys of the switches that are off.' }),
    lastHrSync: t.field({
      type: SyncRun,
      nullable: true,
      description: 'The last sync of people from HR that ended well; null when none has.',
      resolve: ({ lastHrSync }) => lastHrSync,
    }),
    awaitingConfirmation: t.field({
      type: [SyncRun],
      description: 'Runs that wait for confirmRun or rejectRun, newest first.',
      resolve: ({ awaitingConfirmation }) => awaitingConfirmation,
    }),
    calendars: t.field({
      type: [TermTrouble],
      description:
        'Open terms of which something wants attention, newest first; the reasons say it in words.',
      resolve: ({ terms }) => terms,
    }),
  }),
});

builder.queryField('overview', (t) =>
  t.field({
    ...needsSightOfAll('operate'),
    type: Overview,
    description: 'What is wrong now.',
    args: {
      since: t.arg({
        type: 'DateTime',
        description: 'Only failures after this moment; default: all that stand.',
      }),
    },
    resolve: (_root, { since }, scope) => readOverview(scope, since ?? null),
  }),
);

export const HealthReason = builder.objectRef<HealthReasonShape>('HealthReason').implement({
  description: 'One thing that keeps the service from being well.',
  fields: (t) => ({
    level: t.field({ type: HealthLevelEnum, description: 'How bad.', resolve: ({ level }) => level }),
    code: t.string({
      description: 'Stable; for programs.',
      resolve: ({ explanation }) => explanation.code,
    }),
    message: t.string({
      description: 'What is wrong.',
      args: localeArgument,
      resolve: (reason, { locale }, scope) =>
        explanationText(scope, [completed(reason, locale ?? scope.locale)], { locale }) ?? '',
    }),
    fixBy: t.field({
      type: FixByEnum,
      description: 'Who can put it right.',
      resolve: ({ explanation }) => fixByOf(explanation),
    }),
    whatToDo: t.string({
      description: 'What they do.',
      args: localeArgument,
      resolve: ({ explanation, ...about }, { locale }, scope: RequestScope) => {
        const text = whatToDo(explanation, factsOf(about), locale ?? scope.locale);
        return wordsFor(scope, text, { locale, facts: { ...factsOf(about), ...explanation.parameters } });
      },
    }),
    advice: t.field({
      type: [Advice],
      description: 'The same in three forms; empty when nothing is to be done here.',
      args: localeArgument,
      resolve: ({ explanation, ...about }, { locale }, scope) =>
        adviceFor(explanation, factsOf(about), locale ?? scope.locale),
    }),
    system: t.string({
      nullable: true,
      description: 'Code of the system concerned.',
      resolve: ({ system }) => system,
    }),
    setting: t.exposeString('setting', {
      nullable: true,
      description: 'The Setting that would change it.',
    }),
    runId: t.exposeString('runId', { nullable: true, description: 'The run concerned; for `run`.' }),
  }),
});

const FailureGroup = builder.objectRef<FailureGroupShape>('FailureGroup').implement({
  description: 'Failures of the same cause that still stand.',
  fields: (t) => ({
    system: t.field({
      type: AccountSystemEnum,
      nullable: true,
      description: 'Where; null for people refused before a task was planned.',
      resolve: ({ system }) => system,
    }),
    code: t.string({ description: 'For `errorCode` of filters.', resolve: ({ error }) => error.code }),
    message: t.string({
      description: 'What happened and what to do; names some of those it concerns.',
      args: localeArgument,
      resolve: ({ error }, { locale }, scope) => errorText(scope, error, locale),
    }),
    fixBy: t.field({
      type: FixByEnum,
      description: 'Who can put it right.',
      resolve: ({ error }) => findErrorEntry(allErrors, error.code).fixBy,
    }),
    whatToDo: t.string({
      description: 'What they do.',
      args: localeArgument,
      resolve: (group, { locale }, scope) => {
        const facts = factsOfGroup(group);
        const text = whatToDo(leadOf(group), facts, locale ?? scope.locale);
        return wordsFor(scope, text, { locale, facts });
      },
    }),
    advice: t.field({
      type: [Advice],
      description: 'The same in three forms.',
      args: localeArgument,
      resolve: (group, { locale }, scope) =>
        adviceFor(leadOf(group), factsOfGroup(group), locale ?? scope.locale),
    }),
    tasks: t.exposeInt('failed', { description: 'Failed for good; without a system: items.' }),
    retrying: t.exposeInt('retrying', { description: 'Tried again by themselves.' }),
    people: t.exposeInt('people', { description: 'Whom it concerns.' }),
    requests: t.exposeInt('requests', { description: 'Requests that want those accounts.' }),
    firstAt: t.expose('firstAt', { type: 'DateTime', description: 'The first of them.' }),
    lastAt: t.expose('lastAt', { type: 'DateTime', description: 'The last of them.' }),
  }),
});

const TermTrouble = builder.objectRef<OverviewShape['terms'][number]>('TermTrouble').implement({
  description: 'What of the calendars of one term wants attention.',
  fields: (t) => ({
    term: t.exposeString('term', { description: 'For `term`, and `scope` of runs.' }),
    failedRunId: t.string({
      nullable: true,
      description: 'The newest failed run that no later one made good; for `run`.',
      resolve: ({ failedRun }) => failedRun?.runId ?? null,
    }),
    failed: t.int({
      description: 'Calendars, events and members that did not reach WPS.',
      resolve: ({ failed }) => failed.count,
    }),
    usersMissing: t.exposeInt('usersMissing', { description: 'People whom WPS does not know.' }),
    membersMissing: t.exposeInt('membersMissing', { description: 'Memberships that those people lack.' }),
    openFindings: t.exposeInt('openFindings', {
      description: 'Differences from WPS that `reconcileCalendars` would repair.',
    }),
  }),
});

const OldestReadyTask = builder.objectRef<OldestReadyShape>('OldestReadyTask').implement({
  description: 'The task that has been ready longest.',
  fields: (t) => ({
    taskId: t.exposeString('taskId', { description: 'For `task`.' }),
    system: t.field({ type: AccountSystemEnum, description: 'Where.', resolve: ({ system }) => system }),
    since: t.expose('since', { type: 'DateTime', description: 'Since when it could run.' }),
    ageSeconds: t.exposeInt('ageSeconds', { description: 'For how long.' }),
  }),
});

const DeadLetterCount = builder.objectRef<DeadLetterShape>('DeadLetterCount').implement({
  description: 'Jobs in one dead letter.',
  fields: (t) => ({
    queue: t.exposeString('queue', { description: 'Its name in /jobs.' }),
    count: t.exposeInt('count', { description: 'How many.' }),
  }),
});

/** Kinds of runs have words. */
function completed(
  { explanation, runKind }: HealthReasonShape,
  locale: Locale,
): HealthReasonShape['explanation'] {
  if (runKind === null) return explanation;
  return { ...explanation, parameters: { ...explanation.parameters, kind: displayRunKind(runKind, locale) } };
}

function factsOf({ setting, system, runId }: Omit<HealthReasonShape, 'explanation'>) {
  return { setting, ...(system !== null && { system }), ...(runId !== null && { runId }) };
}

/** Only final failures need a person; retried ones do not. */
function leadOf({ error, failed }: FailureGroupShape): Explanation {
  return failed === 0 ? { code: 'READY' } : groupLead(error);
}

function factsOfGroup({ system, error }: FailureGroupShape) {
  return { system, errorCode: error.code };
}
