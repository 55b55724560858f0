import { sql } from 'kysely';

/** `t.status ${endedTask}`: a task in a final state. As literals, because partial indexes are found by them. */
export const endedTask = sql.raw(`in ('COMPLETED', 'FAILED', 'CANCELLED')`);

/** `t.status ${openTask}`: a task that is not ended. At most one is open for each account. */
export const openTask = sql.raw(`not in ('COMPLETED', 'FAILED', 'CANCELLED')`);
