import { z } from 'zod';
import { fingerprintOf } from '../../../domain/provisioning/intake/idempotency.ts';
import { normaliseCreateAccounts } from '../../../domain/provisioning/intake/normalise-create-accounts.ts';
import { decodeGlobalId } from '../../../schema/reading/global-id.ts';
import { restOperation } from '../wire/operation.ts';
import { RestProblem } from '../wire/problem.ts';
import type { RestAnswer, RestCall, RestRoute } from '../wire/route.ts';
import type { LocalText } from '../wire/texts.ts';
import { type UserErrors, userErrors } from '../wire/user-errors.ts';
import { oldState } from '../wire/values.ts';
import { type AccountsInput, allProblems, nestedErrors, readAccountsInput } from './accounts-input.ts';
import { readTaskObjects } from './task-object.ts';

/** Tasks that the answer to a repeated call shows; `created_tasks` has their number. */
const TASKS_SHOWN = 100;

const taskConnection = z.object({ totalCount: z.int(), nodes: z.array(z.object({ id: z.string() })) });
const outcome = z.object({
  request: z
    .object({ requestId: z.string(), status: z.string(), totalUsers: z.int(), rejectedUsers: z.int() })
    .nullable(),
  replayed: z.boolean(),
  userErrors,
  userErrorCount: z.int(),
  existingRequestId: z.string().nullable(),
});
type Outcome = z.output<typeof outcome>;

const createAccounts = restOperation(
  `mutation RestCreateAccounts($input: CreateAccountsInput!) { createAccounts(input: $input) {
    request { requestId status totalUsers rejectedUsers } replayed existingRequestId userErrorCount
    userErrors { code message path employeeNumber } } }`,
  z.object({ createAccounts: outcome }),
);
const readTasks = restOperation(
  `query RestTasksOfRequest($id: String!) { tasks(first: ${TASKS_SHOWN}, filter: { requestId: $id }) {
    totalCount nodes { id } } }`,
  z.object({ tasks: taskConnection }),
);

const ACCEPTED: LocalText = {
  ZH_CN: '请求已提交，正在处理中',
  EN: 'The request was taken and is being worked on',
};
const REPLAYED: LocalText = {
  ZH_CN: '相同内容的请求此前已提交，返回原请求',
  EN: 'The same was sent before; here is that request',
};

/**
 * Takes a batch. A batch that was sent before, in whatever order, finds its request; failed tasks are tried again.
 */
async function create(call: RestCall): Promise<RestAnswer> {
  const { scope, preferences, idempotencyKey } = call;
  const read = readAccountsInput(call.body, scope.locale);
  const onInvalid = preferences.lenient ? 'ACCEPT_VALID' : 'REJECT_ALL';
  const { createAccounts: found } = await call.run(createAccounts, {
    input: {
      ...read.input,
      onInvalid,
      idempotencyKey: idempotencyKey ?? contentKey(read, onInvalid),
      mode: read.isBroken ? 'DRY_RUN' : 'RUN',
    },
  });
  const errors = allProblems(read, found.userErrors);
  if (found.request === null)
    throw refusalOf(found, errors, { unseen: found.userErrorCount - found.userErrors.length });
  const { requestId, status, totalUsers, rejectedUsers } = found.request;
  const isPartial = rejectedUsers > 0;
  const body = {
    success: !isPartial,
    requestId,
    status: found.replayed ? oldState(status) : 'pending',
    totalUsers,
    message: (found.replayed ? REPLAYED : ACCEPTED)[scope.locale],
    errors: isPartial ? rejectedRows(call, errors) : [],
    ...(await tasksSoFar(call, found.replayed ? requestId : null)),
    replayed: found.replayed,
    rejectedUsers,
  };
  const location = `${call.baseUrl}/account-creation/requests/${requestId}/`;
  return { status: isPartial ? 207 : 201, body, headers: { location } };
}

/**
 * Old callers gave many batches one business key, so the content is the key: as validation normalises it, users and
 * systems as sets.
 */
function contentKey({ input }: AccountsInput, onInvalid: 'ACCEPT_VALID' | 'REJECT_ALL'): string {
  return `rest:${fingerprintOf(normaliseCreateAccounts({ ...input, onInvalid }))}`;
}

/** Nothing was stored, and why. */
function refusalOf(found: Outcome, errors: UserErrors, { unseen }: { readonly unseen: number }): RestProblem {
  const reused = errors.find(({ code }) => code === 'IDEMPOTENCY_KEY_REUSED');
  if (reused !== undefined) {
    return new RestProblem(422, {
      success: false,
      errors: { non_field_errors: [reused.message] },
      code: reused.code,
      existingRequestId: found.existingRequestId,
    });
  }
  return new RestProblem(400, {
    success: false,
    errors: nestedErrors(errors),
    userErrors: errors.map((error) => ({ ...error, employeeNumber: error.employeeNumber ?? null })),
    userErrorCount: errors.length + unseen,
  });
}

/** Rows that were left out, each as sent, with the problems of its fields. */
function rejectedRows({ body }: RestCall, errors: UserErrors) {
  const users: readonly unknown[] = Array.isArray(body['userList']) ? body['userList'] : [];
  const ofRow = Map.groupBy(errors, ({ path }) => (path?.[0] === 'userList' ? path[1] : undefined));
  return [...ofRow].flatMap(([place, found]) =>
    place === undefined
      ? []
      : [
          {
            user: users[Number(place)] ?? null,
            errors: nestedErrors(found.map((error) => ({ ...error, path: error.path?.slice(2) ?? null }))),
          },
        ],
  );
}

/** None of a request that was stored this moment. */
async function tasksSoFar(call: RestCall, requestId: string | null) {
  if (requestId === null) return { created_tasks: 0, tasks: [] };
  const { tasks } = await call.run(readTasks, { id: requestId });
  const ids = tasks.nodes.map(({ id }) => decodeGlobalId(id)?.id ?? '0');
  return { created_tasks: tasks.totalCount, tasks: await readTaskObjects(call, ids) };
}

/** The endpoint that asks for accounts. */
export const createAccountsRoutes: readonly RestRoute[] = [
  {
    method: 'POST',
    path: '/account-creation/create_accounts/',
    operationId: 'account_creation_create_accounts_create',
    field: 'Mutation.createAccounts',
    text: { ZH_CN: '批量创建账号', EN: 'Asks for accounts' },
    body: { schema: 'AccountCreationRequest', forms: false, samples: 'create_accounts' },
    answers: [
      { status: 201, schema: 'AccountCreationAccepted' },
      { status: 207, schema: 'AccountCreationAccepted' },
      { status: 400, schema: 'AccountCreationRefused' },
      { status: 422, schema: 'AccountCreationKeyReused' },
    ],
    answer: create,
  },
];
