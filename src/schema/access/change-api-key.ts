import { revokeApiKey, unknownKey } from '../../jobs/access/revoke-api-key.ts';
import { OVERLAP_MAX_SECONDS, rotateApiKey } from '../../jobs/access/rotate-api-key.ts';
import { builder } from '../building/builder.ts';
import { UserError } from '../building/user-error.ts';
import type { UserErrorShape } from '../context/errors.ts';
import { renderUserErrors } from '../context/errors.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';
import { decodeGlobalId } from '../reading/global-id.ts';
import { forgetLoaded } from '../reading/loaders.ts';
import type { ApiKeyRow } from './rows.ts';
import { ApiKey, apiKeyById } from './rows.ts';

interface RevokeApiKeyPayloadShape {
  readonly apiKey: ApiKeyRow | null;
  readonly userErrors: readonly UserErrorShape[];
}

interface RotateApiKeyPayloadShape {
  readonly apiKey: ApiKeyRow | null;
  readonly previous: ApiKeyRow | null;
  readonly secret: string | null;
  readonly userErrors: readonly UserErrorShape[];
}

/** A day: time to bring the new key to every portal. */
const OVERLAP_DEFAULT_SECONDS = 86_400;

const input = builder.inputType('RevokeApiKeyInput', {
  description: 'Which key is to end.',
  fields: (t) => ({ id: t.id({ required: true, description: 'The `id` of the key.' }) }),
});
export const RevokeApiKeyPayload = builder
  .objectRef<RevokeApiKeyPayloadShape>('RevokeApiKeyPayload')
  .implement({
    description: 'What became of the call.',
    fields: (t) => ({
      apiKey: t.field({
        type: ApiKey,
        nullable: true,
        description: 'The key as it is now; null when unknown.',
        resolve: (payload) => payload.apiKey,
      }),
      userErrors: t.field({
        type: [UserError],
        description: 'Why it was not revoked; empty when it was.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
builder.mutationField('revokeApiKey', (t) =>
  t.field({
    ...needs('admin'),
    type: RevokeApiKeyPayload,
    description:
      'Ends a key in every process within 2 seconds: calls are refused, sockets close (4403), watch tokens made with it end too. What it asked for goes on.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { id: globalId } }, scope) => {
      const id = keyIdOf(globalId);
      if (id === null) return { apiKey: null, userErrors: renderUserErrors(scope, [unknownKey(globalId)]) };
      const revoked = await revokeApiKey(operationContext(scope), { id });
      forgetLoaded(scope);
      return {
        apiKey: revoked.id === null ? null : await apiKeyById(scope).load(revoked.id),
        userErrors: renderUserErrors(scope, revoked.userErrors),
      };
    },
  }),
);

const rotateInput = builder.inputType('RotateApiKeyInput', {
  description: 'Which key is to be replaced.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The `id` of the key.' }),
    overlapSeconds: t.int({
      required: true,
      defaultValue: OVERLAP_DEFAULT_SECONDS,
      description: `How long the old key works on; 0 to ${OVERLAP_MAX_SECONDS}.`,
    }),
  }),
});
export const RotateApiKeyPayload = builder
  .objectRef<RotateApiKeyPayloadShape>('RotateApiKeyPayload')
  .implement({
    description: 'What became of the call.',
    fields: (t) => ({
      apiKey: t.field({
        type: ApiKey,
        nullable: true,
        description: 'The new key; null when none was made.',
        resolve: (payload) => payload.apiKey,
      }),
      previous: t.field({
        type: ApiKey,
        nullable: true,
        description: 'The old key, which expires after the overlap; null when unknown.',
        resolve: (payload) => payload.previous,
      }),
      secret: t.string({
        ...needs('admin'),
        nullable: true,
        description: 'The new key itself, this once.',
        resolve: (payload) => payload.secret,
      }),
      userErrors: t.field({
        type: [UserError],
        description: 'Why none was made; empty when one was.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
builder.mutationField('rotateApiKey', (t) =>
  t.field({
    ...needs('admin'),
    type: RotateApiKeyPayload,
    description:
      'Makes a key of the same principal, scopes and origin systems; the old one works on for the overlap.',
    args: { input: t.arg({ type: rotateInput, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { id: globalId, overlapSeconds } }, scope) => {
      const id = keyIdOf(globalId);
      if (id === null) {
        const userErrors = renderUserErrors(scope, [unknownKey(globalId)]);
        return { apiKey: null, previous: null, secret: null, userErrors };
      }
      const rotated = await rotateApiKey(operationContext(scope), { id, overlapSeconds });
      forgetLoaded(scope);
      const read = (key: string | null) => (key === null ? null : apiKeyById(scope).load(key));
      return {
        apiKey: await read(rotated.id),
        previous: await read(rotated.previousId),
        secret: rotated.secret,
        userErrors: renderUserErrors(scope, rotated.userErrors),
      };
    },
  }),
);

function keyIdOf(globalId: string): string | null {
  const decoded = decodeGlobalId(globalId);
  return decoded?.type === 'ApiKey' ? decoded.id : null;
}
