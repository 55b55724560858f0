import { retryRequest } from '../../../jobs/provisioning/requests/retry-request.ts';
import { builder } from '../../building/builder.ts';
import { UserError } from '../../building/user-error.ts';
import { renderUserErrors, unknownId } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { forgetLoaded } from '../../reading/loaders.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { requestById } from '../rows/row-loaders.ts';
import { AccountRequest } from '../rows/rows.ts';
import { seesRequest } from '../rows/sees.ts';
import type { RequestPayloadShape } from '../rows/shapes.ts';

const input = builder.inputType('RetryRequestInput', {
  description: 'What to try again.',
  fields: (t) => ({
    requestId: t.string({ required: true, description: 'Public id, `req_…`.' }),
    systems: t.field({
      type: [AccountSystemEnum],
      description: 'Only tasks of these systems; absent: all.',
    }),
  }),
});
export const RetryRequestPayload = builder
  .objectRef<RequestPayloadShape & { readonly requeuedTasks: number }>('RetryRequestPayload')
  .implement({
    description: 'What became of the retry.',
    fields: (t) => ({
      request: t.field({
        type: AccountRequest,
        nullable: true,
        description: 'The request as it is now; null when unknown.',
        resolve: (payload) => payload.request,
      }),
      requeuedTasks: t.exposeInt('requeuedTasks', { description: 'How many tasks were queued again.' }),
      userErrors: t.field({
        type: [UserError],
        description: 'Why nothing was retried; empty when it was.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
builder.mutationField('retryRequest', (t) =>
  t.field({
    ...needs('requests:write', 'operate'),
    type: RetryRequestPayload,
    description:
      'Queues the failed and cancelled tasks of a request again; a final request starts a new round.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { requestId, systems } }, scope) => {
      if (!(await seesRequest(scope, requestId)))
        return {
          request: null,
          requeuedTasks: 0,
          userErrors: renderUserErrors(scope, [unknownId('request', requestId, 'requestId')]),
        };
      const { id, requeuedTasks, userErrors } = await retryRequest(operationContext(scope), {
        requestId,
        systems: systems ?? null,
      });
      forgetLoaded(scope);
      return {
        request: id === null ? null : await requestById(scope).load(id),
        requeuedTasks,
        userErrors: renderUserErrors(scope, userErrors),
      };
    },
  }),
);
