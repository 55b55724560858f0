import { defineEntity, p } from '@mikro-orm/postgresql';
import { type KeyState, keyState } from '../../domain/access/key-state.ts';

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
export class ApiKey extends ApiKeySchema.class {
  /** Whether it opens anything at this time. */
  stateAt(at: Date): KeyState {
    const moments = {
      revokedAtMs: this.revokedAt?.getTime() ?? null,
      expiresAtMs: this.expiresAt?.getTime() ?? null,
    };
    return keyState(moments, at.getTime());
  }

  /** Ends it; once ended it stays as it is. */
  revoke(by: string, at: Date): void {
    if (this.revokedAt != null) return;
    this.revokedAt = at;
    this.revokedBy = by;
  }

  /** Lets it end by itself, no later than it would anyway. */
  expireBy(end: Date): void {
    if (this.expiresAt == null || end < this.expiresAt) this.expiresAt = end;
  }
}
ApiKeySchema.setClass(ApiKey);
