import { sql } from 'kysely';
import { builder } from '../../building/builder.ts';
import { addNode } from '../../building/node.ts';
import { needs } from '../../permissions/rules.ts';
import { encodeGlobalId } from '../../reading/global-id.ts';
import { sqlOf } from '../../reading/loaders.ts';
import { personTypeMappingById } from '../rows/row-loaders.ts';
import { type PersonTypeMappingRow, selectPersonTypeMappings } from '../rows/rows.ts';

export const PersonTypeMapping = builder.objectRef<PersonTypeMappingRow>('PersonTypeMapping').implement({
  description: 'What a person type, or one of its aliases, means at each system.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: (mapping) => encodeGlobalId('PersonTypeMapping', mapping.id),
    }),
    personType: t.exposeString('person_type', { description: 'The code; unique.' }),
    aliases: t.exposeStringList('aliases', {
      description: 'Other names portals use; each stands in one mapping only.',
    }),
    emailDomain: t.exposeString('email_domain', {
      nullable: true,
      description: 'Domain of its addresses; null: EMAIL_DOMAIN.',
    }),
    idaasUserType: t.exposeString('idaas_user_type', { description: 'userType at IDaaS.' }),
    welinkPersonType: t.exposeString('welink_person_type', { description: 'personType at WeLink.' }),
    isActive: t.exposeBoolean('is_active', { description: 'False: as if it did not exist.' }),
    description: t.exposeString('description', { nullable: true, description: 'For people.' }),
  }),
});
addNode('PersonTypeMapping', {
  rule: ['requests:read', 'requests:write', 'operate'],
  loader: personTypeMappingById,
});
builder.queryField('personTypeMappings', (t) =>
  t.field({
    ...needs('requests:read', 'requests:write', 'operate'),
    type: [PersonTypeMapping],
    description: 'Every person type, by code.',
    resolve: async (_root, _args, scope) => {
      const { rows } = await sql<PersonTypeMappingRow>`
        ${selectPersonTypeMappings} where true order by m.person_type, m.id`.execute(sqlOf(scope));
      return rows;
    },
  }),
);
