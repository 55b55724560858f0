import { sql } from 'kysely';
import type { Sql } from '../../../entities/tables.ts';

/**
 * Logs accounts that the clock has locked, or that a later date has freed, since their last entry. One statement: a
 * second run finds none. @param of one instance and the run that read it; null: all, by the daily pass.
 */
export async function tellExpired(
  tx: Sql,
  of: { readonly instance: string; readonly run: string } | null,
): Promise<void> {
  await sql`
    with told as (
      update database_account a set locked_told = not a.locked_told
      where a.state = 'ACTIVE' and (${of?.instance ?? null}::bigint is null or a.instance_id = ${of?.instance ?? null}::bigint)
        and a.locked_told <> (cardinality(a.lock_reasons) > 0 or coalesce(a.locks_at <= now(), false))
      returning a.id, a.instance_id, a.locked_told
    )
    insert into database_account_change (instance_id, account_id, kind, other, run_id)
    select t.instance_id, t.id, 'MODIFY_OTHER',
      jsonb_build_object('locked', jsonb_build_object('before', not t.locked_told, 'after', t.locked_told)),
      ${of?.run ?? null}::bigint
    from told t
    -- One that the same run has an entry of says so by what changed.
    where not exists (select 1 from database_account_change c where c.account_id = t.id and c.run_id = ${of?.run ?? null}::bigint)`.execute(
    tx,
  );
}
