import { sql } from 'kysely';
import type { CalendarRunContext } from './run-context.ts';

/** What a run that broke off left of its own; of others nothing is ever cleared. */
export async function clearLeftovers(context: CalendarRunContext): Promise<void> {
  const { recorder, run } = context;
  await recorder.transaction(async (tx) => {
    await sql`delete from run_item where run_id = ${run.id}::bigint`.execute(tx);
  });
}
