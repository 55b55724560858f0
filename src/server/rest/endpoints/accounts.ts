import { sql } from 'kysely';
import { z } from 'zod';
import { isBigint } from '../../../schema/reading/global-id.ts';
import { visibleRows } from '../../../schema/reading/visible-rows.ts';
import { accountType, claim, contains } from '../lists/filters.ts';
import { listParameters } from '../lists/list-parameters.ts';
import { type RestList, readPage } from '../lists/read-page.ts';
import { restOperation } from '../wire/operation.ts';
import { FieldErrorList, invalidFields, refused } from '../wire/problem.ts';
import { FieldReader } from '../wire/read-fields.ts';
import { ok, type RestAnswer, type RestCall, type RestRoute } from '../wire/route.ts';
import { texts } from '../wire/texts.ts';
import { assertDone, userErrors } from '../wire/user-errors.ts';
import { type AccountType, accountTypes } from '../wire/values.ts';
import { readAccounts } from './account-object.ts';
import { findPerson } from './find-person.ts';
import { rowNumber } from './task-object.ts';

const accountList: RestList = {
  from: (scope) => sql`from ${visibleRows(scope, 'account')} a join person p on p.id = a.person_id`,
  id: 'a.id',
  filters: {
    account_type: accountType('a.system'),
    is_created: claim("a.state = 'ACTIVE'"),
    person__employee_number: contains('p.employee_number'),
  },
  searched: ['p.employee_number', 'p.full_name', 'a.identifier'],
  ordered: { created_at: 'a.created_at', updated_at: 'a.updated_at', account_type: 'a.system' },
  order: '-updated_at',
};

const payload = z.object({ account: z.object({ id: z.string() }).nullable(), userErrors });
const link = restOperation(
  `mutation RestLinkAccount($input: LinkAccountInput!) {
    linkAccount(input: $input) { account { id } userErrors { code message path } } }`,
  z.object({ linkAccount: payload }),
);
const unlink = restOperation(
  `mutation RestUnlinkAccount($input: UnlinkAccountInput!) {
    unlinkAccount(input: $input) { account { id } userErrors { code message path } } }`,
  z.object({ unlinkAccount: payload }),
);

/** An account, and whose it is. */
type Found = Awaited<ReturnType<typeof readAccounts>>[number];

const names = { employeeNumber: 'person', identifier: 'account_identifier', system: 'account_type' } as const;

async function findAccount({ scope, path }: RestCall): Promise<Found> {
  const key = path['id'] ?? '';
  const [found] = isBigint(key) ? await readAccounts(scope, { ids: [key] }) : [];
  if (found === undefined) throw refused(404, texts.notFound[scope.locale]);
  return found;
}

async function listAccounts(call: RestCall): Promise<RestAnswer> {
  const show = async (ids: readonly string[]) =>
    (await readAccounts(call.scope, { ids })).map(({ account }) => account);
  return ok(await readPage(call, accountList, show));
}

/** The account fields of a call; those left out are as `known` has them. */
async function readInput(call: RestCall, known: Found | null, required: readonly string[]) {
  const { locale } = call.scope;
  const errors = new FieldErrorList();
  const fields = new FieldReader(call.body, { errors, locale });
  for (const name of required) fields.require(name);
  const personId = fields.has('person') ? fields.text('person') : undefined;
  const given = fields.choice<AccountType>('account_type', accountTypes);
  const isCreated = fields.boolean('is_created') ?? true;
  const identifier = call.body['account_identifier'] === null ? '' : fields.text('account_identifier');
  errors.assertNone();
  const person = personId === undefined ? null : await findPerson(call.scope, personId);
  if (personId !== undefined && person === null)
    throw invalidFields({ person: [texts.unknownPerson[locale]] });
  return {
    isCreated,
    employeeNumber: person?.employeeNumber ?? known?.employeeNumber ?? '',
    system: given?.toUpperCase() ?? known?.system ?? '',
    identifier: identifier ?? known?.account.account_identifier ?? '',
  };
}

