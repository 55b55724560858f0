import { type SqlBool, sql } from 'kysely';
import { isLeaver } from '../../../domain/provisioning/hr/leavers.ts';
import { shanghaiWallTime } from '../../../domain/shanghai-time.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import { type NewRunItem, type OpenRun, storeRunItems } from '../../runs/run-record.ts';
import { isLeaverSql } from '../account-changes/leaver-condition.ts';
import { listAccounts } from '../account-changes/plan-leavers.ts';
import { changedFields, hrStoredObject } from './hr-columns.ts';
import { countImports } from './import-accounts.ts';
import type { ComparedPage, StoredPage } from './store-hr-people.ts';

interface DryRun {
  readonly run: OpenRun;
  readonly settings: LiveSettings;
  readonly disablable: readonly string[];
  /** Codes of the systems there are. */
  readonly systems: readonly string[];
}

/** Says what `storeHrPeople` would do, and which accounts would be disabled then; stores the plan with the run. */
export async function dryRunHrPage(
  tx: Sql,
  { run, page, settings, disablable, systems }: DryRun & { readonly page: ComparedPage },
): Promise<StoredPage> {
  const { changed, unchanged, erased, problems } = page;
  const ids = changed.flatMap(({ id }) => (id === null ? [] : [id]));
  const { rows } = await sql<{ id: string; stored: Record<string, unknown> }>`
    select p.id, ${hrStoredObject} as stored from person p where p.id = any(${ids}::bigint[])`.execute(tx);
  const stored = new Map(rows.map((row) => [row.id, row.stored]));
  const items = changed.map(({ person, id }): NewRunItem => {
    const known = id === null ? undefined : stored.get(id);
    return {
      key: person.employeeNumber,
      outcome: known === undefined ? 'WOULD_INSERT' : 'WOULD_UPDATE',
      error: null,
      payload: known === undefined ? {} : { fields: changedFields(known, person) },
    };
  });
  await storeRunItems(tx, run, items);
  const validStatuses = settings.get('valid_employee_statuses');
  const today = shanghaiWallTime(Date.now()).slice(0, 10);
  const leavers = changed.flatMap(({ person, id }) =>
    id !== null && isLeaver(person, { validStatuses, today }) ? [id] : [],
  );
  if (leavers.length > 0)
    await listAccounts(tx, run, { whose: sql<SqlBool>`p.id = any(${leavers}::bigint[])`, disablable });
  const inserted = items.filter((item) => item.outcome === 'WOULD_INSERT').length;
  const updated = items.length - inserted;
  const skipped = problems.length;
  const accountsImported = await countImports(tx, changed, systems);
  return { inserted, updated, unchanged, skipped, erased, accountsImported, moves: [], problems };
}

/**
 * Adds leavers whose rows are unchanged, after the last page; returns how many people would be disabled in all.
 * People whose rows changed were judged with their page.
 */
export async function planStoredLeavers(
  tx: Sql,
  { run, settings, disablable }: Omit<DryRun, 'systems'>,
): Promise<number> {
  const whose = sql<SqlBool>`${isLeaverSql(settings.get('valid_employee_statuses'))} and not exists (
    select 1 from run_item i where i.run_id = ${run.id}::bigint and i.outcome = 'WOULD_UPDATE'
      and lower(i.item_key) = lower(p.employee_number))`;
  await listAccounts(tx, run, { whose, disablable });
  const { rows } = await sql<{ count: number }>`
    select count(distinct item_key)::int as count from run_item
    where run_id = ${run.id}::bigint and outcome = 'WOULD_DISABLE'`.execute(tx);
  return rows[0]?.count ?? 0;
}
