import { z } from 'zod';
import { allErrors } from '../../domain/catalogue/all-errors.ts';
import { type DatabaseSyncCounts, noCounts } from '../../domain/databases/changes/sync-counts.ts';
import type { Locale } from '../../domain/errors/error-entry.ts';
import { renderError } from '../../domain/errors/render-error.ts';
import { localeArgument } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { addNode } from '../building/node.ts';
import { encodeGlobalId } from '../reading/global-id.ts';
import { RunItemOutcomeEnum } from '../runs/enums.ts';
import { runById } from '../runs/loaders.ts';
import { SyncRun } from '../runs/rows.ts';
import { CategoryCoverage, coverageText, DatabaseErrorType } from './coverage.ts';
import { DatabaseEngineEnum, InstanceStateEnum, TlsModeEnum } from './enums.ts';
import { accountCounts, instanceById, lastSyncs } from './loaders.ts';
import { DatabaseInstance, type DatabaseInstanceRow, type InstanceSyncRow } from './rows.ts';

const countsSchema = z.object({
  examined: z.int(),
  created: z.int(),
  refreshed: z.int(),
  unchanged: z.int(),
  changed: z.int(),
  deactivated: z.int(),
  reactivated: z.int(),
  failed: z.int(),
});

const countTexts: Readonly<Record<keyof DatabaseSyncCounts, string>> = {
  examined:
    'Accounts that were read: the sum of created, reactivated, changed, refreshed, unchanged and failed.',
  created: 'Seen for the first time.',
  refreshed: 'Only the last login or marks were rewritten; nothing was logged.',
  unchanged: 'As they were.',
  changed: 'With an entry in the log.',
  deactivated: 'Not seen any more.',
  reactivated: 'Back again.',
  failed: 'Could not be taken.',
};

export const SyncCounts = builder.objectRef<DatabaseSyncCounts>('DatabaseSyncCounts').implement({
  description: 'What a run did to accounts.',
  fields: (t) => ({
    examined: t.exposeInt('examined', { description: countTexts.examined }),
    created: t.exposeInt('created', { description: countTexts.created }),
    refreshed: t.exposeInt('refreshed', { description: countTexts.refreshed }),
    unchanged: t.exposeInt('unchanged', { description: countTexts.unchanged }),
    changed: t.exposeInt('changed', { description: countTexts.changed }),
    deactivated: t.exposeInt('deactivated', { description: countTexts.deactivated }),
    reactivated: t.exposeInt('reactivated', { description: countTexts.reactivated }),
    failed: t.exposeInt('failed', { description: countTexts.failed }),
  }),
});

const InstanceSync = builder.objectRef<InstanceSyncRow>('InstanceSync').implement({
  description: 'What became of an instance in its newest run.',
  fields: (t) => ({
    run: t.field({
      type: SyncRun,
      description: 'The run.',
      resolve: async (sync, _args, scope) => {
        const run = await runById(scope).load(sync.run_id);
        if (run === null) throw new Error(`Run ${sync.run_id} is gone.`);
        return run;
      },
    }),
    status: t.field({
      type: RunItemOutcomeEnum,
      description: 'How it stands.',
      resolve: (sync) => sync.outcome,
    }),
    error: t.field({
      type: DatabaseErrorType,
      nullable: true,
      description: 'Why it failed; null when it did not.',
      resolve: (sync) => errorOf(sync),
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When a worker took it up.',
      resolve: ({ payload }) => textOf(payload['startedAt']),
    }),
    finishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was settled.',
      resolve: (sync) => sync.settled_at,
    }),
    counts: t.field({
      type: SyncCounts,
      nullable: true,
      description: 'What it did, or (AWAITING_CONFIRMATION) would do; null when nothing was read.',
      resolve: ({ payload }) => {
        const { data } = countsSchema.safeParse(payload);
        return data === undefined ? null : { ...noCounts, ...data };
      },
    }),
  }),
});

