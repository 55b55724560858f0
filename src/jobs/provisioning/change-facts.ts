import { sql } from 'kysely';
import type { ChangeFacts } from '../../domain/provisioning/account-change.ts';
import type { LiveSettings } from '../../entities/settings/live-settings.ts';
import type { Sql } from '../../entities/tables.ts';
import { isLeaverSql } from './leaver-condition.ts';

/** Everything a change of one account needs to know. */
export interface ChangeRow extends ChangeFacts {
  readonly item: string;
  /** Primary key of the run. */
  readonly run: string;
  readonly runId: string;
  readonly account: string | null;
  readonly person: string | null;
  readonly identifier: string | null;
}

/** Reads the facts of PENDING records; those that are settled already are left out. */
export async function readChangeFacts(
  db: Sql,
  options: { readonly items: readonly string[]; readonly system: string; readonly settings: LiveSettings },
): Promise<ChangeRow[]> {
  const { items, system, settings } = options;
  const { rows } = await sql<ChangeRow>`
    select i.id as item, i.item_key as "employeeNumber", r.id as run, r.run_id as "runId", r.kind as "runKind",
      r.status as "runStatus", r.cancel_requested_at is not null as "runCancelled", ${system} as system,
      a.id as account, a.state as "accountState", a.identifier, p.id as person,
      coalesce(${isLeaverSql(settings.get('valid_employee_statuses'))}, false) as leaver
    from run_item i join sync_run r on r.id = i.run_id
    left join account a on a.id = i.account_id left join person p on p.id = a.person_id
    where i.id = any(${[...items]}::bigint[]) and i.outcome = 'PENDING'`.execute(db);
  return rows;
}
