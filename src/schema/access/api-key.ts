import { type Selectable, type SqlBool, sql } from 'kysely';
import type { KeyState } from '../../domain/access/key-state.ts';
import type { Database } from '../../entities/tables.ts';
import { createApiKey } from '../../jobs/access/create-api-key.ts';
import { revokeApiKey, unknownKey } from '../../jobs/access/revoke-api-key.ts';
import { OVERLAP_MAX_SECONDS, rotateApiKey } from '../../jobs/access/rotate-api-key.ts';
import { byPageSize, localeArgument, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { addMutation, rowAfterwards } from '../building/mutation.ts';
import { addNode } from '../building/node.ts';
import type { Described } from '../building/shared-enums.ts';
import { operationContext } from '../context/operation.ts';
import { errorText } from '../context/words.ts';
import { needs } from '../permissions/rules.ts';
import { PAGE_MAX, parsePage } from '../reading/connection.ts';
import { decodeGlobalId, encodeGlobalId } from '../reading/global-id.ts';
import { type Condition, type Listing, readListing } from '../reading/listing.ts';
import { rowById, sqlOf } from '../reading/loaders.ts';
import { canBeStored } from '../reading/text-filter.ts';

/** A key as lists show it: never its hash. */
type ApiKeyRow = Omit<Selectable<Database['api_key']>, 'hash' | 'watched_request' | 'issued_by_key_id'> & {
  readonly state: KeyState;
};

const ApiKey = builder.objectRef<ApiKeyRow>('ApiKey');

/** `select … from`, to be followed by `where`; watch tokens are no keys. */
const selectApiKeys = sql<ApiKeyRow>`
  select k.* from (
    select id, name, principal, prefix, scopes, origin_systems, created_by, created_at, expires_at, last_used_at,
      revoked_at, revoked_by, case when revoked_at is not null then 'REVOKED'
        when expires_at <= now() then 'EXPIRED' else 'ACTIVE' end as state
    from api_key where watched_request is null) k`;

/** Keys by primary key. */
const apiKeyById = rowById<ApiKeyRow>(async (scope, ids) => {
  const { rows } = await sql<ApiKeyRow>`
    ${selectApiKeys} where k.id = any(${[...ids]}::bigint[])`.execute(sqlOf(scope));
  return rows;
});

const ApiKeyConnection = builder.connectionObject(
  { type: ApiKey, name: 'ApiKeyConnection', description: 'A page of API keys.' },
  { name: 'ApiKeyEdge', description: 'A key and its cursor.' },
);

const apiKeyStates = {
  ACTIVE: { description: 'It works.' },
  EXPIRED: { description: 'Its time is over.' },
  REVOKED: { description: 'Somebody ended it.' },
} as const satisfies Described<KeyState>;

const ApiKeyStateEnum = builder.enumType('ApiKeyState', {
  description: 'Whether an API key works.',
  values: apiKeyStates,
});

const keyListing: Listing<ApiKeyRow> = {
  list: 'apiKeys',
  select: selectApiKeys,
  key: 'k.id',
  keyColumn: 'id',
  order: 'desc',
  keyOf: (key) => key.id,
};

ApiKey.implement({
  description: 'A key that a program signs in with. The key itself is shown once, when it is made.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: (key) => encodeGlobalId('ApiKey', key.id),
    }),
    name: t.exposeString('name', { description: 'Purpose of the key, as its creator described it.' }),
    principal: t.exposeString('principal', {
      description:
        'Who acts with it: stands as `createdBy` on requests, and owns their idempotency keys. Keys of one principal are interchangeable.',
    }),
    prefix: t.exposeString('prefix', {
      description: 'Its beginning, to tell keys apart: `as_live_1a2b3c4d`.',
    }),
    scopes: t.exposeStringList('scopes', { description: 'What it permits.' }),
    originSystems: t.exposeStringList('origin_systems', {
      nullable: true,
      description:
        'Origin systems it is bound to: it sends and sees requests of these only. Null: not bound.',
    }),
    state: t.field({
      type: ApiKeyStateEnum,
      description: 'Whether it still works.',
      resolve: (key) => key.state,
    }),
    createdBy: t.exposeString('created_by', { description: 'Principal that made it.' }),
    createdAt: t.expose('created_at', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expires_at', {
      type: 'DateTime',
      nullable: true,
      description: 'When it stops working; null: never.',
    }),
    lastUsedAt: t.expose('last_used_at', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last used, give or take a minute; null: never.',
    }),
    revokedAt: t.expose('revoked_at', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked; null while it was not.',
    }),
    revokedBy: t.exposeString('revoked_by', {
      nullable: true,
      description: 'Principal that revoked it.',
    }),
  }),
});

