import { Buffer } from 'node:buffer';
import { parse } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seesEverything } from '../../src/domain/access/visibility.ts';
import { countStatements } from '../setup/count-statements.ts';
import { type OpenSchema, openSchema, seed } from '../setup/schema-fixture.ts';

let api: OpenSchema;
const REQUEST = 'req_20261122_aaaaaaaaaaaa';
const globalId = (text: string): string => Buffer.from(text).toString('base64');

beforeAll(async () => {
  api = await openSchema();
  await api.execute(seed);
});
afterAll(() => api.close());

describe('a request', () => {
  it('is read with everything counted', async () => {
    const { request } = await api.read(`{ request(requestId: "${REQUEST}") {
      id requestId systemList priority status statusDisplay(locale: ZH_CN) totalUsers processedUsers completedUsers
      failedUsers rejectedUsers progress round createdAt completedAt
      itemCounts { status count } taskCounts { system status count }
      errorSummary { system code message(locale: EN) count fixBy } explanation } }`);
    expect(request).toEqual({
      id: globalId('AccountRequest:1'),
      requestId: REQUEST,
      systemList: ['IDAAS', 'EMAIL'],
      priority: 'NORMAL',
      status: 'PROCESSING',
      statusDisplay: '处理中',
      totalUsers: 3,
      processedUsers: 2,
      completedUsers: 1,
      failedUsers: 1,
      rejectedUsers: 1,
      progress: 66.66,
      round: 1,
      createdAt: '2026-11-22T03:28:16.023Z',
      completedAt: null,
      itemCounts: [
        { status: 'COMPLETED', count: 1 },
        { status: 'FAILED', count: 1 },
        { status: 'TASK_CREATED', count: 1 },
      ],
      taskCounts: [
        { system: 'EMAIL', status: 'COMPLETED', count: 1 },
        { system: 'EMAIL', status: 'WAITING', count: 2 },
        { system: 'IDAAS', status: 'COMPLETED', count: 1 },
        { system: 'IDAAS', status: 'FAILED', count: 1 },
        { system: 'IDAAS', status: 'RETRY', count: 1 },
      ],
      errorSummary: [
        {
          system: 'IDAAS',
          code: 'DEPARTMENT_UNMAPPED',
          message: expect.stringContaining('None of the departments of P3 (D9) is mapped'),
          count: 1,
          fixBy: 'OPERATOR',
        },
      ],
      explanation: expect.stringContaining('2 of 3 people are done.'),
    });
  });

  it('takes one statement per level, however many rows', async () => {
    const { statements } = await countStatements(() =>
      api.read(`{ request(requestId: "${REQUEST}") {
        requestId items(first: 100) { nodes { employeeNumber tasks { taskId attempts { executionAttempt outcome } } } } } }`),
    );
    expect(statements).toHaveLength(4);
  });

  it('and its whole neighbourhood take one statement per kind of thing', async () => {
    const { statements } = await countStatements(() =>
      api.read(`{ requests(first: 10) { totalCount nodes {
        status progress processedUsers explanation items(first: 5) { totalCount nodes { explanation error { message }
          person { fullName accounts { system state } tasks(first: 2) { nodes { taskId } } }
          tasks { attemptCount dependsOn { taskId } explanation } } } } } }`),
    );
    // requests, their count, items by state, tasks by state, errors, system state, pages of items, counts of items,
    // people, tasks of items, accounts, tasks by person, counted attempts, pages of people's tasks; the requests of
    // items are known already.
    expect(new Set(statements).size).toBe(14);
    // Accounts may be asked for at two moments: by people, and by what explains waiting tasks.
    expect(statements.length).toBeLessThanOrEqual(15);
  });

  it('is null when unknown, also for texts no column can hold', async () => {
    expect(
      await api.read('query Q($id: String!) { request(requestId: $id) { id } }', { id: 'nope' }),
    ).toEqual({
      request: null,
    });
    expect(
      await api.read('query Q($id: String!) { request(requestId: $id) { id } }', { id: 'a\0b' }),
    ).toEqual({
      request: null,
    });
  });
});

