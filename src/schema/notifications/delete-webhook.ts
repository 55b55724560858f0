import { deleteWebhook } from '../../jobs/notifications/delete-webhook.ts';
import { builder } from '../building/builder.ts';
import { UserError } from '../building/user-error.ts';
import type { UserErrorShape } from '../context/errors.ts';
import { renderUserErrors, unknownId } from '../context/errors.ts';
import { needs } from '../permissions/rules.ts';
import { forgetLoaded } from '../reading/loaders.ts';
import { keyOf } from './rows.ts';

interface DeleteWebhookPayloadShape {
  readonly deleted: boolean;
  readonly userErrors: readonly UserErrorShape[];
}

const input = builder.inputType('DeleteWebhookInput', {
  description: 'Which webhook is to go.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Its id.' }) }),
});
export const DeleteWebhookPayload = builder
  .objectRef<DeleteWebhookPayloadShape>('DeleteWebhookPayload')
  .implement({
    description: 'What became of the deletion.',
    fields: (t) => ({
      deleted: t.exposeBoolean('deleted', { description: 'True when it was there and is gone.' }),
      userErrors: t.field({
        type: [UserError],
        description: 'Why it was not deleted; empty when it was.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
builder.mutationField('deleteWebhook', (t) =>
  t.field({
    ...needs('operate'),
    type: DeleteWebhookPayload,
    description: 'Deletes a webhook with its deliveries; what is on its way to it is dropped.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { id } }, scope) => {
      const key = keyOf('Webhook', id);
      const deleted = key !== null && (await deleteWebhook(scope.em, key));
      forgetLoaded(scope);
      const errors = deleted ? [] : [unknownId('webhook', id, 'id')];
      return { deleted, userErrors: renderUserErrors(scope, errors) };
    },
  }),
);
