import { type Selectable, sql } from 'kysely';
import type { KeyState } from '../../domain/access/key-state.ts';
import type { Database } from '../../entities/tables.ts';
import { builder } from '../building/builder.ts';
import { rowById, sqlOf } from '../reading/loaders.ts';

/** A key as lists show it: never its hash. */
export type ApiKeyRow = Omit<
  Selectable<Database['api_key']>,
  'hash' | 'watched_request' | 'issued_by_key_id'
> & {
  readonly state: KeyState;
};

export const ApiKey = builder.objectRef<ApiKeyRow>('ApiKey');

/** `select … from`, to be followed by `where`; watch tokens are no keys. */
export const selectApiKeys = sql<ApiKeyRow>`
  select k.* from (
    select id, name, principal, prefix, scopes, origin_systems, created_by, created_at, expires_at, last_used_at,
      revoked_at, revoked_by, case when revoked_at is not null then 'REVOKED'
        when expires_at <= now() then 'EXPIRED' else 'ACTIVE' end as state
    from api_key where watched_request is null) k`;

/** Keys by primary key. */
export const apiKeyById = rowById<ApiKeyRow>(async (scope, ids) => {
  const { rows } = await sql<ApiKeyRow>`
    ${selectApiKeys} where k.id = any(${[...ids]}::bigint[])`.execute(sqlOf(scope));
  return rows;
});
