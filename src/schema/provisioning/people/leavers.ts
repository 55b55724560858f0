import { sql } from 'kysely';
import { builder } from '../../building/builder.ts';
import { addLeaverHolding, LeaverFinding } from '../../leavers/leaver-findings.ts';
import { joinPerson } from '../../people/person-join.ts';
import { accountsByPerson, personById } from '../rows/row-loaders.ts';
import { Account, Person } from '../rows/rows.ts';

joinPerson(Person, personById);

addLeaverHolding(sql`exists (
  select 1 from account a where a.person_id = p.id and a.state = 'ACTIVE')`);

builder.objectField(LeaverFinding, 'accounts', (t) =>
  t.field({
    type: [Account],
    description: 'Accounts of systems that are ACTIVE.',
    resolve: async ({ id }, _args, scope) =>
      (await accountsByPerson(scope).load(id)).filter(({ state }) => state === 'ACTIVE'),
  }),
);
