import {
  instanceNotFound,
  registerInstance,
  updateInstance,
} from '../../jobs/databases/registry/change-instance.ts';
import { removeInstance } from '../../jobs/databases/registry/remove-instance.ts';
import { askForTest, type ConnectionTestResult } from '../../jobs/databases/registry/test-connection.ts';
import { confirmDisappearance } from '../../jobs/databases/runs/confirm-disappearance.ts';
import { startDatabaseSync } from '../../jobs/databases/runs/start-sync.ts';
import { type OperationError, operationError } from '../../jobs/kit/operation.ts';
import { builder } from '../building/builder.ts';
import { addMutation, payloadType, rowAfterwards } from '../building/mutation.ts';
import type { RequestScope } from '../context/context.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';
import { forgetLoaded } from '../reading/loaders.ts';
import { canBeStored } from '../reading/text-filter.ts';
import { RunModeEnum, RunTriggerEnum } from '../runs/enums.ts';
import { RunPayload } from '../runs/run-payload.ts';
import { CategoryCoverage, DatabaseErrorType } from './coverage.ts';
import { DatabaseEngineEnum, InstanceStateEnum, TlsModeEnum } from './enums.ts';
import { findInstance, instanceById } from './loaders.ts';
import { DatabaseInstance } from './rows.ts';

const InstancePayload = payloadType<{
  readonly id: string | null;
  readonly userErrors: readonly OperationError[];
}>('DatabaseInstancePayload', {
  description: 'The instance as it is now.',
  fields: (t) => ({
    instance: t.field(
      rowAfterwards(DatabaseInstance, instanceById, 'The instance; null when nothing was stored.'),
    ),
  }),
});

addMutation('registerDatabaseInstance', {
  rule: needs('admin'),
  description:
    'Registers a database server with the credential that reads its catalog, which is stored encrypted.',
  about: 'A server.',
  input: (t) => ({
    name: t.string({ required: true, description: 'Unique, at most 100 characters.' }),
    engine: t.field({ type: DatabaseEngineEnum, required: true, description: 'Kind of server.' }),
    host: t.string({ required: true, description: 'Name or address.' }),
    port: t.int({ description: "Absent: the engine's own." }),
    database: t.string({
      description: "Maintenance database (PostgreSQL), service name (Oracle); absent: the engine's own.",
    }),
    username: t.string({ required: true, description: 'As whom it is read.' }),
    password: t.string({ required: true, description: 'Never shown again.' }),
    tls: t.field({
      type: TlsModeEnum,
      required: true,
      defaultValue: 'PREFERRED',
      description: 'How to encrypt.',
    }),
    caCertificate: t.string({ description: 'PEM of the authority, for VERIFY_CA and VERIFY_FULL.' }),
    tags: t.stringList({ description: 'For filters.' }),
    systemAccounts: t.stringList({ description: "LIKE patterns, added to the engine's own." }),
  }),
  run: (input, scope) => registerInstance(operationContext(scope), input),
  payload: InstancePayload,
});

addMutation('updateDatabaseInstance', {
  rule: needs('admin'),
  description: 'Changes what is given; what is absent stays.',
  about: 'What changes of an instance.',
  input: (t) => ({
    name: t.string({ required: true, description: 'Which.' }),
    newName: t.string({ description: 'What it is called from now on.' }),
    host: t.string({ description: 'Name or address.' }),
    port: t.int({ description: 'Where it listens.' }),
    database: t.string({ description: "Null: the engine's own." }),
    username: t.string({ description: 'As whom it is read.' }),
    password: t.string({ description: 'Never shown again.' }),
    tls: t.field({ type: TlsModeEnum, description: 'How to encrypt.' }),
    caCertificate: t.string({ description: 'PEM; null: none.' }),
    state: t.field({ type: InstanceStateEnum, description: 'Whether runs over all take it.' }),
    tags: t.stringList({ description: 'Instead of those it has.' }),
    systemAccounts: t.stringList({ description: 'Instead of those it has.' }),
  }),
  run: ({ name, newName, ...rest }, scope) =>
    canBeStored(name)
      ? updateInstance(operationContext(scope), name, { ...rest, name: newName })
      : Promise.resolve({ id: null, userErrors: [instanceNotFound(name, ['name'])] }),
  payload: InstancePayload,
});

