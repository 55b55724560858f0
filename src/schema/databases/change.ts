import { sql } from 'kysely';
import { changeText } from '../../domain/databases/changes/change-text.ts';
import type { AccountChangeKind } from '../../domain/databases/engines.ts';
import { byPageSize, localeArgument, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { addNode } from '../building/node.ts';
import { needs } from '../permissions/rules.ts';
import { PAGE_MAX, parsePage } from '../reading/connection.ts';
import { decodeGlobalId, encodeGlobalId } from '../reading/global-id.ts';
import { childPages, type Listing, readListing } from '../reading/listing.ts';
import { sqlOf } from '../reading/loaders.ts';
import { runById } from '../runs/loaders.ts';
import { SyncRun } from '../runs/rows.ts';
import { changeConditions } from './account-filter.ts';
import { AccountChangeKindEnum } from './enums.ts';
import { accountById, changeById } from './loaders.ts';
import {
  DatabaseAccount,
  DatabaseAccountChange,
  type DatabaseAccountChangeRow,
  DatabasePermission,
  selectChanges,
} from './rows.ts';

DatabaseAccountChange.implement({
  description: 'An entry of the change log: what a run found to differ of one account.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: (change) => encodeGlobalId('DatabaseAccountChange', change.id),
    }),
    account: t.field({
      type: DatabaseAccount,
      description: 'Whose.',
      resolve: async (change, _args, scope) => {
        const account = await accountById(scope).load(change.account_id);
        if (account === null) throw new Error(`Account ${change.account_id} is gone.`);
        return account;
      },
    }),
    kind: t.field({
      type: AccountChangeKindEnum,
      description: 'What happened.',
      resolve: (change) => change.kind,
    }),
    added: t.field({
      type: [DatabasePermission],
      description: 'Rights it has since; of ADD and REACTIVATE all it has.',
      resolve: (change) => rowsOf(change, change.added),
    }),
    removed: t.field({
      type: [DatabasePermission],
      description: 'Rights it has no more; of DELETE all it had.',
      resolve: (change) => rowsOf(change, change.removed),
    }),
    other: t.field({
      type: 'JSON',
      description: 'Attributes: {name: {before, after}}.',
      resolve: (change) => change.other,
    }),
    message: t.string({
      description: 'The same in one sentence.',
      args: localeArgument,
      resolve: (change, { locale }, scope) =>
        changeText({ account: change.account_name, ...change }, locale ?? scope.locale),
    }),
    run: t.field({
      type: SyncRun,
      nullable: true,
      description: 'The run that found it; null: the daily pass, or the run is not kept any more.',
      resolve: ({ run_id }, _args, scope) => (run_id === null ? null : runById(scope).load(run_id)),
    }),
    at: t.field({ type: 'DateTime', description: 'When it was found.', resolve: (change) => change.at }),
  }),
});
addNode('DatabaseAccountChange', { rule: ['databases:read'], loader: changeById });

function rowsOf(change: DatabaseAccountChangeRow, rows: DatabaseAccountChangeRow['added']) {
  return rows.map((row) => ({ ...row, via: [], account: change.account_id }));
}

const listing: Listing<DatabaseAccountChangeRow> = {
  list: 'databaseAccountChanges',
  select: selectChanges,
  key: 'c.id',
  keyColumn: 'id',
  order: 'desc',
  keyOf: (change) => change.id,
};

export const ChangeConnection = builder.connectionObject(
  {
    type: DatabaseAccountChange,
    name: 'DatabaseAccountChangeConnection',
    description: 'A page of the change log.',
  },
  { name: 'DatabaseAccountChangeEdge', description: 'An entry and its cursor.' },
);

const changesOf = childPages<DatabaseAccountChangeRow>({
  ...listing,
  parent: 'c.account_id',
  parentColumn: 'account_id',
  parentOf: (change) => change.account_id,
});

builder.objectField(DatabaseAccount, 'changes', (t) =>
  t.field({
    type: ChangeConnection,
    description: 'Its change log, newest first.',
    args: {
      ...pageArguments,
      kind: t.arg({ type: [AccountChangeKindEnum], description: 'Of one of these kinds.' }),
    },
    complexity: byPageSize,
    resolve: (account, { kind, ...args }, scope) =>
      changesOf(scope, account.id, {
        page: parsePage(args, { list: listing.list, max: PAGE_MAX }),
        conditions: changeConditions({ kind }),
        filterKey: JSON.stringify(kind ?? null),
      }),
  }),
);

const filterType = builder.inputType('DatabaseAccountChangeFilter', {
  description: 'All given conditions must hold. Absent: no condition; an empty list matches nothing.',
  fields: (t) => ({
    instance: t.stringList({ description: 'Of one of these instances.' }),
    accountId: t.id({ description: 'Of this account.' }),
    kind: t.field({ type: [AccountChangeKindEnum], description: 'Of one of these kinds.' }),
    since: t.field({ type: 'DateTime', description: 'Not before.' }),
    until: t.field({ type: 'DateTime', description: 'Before.' }),
    runId: t.string({ description: 'Found by this run, `run_…`.' }),
  }),
});

interface ChangeStat {
  readonly kind: AccountChangeKind;
  readonly instance: string;
  readonly count: number;
}

const HOURS_MAX = 24 * 90;

const ChangeStatType = builder.objectRef<ChangeStat>('DatabaseChangeStat').implement({
  description: 'How many changes of a kind there were at one instance.',
  fields: (t) => ({
    kind: t.field({
      type: AccountChangeKindEnum,
      description: 'What happened.',
      resolve: (stat) => stat.kind,
    }),
    instance: t.exposeString('instance', { description: 'Where.' }),
    count: t.exposeInt('count', { description: 'How often.' }),
  }),
});

builder.queryFields((t) => ({
  databaseAccountChanges: t.field({
    ...needs('databases:read'),
    type: ChangeConnection,
    description: 'The change log of all instances, newest first.',
    args: { ...pageArguments, filter: t.arg({ type: filterType, description: 'Narrows the list.' }) },
    complexity: byPageSize,
    resolve: (_root, { filter, ...args }, scope) => {
      const page = parsePage(args, { list: listing.list, max: PAGE_MAX });
      const { accountId, ...rest } = filter ?? {};
      const account = accountId == null ? {} : { account: accountKey(String(accountId)) };
      return readListing(scope, listing, { page, conditions: changeConditions({ ...rest, ...account }) });
    },
  }),
  databaseAccountChangeStats: t.field({
    ...needs('databases:read'),
    type: [ChangeStatType],
    description: 'Changes of the last hours by kind and instance.',
    args: { hours: t.arg.int({ required: true, defaultValue: 24, description: `1 to ${HOURS_MAX}.` }) },
    resolve: async (_root, { hours }, scope) => {
      const { rows } = await sql<ChangeStat>`
        select c.kind, i.name as instance, count(*)::int as count
        from database_account_change c join database_instance i on i.id = c.instance_id
        where c.at >= now() - make_interval(hours => ${Math.min(Math.max(hours, 1), HOURS_MAX)}::int)
        group by c.kind, i.name order by i.name, c.kind`.execute(sqlOf(scope));
      return rows;
    },
  }),
}));

/** Primary key of the account of a global id; null when it is none. */
export function accountKey(globalId: string): string | null {
  const decoded = decodeGlobalId(globalId);
  return decoded !== null && decoded.type === 'DatabaseAccount' ? decoded.id : null;
}