/** Records that the account exists, or that it does not; answers with its present state. */
async function settle(call: RestCall, input: Awaited<ReturnType<typeof readInput>>): Promise<unknown> {
  const { isCreated, employeeNumber, system, identifier } = input;
  const outcome = isCreated
    ? (await call.run(link, { input: { employeeNumber, system, identifier } })).linkAccount
    : (await call.run(unlink, { input: { employeeNumber, system } })).unlinkAccount;
  assertDone(outcome.userErrors, names);
  const id = outcome.account === null ? 0 : rowNumber(outcome.account.id);
  const [found] = await readAccounts(call.scope, { ids: [String(id)] });
  if (found === undefined) throw refused(404, texts.notFound[call.scope.locale]);
  return found.account;
}

async function createAccount(call: RestCall): Promise<RestAnswer> {
  const input = await readInput(call, null, ['person', 'account_type']);
  return { status: 201, body: await settle(call, input) };
}

async function changeAccount(call: RestCall, required: readonly string[]): Promise<RestAnswer> {
  const found = await findAccount(call);
  return ok(await settle(call, await readInput(call, found, required)));
}

async function deleteAccount(call: RestCall): Promise<RestAnswer> {
  const { employeeNumber, system } = await findAccount(call);
  await settle(call, { isCreated: false, employeeNumber, system, identifier: '' });
  return { status: 204 };
}

const one = '/hr-person-accounts/{id}/';
const changed = [
  { status: 200, schema: 'HrPersonAccount' },
  { status: 409, schema: 'Conflict' },
] as const;

/** Accounts of people. */
export const accountRoutes: readonly RestRoute[] = [
  {
    method: 'GET',
    path: '/hr-person-accounts/',
    operationId: 'hr_person_accounts_list',
    field: 'Query.people',
    text: { ZH_CN: '人员账号列表', EN: 'Accounts of people' },
    query: listParameters(accountList, {
      account_type: { $ref: '#/components/schemas/AccountTypeEnum' },
      is_created: { type: 'boolean' },
    }),
    answers: [{ status: 200, schema: 'PaginatedHrPersonAccountList' }],
    answer: listAccounts,
  },
  {
    method: 'POST',
    path: '/hr-person-accounts/',
    operationId: 'hr_person_accounts_create',
    field: 'Mutation.linkAccount',
    text: {
      ZH_CN: '登记一个已存在的账号（会先向目标系统核实）',
      EN: 'Records an account that exists; it is looked up first',
    },
    body: { schema: 'HrPersonAccount', forms: true },
    answers: [
      { status: 201, schema: 'HrPersonAccount' },
      { status: 409, schema: 'Conflict' },
    ],
    answer: createAccount,
  },
  {
    method: 'GET',
    path: one,
    operationId: 'hr_person_accounts_retrieve',
    field: 'Query.people',
    text: { ZH_CN: '一个人员账号', EN: 'One account' },
    answers: [{ status: 200, schema: 'HrPersonAccount' }],
    answer: async (call) => ok((await findAccount(call)).account),
  },
  {
    method: 'PUT',
    path: one,
    operationId: 'hr_person_accounts_update',
    field: 'Mutation.linkAccount',
    text: {
      ZH_CN: '登记账号；is_created 为 false 时解除登记',
      EN: 'Records an account; with is_created false forgets it',
    },
    body: { schema: 'HrPersonAccount', forms: true },
    answers: changed,
    answer: (call) => changeAccount(call, ['person', 'account_type']),
  },
  {
    method: 'PATCH',
    path: one,
    operationId: 'hr_person_accounts_partial_update',
    field: 'Mutation.linkAccount',
    text: {
      ZH_CN: '登记账号；is_created 为 false 时解除登记',
      EN: 'Records an account; with is_created false forgets it',
    },
    body: { schema: 'PatchedHrPersonAccount', forms: true },
    answers: changed,
    answer: (call) => changeAccount(call, []),
  },
  {
    method: 'DELETE',
    path: one,
    operationId: 'hr_person_accounts_destroy',
    field: 'Mutation.unlinkAccount',
    text: {
      ZH_CN: '解除登记，目标系统中的账号不受影响',
      EN: 'Forgets an account; nothing is deleted at its system',
    },
    answers: [
      { status: 204, schema: null },
      { status: 409, schema: 'Conflict' },
    ],
    answer: deleteAccount,
  },
];
