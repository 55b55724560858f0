import { sql } from 'kysely';
import type { Sql } from '../../../entities/tables.ts';
import {
  addToSummary,
  awaitConfirmation,
  finishRun,
  type OpenRun,
  storeRunItems,
} from '../../runs/run-record.ts';
import { deriveHistory } from './derive-history.ts';
import { importSummary, kindsAfter } from './import-summary.ts';

/**
 * Ends an import whose claims were looked up, or asks a person first when accounts are missing: those would be made.
 * Claims of systems that cannot be asked stay as they are, and nothing is made for them.
 */
export async function advanceClaims(tx: Sql, run: OpenRun): Promise<void> {
  // HR's row, a link or a task may have settled what could not be asked, or was not there before.
  await sql`
    update account_claim c set state = 'FOUND', settled_at = clock_timestamp()
    from account a where a.person_id = c.person_id and a.system = c.system and a.state = 'ACTIVE'
      and c.state in ('UNVERIFIED', 'UNANSWERED', 'MISSING')`.execute(tx);
  await sql`
    update account_claim set state = 'UNANSWERED', settled_at = clock_timestamp() where state = 'UNVERIFIED'`.execute(
    tx,
  );
  const items = await deriveHistory(tx);
  await storeRunItems(tx, run, items);
  const kinds = {
    ...kindsAfter(importSummary.parse(run.summary).kinds, items),
    ...(await lookedUpKinds(tx, run)),
  };
  await addToSummary(tx, run, { kinds });
  const { rows } = await sql<{ missing: number; noted: boolean }>`
    select (select count(*)::int from account_claim where state = 'MISSING') as missing,
      exists (select 1 from run_item where run_id = ${run.id}::bigint) as noted`.execute(tx);
  const { missing = 0, noted = false } = rows[0] ?? {};
  if (missing > 0) return await awaitConfirmation(tx, run, { count: missing, limit: 0 });
  await finishRun(tx, run, { status: noted ? 'COMPLETED_WITH_ERRORS' : 'COMPLETED' });
}

/** Counts of the look-ups' results: their records are stored one by one. */
async function lookedUpKinds(tx: Sql, run: OpenRun): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ code: string; count: number }>`
    select error_code as code, count(*)::int as count from run_item
    where run_id = ${run.id}::bigint and error_code in ('FIRST_SYSTEM_ACCOUNT_MISSING', 'FIRST_SYSTEM_OTHER_IDENTIFIER')
    group by error_code`.execute(tx);
  return Object.fromEntries(rows.map(({ code, count }) => [code, count]));
}
