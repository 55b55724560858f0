import { type RawBuilder, sql } from 'kysely';
import { readHeldRows } from '../../jobs/databases/accounts/read-held-rows.ts';
import { INSTANCE_SUBJECT } from '../../jobs/databases/registry/in-flight.ts';
import type { RequestScope } from '../context/context.ts';
import { listByKey, oneByKey, perOperation, rowById, sqlOf } from '../reading/loaders.ts';
import {
  type ClassificationRuleRow,
  type DatabaseAccountChangeRow,
  type DatabaseAccountRow,
  type DatabaseInstanceRow,
  type InstanceSyncRow,
  selectAccounts,
  selectChanges,
  selectInstances,
  selectRules,
} from './rows.ts';

function byId<Row extends { readonly id: string }>(select: RawBuilder<Row>, key: string) {
  return rowById<Row>(async (scope, ids) => {
    const { rows } = await sql<Row>`${select} where ${sql.ref(key)} = any(${[...ids]}::bigint[])`.execute(
      sqlOf(scope),
    );
    return rows;
  });
}

export const instanceById = byId<DatabaseInstanceRow>(selectInstances, 'd.id');
export const accountById = byId<DatabaseAccountRow>(selectAccounts, 'a.id');
export const changeById = byId<DatabaseAccountChangeRow>(selectChanges, 'c.id');
export const ruleById = byId<ClassificationRuleRow>(selectRules, 'r.id');

/** An instance by its name; null when there is none. */
export async function findInstance(scope: RequestScope, name: string): Promise<DatabaseInstanceRow | null> {
  const { rows } = await sql<DatabaseInstanceRow>`${selectInstances} where d.name = ${name}`.execute(
    sqlOf(scope),
  );
  return rows[0] ?? null;
}

/** ACTIVE accounts of instances. */
export const accountCounts = oneByKey<number>(async (scope, instances) => {
  const { rows } = await sql<{ id: string; count: number }>`
    select instance_id::text as id, count(*)::int as count from database_account
    where instance_id = any(${[...instances]}::bigint[]) and state = 'ACTIVE' group by instance_id`.execute(
    sqlOf(scope),
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
});

/** The newest item of a run (no dry run) about each instance. */
export const lastSyncs = oneByKey<InstanceSyncRow>(async (scope, instances) => {
  const { rows } = await sql<InstanceSyncRow>`
    select distinct on (i.subject_id) i.subject_id::text as instance_id, i.run_id::text, i.outcome, i.error_code,
      i.error_parameters, i.payload, i.settled_at
    from run_item i join sync_run r on r.id = i.run_id
    where i.subject_kind = ${INSTANCE_SUBJECT} and i.subject_id = any(${[...instances]}::bigint[]) and r.mode = 'RUN'
    order by i.subject_id, i.id desc`.execute(sqlOf(scope));
  return new Map(rows.map((row) => [row.instance_id, row]));
});

/** A class of an account, with the rule that gave it. */
export interface ClassificationShape {
  readonly account_id: string;
  readonly code: string;
  readonly manual: boolean;
  readonly name_zh: string | null;
  readonly name_en: string | null;
}

export const classificationsByAccount = listByKey<ClassificationShape>(
  async (scope, accounts) => {
    const { rows } = await sql<ClassificationShape>`
      select k.account_id::text, k.code, k.manual, r.name_zh, r.name_en
      from database_classification k left join database_classification_rule r on r.code = k.code
      where k.account_id = any(${[...accounts]}::bigint[]) and not k.excluded order by k.code`.execute(
      sqlOf(scope),
    );
    return rows;
  },
  ({ account_id }) => account_id,
);

/** Rows of accounts, their own or with those of their roles: one statement for all accounts of an operation. */
const heldRows = perOperation(() => ({
  own: oneByKey(async (scope, accounts) => readHeldRows(sqlOf(scope), { accounts, inherited: false })),
  inherited: oneByKey(async (scope, accounts) => readHeldRows(sqlOf(scope), { accounts, inherited: true })),
}));

export async function rowsOfAccount(scope: RequestScope, account: string, inherited: boolean) {
  const loaders = heldRows(scope);
  return (await (inherited ? loaders.inherited : loaders.own)(scope).load(account)) ?? [];
}
