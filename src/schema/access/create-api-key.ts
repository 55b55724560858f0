import { createApiKey } from '../../jobs/access/create-api-key.ts';
import { builder } from '../building/builder.ts';
import { UserError } from '../building/user-error.ts';
import type { UserErrorShape } from '../context/errors.ts';
import { renderUserErrors } from '../context/errors.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';
import type { ApiKeyRow } from './rows.ts';
import { ApiKey, apiKeyById } from './rows.ts';

interface CreateApiKeyPayloadShape {
  readonly apiKey: ApiKeyRow | null;
  readonly secret: string | null;
  readonly userErrors: readonly UserErrorShape[];
}

const input = builder.inputType('CreateApiKeyInput', {
  description: 'What the key is to be.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What it is for; at most 100 characters.' }),
    principal: t.string({
      description:
        'Who acts with it; absent: the name. Keys of one principal share idempotency keys and rate limit.',
    }),
    scopes: t.stringList({
      required: true,
      description: 'What it permits, such as `requests:write`, `requests:read`; see docs/access.md.',
    }),
    originSystems: t.stringList({
      description:
        'Binds it to these origin systems: it sends and sees requests of these only, and may have scopes of requests and people only. Absent: not bound.',
    }),
    expiresAt: t.field({ type: 'DateTime', description: 'When it stops working; absent: never.' }),
  }),
});
export const CreateApiKeyPayload = builder
  .objectRef<CreateApiKeyPayloadShape>('CreateApiKeyPayload')
  .implement({
    description: 'What became of the call.',
    fields: (t) => ({
      apiKey: t.field({
        type: ApiKey,
        nullable: true,
        description: 'The key; null when none was made.',
        resolve: (payload) => payload.apiKey,
      }),
      secret: t.string({
        ...needs('admin'),
        nullable: true,
        description: 'The key itself, this once: it is not stored and cannot be shown again.',
        resolve: (payload) => payload.secret,
      }),
      userErrors: t.field({
        type: [UserError],
        description: 'Why none was made; empty when one was.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
builder.mutationField('createApiKey', (t) =>
  t.field({
    ...needs('admin'),
    type: CreateApiKeyPayload,
    description: 'Makes an API key and shows it once.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { name, principal, scopes, originSystems, expiresAt } }, scope) => {
      const { id, secret, userErrors } = await createApiKey(operationContext(scope), {
        name,
        principal: principal ?? null,
        scopes,
        originSystems: originSystems ?? null,
        expiresAt: expiresAt ?? null,
      });
      return {
        apiKey: id === null ? null : await apiKeyById(scope).load(id),
        secret,
        userErrors: renderUserErrors(scope, userErrors),
      };
    },
  }),
);
