import { Buffer } from 'node:buffer';
import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createSchema } from '../../src/schema/index.ts';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { allOf } from '../setup/portal.ts';
import { insertRow } from '../setup/rows.ts';

const systems = ['IDAAS', 'WELINK', 'EMAIL'].map((system) => ({
  system,
  displayName: { zh: system, en: system },
}));
const schema = createSchema({ systems });

let bench: ApiBench;
/** One person with three accounts, one whose department nobody mapped. */
let requestId: string;
const batch = batchOf(2);
const [done, failed] = batch.userList;
beforeAll(async () => {
  bench = await ApiBench.start();
  await bench.portal.mapDepartments(['D001']);
  if (failed !== undefined) failed.departmentCode = 'D404';
  requestId = await bench.portal.submit(batch);
  await bench.portal.finished(requestId);
});
afterAll(() => bench.stop());

/** Ids of one thing of each type that `node` reads. */
async function nodeIds(): Promise<Record<string, string>> {
  const { request, departmentMappings, personTypeMappings, settingChanges } = await bench.portal.read(
    `query Q($id: String!) { request(requestId: $id) { id items(first: 1) { nodes { id tasks { id } person {
      id accounts { id } } } } } departmentMappings(first: 1) { nodes { id } } personTypeMappings { id }
      settingChanges(first: 1) { nodes { id } } }`,
    { id: requestId },
  );
  const [item] = request.items.nodes;
  await insertRow(bench.db, 'sync_run', {
    run_id: 'run_of_the_test',
    kind: 'HR_SYNC',
    mode: 'DRY_RUN',
    trigger: 'MANUAL_TASK',
    created_by: 'admin',
  });
  const { createApiKey } = await bench.portal.read(
    'mutation { createApiKey(input: { name: "a portal", scopes: ["requests:read"] }) { apiKey { id } } }',
  );
  const { run } = await bench.portal.read('{ run(runId: "run_of_the_test") { id } }');
  const url = 'http://127.0.0.1:1/';
  const { upsertWebhook } = await bench.portal.read(
    'mutation M($url: String!) { upsertWebhook(input: { url: $url, isActive: false }) { webhook { id } } }',
    { url },
  );
  const webhook = upsertWebhook.webhook.id;
  const { testWebhook } = await bench.portal.read(
    'mutation M($id: ID!) { testWebhook(input: { id: $id }) { delivery { id } } }',
    { id: webhook },
  );
  const { auditEntries } = await bench.portal.read('{ auditEntries(first: 1) { nodes { id } } }');
  return {
    Webhook: webhook,
    WebhookDelivery: testWebhook.delivery.id,
    AccountRequest: request.id,
    AccountRequestItem: item.id,
    AccountTask: item.tasks[0].id,
    Person: item.person.id,
    Account: item.person.accounts[0].id,
    DepartmentMapping: departmentMappings.nodes[0].id,
    PersonTypeMapping: personTypeMappings[0].id,
    SettingChange: settingChanges.nodes[0].id,
    ApiKey: createApiKey.apiKey.id,
    SyncRun: run.id,
    AuditEntry: auditEntries.nodes[0].id,
  };
}

/** Everything a field gives: leaves as they are, things with their leaves, pages of one. */
function selectionOf(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return field.name;
  if (isInterfaceType(type)) return `${field.name} { __typename ${leavesOf(type)} }`;
  if (!isObjectType(type)) throw new Error(`${field.name} is neither a leaf nor an object`);
  if (!field.args.some(({ name }) => name === 'first')) return `${field.name} { ${leavesOf(type)} }`;
  const rows = getNamedType(type.getFields()['nodes']?.type);
  const leaves = isObjectType(rows) ? leavesOf(rows) : '';
  return `${field.name}(first: 1) { totalCount pageInfo { hasNextPage } edges { cursor } nodes { ${leaves} } }`;
}

function leavesOf(type: GraphQLObjectType | GraphQLInterfaceType): string {
  const leaves = Object.values(type.getFields()).filter((field) => isLeafType(getNamedType(field.type)));
  return leaves.map(({ name }) => name).join(' ');
}

function everythingOf(type: string): string {
  const object = schema.getType(type);
  if (!isObjectType(object)) throw new Error(`${type} is no object`);
  return Object.values(object.getFields()).map(selectionOf).join(' ');
}