addNode('ApiKey', { rule: ['admin'], loader: apiKeyById });
builder.queryField('apiKeys', (t) =>
  t.field({
    ...needs('admin'),
    type: ApiKeyConnection,
    description: 'API keys, newest first, also those that work no longer.',
    args: {
      ...pageArguments,
      state: t.arg({ type: [ApiKeyStateEnum], description: 'Only keys in one of these states.' }),
      principal: t.arg.string({ description: 'Only keys of exactly this principal.' }),
    },
    complexity: byPageSize,
    resolve: (_root, { state, principal, ...args }, scope) => {
      const page = parsePage(args, { list: keyListing.list, max: PAGE_MAX });
      return readListing(scope, keyListing, { page, conditions: conditionsOf(state, principal) });
    },
  }),
);

function conditionsOf(
  state: readonly KeyState[] | null | undefined,
  principal: string | null | undefined,
): Condition[] {
  const conditions: Condition[] = [];
  if (state != null) conditions.push(sql<SqlBool>`k.state = any(${[...state]}::text[])`);
  if (principal != null)
    conditions.push(canBeStored(principal) ? sql<SqlBool>`k.principal = ${principal}` : sql<SqlBool>`false`);
  return conditions;
}

addMutation('createApiKey', {
  rule: needs('admin'),
  description: 'Makes an API key and shows it once.',
  about: 'What the key is to be.',
  input: (t) => ({
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
  run: ({ name, principal, scopes, originSystems, expiresAt }, scope) =>
    createApiKey(operationContext(scope), {
      name,
      principal: principal ?? null,
      scopes,
      originSystems: originSystems ?? null,
      expiresAt: expiresAt ?? null,
    }),
  payload: (t) => ({
    apiKey: t.field(rowAfterwards(ApiKey, apiKeyById, 'The key; null when none was made.')),
    secret: t.exposeString('secret', {
      ...needs('admin'),
      nullable: true,
      description: 'The key itself, this once: it is not stored and cannot be shown again.',
    }),
    notice: t.string({
      nullable: true,
      description: 'What whoever renews the key later should know of its principal; null when it was given.',
      args: localeArgument,
      resolve: ({ notice }, { locale }, scope) => (notice === null ? null : errorText(scope, notice, locale)),
    }),
  }),
});

addMutation('revokeApiKey', {
  rule: needs('admin'),
  description:
    'Ends a key in every process within 2 seconds: calls are refused, sockets close (4403), watch tokens made with it end too. What it asked for goes on.',
  about: 'Which key is to end.',
  input: (t) => ({ id: t.id({ required: true, description: 'The `id` of the key.' }) }),
  run: async ({ id: globalId }, scope) => {
    const id = keyIdOf(globalId);
    if (id === null) return { id, userErrors: [unknownKey(globalId)] };
    return revokeApiKey(operationContext(scope), { id });
  },
  payload: (t) => ({
    apiKey: t.field(rowAfterwards(ApiKey, apiKeyById, 'The key as it is now; null when unknown.')),
  }),
});

/** A day: time to bring the new key to every portal. */
const OVERLAP_DEFAULT_SECONDS = 86_400;

addMutation('rotateApiKey', {
  rule: needs('admin'),
  description:
    'Makes a key of the same principal, scopes and origin systems; the old one works on for the overlap.',
  about: 'Which key is to be replaced.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The `id` of the key.' }),
    overlapSeconds: t.int({
      required: true,
      defaultValue: OVERLAP_DEFAULT_SECONDS,
      description: `How long the old key works on; 0 to ${OVERLAP_MAX_SECONDS}.`,
    }),
  }),
  run: async ({ id: globalId, overlapSeconds }, scope) => {
    const id = keyIdOf(globalId);
    if (id === null) return { id, previousId: null, secret: null, userErrors: [unknownKey(globalId)] };
    return rotateApiKey(operationContext(scope), { id, overlapSeconds });
  },
  payload: (t) => ({
    apiKey: t.field(rowAfterwards(ApiKey, apiKeyById, 'The new key; null when none was made.')),
    previous: t.field({
      type: ApiKey,
      nullable: true,
      description: 'The old key, which expires after the overlap; null when unknown.',
      resolve: ({ previousId }, _args, scope) =>
        previousId === null ? null : apiKeyById(scope).load(previousId),
    }),
    secret: t.exposeString('secret', {
      ...needs('admin'),
      nullable: true,
      description: 'The new key itself, this once.',
    }),
  }),
});

function keyIdOf(globalId: string): string | null {
  const decoded = decodeGlobalId(globalId);
  return decoded?.type === 'ApiKey' ? decoded.id : null;
}
