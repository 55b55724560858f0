import { type SqlBool, sql } from 'kysely';
import { historyCodes } from '../../../domain/provisioning/states/states.ts';

/** Whether the task `t` was open or had failed in the first system. */
export const isHistory = sql<SqlBool>`coalesce(t.error_code = any(${[...historyCodes]}::text[]), false)`;
