import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_KEY, ApiBench } from './setup/api.ts';
import { batchOf } from './setup/batch.ts';

let bench: ApiBench;
let requestId = '';
beforeAll(async () => {
  bench = await ApiBench.start();
  await bench.portal.mapDepartments(['D001']);
  const batch = batchOf(6);
  batch.userList.forEach((user, index) => {
    user.departmentCode = index === 0 ? 'D404' : 'D001';
  });
  requestId = await bench.portal.submit(batch);
  await bench.portal.finished(requestId);
});
afterAll(() => bench.stop());

describe('what the console asks beside what callers ask', () => {
  test('viewer: who the key belongs to and what it permits', async () => {
    const { viewer } = await bench.portal.read('{ viewer { principal scopes originSystems expiresAt } }');
    expect(viewer).toEqual({ principal: 'admin', scopes: ['admin'], originSystems: null, expiresAt: null });
  });

  test('a Setting has a group and the schema of its value', async () => {
    const { settings } = await bench.portal.read(
      '{ settings(keys: ["hr_sync_interval_minutes", "max_concurrency_email"]) { key group schema } }',
    );
    expect(settings).toMatchObject([
      { group: 'schedules', schema: { type: 'integer', minimum: 1 } },
      { group: 'systems', schema: { type: 'integer' } },
    ]);
  });

  test('tasks are found by id, origin and whose turn it is, and counted by the same filter', async () => {
    const query = `query ($filter: TaskFilter) {
      tasks(first: 50, filter: $filter) { nodes { taskId lastError { fixBy } } }
      taskCounts(filter: $filter) { status count }
    }`;
    const mine = await bench.portal.read(query, { filter: { fixBy: ['OPERATOR'] } });
    expect(mine.tasks.nodes).toMatchObject([{ lastError: { fixBy: 'OPERATOR' } }]);
    expect(mine.taskCounts).toEqual([{ status: 'FAILED', count: 1 }]);
    expect((await bench.portal.read(query, { filter: { fixBy: ['UPSTREAM_OWNER'] } })).taskCounts).toEqual(
      [],
    );
    const [{ taskId }] = mine.tasks.nodes;
    expect(
      (await bench.portal.read(query, { filter: { taskIds: [taskId, 'other'] } })).tasks.nodes,
    ).toHaveLength(1);
    const { originSystems } = await bench.portal.read('{ originSystems }');
    expect(originSystems).toHaveLength(1);
    const ofOrigin = await bench.portal.read(query, { filter: { originSystem: originSystems[0] } });
    expect(ofOrigin.tasks.nodes).toHaveLength(18);
    expect((await bench.portal.read(query, { filter: { originSystem: 'OTHER' } })).tasks.nodes).toEqual([]);
  });

  test('requests are found by a part of their key or id, and by what went wrong', async () => {
    const query =
      'query ($filter: RequestFilter) { requests(first: 5, filter: $filter) { nodes { requestId } } }';
    const found = async (filter: object) => (await bench.portal.read(query, { filter })).requests.nodes;
    expect(await found({ search: requestId.slice(-6).toUpperCase() })).toEqual([{ requestId }]);
    expect(await found({ search: 'no such%' })).toEqual([]);
    expect(await found({ errorCode: ['DEPARTMENT_UNMAPPED'] })).toEqual([{ requestId }]);
    expect(await found({ errorCode: ['PHONE_NOT_MOBILE'] })).toEqual([]);
  });

  test('activity counts attempts by hour and system', async () => {
    const { activity } = await bench.portal.read(
      '{ activity(hours: 2) { hour system done failed retried created ended } }',
    );
    const done = activity.filter(({ system }: { system: string }) => system === 'IDAAS');
    expect(done.reduce((sum: number, entry: { done: number }) => sum + entry.done, 0)).toBe(5);
    // One of six never got as far as the directory: its task failed.
    expect(done.reduce((sum: number, entry: { created: number }) => sum + entry.created, 0)).toBe(6);
    expect(done.reduce((sum: number, entry: { ended: number }) => sum + entry.ended, 0)).toBe(6);
  });

  test('what went wrong in a request comes with what to do about it, and where', async () => {
    const { request } = await bench.portal.read(
      'query ($id: String!) { request(requestId: $id) { errorSummary { code advice { operation page } } } }',
      { id: requestId },
    );
    expect(request.errorSummary).toMatchObject([
      { code: 'DEPARTMENT_UNMAPPED', advice: [{ operation: 'upsertDepartmentMappings' }] },
    ]);
  });

  test('departments without a mapping are named with how many people wait', async () => {
    const { unmappedDepartments } = await bench.portal.read(
      '{ unmappedDepartments { departmentCode people } }',
    );
    expect(unmappedDepartments).toEqual([{ departmentCode: 'D404', people: 1 }]);
  });

  test('a system is paused with a reason, beside the others, and goes on', async () => {
    const mutation = `mutation ($input: PauseSystemInput!) {
      pauseSystem(input: $input) { system { code paused { reason } } userErrors { code path } }
    }`;
    const pause = async (input: object) => (await bench.portal.read(mutation, { input })).pauseSystem;
    expect((await pause({ system: 'WELINK', reason: 'upgrade' })).userErrors).toEqual([]);
    expect((await pause({ system: 'EMAIL', reason: 'moving' })).userErrors).toEqual([]);
    const paused = async () =>
      (await bench.portal.read('{ settings(keys: ["paused_systems"]) { value } }')).settings[0].value;
    expect(await paused()).toMatchObject([{ system: 'WELINK' }, { system: 'EMAIL' }]);
    expect((await pause({ system: 'WELINK' })).userErrors).toEqual([]);
    expect(await paused()).toMatchObject([{ system: 'EMAIL', reason: 'moving' }]);
    expect((await pause({ system: 'EMAIL' })).userErrors).toEqual([]);
  });

  test('attempts over all tasks lead to their tasks; people over all requests to whose turn it is', async () => {
    const attempts =
      'query ($filter: TaskAttemptFilter) { attempts(first: 50, filter: $filter) { totalCount nodes { outcome finishedAt task { taskId system } } } }';
    const found = async (filter: object) => (await bench.portal.read(attempts, { filter })).attempts;
    const created = await found({ system: ['IDAAS'], outcome: ['CREATED'] });
    expect(created.totalCount).toBe(5);
    expect(created.nodes[0]).toMatchObject({ outcome: 'CREATED', task: { system: 'IDAAS' } });
    const { taskId } = created.nodes[0].task;
    const employeeNumber = taskId.split('_IDAAS_')[0];
    expect((await found({ employeeNumber, open: false })).nodes).toHaveLength(3);
    expect((await found({ employeeNumber, startedBefore: '2020-01-01T00:00:00Z' })).nodes).toEqual([]);
    expect((await found({ employeeNumber: 'x\0' })).nodes).toEqual([]);

    const items =
      'query ($filter: RequestItemFilter) { requestItems(first: 50, filter: $filter) { totalCount nodes { employeeNumber request { requestId } error { code } } } }';
    const listed = async (filter: object) => (await bench.portal.read(items, { filter })).requestItems;
    const failed = await listed({ fixBy: ['OPERATOR'] });
    expect(failed.nodes).toMatchObject([{ request: { requestId }, error: { code: 'DEPARTMENT_UNMAPPED' } }]);
    expect((await listed({ status: ['COMPLETED'], requestId })).totalCount).toBe(5);
    expect((await listed({ search: employeeNumber })).nodes).toMatchObject([{ employeeNumber }]);
    expect((await listed({ originSystem: 'NOBODY' })).nodes).toEqual([]);
  });

  test('a request keeps the rows that were refused, and whom it tells', async () => {
    const batch = batchOf(2);
    batch.userList.forEach((user, index) => {
      user.departmentCode = 'D001';
      if (index === 1) user.phoneNumber = '';
    });
    const answer = await bench.portal.read(
      'mutation ($input: CreateAccountsInput!) { createAccounts(input: $input) { request { rejectedUsers rejectedRows { position codes userErrors { code message } } notify { emails webhookUrl } } } }',
      { input: { ...batch, onInvalid: 'ACCEPT_VALID', notify: { emails: ['it@example.com'] } } },
    );
    expect(answer.createAccounts.request).toMatchObject({
      rejectedUsers: 1,
      rejectedRows: [{ position: 1, codes: ['REQUIRED'], userErrors: [{ code: 'REQUIRED' }] }],
      notify: { emails: ['it@example.com'], webhookUrl: null },
    });
  });

  test('people are found by their login and by the name of any account', async () => {
    const query =
      'query ($filter: PersonFilter) { people(first: 5, filter: $filter) { nodes { employeeNumber username accounts { system identifier } } } }';
    const found = async (filter: object) => (await bench.portal.read(query, { filter })).people.nodes;
    const [person] = await found({ system: 'EMAIL', accountState: 'ACTIVE' });
    expect(await found({ login: person.username.toUpperCase() })).toEqual([person]);
    for (const { system, identifier } of person.accounts)
      expect(await found({ identifier: identifier.toUpperCase(), system })).toEqual([person]);
    expect(await found({ identifier: 'nobody' })).toEqual([]);
    expect(await found({ login: '' })).toEqual([]);
  });

  test('an entry of the audit log leads to what it is about', async () => {
    const query = `query ($kind: String) { auditEntries(first: 1, filter: { subjectKind: $kind }) {
      nodes { subjectId subject { __typename ... on AccountRequest { requestId } ... on DepartmentMapping { idataDepartmentCode } } } } }`;
    const about = async (kind: string) => (await bench.portal.read(query, { kind })).auditEntries.nodes[0];
    expect(await about('DEPARTMENT_MAPPING')).toMatchObject({
      subjectId: 'D001',
      subject: { __typename: 'DepartmentMapping', idataDepartmentCode: 'D001' },
    });
    const request = await about('REQUEST');
    expect(request.subject).toMatchObject({ __typename: 'AccountRequest', requestId: request.subjectId });
    expect((await about('TASK')).subject).toMatchObject({ __typename: 'AccountTask' });
    expect((await about('SETTING'))?.subject ?? null).toBeNull();
  });

  test('a dry run of mappings counts what would come of it, and leaves everything as it is', async () => {
    const mutation =
      'mutation ($input: UpsertDepartmentMappingsInput!) { upsertDepartmentMappings(input: $input) { created updated unchanged releasedTasks } }';
    const mappings = [
      { idataDepartmentCode: 'D001', idaasDepartmentCode: 'D001x', ou: 'OU=x' },
      { idataDepartmentCode: 'D404', idaasDepartmentCode: 'D404', ou: 'OU=D404' },
    ];
    const dry = await bench.portal.read(mutation, { input: { mappings, mode: 'DRY_RUN' } });
    expect(dry.upsertDepartmentMappings).toEqual({ created: 1, updated: 1, unchanged: 0, releasedTasks: 1 });
    const { departmentMappings, taskCounts } = await bench.portal.read(
      '{ departmentMappings(first: 5) { nodes { idataDepartmentCode idaasDepartmentCode } } taskCounts(filter: { errorCode: ["DEPARTMENT_UNMAPPED"] }) { status count } }',
    );
    expect(departmentMappings.nodes).toEqual([
      { idataDepartmentCode: 'D001', idaasDepartmentCode: 'WW-D001' },
    ]);
    expect(taskCounts).toEqual([{ status: 'FAILED', count: 1 }]);
    const types = await bench.portal.read(
      'mutation { upsertPersonTypeMappings(input: { mode: DRY_RUN, mappings: [{ personType: "DRY", idaasUserType: "1", welinkPersonType: "1" }] }) { created } }',
    );
    expect(types.upsertPersonTypeMappings.created).toBe(1);
    const { personTypeMappings } = await bench.portal.read('{ personTypeMappings { personType } }');
    expect(personTypeMappings).not.toContainEqual({ personType: 'DRY' });
  });

  test('everything outside has a facet, and is checked by its code', async () => {
    const { systems } = await bench.portal.read('{ systems { code facet } }');
    expect(systems).toContainEqual({ code: 'HIEDS', facet: 'PEOPLE' });
    expect(systems).toContainEqual({ code: 'EMAIL', facet: 'ACCOUNTS' });
    const check =
      'mutation ($code: String!) { checkUpstream(input: { code: $code }) { check { reachable } system { code } } }';
    expect((await bench.portal.read(check, { code: 'EMAIL' })).checkUpstream).toEqual({
      check: { reachable: true },
      system: { code: 'EMAIL' },
    });
    await expect(bench.portal.read(check, { code: 'NOWHERE' })).rejects.toThrow(/IDAAS/);
  });

  test('the timeline of a person is narrowed to kinds and systems, page by page', async () => {
    const { tasks } = await bench.portal.read(
      '{ tasks(first: 1, filter: { status: [COMPLETED] }) { nodes { system person { employeeNumber } } } }',
    );
    const [{ system, person }] = tasks.nodes;
    const query =
      'query ($no: String!, $first: Int!, $after: String, $kind: [PersonEventKind!], $system: [AccountSystem!]) { person(employeeNumber: $no) { timeline(first: $first, after: $after, kind: $kind, system: $system) { nodes { kind system } pageInfo { hasNextPage endCursor } } } }';
    const read = async (variables: object) =>
      (await bench.portal.read(query, { no: person.employeeNumber, first: 100, ...variables })).person
        .timeline;
    const every = (await read({})).nodes;
    const wanted = { kind: ['TASK_PLANNED', 'TASK_COMPLETED'], system: [system] };
    const expected = every.filter(
      (event: { kind: string; system: string | null }) =>
        wanted.kind.includes(event.kind) && event.system === system,
    );
    expect(expected.length).toBeGreaterThan(1);
    expect((await read(wanted)).nodes).toEqual(expected);
    const { nodes, pageInfo } = await read({ ...wanted, first: 1 });
    expect(nodes).toEqual(expected.slice(0, 1));
    expect((await read({ ...wanted, after: pageInfo.endCursor })).nodes).toEqual(expected.slice(1));
    expect((await read({ kind: [] })).nodes).toEqual([]);
  });

  test('a webhook says what was sent to it last', async () => {
    const { upsertWebhook } = await bench.portal.read(
      'mutation { upsertWebhook(input: { url: "http://127.0.0.1:9/last", events: [RUN_FINISHED] }) { webhook { id lastDelivery { id } } } }',
    );
    expect(upsertWebhook.webhook.lastDelivery).toBeNull();
    const { testWebhook } = await bench.portal.read(
      'mutation ($id: ID!) { testWebhook(input: { id: $id }) { delivery { eventId } } }',
      { id: upsertWebhook.webhook.id },
    );
    const { webhooks } = await bench.portal.read(
      '{ webhooks { url lastDelivery { eventId webhook { url } } } }',
    );
    expect(webhooks).toContainEqual({
      url: 'http://127.0.0.1:9/last',
      lastDelivery: { eventId: testWebhook.delivery.eventId, webhook: { url: 'http://127.0.0.1:9/last' } },
    });
  });

  test('lists are files too, streamed for the keys of the API', async () => {
    const url = bench.url.replace(/\/graphql$/, '');
    const read = async (path: string) => {
      const headers = { authorization: `Bearer ${API_KEY}`, 'accept-language': 'en' };
      const response = await fetch(url + path, { headers });
      return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
    };
    const tasks = await read('/exports/tasks.csv?status=FAILED&errorCode=DEPARTMENT_UNMAPPED');
    expect([...tasks.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [header, ...rows] = tasks.bytes.toString('utf8').trimEnd().split('\r\n');
    expect(header).toContain('taskId,system,status');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('DEPARTMENT_UNMAPPED');
    const requests = (await read(`/exports/requests.csv?search=${requestId}`)).bytes.toString();
    const [names = '', line = ''] = requests.slice(1).split('\r\n');
    const cellOf = (name: string) => line.split(',')[names.split(',').indexOf(name)];
    const { request } = await bench.portal.read(
      `{ request(requestId: "${requestId}") { completedUsers failedUsers progress explanation } }`,
    );
    expect(cellOf('requestId')).toBe(requestId);
    expect(cellOf('completedUsers')).toBe(String(request.completedUsers));
    expect(cellOf('failedUsers')).toBe(String(request.failedUsers));
    expect(cellOf('progress')).toBe(String(request.progress));
    expect(line).toContain(request.explanation.slice(0, 20));
    expect((await read('/exports/people.csv?accountState=ACTIVE')).bytes.toString()).toContain('ACTIVE');
    expect((await read('/exports/tasks.csv?nonsense=1')).status).toBe(400);
  });

  test('processes say that they run, and where they are connected to, without a secret', async () => {
    const { processes, connections } = await bench.portal.read(
      '{ processes { role version isAlive lastSeenAt } connections { code sandboxed address variables { name value } } }',
    );
    expect(processes).toMatchObject([{ role: 'ALL', isAlive: true }]);
    const email = connections.find(({ code }: { code: string }) => code === 'EMAIL');
    expect(email).toMatchObject({ sandboxed: true, address: expect.stringMatching(/^http:\/\/127/) });
    const values = Object.fromEntries(
      email.variables.map(({ name, value }: { name: string; value: string }) => [name, value]),
    );
    expect(values).toMatchObject({ EMAIL_AUTH_TOKEN: '••••' });
    expect(values['EMAIL_BASE_URL']).toBe(email.address);
  });
});
