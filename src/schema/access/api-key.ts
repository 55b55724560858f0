import { type SqlBool, sql } from 'kysely';
import type { KeyState } from '../../domain/access/key-state.ts';
import { pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { addNode } from '../building/node.ts';
import type { Described } from '../building/shared-enums.ts';
import { needs } from '../permissions/rules.ts';
import { PAGE_MAX, parsePage } from '../reading/connection.ts';
import { encodeGlobalId } from '../reading/global-id.ts';
import { type Condition, type Listing, readListing } from '../reading/listing.ts';
import { canBeStored } from '../reading/text-filter.ts';
import { ApiKey, type ApiKeyRow, apiKeyById, selectApiKeys } from './rows.ts';

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
    name: t.exposeString('name', { description: 'What it is for, as whoever made it says.' }),
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
    complexity: ({ first, last }) => ({ field: 1, multiplier: first ?? last ?? 1 }),
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
