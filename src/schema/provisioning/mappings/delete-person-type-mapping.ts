import { deletePersonTypeMapping } from '../../../jobs/provisioning/mappings/delete-person-type-mapping.ts';
import { builder } from '../../building/builder.ts';
import { UserError } from '../../building/user-error.ts';
import { renderUserErrors } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { forgetLoaded } from '../../reading/loaders.ts';
import type { DeleteMappingsPayloadShape } from '../rows/shapes.ts';

const input = builder.inputType('DeletePersonTypeMappingInput', {
  description: 'The mapping to delete.',
  fields: (t) => ({
    personType: t.string({ required: true, description: 'Its code.' }),
  }),
});
export const DeletePersonTypeMappingPayload = builder
  .objectRef<DeleteMappingsPayloadShape>('DeletePersonTypeMappingPayload')
  .implement({
    description: 'What became of the deletion.',
    fields: (t) => ({
      deleted: t.exposeInt('deleted', { description: '1 when it was deleted, else 0.' }),
      userErrors: t.field({
        type: [UserError],
        description:
          'Why it was not deleted: NOT_FOUND, or IN_USE with the number of people who have it, or as the default type.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
builder.mutationField('deletePersonTypeMapping', (t) =>
  t.field({
    ...needs('operate'),
    type: DeletePersonTypeMappingPayload,
    description: 'Deletes a person type mapping that no person has and that is not the default.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, args, scope) => {
      const userErrors = await deletePersonTypeMapping(operationContext(scope), args.input);
      forgetLoaded(scope);
      return {
        deleted: userErrors.length === 0 ? 1 : 0,
        userErrors: renderUserErrors(scope, userErrors),
      };
    },
  }),
);
