import { upsertDepartmentMappings } from '../../../jobs/provisioning/mappings/upsert-department-mappings.ts';
import { builder } from '../../building/builder.ts';
import { UserError } from '../../building/user-error.ts';
import { renderUserErrors } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { forgetLoaded } from '../../reading/loaders.ts';
import type { UpsertMappingsPayloadShape } from '../rows/shapes.ts';

const mapping = builder.inputType('DepartmentMappingInput', {
  description: 'One mapping; replaces the one of the same idataDepartmentCode.',
  fields: (t) => ({
    idataDepartmentCode: t.string({ required: true, description: "HR's code, at most 50 characters." }),
    idaasDepartmentCode: t.string({
      required: true,
      description: 'Code at IDaaS and WeLink, at most 100.',
    }),
    ou: t.string({ required: true, description: 'Directory OU, at most 500; may be empty.' }),
  }),
});
const input = builder.inputType('UpsertDepartmentMappingsInput', {
  description: 'Mappings to add or replace.',
  fields: (t) => ({
    mappings: t.field({ type: [mapping], required: true, description: '1 to 20,000 mappings.' }),
    skipBad: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Store the good ones although others are bad; otherwise one bad mapping refuses all.',
    }),
  }),
});
export const UpsertDepartmentMappingsPayload = builder
  .objectRef<UpsertMappingsPayloadShape>('UpsertDepartmentMappingsPayload')
  .implement({
    description: 'What became of the mappings.',
    fields: (t) => ({
      created: t.exposeInt('created', { description: 'New ones.' }),
      updated: t.exposeInt('updated', { description: 'Changed ones.' }),
      unchanged: t.exposeInt('unchanged', { description: 'Those that were so already.' }),
      releasedTasks: t.exposeInt('releasedTasks', {
        description: 'Tasks that waited for one of these mappings and were queued again.',
      }),
      userErrors: t.field({
        type: [UserError],
        description: 'Bad mappings.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
builder.mutationField('upsertDepartmentMappings', (t) =>
  t.field({
    ...needs('operate'),
    type: UpsertDepartmentMappingsPayload,
    description: 'Adds or replaces department mappings; tasks that failed for want of one are queued again.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, args, scope) => {
      const outcome = await upsertDepartmentMappings(operationContext(scope), args.input);
      forgetLoaded(scope);
      return { ...outcome, userErrors: renderUserErrors(scope, outcome.userErrors) };
    },
  }),
);
