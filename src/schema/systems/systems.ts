import type { PausedSystem } from '../../domain/settings/paused-systems.ts';
import { localeArgument } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import type { Described } from '../building/shared-enums.ts';
import { storedErrorType } from '../building/stored-error.ts';
import { explanationText } from '../context/words.ts';
import { needsSightOfAll } from '../permissions/rules.ts';
import { AccountSystemEnum } from './account-system.ts';
import {
  displaySystem,
  type Facet,
  facetOf,
  type SystemCheckShape,
  type SystemErrorShape,
  type SystemShape,
  systemsOf,
} from './read-systems.ts';

const SystemError = storedErrorType<SystemErrorShape>('SystemError', 'What is wrong with a system.');
builder.objectField(SystemError, 'at', (t) =>
  t.expose('at', { type: 'DateTime', nullable: true, description: 'When it was met.' }),
);

const circuitStates = {
  CLOSED: { description: 'As usual.' },
  OPEN: { description: 'It failed again and again, or refused our credentials: only a trial now and then.' },
} as const satisfies Described<'OPEN' | 'CLOSED'>;

const CircuitStateEnum = builder.enumType('CircuitState', {
  description: 'Whether a system is called at all.',
  values: circuitStates,
});

const facets = {
  ACCOUNTS: { description: 'Holds accounts: tasks are executed there.' },
  PEOPLE: { description: 'People come from there.' },
  CALENDARS: { description: 'Holds course calendars.' },
  TIMETABLE: { description: 'The timetable is read there.' },
} as const satisfies Described<Facet>;

const UpstreamFacetEnum = builder.enumType('UpstreamFacet', {
  description: 'What something outside is for.',
  values: facets,
});

export const UpstreamSystem = builder.objectRef<SystemShape>('UpstreamSystem').implement({
  description:
    'Something outside that this service calls: a system that holds accounts, or a source of people, calendars or the timetable.',
  fields: (t) => ({
    code: t.string({
      description: 'Its code: IDAAS, HIEDS, WPS …',
      resolve: ({ info }) => info.system,
    }),
    system: t.field({
      type: AccountSystemEnum,
      nullable: true,
      description: 'The same where it holds accounts; null elsewhere.',
      resolve: ({ info, holdsAccounts }) => (holdsAccounts ? info.system : null),
    }),
    facet: t.field({
      type: UpstreamFacetEnum,
      description: 'What it is for.',
      resolve: ({ info }) => facetOf(info),
    }),
    displayName: t.string({
      description: 'What people call it.',
      args: localeArgument,
      resolve: ({ info }, { locale }, scope) => displaySystem(info, locale ?? scope.locale),
    }),
    enabled: t.exposeBoolean('enabled', {
      description: 'Setting enabled_account_types has it; for the HR source, hr_sync_enabled is on.',
    }),
    configured: t.exposeBoolean('configured', {
      nullable: true,
      description:
        'True when the worker that started last is connected to it; null before any worker started.',
    }),
    sandboxed: t.exposeBoolean('sandboxed', {
      nullable: true,
      description: 'True when the sandbox plays it; null before any worker started.',
    }),
    paused: t.field({
      type: SystemPause,
      nullable: true,
      description: 'Its pause (Setting paused_systems); null when it is not paused.',
      resolve: ({ pause }) => pause,
    }),
    circuit: t.field({
      type: SystemCircuit,
      description: 'Whether it is called at all.',
      resolve: (system) => system,
    }),
    throttledUntil: t.expose('throttledUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'It asked us to slow down: nothing is sent before this; null when it has not.',
    }),
    ratePerSecond: t.exposeFloat('ratePerSecond', {
      description: 'Calls a second at most, all processes together; pages for the HR source.',
    }),
    maxConcurrency: t.exposeInt('maxConcurrency', {
      nullable: true,
      description: 'Tasks at the same time, all processes together; null for the HR source.',
    }),
    lastSuccessAt: t.expose('lastSuccessAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it last proved to be alive; for the HR source the last successful sync.',
    }),
    lastError: t.field({
      type: SystemError,
      nullable: true,
      description: 'The last failure that was its own fault or our credentials’, not one person’s.',
      resolve: ({ lastError }) => lastError,
    }),
    lastCheck: t.field({
      type: SystemCheck,
      nullable: true,
      description: 'What the last checkSystem found.',
      resolve: ({ lastCheck }) => lastCheck,
    }),
    explanation: t.string({
      nullable: true,
      description: 'Why nothing is sent there at present, and what would help; null when it may be called.',
      args: localeArgument,
      resolve: ({ held }, { locale }, scope) => explanationText(scope, held, { locale }),
    }),
  }),
});

const SystemPause = builder.objectRef<PausedSystem>('SystemPause').implement({
  description: 'A system under maintenance.',
  fields: (t) => ({
    until: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the pause ends; null: when an operator removes it.',
      resolve: ({ until }) => until ?? null,
    }),
    reason: t.exposeString('reason', { description: 'The reason that the operator gave.' }),
  }),
});

const SystemCircuit = builder.objectRef<SystemShape>('SystemCircuit').implement({
  description: 'OPEN: nothing is sent but a trial now and then; CLOSED: as usual.',
  fields: (t) => ({
    state: t.field({
      type: CircuitStateEnum,
      description: 'Its state.',
      resolve: ({ circuit }) => circuit,
    }),
    reason: t.field({
      type: SystemError,
      nullable: true,
      description: 'Why it opened; null while closed.',
      resolve: ({ circuitReason }) => circuitReason,
    }),
    since: t.expose('openedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it opened; null while closed.',
    }),
    nextTrialAt: t.expose('nextTrialAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When one task tries whether it is back; null while closed.',
    }),
  }),
});

export const SystemCheck = builder.objectRef<SystemCheckShape>('SystemCheck').implement({
  description: 'What a check of a system found.',
  fields: (t) => ({
    checkedAt: t.expose('at', { type: 'DateTime', description: 'When it answered, or was given up.' }),
    reachable: t.exposeBoolean('reachable', { description: 'It answered.' }),
    credentialsAccepted: t.exposeBoolean('credentialsAccepted', {
      nullable: true,
      description:
        'It let us in. Null: unknown, because it could not be reached, failed, or asked us to slow down.',
    }),
    latencyMs: t.exposeInt('latencyMs', {
      description: 'Milliseconds until it answered, or was given up.',
    }),
    error: t.field({
      type: SystemError,
      nullable: true,
      description: 'What is wrong; null when nothing is.',
      resolve: ({ error, at }) => (error === null ? null : { ...error, at }),
    }),
    detail: t.exposeString('detail', {
      nullable: true,
      description: 'What was said on the wire, masked; for operators.',
    }),
    tokenEndsAt: t.expose('tokenEndsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the token ends that the worker who checked holds; null where there is none.',
    }),
    host: t.exposeString('host', { description: 'The worker who checked.' }),
  }),
});

builder.queryField('systems', (t) =>
  t.field({
    ...needsSightOfAll('operate'),
    type: [UpstreamSystem],
    description: 'Every registered system that holds accounts, then the sources: how they are.',
    resolve: (_root, _args, scope) => systemsOf(scope).read(),
  }),
);
