import { revokeApiKey, unknownKey } from '../../jobs/access/revoke-api-key.ts';
import { OVERLAP_MAX_SECONDS, rotateApiKey } from '../../jobs/access/rotate-api-key.ts';
import { renderUserErrors } from '../errors.ts';
import { operationContext } from '../operation.ts';
import type { SchemaParts } from '../parts.ts';
import { needs } from '../permissions/rules.ts';
import { decodeGlobalId } from '../reading/global-id.ts';
import { forgetLoaded } from '../reading/loaders.ts';
import { apiKeyById } from './rows.ts';

/** A day: time to bring the new key to every portal. */
const OVERLAP_DEFAULT_SECONDS = 86_400;

/** The mutation `revokeApiKey`. */
export function addRevokeApiKey({ builder }: SchemaParts): void {
  const input = builder.inputType('RevokeApiKeyInput', {
    description: 'Which key is to end.',
    fields: (t) => ({ id: t.id({ required: true, description: 'The `id` of the key.' }) }),
  });
  builder.objectType('RevokeApiKeyPayload', {
    description: 'What became of the call.',
    fields: (t) => ({
      apiKey: t.field({
        type: 'ApiKey',
        nullable: true,
        description: 'The key as it is now; null when unknown.',
        resolve: (payload) => payload.apiKey,
      }),
      userErrors: t.field({
        type: ['UserError'],
        description: 'Why it was not revoked; empty when it was.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
  builder.mutationField('revokeApiKey', (t) =>
    t.field({
      ...needs('admin'),
      type: 'RevokeApiKeyPayload',
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
}

/** The mutation `rotateApiKey`. */
export function addRotateApiKey({ builder }: SchemaParts): void {
  const input = builder.inputType('RotateApiKeyInput', {
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
  builder.objectType('RotateApiKeyPayload', {
    description: 'What became of the call.',
    fields: (t) => ({
      apiKey: t.field({
        type: 'ApiKey',
        nullable: true,
        description: 'The new key; null when none was made.',
        resolve: (payload) => payload.apiKey,
      }),
      previous: t.field({
        type: 'ApiKey',
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
        type: ['UserError'],
        description: 'Why none was made; empty when one was.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
  builder.mutationField('rotateApiKey', (t) =>
    t.field({
      ...needs('admin'),
      type: 'RotateApiKeyPayload',
      description:
        'Makes a key of the same principal, scopes and origin systems; the old one works on for the overlap.',
      args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
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
}

function keyIdOf(globalId: string): string | null {
  const decoded = decodeGlobalId(globalId);
  return decoded?.type === 'ApiKey' ? decoded.id : null;
}