describe('reading', () => {
  test('node gives every field of every type', async () => {
    const ids = await nodeIds();
    // Nodes of the other areas are read in test/calendar and test/databases, where there are rows of them.
    const otherAreas = /^(Calendar|CourseCalendar|Database|LessonBlock|Term)/;
    const withIds = Object.values(schema.getTypeMap()).filter(
      (type) =>
        isObjectType(type) &&
        type.getInterfaces().some(({ name }) => name === 'Node') &&
        !otherAreas.test(type.name),
    );
    expect(Object.keys(ids).toSorted()).toEqual(withIds.map(({ name }) => name).toSorted());
    for (const [type, id] of Object.entries(ids)) {
      const query = `query Q($id: ID!) { node(id: $id) { __typename ... on ${type} { ${everythingOf(type)} } } }`;
      expect((await bench.portal.read(query, { id })).node).toMatchObject({ __typename: type, id });
    }
    const { nodes } = await bench.portal.read(
      'query Q($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }',
      {
        ids: Object.values(ids),
      },
    );
    expect(nodes).toEqual(Object.entries(ids).map(([type, id]) => ({ __typename: type, id })));
  });

  test('unknown ids of any shape are null', async () => {
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const ids = [
      '',
      'garbage',
      '5',
      '张三',
      '\0',
      '\ud800',
      'x'.repeat(100_000),
      ...[
        'AccountRequest:0',
        'AccountRequest:-1',
        'AccountRequest:x',
        'AccountRequest:1:1',
        'AccountRequest:',
      ],
      ...['AccountRequest:9223372036854775808', 'accountrequest:1', 'Query:1', '__proto__:1', 'RunItem:1'],
    ].map((text) => (text.includes(':') ? base64(text) : text));
    const { nodes } = await bench.portal.read('query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(nodes).toEqual(ids.map(() => null));
    expect(await bench.portal.read('{ node(id: 5) { id } }')).toEqual({ node: null });
  });

  test('every query answers', async () => {
    const task = (
      await bench.portal.read('{ tasks(first: 1, filter: { status: [COMPLETED] }) { nodes { taskId } } }')
    ).tasks.nodes[0].taskId;
    const answer = await bench.portal.read(
      `query Q($request: String!, $task: String!, $number: String!) {
        request(requestId: $request) { requestId status totalUsers completedUsers failedUsers progress }
        requests(first: 5, filter: { status: [PARTIAL_FAILED], originSystem: "OA", employeeNumber: $number }) {
          totalCount nodes { requestId } }
        requestCounts { status count }
        task(taskId: $task) { taskId status attemptCount attempts { outcome executionContext errorDetails } }
        tasks(last: 100, filter: { requestId: $request }) { totalCount nodes { system status } }
        taskStats { system total }
        person(employeeNumber: $number) { employeeNumber fullName accounts { system state } }
        departmentMappings(first: 10, search: "d0") { totalCount nodes { idataDepartmentCode } }
        personTypeMappings { personType } }`,
      { request: requestId, task, number: done?.employeeNumber.toLowerCase() },
    );
    expect(answer).toMatchObject({
      request: {
        requestId,
        status: 'PARTIAL_FAILED',
        totalUsers: 2,
        completedUsers: 1,
        failedUsers: 1,
        progress: 100,
      },
      requests: { totalCount: 1, nodes: [{ requestId }] },
      requestCounts: [{ status: 'PARTIAL_FAILED', count: 1 }],
      task: { taskId: task, status: 'COMPLETED', attemptCount: 1, attempts: [{ outcome: 'CREATED' }] },
      tasks: { totalCount: 6 },
      taskStats: systems.map(({ system }) => ({ system, total: 2 })),
      person: { employeeNumber: done?.employeeNumber, fullName: '张三' },
      departmentMappings: { totalCount: 1, nodes: [{ idataDepartmentCode: 'D001' }] },
      personTypeMappings: ['10', '11', '12', '13'].map((personType) => ({ personType })),
    });
    expect(answer.person.accounts).toHaveLength(3);
  });
});

describe('the language of a text', () => {
  const QUERY = `query Q($id: String!) { request(requestId: $id) { statusDisplay zh: statusDisplay(locale: ZH_CN)
    en: statusDisplay(locale: EN) errorSummary { message } items(first: 2, status: [FAILED]) { nodes {
    statusDisplay explanation error { message } errorMessage } } } }`;
  const HAN = /\p{Script=Han}/u;

  test.each([
    ['en', '', false],
    ['en-US,zh;q=0.5', '', false],
    ['zh-CN', '', true],
    ['fr', 'the default', true],
    ['', 'the default', true],
    [';;;q=x,', 'the default', true],
  ])('is that of Accept-Language %j %s', async (language, _, chinese) => {
    const { request } = await bench.as({ language }).read(QUERY, { id: requestId });
    expect(request).toMatchObject({ zh: '部分失败', en: 'Partly failed' });
    const [item] = request.items.nodes;
    for (const text of [request.statusDisplay, request.errorSummary[0].message, item.statusDisplay])
      expect(HAN.test(text), text).toBe(chinese);
    expect(HAN.test(item.error.message.replaceAll('张三', ''))).toBe(chinese);
    expect(HAN.test(item.explanation.replaceAll('张三', ''))).toBe(chinese);
    // Callers of the first system know one language only.
    expect(item.errorMessage).toMatch(HAN);
  });

  test('holds for errors of a call and for events', async () => {
    const chinese = bench.as({ language: 'zh-CN' });
    const { userErrors } = await chinese.createAccounts(batchOf(0));
    expect(userErrors[0].message).toMatch(HAN);
    for (const transport of ['websocket', 'sse'] as const) {
      expect((await allOf(chinese.watch(requestId, transport)))[0]?.request.statusDisplay).toBe('部分失败');
      expect((await allOf(bench.portal.watch(requestId, transport)))[0]?.request.statusDisplay).toBe(
        'Partly failed',
      );
    }
  });
});

describe('a page that cannot be', () => {
  const other = Buffer.from('tasks:1').toString('base64url');
  test.each([
    ['requests { totalCount }', ['requests']],
    ['requests(first: 1, last: 1) { totalCount }', ['requests']],
    ['requests(first: -1) { totalCount }', ['requests']],
    ['requests(first: 101) { totalCount }', ['requests']],
    ['tasks(last: 101) { totalCount }', ['tasks']],
    ['departmentMappings(first: 1, after: "") { totalCount }', ['departmentMappings']],
    [`requests(first: 1, after: "${other}") { totalCount }`, ['requests']],
    ['r: requests(first: 1, before: "%00") { totalCount }', ['r']],
    ['requests(first: 1) { nodes { items(first: 501) { totalCount } } }', ['requests', 'nodes', 0, 'items']],
    ['requests(first: 1) { nodes { items { totalCount } } }', ['requests', 'nodes', 0, 'items']],
  ])('%s is BAD_USER_INPUT with its path', async (field, path) => {
    const { body } = await bench.portal.post({ query: `{ ${field} }` });
    expect(body.errors).toMatchObject([{ path, extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(body.errors[0].extensions.argument).toMatch(/^(first|last|after|before)$/);
  });

  test('of none is an empty one', async () => {
    const { requests } = await bench.portal.read(
      '{ requests(first: 0) { totalCount nodes { id } pageInfo { hasNextPage } } }',
    );
    expect(requests).toEqual({ totalCount: 1, nodes: [], pageInfo: { hasNextPage: true } });
  });
});

describe('nobody', () => {
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({ kind: type?.name.toLowerCase(), field })),
  );
  // Arguments are left out where they may be: who asks is looked at before what is asked.
  const isAskable = ({ args }: GraphQLField<unknown, unknown>) =>
    !args.some(({ type }) => isNonNullType(type));
  const documents = roots
    .filter(({ field }) => isAskable(field))
    .map(({ kind, field }) => `${kind} { ${field.name} { __typename } }`);

  test.each([...documents, '{ __typename }', '{ __schema { types { name } } }', '{ nonsense }'])(
    'gets nothing from %s',
    async (query) => {
      for (const headers of [{}, { authorization: 'Bearer wrong-key-of-more-than-24-characters' }]) {
        const response = await fetch(bench.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ query }),
        });
        expect(response.status).toBe(401);
        const body = await response.json();
        expect(body).not.toHaveProperty('data');
        expect(body.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      }
    },
  );

  test.each([
    [undefined, 4401],
    ['Bearer wrong-key-of-more-than-24-characters', 4403],
  ])('with %s is shown out of a WebSocket with %i', async (authorization, code) => {
    const closed = Promise.withResolvers<unknown>();
    const client = createClient({
      url: bench.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      ...(authorization !== undefined && { connectionParams: { authorization } }),
      retryAttempts: 0,
      lazy: false,
      onNonLazyError: () => {},
      on: { closed: closed.resolve },
    });
    expect(await closed.promise).toMatchObject({ code });
    await client.dispose();
  });

  test('follows a request over SSE', async () => {
    const stranger = bench.as({ key: 'wrong-key-of-more-than-24-characters' });
    await expect(allOf(stranger.watch(requestId, 'sse'))).rejects.toThrow();
  });
});

test.each(['websocket', 'sse'] as const)(
  'a request nobody made cannot be followed over %s',
  async (transport) => {
    for (const id of ['req_20260101_000000000000', '', 'a\0b'])
      await expect(allOf(bench.portal.watch(id, transport))).rejects.toThrow('NOT_FOUND');
  },
);