function errorOf({ error_code, error_parameters, payload }: InstanceSyncRow) {
  if (error_code === null) return null;
  return {
    code: error_code,
    parameters: error_parameters ?? {},
    sqlState: textOf(payload['sqlState']),
    vendorCode: textOf(payload['vendorCode']),
    phase: textOf(payload['phase']),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

DatabaseInstance.implement({
  description: 'A database server whose accounts are read.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: (instance) => encodeGlobalId('DatabaseInstance', instance.id),
    }),
    name: t.exposeString('name', { description: 'Unique, chosen by whoever registers it.' }),
    engine: t.field({
      type: DatabaseEngineEnum,
      description: 'Kind of server.',
      resolve: (one) => one.engine,
    }),
    product: t.exposeString('product', {
      nullable: true,
      description:
        'As the server names itself: MySQL, MariaDB, Percona, PostgreSQL, Microsoft SQL Server, Oracle; null until it was reached once.',
    }),
    version: t.exposeString('version', {
      nullable: true,
      description: 'As the server says it; null until then.',
    }),
    host: t.exposeString('host', { description: 'Where it is.' }),
    port: t.exposeInt('port', { description: 'Where it listens.' }),
    database: t.exposeString('database_name', {
      nullable: true,
      description: "Maintenance database (PostgreSQL), service name (Oracle); null: the engine's own.",
    }),
    username: t.exposeString('username', { description: 'As whom it is read. The password is never shown.' }),
    tls: t.field({
      type: TlsModeEnum,
      description: 'How connections are encrypted.',
      resolve: (one) => one.tls,
    }),
    state: t.field({
      type: InstanceStateEnum,
      description: 'Whether runs over all take it.',
      resolve: (one) => one.state,
    }),
    tags: t.stringList({ description: 'For filters.', resolve: (one) => [...one.tags] }),
    systemAccounts: t.stringList({
      description: "LIKE patterns over account names, added to the engine's own.",
      resolve: (one) => [...one.system_accounts],
    }),
    accountCount: t.int({
      description: 'ACTIVE accounts, roles and system ones included.',
      resolve: async (one, _args, scope) => (await accountCounts(scope).load(one.id)) ?? 0,
    }),
    lastSync: t.field({
      type: InstanceSync,
      nullable: true,
      description: 'Null until the first run.',
      resolve: (one, _args, scope) => lastSyncs(scope).load(one.id),
    }),
    lastSuccessAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was last read whole or in part and stored.',
      resolve: (one) => one.last_success_at,
    }),
    explanation: t.string({
      nullable: true,
      description: 'What is wrong now and who can fix it; null when nothing is.',
      args: localeArgument,
      resolve: async (one, { locale }, scope) =>
        explain(one, await lastSyncs(scope).load(one.id), locale ?? scope.locale),
    }),
    coverage: t.field({
      type: [CategoryCoverage],
      description: 'Each category with its status and the grant that would help.',
      resolve: (one) => [...one.coverage],
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When it was registered.',
      resolve: (one) => one.created_at,
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: 'When it was changed last.',
      resolve: (one) => one.updated_at,
    }),
  }),
});
addNode('DatabaseInstance', { rule: ['databases:read'], loader: instanceById });

function explain(one: DatabaseInstanceRow, sync: InstanceSyncRow | null, locale: Locale): string | null {
  const zh = locale === 'ZH_CN';
  if (sync?.outcome === 'FAILED' && sync.error_code !== null)
    return renderError(allErrors, { code: sync.error_code, parameters: sync.error_parameters ?? {} }, locale);
  if (sync?.outcome === 'AWAITING_CONFIRMATION') {
    const gone = String(sync.payload['deactivated'] ?? '');
    return zh
      ? `${gone} 个账号消失，等待 confirmDisappearance 或 rejectRun`
      : `${gone} accounts are gone: it waits for confirmDisappearance or rejectRun`;
  }
  const missing = one.coverage.filter(({ status }) => status === 'DENIED' || status === 'ERROR');
  const [first] = missing;
  if (first === undefined) return null;
  const more = missing.length - 1;
  const text = coverageText(first, locale) ?? '';
  return more === 0
    ? text
    : zh
      ? `${text}；另有 ${more} 项，见 coverage`
      : `${text} (${more} more in coverage)`;
}
