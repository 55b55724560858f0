import {
  capabilityReasonText,
  lockReasonTexts,
  matchReasonText,
} from '../../domain/databases/facts/fact-texts.ts';
import { byPageSize, localeArgument, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { addNode } from '../building/node.ts';
import { personType } from '../people/person-join.ts';
import { needs } from '../permissions/rules.ts';
import { PAGE_MAX, parsePage } from '../reading/connection.ts';
import { encodeGlobalId } from '../reading/global-id.ts';
import { type Listing, readListing } from '../reading/listing.ts';
import { accountConditions } from './account-filter.ts';
import { accountKey } from './change.ts';
import { CategoryCoverage } from './coverage.ts';
import {
  DatabaseAccountStateEnum,
  DatabaseCapabilityEnum,
  DatabaseEngineEnum,
  PersonMatchEnum,
} from './enums.ts';
import { compareHeld, pageOfRights, rightsFilter } from './held-pages.ts';
import {
  accountById,
  type ClassificationShape,
  classificationsByAccount,
  instanceById,
  rowsOfAccount,
} from './loaders.ts';
import { PermissionConnection, rightsArguments } from './permission.ts';
import { DatabaseAccount, type DatabaseAccountRow, DatabaseInstance, selectAccounts } from './rows.ts';
import { rowsAt } from './rows-at.ts';

const DatabaseClassification = builder.objectRef<ClassificationShape>('DatabaseClassification').implement({
  description: 'A class that an account is in.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable; for programs.' }),
    name: t.string({
      description: 'What it is called; its code where there is no rule of that code.',
      args: localeArgument,
      resolve: ({ code, name_zh, name_en }, { locale }, scope) =>
        ((locale ?? scope.locale) === 'ZH_CN' ? name_zh : name_en) ?? code,
    }),
    manual: t.exposeBoolean('manual', { description: 'Given by hand: no rule takes it off.' }),
    rule: t.string({
      nullable: true,
      description: 'The code of the rule that gave it; null when it was given by hand.',
      resolve: ({ manual, code }) => (manual ? null : code),
    }),
  }),
});

DatabaseAccount.implement({
  description: 'An account or role of a database server.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: (account) => encodeGlobalId('DatabaseAccount', account.id),
    }),
    instance: t.field({
      type: DatabaseInstance,
      description: 'Where.',
      resolve: async (account, _args, scope) => {
        const instance = await instanceById(scope).load(account.instance_id);
        if (instance === null) throw new Error(`Instance ${account.instance_id} is gone.`);
        return instance;
      },
    }),
    name: t.exposeString('name', { description: 'Exactly as the server stores it.' }),
    host: t.exposeString('host', { nullable: true, description: 'MySQL: the host part; null elsewhere.' }),
    displayName: t.exposeString('display_name', {
      description: 'name@host in MySQL, DOMAIN\\name in SQL Server, else the name.',
    }),
    nativeId: t.exposeString('native_id', {
      nullable: true,
      description: "The engine's own id (oid, SID, user_id), by which a rename is a rename; MySQL has none.",
    }),
    isRole: t.exposeBoolean('is_role', { description: 'A role, of which others are members.' }),
    isSystem: t.exposeBoolean('is_system', {
      description: "The engine's own, or by a pattern of the instance.",
    }),
    state: t.field({
      type: DatabaseAccountStateEnum,
      description: 'Whether it exists.',
      resolve: (one) => one.state,
    }),
    locked: t.exposeBoolean('locked', { description: 'Cannot log in, at this moment.' }),
    lockReasons: t.stringList({
      description: 'In words: locked by the administrator, login not allowed, expired on a date …',
      args: localeArgument,
      resolve: ({ lock_reasons: reasons, expired_at: expiredAt }, { locale }, { locale: own, services }) => [
        ...lockReasonTexts({ reasons, expiredAt }, locale ?? own, services.displayTimeZone),
      ],
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it, or its password, expires.',
      resolve: (one) => one.expires_at,
    }),
    lastLoginAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Only Oracle keeps it.',
      resolve: (one) => one.last_login_at,
    }),
    capabilities: t.field({
      type: [DatabaseCapabilityEnum],
      description: 'What it amounts to, at this moment.',
      resolve: (one) => [...one.capabilities],
    }),
    capabilityReasons: t.stringList({
      description: 'Why each capability holds, in words.',
      args: localeArgument,
      resolve: (one, { locale }, { locale: own, services }) => [
        ...one.capability_reasons.map((reason) => capabilityReasonText(reason, locale ?? own)),
        ...lockReasonTexts(
          { reasons: one.lock_reasons, expiredAt: one.expired_at },
          locale ?? own,
          services.displayTimeZone,
        ).map((text) => `LOCKED: ${text}`),
      ],
    }),
    classifications: t.field({
      type: [DatabaseClassification],
      description: 'Classes it is in, by rules or by hand.',
      resolve: async (one, _args, scope) => [...(await classificationsByAccount(scope).load(one.id))],
    }),
    person: t.field({
      type: personType().ref,
      nullable: true,
      description: 'Whose it is; null: nobody is known.',
      resolve: ({ person_id }, _args, scope) =>
        person_id === null ? null : personType().byId(scope).load(person_id),
    }),
    personMatch: t.field({
      type: PersonMatchEnum,
      description: 'How sure that is.',
      resolve: (one) => one.person_match,
    }),
    personMatchReason: t.string({
      nullable: true,
      description: 'What kind of match, or what makes it doubtful.',
      args: localeArgument,
      resolve: ({ person_match_reason: reason }, { locale }, scope) =>
        reason === null ? null : matchReasonText(reason, locale ?? scope.locale),
    }),
    attributes: t.field({
      type: 'JSON',
      description: 'What the engine says of it besides rights: camelCase of its own words.',
      resolve: (one) => one.attributes,
    }),
    snapshotHash: t.exposeString('snapshot_hash', {
      nullable: true,
      description: 'Equal hash, equal rights and attributes; null when it has disappeared.',
    }),
    coverage: t.field({
      type: [CategoryCoverage],
      description: 'What of its rights could be read: that of its instance.',
      resolve: async (one, _args, scope) => [
        ...((await instanceById(scope).load(one.instance_id))?.coverage ?? []),
      ],
    }),
    permissions: t.field({
      type: PermissionConnection,
      description:
        'Its own rights, and with inherited: true also what comes through roles, each with the way it came by.',
      args: {
        ...rightsArguments,
        search: t.arg.string({
          description: 'With this text in privilege, scope or object, whatever its case.',
        }),
        inherited: t.arg.boolean({ required: true, defaultValue: false, description: 'Also through roles.' }),
      },
      complexity: byPageSize,
      resolve: async (one, args, scope) => {
        const rows = await rowsOfAccount(scope, one.id, args.inherited);
        return pageOfRights('permissions', shown(one, rows, args), args);
      },
    }),
    memberOf: t.stringList({
      description: 'Roles it was granted itself.',
      resolve: (one) => [...one.member_of],
    }),
    effectiveRoles: t.stringList({
      description: 'Every role whose rights it has, directly or through others.',
      resolve: (one) => [...one.effective_roles],
    }),
    permissionsAt: t.field({
      type: PermissionConnection,
      description: 'What it could do at that moment, rebuilt from the log.',
      args: {
        ...rightsArguments,
        at: t.arg({ type: 'DateTime', required: true, description: 'The moment.' }),
      },
      complexity: byPageSize,
      resolve: async (one, args, scope) => {
        const rows = (await rowsAt(scope, one, args.at)).map((row) => ({ ...row, via: [] }));
        return pageOfRights('permissionsAt', shown(one, rows, args), args);
      },
    }),
    firstSeenAt: t.field({
      type: 'DateTime',
      description: 'By the first run that saw it.',
      resolve: (one) => one.first_seen_at,
    }),
    lastSeenAt: t.field({
      type: 'DateTime',
      description: 'By the newest.',
      resolve: (one) => one.last_seen_at,
    }),
    disappearedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When a run did not see it any more; null while it exists.',
      resolve: (one) => one.disappeared_at,
    }),
  }),
});
addNode('DatabaseAccount', { rule: ['databases:read'], loader: accountById });

