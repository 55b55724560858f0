import { sql } from 'kysely';
import { type DatabaseEngine, databaseEngines } from '../../domain/databases/engines.ts';
import { classifyByHand, linkAccount } from '../../jobs/databases/accounts/change-account.ts';
import { deleteRule, upsertRule } from '../../jobs/databases/accounts/change-rules.ts';
import type { OperationError } from '../../jobs/kit/operation.ts';
import { localeArgument } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { addMutation, payloadType, rowAfterwards } from '../building/mutation.ts';
import { addNode } from '../building/node.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';
import { encodeGlobalId } from '../reading/global-id.ts';
import { sqlOf } from '../reading/loaders.ts';
import { canBeStored } from '../reading/text-filter.ts';
import { RunModeEnum } from '../runs/enums.ts';
import { accountKey } from './change.ts';
import { DatabaseCapabilityEnum, DatabaseEngineEnum, PermissionCategoryEnum } from './enums.ts';
import { accountById, ruleById } from './loaders.ts';
import {
  type ClassificationRuleRow,
  DatabaseAccount,
  DatabaseClassificationRule,
  selectRules,
} from './rows.ts';

DatabaseClassificationRule.implement({
  description: 'A rule that puts accounts into a class; applied after every run.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: (rule) => encodeGlobalId('DatabaseClassificationRule', rule.id),
    }),
    code: t.exposeString('code', { description: 'Stable; for programs.' }),
    name: t.string({
      description: 'What the class is called.',
      args: localeArgument,
      resolve: (rule, { locale }, scope) =>
        (locale ?? scope.locale) === 'ZH_CN' ? rule.name_zh : rule.name_en,
    }),
    engines: t.field({
      type: [DatabaseEngineEnum],
      description: 'Where it applies: all engines when it names none.',
      resolve: (rule) => (rule.engines.length > 0 ? [...rule.engines] : [...databaseEngines]),
    }),
    when: t.field({
      type: 'JSON',
      description: 'The tree of conditions.',
      resolve: (rule) => rule.condition,
    }),
    enabled: t.exposeBoolean('enabled', { description: 'False: it gives nothing.' }),
    accounts: t.exposeInt('accounts', { description: 'ACTIVE accounts in the class.' }),
  }),
});
addNode('DatabaseClassificationRule', { rule: ['databases:read'], loader: ruleById });

builder.queryField('databaseClassificationRules', (t) =>
  t.field({
    ...needs('databases:read'),
    type: [DatabaseClassificationRule],
    description: 'All rules, by code.',
    resolve: async (_root, _args, scope) => {
      const { rows } = await sql<ClassificationRuleRow>`${selectRules} order by r.code`.execute(sqlOf(scope));
      return rows;
    },
  }),
);

/** A tree as it is sent; the rules of domain check it. */
interface ConditionInput {
  readonly all?: readonly ConditionInput[] | null | undefined;
  readonly any?: readonly ConditionInput[] | null | undefined;
  readonly not?: ConditionInput | null | undefined;
  readonly capability?: 'SUPERUSER' | 'GRANT_ADMIN' | 'LOCKED' | null | undefined;
  readonly privilege?: object | null | undefined;
  readonly role?: string | null | undefined;
  readonly nameLike?: string | null | undefined;
  readonly locked?: boolean | null | undefined;
  readonly system?: boolean | null | undefined;
  readonly engine?: DatabaseEngine | null | undefined;
  readonly attribute?: object | null | undefined;
}

const privilegeInput = builder.inputType('ClassificationPrivilegeInput', {
  description: 'Holds when the account has such a right.',
  fields: (t) => ({
    privilege: t.string({ required: true, description: "The engine's keyword, whatever its case." }),
    category: t.field({ type: PermissionCategoryEnum, description: 'Of this category; absent: any.' }),
    scope: t.string({ description: 'In this database; absent: any.' }),
    object: t.string({ description: 'On this object; absent: any.' }),
    grantable: t.boolean({ description: 'That may, or may not, be passed on; absent: either.' }),
    effective: t.boolean({ required: true, defaultValue: true, description: 'Also through roles.' }),
  }),
});
const attributeInput = builder.inputType('ClassificationAttributeInput', {
  description: 'Holds when an attribute has this value.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'As in `DatabaseAccount.attributes`.' }),
    equals: t.field({ type: 'JSON', required: true, description: 'The value; null: none.' }),
  }),
});
const conditionInput = builder.inputRef<ConditionInput>('ClassificationConditionInput').implement({
  description: 'A typed tree over facts; exactly one of the members of each node is set.',
  fields: (t) => ({
    all: t.field({ type: [conditionInput], description: 'All of these hold.' }),
    any: t.field({ type: [conditionInput], description: 'One of these holds.' }),
    not: t.field({ type: conditionInput, description: 'This does not hold.' }),
    capability: t.field({ type: DatabaseCapabilityEnum, description: 'It has the capability.' }),
    privilege: t.field({ type: privilegeInput, description: 'It has the right.' }),
    role: t.string({ description: 'It has the rights of this role, by display name.' }),
    nameLike: t.string({ description: 'Its display name is LIKE this; `\\` takes `%` and `_` as they are.' }),
    locked: t.boolean({ description: 'It cannot, or can, log in.' }),
    system: t.boolean({ description: 'It is, or is not, a system account.' }),
    engine: t.field({ type: DatabaseEngineEnum, description: 'It is of this kind of server.' }),
    attribute: t.field({ type: attributeInput, description: 'It has this attribute.' }),
  }),
});

