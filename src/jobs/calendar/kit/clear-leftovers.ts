import { sql } from 'kysely';
import type { CalendarRunContext } from './run-context.ts';

/** Deletes the items that this run stored before it broke off; items of other runs are never touched. */
export async function clearLeftovers(context: CalendarRunContext): Promise<void> {
  const { recorder, run } = context;
  await recorder.transaction(async (tx) => {
    await sql`delete from run_item where run_id = ${run.id}::bigint`.execute(tx);
  });
}
