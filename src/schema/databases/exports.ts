import { sql } from 'kysely';
import { z } from 'zod';
import { rightText } from '../../domain/databases/changes/change-text.ts';
import {
  accountStates,
  capabilities,
  changeKinds,
  databaseEngines,
  personMatches,
} from '../../domain/databases/engines.ts';
import type { Permission } from '../../domain/databases/permissions/permission.ts';
import type { RequestScope } from '../context/context.ts';
import {
  type Cells,
  EXPORT_PAGE,
  type Export,
  type ExportQuery,
  flag,
  type KeyedRow,
  keyed,
  moment,
  oneOfMany,
  pagesOf,
  text,
  texts,
  utc,
} from '../reading/export.ts';
import { all, type Condition } from '../reading/listing.ts';
import { sqlOf } from '../reading/loaders.ts';
import { accountConditions, changeConditions } from './account-filter.ts';
import { accountKey } from './change.ts';
import { isLocked } from './rows.ts';

const accountQuery = z.strictObject({
  instance: texts,
  engine: oneOfMany(databaseEngines),
  search: text,
  capability: oneOfMany(capabilities),
  locked: flag,
  system: flag,
  role: flag,
  classification: texts,
  state: oneOfMany(accountStates),
  personMatch: oneOfMany(personMatches),
  employeeNumber: text,
});

const changeQuery = z.strictObject({
  instance: texts,
  accountId: text,
  kind: oneOfMany(changeKinds),
  since: moment,
  until: moment,
  runId: text,
});

/** Accounts as a file; null when a parameter is not understood. */
export function exportAccounts(scope: RequestScope, query: ExportQuery): Export | null {
  const { data: filter } = accountQuery.safeParse(query);
  if (filter === undefined) return null;
  return {
    header: [
      'instance',
      'engine',
      'name',
      'host',
      'role',
      'system',
      'state',
      'locked',
      'capabilities',
      'person',
      'classifications',
      'firstSeenAt',
      'lastSeenAt',
      'disappearedAt',
    ],
    rows: () => pagesOf((after) => readAccounts(scope, accountConditions(filter), after)),
  };
}

/** The change log as a file, oldest first; null when a parameter is not understood. */
export function exportChanges(scope: RequestScope, query: ExportQuery): Export | null {
  const { data: filter } = changeQuery.safeParse(query);
  if (filter === undefined) return null;
  const { accountId, ...rest } = filter;
  const account = accountId === undefined ? {} : { account: accountKey(accountId) };
  return {
    header: ['at', 'instance', 'account', 'kind', 'added', 'removed', 'other', 'run'],
    rows: () => pagesOf((after) => readChanges(scope, changeConditions({ ...rest, ...account }), after)),
  };
}

async function readAccounts(
  scope: RequestScope,
  conditions: readonly Condition[],
  after: string,
): Promise<readonly KeyedRow[]> {
  const { rows } = await sql<Cells>`
    select a.id::text, i.name as instance, i.engine, a.name, a.host, a.is_role as role, a.is_system as system, a.state,
      ${isLocked} as locked,
      array_to_string(case when ${isLocked} then a.capabilities || 'LOCKED'::text else a.capabilities end, ';') as capabilities,
      (select p.employee_number from person p where p.id = a.person_id) as person,
      (select string_agg(k.code, ';' order by k.code) from database_classification k
        where k.account_id = a.id and not k.excluded) as classifications,
      ${utc('a.first_seen_at')} as first_seen,
      case when a.state = 'ACTIVE' then ${utc('i.inventoried_at')} else ${utc('a.last_seen_at')} end as last_seen,
      ${utc('a.disappeared_at')} as disappeared
    from database_account a join database_instance i on i.id = a.instance_id
    where a.id > ${after}::bigint and ${all(conditions)} order by a.id limit ${EXPORT_PAGE}`.execute(
    sqlOf(scope),
  );
  return rows.map(keyed);
}

async function readChanges(
  scope: RequestScope,
  conditions: readonly Condition[],
  after: string,
): Promise<readonly KeyedRow[]> {
  const { rows } = await sql<{
    readonly id: string;
    readonly at: string;
    readonly instance: string;
    readonly account: string;
    readonly kind: string;
    readonly added: readonly Permission[];
    readonly removed: readonly Permission[];
    readonly other: unknown;
    readonly run: string | null;
  }>`
    select c.id::text, ${utc('c.at')} as at, i.name as instance,
      a.display_name as account, c.kind, c.added, c.removed, c.other,
      (select r.run_id from sync_run r where r.id = c.run_id) as run
    from database_account_change c join database_account a on a.id = c.account_id
      join database_instance i on i.id = c.instance_id
    where c.id > ${after}::bigint and ${all(conditions)} order by c.id limit ${EXPORT_PAGE}`.execute(
    sqlOf(scope),
  );
  return rows.map(({ id, at, instance, account, kind, added, removed, other, run }) => ({
    id,
    cells: [
      at,
      instance,
      account,
      kind,
      added.map(rightText).join('; '),
      removed.map(rightText).join('; '),
      JSON.stringify(other) === '{}' ? '' : JSON.stringify(other),
      run ?? '',
    ],
  }));
}