interface RulePayloadShape {
  readonly id: string | null;
  readonly matches: number;
  readonly userErrors: readonly OperationError[];
}

const RulePayload = payloadType<RulePayloadShape>('UpsertClassificationRulePayload', {
  description: 'The rule and how many accounts it holds for.',
  fields: (t) => ({
    rule: t.field(
      rowAfterwards(DatabaseClassificationRule, ruleById, 'The rule as it is now; null when there is none.'),
    ),
    matches: t.exposeInt('matches', {
      description: 'Accounts it holds for; deleted: that were in the class by it.',
    }),
  }),
});

addMutation('upsertClassificationRule', {
  rule: needs('operate'),
  description: 'Adds a rule or replaces the one of its code, and applies it; DRY_RUN only counts.',
  about: 'A rule.',
  input: (t) => ({
    code: t.string({
      required: true,
      description: 'A letter, then letters, digits, `_`, `.`, `-`; at most 50.',
    }),
    nameZh: t.string({ required: true, description: 'What the class is called in Chinese.' }),
    nameEn: t.string({ required: true, description: 'What it is called in English.' }),
    engines: t.field({ type: [DatabaseEngineEnum], description: 'Only there; absent: everywhere.' }),
    when: t.field({ type: conditionInput, required: true, description: 'When an account is in the class.' }),
    enabled: t.boolean({ required: true, defaultValue: true, description: 'False: it gives nothing.' }),
    mode: t.field({
      type: RunModeEnum,
      required: true,
      defaultValue: 'RUN',
      description: 'DRY_RUN stores nothing.',
    }),
  }),
  run: (input, scope) =>
    upsertRule(operationContext(scope), { ...input, engines: input.engines ?? [], when: input.when }),
  payload: RulePayload,
});

builder.mutationField('deleteClassificationRule', (t) =>
  t.field({
    ...needs('operate'),
    type: RulePayload,
    description: 'Removes a rule and what it gave; what was given by hand stays.',
    args: { code: t.arg.string({ required: true, description: 'Its code.' }) },
    resolve: (_root, { code }, scope) => deleteRule(operationContext(scope), canBeStored(code) ? code : ''),
  }),
);

const AccountPayload = payloadType<{
  readonly id: string | null;
  readonly userErrors: readonly OperationError[];
}>('DatabaseAccountPayload', {
  description: 'The account as it is now.',
  fields: (t) => ({
    account: t.field(rowAfterwards(DatabaseAccount, accountById, 'The account; null when there is none.')),
  }),
});

addMutation('linkDatabaseAccount', {
  rule: needs('operate'),
  description: 'Says by hand whose an account is; that stands until it is said anew.',
  about: 'Which account is whose.',
  input: (t) => ({
    accountId: t.id({ required: true, description: 'The account.' }),
    employeeNumber: t.string({ description: "Null: nobody's, on purpose (a service account)." }),
  }),
  run: ({ accountId, employeeNumber }, scope) =>
    linkAccount(operationContext(scope), {
      account: accountKey(String(accountId)) ?? '0',
      employeeNumber: employeeNumber?.replaceAll('\0', '') ?? null,
    }),
  payload: AccountPayload,
});

addMutation('classifyDatabaseAccount', {
  rule: needs('operate'),
  description: 'Puts an account into classes or takes it out by hand, whatever the rules say.',
  about: 'Which account, and which classes.',
  input: (t) => ({
    accountId: t.id({ required: true, description: 'The account.' }),
    add: t.stringList({ description: 'Codes of classes it is put into.' }),
    remove: t.stringList({ description: 'Codes of classes it is taken out of.' }),
  }),
  run: ({ accountId, add, remove }, scope) =>
    classifyByHand(operationContext(scope), {
      account: accountKey(String(accountId)) ?? '0',
      add: add ?? [],
      remove: remove ?? [],
    }),
  payload: AccountPayload,
});
