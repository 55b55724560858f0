import { sql } from 'kysely';
import type { PersonalData } from '../areas/area.ts';

/**
 * Logins matched to a person. Erasure removes the match only: the login belongs to the database server, where its
 * owner removes it, and the next run would read it again.
 */
export const databasesPersonalData: PersonalData = {
  exported: {
    database_account: ({ id }) => sql`
      select to_jsonb(a) || jsonb_build_object('instance', i.name) from database_account a
      join database_instance i on i.id = a.instance_id where a.person_id = ${id}::bigint order by a.id`,
    database_permission: ({ id }) => sql`
      select to_jsonb(p) from database_permission p where p.account_id in (
        select a.id from database_account a where a.person_id = ${id}::bigint) order by p.id`,
    database_account_change: ({ id }) => sql`
      select to_jsonb(c) from database_account_change c where c.account_id in (
        select a.id from database_account a where a.person_id = ${id}::bigint) order by c.id`,
  },
  erased: [
    [
      'database_account',
      ({ id, number }) => sql`
        update database_account set person_id = null, person_match = 'UNMATCHED', person_match_reason = null, linked_by = null
        where person_id = ${id}::bigint or person_match_reason->'employeeNumbers' ? ${number}`,
    ],
  ],
};
