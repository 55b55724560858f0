import { sql } from 'kysely';
import { builder } from '../building/builder.ts';
import { addLeaverHolding, LeaverFinding } from '../leavers/leaver-findings.ts';
import { listByKey, sqlOf } from '../reading/loaders.ts';
import { DatabaseAccount, type DatabaseAccountRow, selectAccounts } from './rows.ts';

/** A leaver's live login. */
addLeaverHolding(sql`exists (
  select 1 from database_account a
  where a.person_id = p.id and a.state = 'ACTIVE' and a.person_match = 'MATCHED')`);

const accountsByPerson = listByKey<DatabaseAccountRow>(
  async (scope, people) => {
    const { rows } = await sql<DatabaseAccountRow>`
      ${selectAccounts} where a.person_id = any(${[...people]}::bigint[]) and a.state = 'ACTIVE'
        and a.person_match = 'MATCHED' order by a.id`.execute(sqlOf(scope));
    return rows;
  },
  ({ person_id }) => person_id ?? '',
);

builder.objectField(LeaverFinding, 'databaseAccounts', (t) =>
  t.field({
    type: [DatabaseAccount],
    description: 'Accounts of remote databases that are matched to them and exist.',
    resolve: async ({ id }, _args, scope) => [...(await accountsByPerson(scope).load(id))],
  }),
);
