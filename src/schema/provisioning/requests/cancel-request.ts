import { cancelRequest } from '../../../jobs/provisioning/requests/cancel-request.ts';
import { builder } from '../../building/builder.ts';
import { UserError } from '../../building/user-error.ts';
import { renderUserErrors, unknownId } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { forgetLoaded } from '../../reading/loaders.ts';
import { requestById } from '../rows/row-loaders.ts';
import { AccountRequest } from '../rows/rows.ts';
import { seesRequest } from '../rows/sees.ts';
import type { RequestPayloadShape } from '../rows/shapes.ts';

const input = builder.inputType('CancelRequestInput', {
  description: 'Which request is no longer wanted.',
  fields: (t) => ({
    requestId: t.string({ required: true, description: 'Public id, `req_…`.' }),
  }),
});
export const CancelRequestPayload = builder.objectRef<RequestPayloadShape>('CancelRequestPayload').implement({
  description: 'What became of the cancellation.',
  fields: (t) => ({
    request: t.field({
      type: AccountRequest,
      nullable: true,
      description: 'The request as it is now; null when unknown.',
      resolve: (payload) => payload.request,
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Why it was not cancelled; empty when it was.',
      resolve: (payload) => payload.userErrors,
    }),
  }),
});
builder.mutationField('cancelRequest', (t) =>
  t.field({
    ...needs('requests:write', 'operate'),
    type: CancelRequestPayload,
    description:
      'Cancels what has not been sent yet and no other request wants. What is under way ends by itself; accounts stay.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { requestId } }, scope) => {
      if (!(await seesRequest(scope, requestId)))
        return {
          request: null,
          userErrors: renderUserErrors(scope, [unknownId('request', requestId, 'requestId')]),
        };
      const { id, userErrors } = await cancelRequest(operationContext(scope), { requestId });
      forgetLoaded(scope);
      return {
        request: id === null ? null : await requestById(scope).load(id),
        userErrors: renderUserErrors(scope, userErrors),
      };
    },
  }),
);