describe('items of a request', () => {
  const items = async (args: string, variables: Record<string, unknown> = {}) =>
    (
      await api.read(
        `query Q($search: String = null) { request(requestId: "${REQUEST}") { items(search: $search, ${args}) {
          totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
          edges { cursor node { position } } nodes { employeeNumber } } } }`,
        variables,
      )
    ).request.items;
  const numbers = async (args: string, variables: Record<string, unknown> = {}): Promise<string[]> =>
    (await items(args, variables)).nodes.map((node: { employeeNumber: string }) => node.employeeNumber);

  it('are paged forward and backward in input order', async () => {
    const first = await items('first: 2');
    expect(first.nodes).toEqual([{ employeeNumber: 'P1' }, { employeeNumber: 'P_2' }]);
    expect(first.totalCount).toBe(3);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const after = await items(`first: 2, after: "${first.pageInfo.endCursor}"`);
    expect(after.nodes).toEqual([{ employeeNumber: 'P3' }]);
    expect(after.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const last = await items('last: 2');
    expect(last.nodes).toEqual([{ employeeNumber: 'P_2' }, { employeeNumber: 'P3' }]);
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const before = await items(`last: 2, before: "${last.pageInfo.startCursor}"`);
    expect(before.nodes).toEqual([{ employeeNumber: 'P1' }]);
    expect(before.edges[0].cursor).toBe(first.pageInfo.startCursor);
  });

  it('are narrowed by state, text and error', async () => {
    expect(await numbers('first: 500, status: [FAILED, COMPLETED]')).toEqual(['P1', 'P3']);
    expect(await numbers('first: 500, status: []')).toEqual([]);
    expect(await numbers('first: 500, errorCode: ["DEPARTMENT_UNMAPPED"]')).toEqual(['P3']);
    expect(await numbers('first: 500', { search: 'p' })).toEqual(['P1', 'P_2', 'P3']);
    expect(await numbers('first: 500', { search: '张' })).toEqual(['P1']);
  });

  it('take wildcards for what they are', async () => {
    expect(await numbers('first: 500', { search: '%' })).toEqual(['P3']);
    expect(await numbers('first: 500', { search: '_' })).toEqual(['P_2']);
    expect(await numbers('first: 500', { search: '\\' })).toEqual([]);
    expect(await numbers('first: 500', { search: 'a\0b' })).toEqual([]);
  });

  it('are refused with a path when the page is wrong', async () => {
    const { errors } = await api.run(
      `{ request(requestId: "${REQUEST}") { items(first: 501) { totalCount } } }`,
    );
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'first' });
    expect(errors?.[0]?.path).toEqual(['request', 'items']);
  });
});

describe('requests', () => {
  const ids = async (filter: Record<string, unknown>): Promise<string[]> =>
    (
      await api.read(
        `query Q($filter: RequestFilter) { requests(first: 100, filter: $filter) { nodes { businessKey } } }`,
        {
          filter,
        },
      )
    ).requests.nodes.map((node: { businessKey: string }) => node.businessKey);

  it('are listed newest first', async () => {
    expect(await ids({})).toEqual(['K2', 'K1']);
  });

  it.each([
    [{ status: ['PENDING'] }, ['K2']],
    [{ originSystem: 'OA' }, ['K1']],
    [{ originSystem: 'O%' }, []],
    [{ businessKey: 'K2' }, ['K2']],
    [{ accountType: '11' }, ['K2', 'K1']],
    [{ system: ['EMAIL'] }, ['K1']],
    [{ employeeNumber: 'p_2' }, ['K1']],
    [{ employeeNumber: 'p1' }, ['K2', 'K1']],
    [{ createdBy: 'portal' }, ['K2']],
    [{ createdAfter: '2026-11-22T11:30:00+08:00' }, ['K2']],
    [{ createdBefore: '2026-11-22T03:30:00Z' }, ['K1']],
    [{ updatedAfter: '2999-01-01T00:00:00Z' }, []],
    [{ originSystem: 'a\0b' }, []],
  ])('are narrowed by %j', async (filter, keys) => {
    expect(await ids(filter)).toEqual(keys);
  });

  it('are counted by state', async () => {
    expect(await api.read('{ requestCounts { status count } }')).toEqual({
      requestCounts: [
        { status: 'PENDING', count: 1 },
        { status: 'PROCESSING', count: 1 },
      ],
    });
  });
});