function shown(
  one: DatabaseAccountRow,
  rows: Awaited<ReturnType<typeof rowsOfAccount>>,
  filter: Parameters<typeof rightsFilter>[0],
) {
  return rows
    .map((row) => ({ ...row, account: one.id }))
    .filter(rightsFilter(filter))
    .sort(compareHeld);
}

const AccountConnection = builder.connectionObject(
  { type: DatabaseAccount, name: 'DatabaseAccountConnection', description: 'A page of database accounts.' },
  { name: 'DatabaseAccountEdge', description: 'An account and its cursor.' },
);

const accountListing: Listing<DatabaseAccountRow> = {
  list: 'databaseAccounts',
  select: selectAccounts,
  key: 'a.id',
  keyColumn: 'id',
  order: 'asc',
  keyOf: (account) => account.id,
};

const accountFilter = builder.inputType('DatabaseAccountFilter', {
  description: 'All given conditions must hold. Absent: no condition; an empty list matches nothing.',
  fields: (t) => ({
    instance: t.stringList({ description: 'Of one of these instances.' }),
    engine: t.field({ type: [DatabaseEngineEnum], description: 'Of one of these kinds of servers.' }),
    search: t.string({
      description: 'With this text in the display name, whatever its case; nothing is a wildcard.',
    }),
    capability: t.field({
      type: [DatabaseCapabilityEnum],
      description: 'With one of these, at this moment.',
    }),
    locked: t.boolean({ description: 'That cannot, or can, log in at this moment.' }),
    system: t.boolean({ description: 'Only, or without, system accounts.' }),
    role: t.boolean({ description: 'Only, or without, roles.' }),
    classification: t.stringList({ description: 'In one of these classes.' }),
    state: t.field({ type: [DatabaseAccountStateEnum], description: 'In one of these states; absent: all.' }),
    personMatch: t.field({ type: [PersonMatchEnum], description: 'Matched so.' }),
    employeeNumber: t.string({ description: 'Of this person.' }),
  }),
});

builder.queryFields((t) => ({
  databaseAccounts: t.field({
    ...needs('databases:read'),
    type: AccountConnection,
    description: 'Accounts of all instances, those that were seen first before others.',
    args: { ...pageArguments, filter: t.arg({ type: accountFilter, description: 'Narrows the list.' }) },
    complexity: byPageSize,
    resolve: (_root, { filter, ...args }, scope) =>
      readListing(scope, accountListing, {
        page: parsePage(args, { list: accountListing.list, max: PAGE_MAX }),
        conditions: accountConditions(filter ?? {}),
      }),
  }),
  databaseAccount: t.field({
    ...needs('databases:read'),
    type: DatabaseAccount,
    nullable: true,
    description: 'An account by its id; null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of an answer.' }) },
    resolve: (_root, { id }, scope) => {
      const key = accountKey(String(id));
      return key === null ? null : accountById(scope).load(key);
    },
  }),
}));
