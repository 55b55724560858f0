import { type SqlBool, sql } from 'kysely';

/** Codes of tasks that were open or failed in the first system: they never run, but are requested anew. */
export const historyCodes: readonly string[] = ['FIRST_SYSTEM_OPEN', 'FIRST_SYSTEM_FAILED'];

/** Whether the task `t` is one of them. */
export const isHistory = sql<SqlBool>`coalesce(t.error_code = any(${[...historyCodes]}::text[]), false)`;