describe('tasks', () => {
  const ids = async (filter: Record<string, unknown>): Promise<string[]> =>
    (
      await api.read(`query Q($filter: TaskFilter) { tasks(first: 100, filter: $filter) { nodes { id } } }`, {
        filter,
      })
    ).tasks.nodes.map((node: { id: string }) => Buffer.from(node.id, 'base64').toString().split(':')[1]);

  it.each([
    [{ system: ['EMAIL'] }, ['6', '4', '2']],
    [{ status: ['RETRY', 'FAILED'] }, ['5', '3']],
    [{ employeeNumber: 'p_2' }, ['4', '3']],
    [{ requestId: REQUEST, status: ['COMPLETED'] }, ['2', '1']],
    [{ requestId: 'nope' }, []],
    [{ errorCode: ['DEPARTMENT_UNMAPPED'] }, ['5']],
    [{ errorCode: ['a\0b'] }, []],
    [{ waitingFor: 'IDAAS' }, ['6', '4']],
    [{ waitingFor: 'EMAIL' }, []],
  ])('are narrowed by %j', async (filter, found) => {
    expect(await ids(filter)).toEqual(found);
  });

  it('tell attempts, what they depend on, and why they are not done', async () => {
    const { task } = await api.read(`{ task(taskId: "P_2_IDAAS_00000003") {
      attemptCount maxAttempts attempts { executionAttempt outcome errorMessage finishedAt } statusDisplay(locale: ZH_CN)
      lastError { code message retryable fixBy } explanation } }`);
    expect(task).toMatchObject({
      attemptCount: 1,
      maxAttempts: 6,
      statusDisplay: '待重试',
      lastError: { code: 'UNEXPECTED_ERROR', message: expect.stringContaining('the IDAAS task of P_2') },
      explanation: expect.stringContaining('tried again at 2999-01-01 08:00:00 +08:00'),
    });
    expect(task.attempts.map((attempt: { outcome: string }) => attempt.outcome)).toEqual([
      'THROTTLED',
      'RETRYABLE',
      'RETRYABLE',
      null,
    ]);
    const waiting = await api.read(
      `{ task(taskId: "P3_EMAIL_00000006") { dependsOn { taskId } lastError { code } explanation(locale: ZH_CN) person { fullName } } }`,
    );
    expect(waiting.task).toEqual({
      dependsOn: [{ taskId: 'P3_IDAAS_00000005' }],
      lastError: null,
      explanation: expect.stringContaining('工号 P3 的 EMAIL 账号要等 IDAAS 账号，而后者创建失败'),
      person: { fullName: '100%' },
    });
  });

  it('are counted for every registered system', async () => {
    const { taskStats } = await api.read('{ taskStats { system total counts { status count } } }');
    expect(taskStats).toMatchObject([
      { system: 'IDAAS', total: 3 },
      { system: 'WELINK', total: 0, counts: [] },
      {
        system: 'EMAIL',
        total: 3,
        counts: [
          { status: 'COMPLETED', count: 1 },
          { status: 'WAITING', count: 2 },
        ],
      },
    ]);
  });
});

describe('people and mappings', () => {
  it('are found without regard to case', async () => {
    const { person } =
      await api.read(`{ person(employeeNumber: "p1") { fullName emailAddress phoneNumber departmentCode
      source accounts { system state origin identifier } requestItems(last: 1) { totalCount nodes { request { businessKey } } } } }`);
    expect(person).toMatchObject({
      fullName: '张三',
      emailAddress: 'zhangsan@x.cn',
      phoneNumber: '13800138000',
      departmentCode: 'D1',
      source: 'REQUEST',
      requestItems: { totalCount: 1, nodes: [{ request: { businessKey: 'K1' } }] },
    });
    expect(person.accounts).toHaveLength(2);
  });

  it('search by text, wildcards standing for themselves', async () => {
    const search = async (text: string): Promise<unknown[]> =>
      (
        await api.read(
          `query Q($s: String) { departmentMappings(first: 10, search: $s) { nodes { idataDepartmentCode } } }`,
          {
            s: text,
          },
        )
      ).departmentMappings.nodes;
    expect(await search('d_2')).toEqual([{ idataDepartmentCode: 'D_2' }]);
    expect(await search('50%')).toEqual([{ idataDepartmentCode: 'D1' }]);
    expect(await search('\0')).toEqual([]);
  });

  it('lists person types', async () => {
    const { personTypeMappings } = await api.read('{ personTypeMappings { personType aliases isActive } }');
    expect(personTypeMappings[1]).toEqual({
      personType: '11',
      aliases: ['外包', '供应商', 'supplier'],
      isActive: true,
    });
  });
});

