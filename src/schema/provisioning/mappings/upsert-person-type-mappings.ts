import { upsertPersonTypeMappings } from '../../../jobs/provisioning/mappings/upsert-person-type-mappings.ts';
import { builder } from '../../building/builder.ts';
import { UserError } from '../../building/user-error.ts';
import { renderUserErrors } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { forgetLoaded } from '../../reading/loaders.ts';
import type { UpsertMappingsPayloadShape } from '../rows/shapes.ts';

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
    idaasUserType: t.string({ required: true, description: 'userType at IDaaS, at most 50.' }),
    welinkPersonType: t.string({ required: true, description: 'personType at WeLink, at most 50.' }),
    isActive: t.boolean({
      required: true,
      defaultValue: true,
      description: 'False: as if it did not exist.',
    }),
    description: t.string({ description: 'For people, at most 500.' }),
  }),
});
const input = builder.inputType('UpsertPersonTypeMappingsInput', {
  description: 'Mappings to add or replace; one bad mapping refuses all.',
  fields: (t) => ({
    mappings: t.field({ type: [mapping], required: true, description: 'The mappings, at most 500.' }),
  }),
});
export const UpsertPersonTypeMappingsPayload = builder
  .objectRef<UpsertMappingsPayloadShape>('UpsertPersonTypeMappingsPayload')
  .implement({
    description: 'What became of the mappings.',
    fields: (t) => ({
      created: t.exposeInt('created', { description: 'New ones.' }),
      updated: t.exposeInt('updated', { description: 'Changed ones.' }),
      unchanged: t.exposeInt('unchanged', { description: 'Those that were so already.' }),
      releasedTasks: t.exposeInt('releasedTasks', {
        description: 'Tasks that had failed for want of a mapping or of its domain and were queued again.',
      }),
      userErrors: t.field({
        type: [UserError],
        description: 'Bad mappings; an alias of another mapping is INVALID and names that one.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
builder.mutationField('upsertPersonTypeMappings', (t) =>
  t.field({
    ...needs('operate'),
    type: UpsertPersonTypeMappingsPayload,
    description:
      'Adds or replaces person type mappings; tasks that failed for want of one, or of its e-mail domain, are queued again.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { mappings } }, scope) => {
      const outcome = await upsertPersonTypeMappings(operationContext(scope), {
        mappings: mappings.map(({ emailDomain, description, ...rest }) => ({
          ...rest,
          emailDomain: emailDomain ?? null,
          description: description ?? null,
        })),
      });
      forgetLoaded(scope);
      return { ...outcome, userErrors: renderUserErrors(scope, outcome.userErrors) };
    },
  }),
);
