import { createWatchToken } from '../../../jobs/access/create-watch-token.ts';
import { addMutation } from '../../building/mutation.ts';
import { apiError, unknownId } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { findRequest } from '../rows/row-loaders.ts';

addMutation('createWatchToken', {
  rule: needs('requests:read'),
  description:
    "A token that reads and watches one request for an hour and may do nothing else, for a portal's page in a browser. It ends with the key it was asked for with.",
  about: 'What the token may watch.',
  input: (t) => ({ requestId: t.string({ required: true, description: 'Public id, `req_…`.' }) }),
  run: async ({ requestId }, scope) => {
    // Or an hour would never end.
    if (scope.viewer?.sees.kind === 'request')
      throw apiError('FORBIDDEN', 'A watch token cannot make another one. / 观察令牌不能再生成令牌。');
    const request = canBeStored(requestId) ? await findRequest(scope, requestId) : null;
    if (request === null)
      return { token: null, expiresAt: null, userErrors: [unknownId('request', requestId, 'requestId')] };
    const context = { ...operationContext(scope), keyId: scope.viewer?.keyId ?? null };
    return { ...(await createWatchToken(context, { requestId })), userErrors: [] };
  },
  payload: (t) => ({
    token: t.exposeString('token', {
      nullable: true,
      description: 'For a browser: sent like a key, over SSE or WebSocket. Null when none was made.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it stops working: an hour from now.',
    }),
  }),
});
