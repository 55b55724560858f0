import { sql } from 'kysely';
import { outsideTransaction } from '../../../entities/transaction.ts';
import { type CalendarRunContext, chunksOf, eachOf } from '../kit/run-context.ts';

/** Which of these numbers the directory of WPS does not know; one look-up per hundred. */
export async function findUnknown(
  context: CalendarRunContext,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  const { access, wps, recorder } = context;
  const unknown = new Set<string>();
  const batches = chunksOf(numbers, wps.limits.usersPerCall);
  recorder.addTotal(batches.length);
  await eachOf(batches, access.width, async (batch) => {
    const known = await access.call('user-find', (call) => wps.findUsers(batch, call));
    for (const number of batch) if (!known.has(number)) unknown.add(number);
    await recorder.record({ done: 1 });
  });
  return unknown;
}

/**
 * Asks the directory for every person who is to become a member, including those it did not know last time. Found
 * ones are to be added; others are USER_MISSING until a later run finds them.
 */
export async function lookUpUsers(context: CalendarRunContext): Promise<void> {
  const { rows } = await sql<{ user_no: string }>`
    select distinct m.user_no from calendar_member m join course_calendar c on c.id = m.calendar_id
    where c.term_id = ${context.term.id}::bigint and m.desired_role is not null and m.actual_role is null
      and m.state in ('PENDING', 'USER_MISSING', 'FAILED')
    order by m.user_no`.execute(outsideTransaction(context.em.fork()));
  const numbers = rows.map((row) => row.user_no);
  const unknown = [...(await findUnknown(context, numbers))];
  if (numbers.length === 0) return;
  const wanted = sql`
    m.calendar_id in (select id from course_calendar where term_id = ${context.term.id}::bigint)
    and m.desired_role is not null and m.actual_role is null`;
  const set = (state: string) => sql`
    update calendar_member m set state = ${state}, error_code = null, error_parameters = null,
      updated_at = clock_timestamp()`;
  await context.recorder.transaction(async (tx) => {
    await sql`${set('PENDING')} where ${wanted} and m.state in ('USER_MISSING', 'FAILED')
      and m.user_no = any(${numbers}::text[]) and m.user_no <> all(${unknown}::text[])`.execute(tx);
    await sql`${set('USER_MISSING')} where ${wanted} and m.state in ('PENDING', 'FAILED')
      and m.user_no = any(${unknown}::text[])`.execute(tx);
  });
}
