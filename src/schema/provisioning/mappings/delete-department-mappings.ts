import { deleteDepartmentMappings } from '../../../jobs/provisioning/mappings/delete-department-mappings.ts';
import { builder } from '../../building/builder.ts';
import { UserError } from '../../building/user-error.ts';
import { renderUserErrors } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { forgetLoaded } from '../../reading/loaders.ts';
import type { DeleteMappingsPayloadShape } from '../rows/shapes.ts';

const input = builder.inputType('DeleteDepartmentMappingsInput', {
  description: 'Mappings to delete.',
  fields: (t) => ({
    idataDepartmentCodes: t.stringList({ required: true, description: "HR's codes of the mappings." }),
  }),
});
export const DeleteDepartmentMappingsPayload = builder
  .objectRef<DeleteMappingsPayloadShape>('DeleteDepartmentMappingsPayload')
  .implement({
    description: 'What became of the deletion.',
    fields: (t) => ({
      deleted: t.exposeInt('deleted', { description: 'Mappings deleted: all of them, or none.' }),
      userErrors: t.field({
        type: [UserError],
        description:
          'Why nothing was deleted: NOT_FOUND, or IN_USE with the number of people whose departments name it.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
builder.mutationField('deleteDepartmentMappings', (t) =>
  t.field({
    ...needs('operate'),
    type: DeleteDepartmentMappingsPayload,
    description: 'Deletes department mappings that no person needs; one in use refuses all.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, args, scope) => {
      const { deleted, userErrors } = await deleteDepartmentMappings(operationContext(scope), args.input);
      forgetLoaded(scope);
      return { deleted, userErrors: renderUserErrors(scope, userErrors) };
    },
  }),
);