addMutation('removeDatabaseInstance', {
  rule: needs('admin'),
  description: 'Removes an instance; its accounts and their history go with it. DRY_RUN says how many.',
  about: 'Which instance is removed.',
  input: (t) => ({
    name: t.string({ required: true, description: 'Which.' }),
    mode: t.field({
      type: RunModeEnum,
      required: true,
      defaultValue: 'DRY_RUN',
      description: 'RUN removes it.',
    }),
  }),
  run: (input, scope) =>
    removeInstance(operationContext(scope), { ...input, name: input.name.replaceAll('\0', '') }),
  payload: (t) => ({
    accounts: t.exposeInt('accounts', { description: 'Accounts of it, ACTIVE and DISAPPEARED.' }),
    changes: t.exposeInt('changes', { description: 'Entries of their log.' }),
    removed: t.exposeBoolean('removed', { description: 'True when they are gone.' }),
  }),
});

interface TestPayloadShape {
  readonly result: ConnectionTestResult | null;
  readonly userErrors: readonly OperationError[];
}

const TestPayload = payloadType<TestPayloadShape>('TestDatabaseConnectionPayload', {
  description: 'What a test of the connection found.',
  userErrors: 'Why there is no answer; empty when there is.',
  fields: (t) => ({
    reachable: t.boolean({
      description: 'It answered and let us in.',
      resolve: ({ result }) => result?.reachable ?? false,
    }),
    product: t.string({
      nullable: true,
      description: 'As it names itself.',
      resolve: ({ result }) => result?.product ?? null,
    }),
    version: t.string({
      nullable: true,
      description: 'As it says it.',
      resolve: ({ result }) => result?.version ?? null,
    }),
    tlsInUse: t.boolean({
      nullable: true,
      description: 'Whether the connection was encrypted; null: there was none.',
      resolve: ({ result }) => result?.tlsInUse ?? null,
    }),
    latencyMs: t.float({
      nullable: true,
      description: 'How long the whole test took; null: there was no connection.',
      resolve: ({ result }) => result?.latencyMs ?? null,
    }),
    coverage: t.field({
      type: [CategoryCoverage],
      description: 'What our credential may read, and the grant that would help.',
      resolve: ({ result }) => [...(result?.coverage ?? [])],
    }),
    error: t.field({
      type: DatabaseErrorType,
      nullable: true,
      description: 'Why it was not reachable.',
      resolve: ({ result }) => result?.error ?? null,
    }),
  }),
});

builder.mutationField('testDatabaseConnection', (t) =>
  t.field({
    ...needs('operate'),
    type: TestPayload,
    description:
      'Lets a worker sign in now and says what may be read, within 8 seconds; nothing is stored of accounts.',
    args: { name: t.arg.string({ required: true, description: 'The instance.' }) },
    resolve: (_root, { name }, scope) => test(scope, name),
  }),
);

async function test(scope: RequestScope, name: string): Promise<TestPayloadShape> {
  const instance = canBeStored(name) ? await findInstance(scope, name) : null;
  if (instance === null) return { result: null, userErrors: [instanceNotFound(name, ['name'])] };
  const result = await askForTest(operationContext(scope), instance.id);
  forgetLoaded(scope);
  if (result !== null) return { result, userErrors: [] };
  return {
    result,
    userErrors: [operationError('UNAVAILABLE', { path: ['name'], parameters: { system: name } })],
  };
}

addMutation('startDatabaseSync', {
  rule: needs('operate'),
  description:
    'Reads accounts and permissions of instances: one (MANUAL_SINGLE), some (MANUAL_BATCH) or all that are ACTIVE (MANUAL_TASK). Instances that a run has in hand are left to it; when that is so of all, the run is joined. DRY_RUN writes nothing but the run.',
  about: 'What is to be read.',
  input: (t) => ({
    type: t.field({
      type: RunTriggerEnum,
      required: true,
      description: 'EVENT and SCHEDULED_TASK are the service’s own.',
    }),
    instances: t.stringList({
      description: 'By name: MANUAL_SINGLE one, MANUAL_BATCH at least one, MANUAL_TASK none.',
    }),
    mode: t.field({
      type: RunModeEnum,
      required: true,
      defaultValue: 'RUN',
      description: 'DRY_RUN counts only.',
    }),
  }),
  run: ({ type, instances, mode }, scope) =>
    startDatabaseSync(operationContext(scope), {
      type,
      mode,
      instances: instances?.map((name) => name.replaceAll('\0', '')) ?? null,
    }),
  payload: RunPayload,
});

addMutation('confirmDisappearance', {
  rule: needs('operate'),
  description:
    'Lets one instance of a run go on although so many of its accounts are gone. confirmRun lets all go on, rejectRun ends the run.',
  about: 'Which instance of which run.',
  input: (t) => ({
    runId: t.string({ required: true, description: 'Public id, `run_…`.' }),
    instance: t.string({ required: true, description: 'The name of the instance.' }),
  }),
  run: ({ runId, instance }, scope) =>
    confirmDisappearance(operationContext(scope), {
      runId: runId.replaceAll('\0', ''),
      instance: instance.replaceAll('\0', ''),
    }),
  payload: RunPayload,
});
