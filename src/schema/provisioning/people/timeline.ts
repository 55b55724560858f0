import type { ErrorParameters } from '../../../domain/errors/error-entry.ts';
import { describePersonEvent } from '../../../domain/provisioning/explain/person-events.ts';
import type { SchemaParts } from '../../parts.ts';
import { needsSightOfAll } from '../../permissions/rules.ts';
import { parsePage } from '../../reading/connection.ts';
import { type PersonEventRow, timelineOf, timelineRules } from './read-timeline.ts';

/** `Person.timeline` and the type `PersonEvent`. */
export function addTimeline({ builder, enums, connections, arguments: shared }: SchemaParts): void {
  builder.objectType('PersonEvent', {
    description: 'One thing that happened to a person: requests, tasks, attempts, accounts, runs.',
    fields: (t) => ({
      at: t.expose('at', { type: 'DateTime', description: 'When.' }),
      kind: t.field({
        type: enums.personEventKind,
        description: 'What kind of thing.',
        resolve: (event) => event.kind,
      }),
      system: t.field({
        type: enums.accountSystem,
        nullable: true,
        description: 'Where; null when it concerns no one system.',
        resolve: (event) => event.facts.system ?? null,
      }),
      text: t.string({
        description: 'What happened, in words, with the reason where something went wrong.',
        args: shared.locale,
        resolve: (event, { locale }, scope) => textOf(event, locale ?? scope.locale),
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
  builder.objectField('Person', 'timeline', (t) =>
    t.field({
      ...needsSightOfAll('people:read'),
      type: connections.personEvents,
      description: 'Everything that happened to this person, newest first.',
      args: {
        first: t.arg.int({ required: true, description: 'So many events, at most 100.' }),
        after: t.arg.string({ description: 'Events before the one with this cursor.' }),
      },
      complexity: ({ first }) => ({ field: 1, multiplier: first }),
      resolve: (person, args, scope) => timelineOf(scope, person.id, parsePage(args, timelineRules)),
    }),
  );
}

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
