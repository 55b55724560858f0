import { type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * True of a `person p` whom HR says to have left (`isLeaver` of the domain, in SQL): a status that is not valid, or a
 * last day that is over in Shanghai. Nobody whom only requests know is a leaver.
 */
export function isLeaverSql(validStatuses: readonly string[]): RawBuilder<SqlBool> {
  return sql<SqlBool>`(p.source = 'HR' and (p.employee_status <> all(${[...validStatuses]}::text[])
    or coalesce(p.disable_date < (clock_timestamp() at time zone 'Asia/Shanghai')::date, false)))`;
}
