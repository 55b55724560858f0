import { type SqlBool, sql } from 'kysely';
import { mappingOfPerson } from '../../../entities/provisioning/department-mapping.ts';
import type { JobContext } from '../../kit/job-context.ts';
import { releaseFailed } from '../tasks/release-failed.ts';

/**
 * Opens tasks that failed because a department mapping, or its OU, was missing and now exists. `codes` null: any
 * department. Returns how many were opened.
 */
export function releaseMapped(
  context: JobContext,
  options: { readonly codes: readonly string[] | null; readonly maxRetries: number },
): Promise<number> {
  const { codes, maxRetries } = options;
  const ou = sql`(select d.ou from (${mappingOfPerson}) d)`;
  const named = codes === null ? [] : [...codes];
  const condition = sql<SqlBool>`
    t.error_code in ('DEPARTMENT_UNMAPPED', 'DEPARTMENT_OU_MISSING')
    and ${ou} is not null and (t.error_code = 'DEPARTMENT_UNMAPPED' or btrim(${ou}) <> '')
    and (${codes === null} or exists (select 1 from jsonb_array_elements(p.departments) place
      where place->>'department_code' = any(${named}::text[])))`;
  return releaseFailed(context, { condition, maxRetries });
}