describe('global ids', () => {
  it('read anything again, in order, null where there is nothing', async () => {
    const ids = [
      'AccountTask:1',
      'Person:1',
      'AccountRequest:2',
      'AccountRequestItem:3',
      'Account:1',
      'DepartmentMapping:1',
      'PersonTypeMapping:1',
      'Person:999',
      'Person:99999999999999999999',
      'Setting:1',
      'constructor:1',
    ].map(globalId);
    const { nodes } = await api.read('query Q($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', {
      ids: [...ids, 'garbage', '\0'],
    });
    expect(nodes.map((node: { __typename: string } | null) => node?.__typename ?? null)).toEqual([
      'AccountTask',
      'Person',
      'AccountRequest',
      'AccountRequestItem',
      'Account',
      'DepartmentMapping',
      'PersonTypeMapping',
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(nodes[0].id).toBe(ids[0]);
  });
});

describe('who may read', () => {
  it('is null without signing in, for any id', async () => {
    const anonymous = api.scope({ viewer: null });
    const { errors } = await api.run('{ taskStats { total } node(id: "x") { id } }', {}, anonymous);
    expect(errors?.map(({ extensions }) => extensions['code'])).toContain('UNAUTHENTICATED');
    const mutation = 'mutation { cancelRequest(input: { requestId: "x" }) { userErrors { code } } }';
    expect((await api.run(mutation, {}, anonymous)).errors?.[0]?.extensions).toEqual({
      code: 'UNAUTHENTICATED',
    });
  });

  it('is null without the scope', async () => {
    const other = api.scope({
      viewer: { principal: 'p', scopes: new Set(['other']), sees: seesEverything, keyId: null },
    });
    const { errors } = await api.run('{ taskStats { total } }', {}, other);
    expect(errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN', requiredScopes: ['requests:read'] });
  });
});

describe('limits', () => {
  it('let a page of 500 items with tasks and attempts pass', async () => {
    const { errors } =
      await api.run(`{ request(requestId: "${REQUEST}") { requestId status progress items(first: 500) {
      edges { cursor node { id position employeeNumber employeeName status statusDisplay explanation error { code message }
        tasks { id taskId system status attemptCount lastError { code } attempts {
          executionAttempt outcome errorCode errorMessage startedAt finishedAt } } } } } } }`);
    expect(errors).toBeUndefined();
  });

  it('refuse too expensive pages at once, naming the cost', async () => {
    const { errors } = await api.run(
      '{ requests(first: 100) { nodes { items(first: 500) { nodes { tasks { attempts { outcome errorCode } } } } } } }',
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'complexity' });
  });

  it('hold for compiled queries too, with page sizes in variables', async () => {
    const compiled = compileQuery(
      api.schema,
      parse(`query Q($n: Int) { requests(first: $n) { nodes { requestId items(first: $n) { nodes {
        tasks { attempts { outcome errorCode errorMessage } } } } } } }`),
    );
    if (!isCompiledQuery(compiled)) throw new Error('was not compiled');
    const small = await compiled.query(undefined, api.scope(), { n: 10 });
    expect(small).toMatchObject({ data: { requests: { nodes: [{}, { requestId: REQUEST }] } } });
    expect(small.errors).toBeUndefined();
    const large = await compiled.query(undefined, api.scope(), { n: 100 });
    expect(large.errors?.[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('refuse a moment that is none', async () => {
    const { errors } = await api.run(
      '{ requests(first: 1, filter: { createdAfter: "soon" }) { totalCount } }',
    );
    expect(errors?.[0]?.message).toContain('DateTime');
  });
});

describe('mutations', () => {
  it('know without a query that an id with NUL is unknown', async () => {
    const query = `mutation M($id: String!) { retryTask(input: { taskId: $id }) { task { id } userErrors { code message path } } }`;
    expect(await api.read(query, { id: 'a\0b' })).toEqual({
      retryTask: {
        task: null,
        userErrors: [{ code: 'NOT_FOUND', message: expect.stringContaining('ab'), path: ['taskId'] }],
      },
    });
  });
});
