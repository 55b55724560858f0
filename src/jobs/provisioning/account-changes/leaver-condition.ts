import { type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * True for a `person p` who has left according to HR (the domain's `isLeaver`, in SQL): a status that is not valid,
 * or a last day that is over in Shanghai. People whom only requests know are never leavers.
 */
export function isLeaverSql(validStatuses: readonly string[]): RawBuilder<SqlBool> {
  return sql<SqlBool>`(p.source = 'HR' and (p.employee_status <> all(${[...validStatuses]}::text[])
    or coalesce(p.disable_date < (clock_timestamp() at time zone 'Asia/Shanghai')::date, false)))`;
}
