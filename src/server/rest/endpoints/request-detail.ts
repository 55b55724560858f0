import { z } from 'zod';
import { restOperation } from '../wire/operation.ts';
import { RestProblem } from '../wire/problem.ts';
import { ok, type RestAnswer, type RestCall, type RestRoute } from '../wire/route.ts';
import { fill } from '../wire/texts.ts';
import { utcTime, zonedTime } from '../wire/times.ts';
import { oldState, progressText } from '../wire/values.ts';
import { rowNumber } from './task-object.ts';

/** Most that a page of items may have. */
const ITEMS_PAGE = 500;

const request = z.object({
  requestId: z.string(),
  originSystem: z.string(),
  businessKey: z.string(),
  accountType: z.string(),
  employeeType: z.string(),
  systemList: z.array(z.string()),
  status: z.string(),
  statusDisplay: z.string(),
  totalUsers: z.int(),
  processedUsers: z.int(),
  progress: z.number(),
  errorSummary: z.array(z.looseObject({})),
  createdAt: z.string(),
  updatedAt: z.string(),
  completedAt: z.string().nullable(),
});
const item = z.object({
  id: z.string(),
  employeeNumber: z.string(),
  employeeName: z.string(),
  departmentCode: z.string(),
  phoneNumber: z.string(),
  partnerCompany: z.string().nullable(),
  country: z.string(),
  status: z.string(),
  statusDisplay: z.string(),
  errorMessage: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  person: z
    .object({ employeeNumber: z.string(), fullName: z.string(), emailAddress: z.string().nullable() })
    .nullable(),
});
type Item = z.output<typeof item>;

const itemPage = z.object({
  request: z
    .object({
      items: z.object({
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        nodes: z.array(item),
      }),
    })
    .nullable(),
});

const readRequest = restOperation(
  `query RestRequest($id: String!) { request(requestId: $id) {
    requestId originSystem businessKey accountType employeeType systemList status statusDisplay totalUsers
    processedUsers progress errorSummary { system code message count fixBy } createdAt updatedAt completedAt } }`,
  z.object({ request: request.nullable() }),
);
const readItems = restOperation(
  `query RestRequestItems($id: String!, $first: Int!, $after: String) { request(requestId: $id) {
    items(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes {
      id employeeNumber employeeName departmentCode phoneNumber partnerCompany country status statusDisplay
      errorMessage createdAt updatedAt person { employeeNumber fullName emailAddress } } } } }`,
  itemPage,
);
const readStatus = restOperation(
  'query RestRequestStatus($id: String!) { request(requestId: $id) { status } }',
  z.object({ request: z.object({ status: z.string() }).nullable() }),
);

const UNKNOWN = { ZH_CN: '请求 {id} 不存在', EN: 'There is no request {id}' } as const;
const FINAL: readonly string[] = ['COMPLETED', 'PARTIAL_FAILED', 'FAILED', 'CANCELLED'];

/** The request with all its people; with `Prefer: wait=N` once it is final. */
async function requestDetail(call: RestCall): Promise<RestAnswer> {
  const id = call.path['request_id'] ?? '';
  const { waitSeconds } = call.preferences;
  if (waitSeconds !== null) await call.waitFor(() => isOver(call, id), waitSeconds);
  const { request: found } = await call.run(readRequest, { id });
  if (found === null) {
    const detail = fill(UNKNOWN[call.scope.locale], 'id', id.slice(0, 100));
    throw new RestProblem(404, { error: detail, detail });
  }
  const zone = call.scope.services.displayTimeZone;
  const items = await readAllItems(call, id);
  return ok(bothNames(requestObject(found, items, zone), zone));
}

/** True when there is nothing to wait for, also because there is no such request; null before. */
async function isOver(call: RestCall, id: string): Promise<true | null> {
  const { request: found } = await call.run(readStatus, { id });
  return found === null || FINAL.includes(found.status) ? true : null;
}

async function readAllItems(call: RestCall, id: string): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | null = null;
  do {
    const page: z.output<typeof itemPage> = await call.run(readItems, { id, first: ITEMS_PAGE, after });
    const found = page.request?.items;
    items.push(...(found?.nodes ?? []));
    after = found?.pageInfo.hasNextPage === true ? found.pageInfo.endCursor : null;
  } while (after !== null);
  return items;
}

function requestObject(found: z.output<typeof request>, items: readonly Item[], zone: string) {
  const { status, progress, errorSummary, systemList } = found;
  return {
    ...found,
    systemList: systemList.map((system) => system.toLowerCase()),
    status: oldState(status),
    state: status,
    progress: status === 'COMPLETED' ? '100.0%' : progressText(progress),
    errorSummary: errorSummary.length === 0 ? null : errorSummary,
    items: items.map((each) => bothNames(itemObject(each), zone)),
  };
}

function itemObject({ id, status, person, ...texts }: Item) {
  return {
    id: rowNumber(id),
    ...texts,
    status: oldState(status),
    state: status,
    hrPersonInfo:
      person === null
        ? null
        : {
            employeeNumber: person.employeeNumber,
            fullName: person.fullName,
            email: person.emailAddress,
          },
  };
}

const TIMES: readonly string[] = ['createdAt', 'updatedAt', 'completedAt'];

/**
 * The fields under the names of the documents and under those of the code, each with the times that it had: `…Z` in
 * the documents, on the clock of the zone in the code. `status_display` was never spelt otherwise.
 */
function bothNames(
  fields: Readonly<Record<string, unknown>>,
  zone: string,
): Readonly<Record<string, unknown>> {
  const object: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (name === 'statusDisplay') object[snake] = value;
    else if (TIMES.includes(name)) {
      const time = typeof value === 'string' ? value : null;
      object[name] = utcTime(time);
      object[snake] = zonedTime(time, zone);
    } else {
      object[name] = value;
      object[snake] = name === 'hrPersonInfo' ? snakeInfo(value) : value;
    }
  }
  return object;
}

const infoSchema = z
  .object({ employeeNumber: z.string(), fullName: z.string(), email: z.string().nullable() })
  .nullable();

function snakeInfo(value: unknown) {
  const info = infoSchema.parse(value);
  if (info === null) return null;
  return { employee_number: info.employeeNumber, full_name: info.fullName, email: info.email };
}

/** One request of create_accounts. */
export const requestRoutes: readonly RestRoute[] = [
  {
    method: 'GET',
    path: '/account-creation/requests/{request_id}/',
    operationId: 'account_creation_requests_retrieve',
    field: 'Query.request',
    text: {
      ZH_CN: '查询账号创建请求的状态和详情（Prefer: wait=N 等到结束再应答）',
      EN: 'State and people of a request; with Prefer: wait=N once it is final',
    },
    answers: [
      { status: 200, schema: 'AccountCreationRequestDetail' },
      { status: 404, schema: 'RequestNotFound' },
    ],
    answer: requestDetail,
  },
];
