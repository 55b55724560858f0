import { defineEntity, p } from '@mikro-orm/postgresql';

export const ApiKeySchema = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  properties: {
    id: p.bigint('string').primary(),
    name: p.string(),
    principal: p.string(),
    prefix: p.string(),
    hash: p.string(),
    scopes: p.array(),
    originSystems: p.array().nullable(),
    watchedRequest: p.string().nullable(),
    issuedByKeyId: p.bigint('string').nullable(),
    createdBy: p.string(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().nullable(),
    lastUsedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
    revokedBy: p.string().nullable(),
  },
});

/** A key of the API, or a token that watches one request; the secret itself is nowhere. */
export class ApiKey extends ApiKeySchema.class {}
ApiKeySchema.setClass(ApiKey);
