import { updateRequestItem } from '../../../jobs/provisioning/corrections/update-request-item.ts';
import { builder } from '../../building/builder.ts';
import { UserError } from '../../building/user-error.ts';
import { renderUserErrors, unknownId } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { forgetLoaded } from '../../reading/loaders.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { itemById } from '../rows/row-loaders.ts';
import { AccountRequestItem } from '../rows/rows.ts';
import { seesRequest } from '../rows/sees.ts';
import type { UpdateItemPayloadShape } from '../rows/shapes.ts';

const input = builder.inputType('UpdateRequestItemInput', {
  description:
    'What was wrong with one person of a request. Give one of position and employeeNumber to say who; a field that is absent stays as it is.',
  fields: (t) => ({
    requestId: t.string({ required: true, description: 'Public id, `req_…`.' }),
    position: t.int({ description: 'Index in the userList that was sent, from 0.' }),
    employeeNumber: t.string({ description: 'Of the person, without regard to case.' }),
    employeeName: t.string({
      description: 'At most 100 characters. Logins and addresses stay as they were chosen.',
    }),
    departmentCode: t.string({ description: "HR's code, at most 50 characters." }),
    phoneNumber: t.string({ description: 'At most 40 characters with 5 to 25 digits.' }),
    partnerCompany: t.string({ description: 'At most 100 characters; null takes it away.' }),
    country: t.string({ description: 'Name or two-letter code, at most 50 characters.' }),
  }),
});
export const UpdateRequestItemPayload = builder
  .objectRef<UpdateItemPayloadShape>('UpdateRequestItemPayload')
  .implement({
    description: 'What became of the correction.',
    fields: (t) => ({
      item: t.field({
        type: AccountRequestItem,
        nullable: true,
        description: 'The item as it is now; null when unknown.',
        resolve: (payload) => payload.item,
      }),
      requeuedTasks: t.exposeInt('requeuedTasks', { description: 'How many tasks were queued again.' }),
      userErrors: t.field({
        type: [UserError],
        description: 'Why nothing was corrected; empty when it was.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
builder.mutationField('updateRequestItem', (t) =>
  t.field({
    ...needs('requests:write', 'operate'),
    type: UpdateRequestItemPayload,
    description:
      "Corrects a failed item and queues its failed tasks again, in a new round. The person is corrected with it, but what HR says of a person is HR's (OWNED_BY_HR). What did not fail is INVALID_STATE.",
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: given }, scope) => {
      const { requestId, position, employeeNumber, ...correction } = given;
      const readable = canBeStored(employeeNumber ?? '');
      if (!readable || !(await seesRequest(scope, requestId))) {
        const unknown = readable
          ? [unknownId('request', requestId, 'requestId')]
          : [unknownId('item', employeeNumber ?? '', 'employeeNumber')];
        return { item: null, requeuedTasks: 0, userErrors: renderUserErrors(scope, unknown) };
      }
      const { id, requeuedTasks, userErrors } = await updateRequestItem(operationContext(scope), {
        requestId,
        position: position ?? null,
        employeeNumber: employeeNumber ?? null,
        correction,
      });
      forgetLoaded(scope);
      return {
        item: id === null ? null : await itemById(scope).load(id),
        requeuedTasks,
        userErrors: renderUserErrors(scope, userErrors),
      };
    },
  }),
);
