import { createWatchToken } from '../../../jobs/access/create-watch-token.ts';
import { builder } from '../../building/builder.ts';
import { UserError } from '../../building/user-error.ts';
import type { UserErrorShape } from '../../context/errors.ts';
import { apiError, renderUserErrors, unknownId } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { findRequest } from '../rows/row-loaders.ts';

interface CreateWatchTokenPayloadShape {
  readonly token: string | null;
  readonly expiresAt: string | null;
  readonly userErrors: readonly UserErrorShape[];
}

const input = builder.inputType('CreateWatchTokenInput', {
  description: 'What the token may watch.',
  fields: (t) => ({
    requestId: t.string({ required: true, description: 'Public id, `req_…`.' }),
  }),
});
export const CreateWatchTokenPayload = builder
  .objectRef<CreateWatchTokenPayloadShape>('CreateWatchTokenPayload')
  .implement({
    description: 'What became of the call.',
    fields: (t) => ({
      token: t.exposeString('token', {
        nullable: true,
        description: 'For a browser: sent like a key, over SSE or WebSocket. Null when none was made.',
      }),
      expiresAt: t.expose('expiresAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it stops working: an hour from now.',
      }),
      userErrors: t.field({
        type: [UserError],
        description: 'Why none was made; empty when one was.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
builder.mutationField('createWatchToken', (t) =>
  t.field({
    ...needs('requests:read'),
    type: CreateWatchTokenPayload,
    description:
      "A token that reads and watches one request for an hour and may do nothing else, for a portal's page in a browser. It ends with the key it was asked for with.",
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { requestId } }, scope) => {
      // Or an hour would never end.
      if (scope.viewer?.sees.kind === 'request')
        throw apiError('FORBIDDEN', 'A watch token cannot make another one. / 观察令牌不能再生成令牌。');
      const request = canBeStored(requestId) ? await findRequest(scope, requestId) : null;
      if (request === null) {
        const userErrors = renderUserErrors(scope, [unknownId('request', requestId, 'requestId')]);
        return { token: null, expiresAt: null, userErrors };
      }
      const context = { ...operationContext(scope), keyId: scope.viewer?.keyId ?? null };
      return { ...(await createWatchToken(context, { requestId })), userErrors: [] };
    },
  }),
);
