import { sql } from 'kysely';
import { deletePersonTypeMapping } from '../../../jobs/provisioning/mappings/delete-person-type-mapping.ts';
import { upsertPersonTypeMappings } from '../../../jobs/provisioning/mappings/upsert-person-type-mappings.ts';
import { builder } from '../../building/builder.ts';
import { addMutation } from '../../building/mutation.ts';
import { addNode } from '../../building/node.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { encodeGlobalId } from '../../reading/global-id.ts';
import { sqlOf } from '../../reading/loaders.ts';
import { runMode } from '../../runs/enums.ts';
import { personTypeMappingById } from '../rows/row-loaders.ts';
import { type PersonTypeMappingRow, selectPersonTypeMappings } from '../rows/rows.ts';

const PersonTypeMapping = builder.objectRef<PersonTypeMappingRow>('PersonTypeMapping').implement({
  description: 'What a person type, or one of its aliases, means at each system.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: (mapping) => encodeGlobalId('PersonTypeMapping', mapping.id),
    }),
    personType: t.exposeString('person_type', { description: 'The code; unique.' }),
    aliases: t.exposeStringList('aliases', {
      description: 'Other names that portals use; each belongs to one mapping only.',
    }),
    emailDomain: t.exposeString('email_domain', {
      nullable: true,
      description: 'Domain of its addresses; null: EMAIL_DOMAIN.',
    }),
    idaasUserType: t.exposeString('idaas_user_type', { description: 'The userType at IDaaS.' }),
    welinkPersonType: t.exposeString('welink_person_type', { description: 'The personType at WeLink.' }),
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

const mapping = builder.inputType('PersonTypeMappingInput', {
  description: 'One mapping; replaces the one of the same personType as a whole.',
  fields: (t) => ({
    personType: t.string({ required: true, description: 'The code, at most 50 characters.' }),
    aliases: t.stringList({
      required: true,
      defaultValue: [],
      description: 'Other names portals use, at most 100; none may belong to another mapping.',
    }),
    emailDomain: t.string({
      description: 'Domain of its addresses, with or without `@`; none: EMAIL_DOMAIN.',
    }),
    idaasUserType: t.string({ required: true, description: 'The userType at IDaaS, at most 50.' }),
    welinkPersonType: t.string({ required: true, description: 'The personType at WeLink, at most 50.' }),
    isActive: t.boolean({
      required: true,
      defaultValue: true,
      description: 'False: as if it did not exist.',
    }),
    description: t.string({ description: 'For people, at most 500.' }),
  }),
});

addMutation('upsertPersonTypeMappings', {
  rule: needs('operate'),
  description:
    'Adds or replaces person type mappings; tasks that failed without one, or without its e-mail domain, are queued again.',
  about: 'Mappings to add or replace; one bad mapping refuses all.',
  input: (t) => ({
    mappings: t.field({ type: [mapping], required: true, description: 'The mappings, at most 500.' }),
    mode: t.field(runMode('DRY_RUN: only counts what would come of it.')),
  }),
  run: ({ mappings, mode }, scope) =>
    upsertPersonTypeMappings(operationContext(scope), {
      mode,
      mappings: mappings.map(({ emailDomain, description, ...rest }) => ({
        ...rest,
        emailDomain: emailDomain ?? null,
        description: description ?? null,
      })),
    }),
  payload: (t) => ({
    created: t.exposeInt('created', { description: 'New ones.' }),
    updated: t.exposeInt('updated', { description: 'Changed ones.' }),
    unchanged: t.exposeInt('unchanged', { description: 'Those that were so already.' }),
    releasedTasks: t.exposeInt('releasedTasks', {
      description: 'Tasks that had failed without a mapping or its domain and were queued again.',
    }),
  }),
  userErrors: 'Bad mappings; an alias of another mapping is INVALID and names that one.',
});

addMutation('deletePersonTypeMapping', {
  rule: needs('operate'),
  description: 'Deletes a person type mapping that no person has and that is not the default.',
  about: 'The mapping to delete.',
  input: (t) => ({ personType: t.string({ required: true, description: 'Its code.' }) }),
  run: async (given, scope) => ({
    userErrors: await deletePersonTypeMapping(operationContext(scope), given),
  }),
  payload: (t) => ({
    deleted: t.int({
      description: '1 when it was deleted, else 0.',
      resolve: ({ userErrors }) => (userErrors.length === 0 ? 1 : 0),
    }),
  }),
  userErrors:
    'Why it was not deleted: NOT_FOUND, or IN_USE with the number of people who have it, or as the default type.',
});
