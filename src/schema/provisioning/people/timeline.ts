import type { ErrorParameters } from '../../../domain/errors/error-entry.ts';
import type { PersonEventKind } from '../../../domain/provisioning/explain/person-events.ts';
import { describePersonEvent } from '../../../domain/provisioning/explain/person-events.ts';
import { byPageSize, localeArgument } from '../../building/arguments.ts';
import { builder } from '../../building/builder.ts';
import type { Described } from '../../building/shared-enums.ts';
import { wordsFor } from '../../context/words.ts';
import { needsSightOfAll } from '../../permissions/rules.ts';
import { parsePage } from '../../reading/connection.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { Person } from '../rows/rows.ts';
import { type PersonEventRow, timelineOf, timelineRules } from './read-timeline.ts';

const personEvents = {
  PERSON_ADDED: { description: 'HR or a request first told us of them.' },
  REQUEST_ACCEPTED: { description: 'A request asked for accounts.' },
  TASK_PLANNED: { description: 'An account was planned.' },
  ATTEMPT_STARTED: { description: 'An attempt began and has not ended.' },
  ATTEMPT_ENDED: { description: 'An attempt ended; `outcome` says how.' },
  ACCOUNT_CREATED: { description: 'This service made an account.' },
  ACCOUNT_ADOPTED: { description: 'An account was found at the system.' },
  ACCOUNT_IMPORTED: { description: 'An account became known from HR or a first import.' },
  ACCOUNT_LINKED: { description: 'An operator linked an account.' },
  ACCOUNT_DISABLED: { description: 'An account was switched off.' },
  ACCOUNT_ENABLED: { description: 'An account was switched on again.' },
  ACCOUNT_REMOVED: { description: 'An account was taken out of the records.' },
  TASK_COMPLETED: { description: 'A task ended with an account.' },
  TASK_FAILED: { description: 'A task ended without one.' },
  TASK_CANCELLED: { description: 'Every request that wanted the task was cancelled.' },
  REQUEST_COMPLETED: { description: 'Every account a request wanted exists.' },
  REQUEST_FAILED: { description: 'The person failed in a request.' },
  REQUEST_CANCELLED: { description: 'The person was cancelled in a request.' },
  RUN_RECORD: { description: 'A run had something to say of them.' },
} as const satisfies Described<PersonEventKind>;

const PersonEventKindEnum = builder.enumType('PersonEventKind', {
  description: 'What happened to a person.',
  values: personEvents,
});

const PersonEvent = builder.objectRef<PersonEventRow>('PersonEvent').implement({
  description: 'One thing that happened to a person: requests, tasks, attempts, accounts, runs.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    kind: t.field({
      type: PersonEventKindEnum,
      description: 'What kind of thing.',
      resolve: (event) => event.kind,
    }),
    system: t.field({
      type: AccountSystemEnum,
      nullable: true,
      description: 'Where; null when it concerns no one system.',
      resolve: (event) => event.facts.system ?? null,
    }),
    text: t.string({
      description: 'What happened, in words, with the reason where something went wrong.',
      args: localeArgument,
      resolve: (event, { locale }, scope) =>
        wordsFor(scope, textOf(event, locale ?? scope.locale), { locale, facts: event.facts }),
    }),
    outcome: t.string({
      nullable: true,
      description: 'Of an attempt (AttemptOutcome), of an item of a request, of a record of a run.',
      resolve: (event) => event.facts.outcome ?? null,
    }),
    errorCode: t.exposeString('error_code', { nullable: true, description: 'Stable; for programs.' }),
    requestId: t.string({
      nullable: true,
      description: 'For `request`.',
      resolve: (event) => event.facts.requestId ?? null,
    }),
    taskId: t.string({
      nullable: true,
      description: 'For `task`.',
      resolve: (event) => event.facts.taskId ?? null,
    }),
    executionAttempt: t.int({
      nullable: true,
      description: 'Which attempt at the task.',
      resolve: (event) => event.facts.attempt ?? null,
    }),
    runId: t.string({
      nullable: true,
      description: 'For `run`.',
      resolve: (event) => event.facts.runId ?? null,
    }),
    accountIdentifier: t.string({
      nullable: true,
      description: 'What the system calls the account.',
      resolve: (event) => event.facts.identifier ?? null,
    }),
  }),
});

const PersonEventConnection = builder.connectionObject(
  { type: PersonEvent, name: 'PersonEventConnection', description: 'A page of events.' },
  { name: 'PersonEventEdge', description: 'An event and its cursor.' },
);

builder.objectField(Person, 'timeline', (t) =>
  t.field({
    ...needsSightOfAll('people:read'),
    type: PersonEventConnection,
    description: 'Everything that happened to this person, newest first.',
    args: {
      first: t.arg.int({ required: true, description: 'So many events, at most 100.' }),
      after: t.arg.string({ description: 'Events before the one with this cursor.' }),
      kind: t.arg({
        type: [PersonEventKindEnum],
        description: 'Of one of these kinds; default: all.',
      }),
      system: t.arg({
        type: [AccountSystemEnum],
        description: 'At one of these systems, which leaves out what concerns no one system; default: all.',
      }),
    },
    complexity: byPageSize,
    resolve: (person, { kind, system, ...args }, scope) =>
      timelineOf(scope, person.id, {
        page: parsePage(args, timelineRules),
        kinds: kind ?? null,
        systems: system ?? null,
      }),
  }),
);

function textOf(event: PersonEventRow, locale: 'ZH_CN' | 'EN'): string {
  const { kind, facts, error_code: code, error_parameters } = event;
  const parameters: ErrorParameters = facts;
  return describePersonEvent(
    {
      kind,
      parameters,
      error: code === null ? null : { code, parameters: { ...facts, ...error_parameters } },
    },
    locale,
  );
}
