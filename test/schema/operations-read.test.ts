import { Buffer } from 'node:buffer';
import { type ExecutionResult, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notifyChange } from '../../src/jobs/kit/change-feed.ts';
import { createQueues } from '../../src/jobs/kit/job.ts';
import { askForCheck } from '../../src/jobs/systems/ask-for-check.ts';
import { checkSystemJob } from '../../src/jobs/systems/check-system-job.ts';
import type { RequestScope } from '../../src/schema/context/context.ts';
import { operationContext } from '../../src/schema/context/operation.ts';
import { countStatements } from '../setup/count-statements.ts';
import { type OpenSchema, openSchema, seed } from '../setup/schema-fixture.ts';

// What operators read, on rows put in place by SQL.
let api: OpenSchema;
beforeAll(async () => {
  api = await openSchema();
  await api.execute(seed);
  await api.execute(people);
});
afterAll(() => api.close());

const people = `
insert into person (id, employee_number, full_name, english_name, person_pinyin_name, email_address, person_type,
  employee_status, employee_account, source, departments, original_hire_date)
values
  (11, 'H_100%', '欧阳小明', 'Ming', 'Ou Yang Xiao Ming', 'ming.ouyang@corp.cn', '10', '1', 'mouyang', 'HR',
    '[{"department_code": "D7", "partner_company": null, "country": null},
      {"department_code": "D1", "partner_company": "甲公司", "country": "中国"}]', '2020-02-29'),
  (12, 'H_100', '阿卜杜热合曼·买买提明', null, null, null, '10', '2', null, 'HR', '[]', null),
  (13, 'HX100', '王𠮷', null, null, null, '11', '1', null, 'REQUEST', '[]', null);
insert into account (person_id, system, identifier, state, origin)
values (11, 'IDAAS', 'mouyang', 'ACTIVE', 'IMPORTED'), (12, 'IDAAS', 'a12', 'DISABLED', 'IMPORTED'),
  (12, 'EMAIL', 'a12@x.cn', 'ACTIVE', 'LINKED');
`;

/** What happened to H_100%: refused in a request, then all that accounts can go through, and a run. */
const history = `
insert into account_request (id, request_id, origin_system, business_key, account_type, employee_type, system_list,
  priority, derived_key, input_fingerprint, status, total_users, created_by, created_at)
values (21, 'req_20261122_cccccccccccc', 'SRM', 'K3', '11', '1', '{IDAAS,WELINK}', 'NORMAL', 'd3', 'f3', 'FAILED', 1,
  'admin', '2026-11-22 03:00:00+00');
insert into request_item (id, request_id, position, employee_number, employee_name, department_code, phone_number,
  country, status, error_code, error_parameters, created_at, updated_at)
values (21, 21, 0, 'h_100%', '别人', 'D1', '1', 'CN', 'FAILED', 'PERSON_MISMATCH', '{"employeeNumber": "h_100%"}',
  '2026-11-22 03:00:00+00', '2026-11-22 03:00:01+00');
insert into account_task (id, task_id, person_id, system, status, max_attempts, error_code, error_parameters,
  origin_system, created_at, completed_at)
values (21, 'H_100%_WELINK_00000021', 11, 'WELINK', 'FAILED', 6, 'PHONE_NOT_MOBILE', '{}', 'SRM',
  '2026-11-22 03:01:00+00', '2026-11-22 03:03:00.000007+00');
insert into task_attempt (task_id, execution_attempt, outcome, error_code, error_parameters, started_at, finished_at)
values (21, 1, 'THROTTLED', 'THROTTLED', '{}', '2026-11-22 03:01:30+00', '2026-11-22 03:02:00+00'),
  (21, 2, 'REJECTED', 'PHONE_NOT_MOBILE', '{}', '2026-11-22 03:02:30+00', '2026-11-22 03:03:00.000007+00'),
  (21, 3, null, null, null, '2026-11-22 03:04:00+00', null);
update account set state = 'DISABLED' where person_id = 11;
update account set state = 'ACTIVE' where person_id = 11;
update account set updated_at = now() where person_id = 11;
insert into sync_run (id, run_id, kind, mode, trigger, status, finished_at)
values (21, 'run_20261122_dddddddddddd', 'HR_SYNC', 'DRY_RUN', 'MANUAL_TASK', 'COMPLETED', now());
insert into run_item (run_id, item_key, outcome, created_at)
values (21, 'h_100%', 'WOULD_UPDATE', '2026-11-22 03:05:00+00');
`;

describe('the timeline of a person', () => {
  beforeAll(() => api.execute(history));
  const read = async (args: string, locale = 'EN') =>
    (
      await api.read(`{ person(employeeNumber: "H_100%") { timeline(${args}) { totalCount pageInfo { hasNextPage endCursor }
        nodes { at kind system text(locale: ${locale}) outcome errorCode requestId taskId executionAttempt runId
          accountIdentifier } } } }`)
    ).person.timeline;

  it('tells everything, newest first, with ids to follow', async () => {
    const { nodes } = await read('first: 100');
    const told = nodes.map(({ kind, text }: { kind: string; text: string }) => [kind, text]);
    // Accounts and the person came into being when the test began: after all the rest.
    expect(told.slice(0, 4).map(([kind]: string[]) => kind)).toEqual([
      'ACCOUNT_ENABLED',
      'ACCOUNT_DISABLED',
      'ACCOUNT_IMPORTED',
      'PERSON_ADDED',
    ]);
    expect(told.slice(4)).toEqual([
      ['RUN_RECORD', 'Recorded by run run_20261122_dddddddddddd (HR sync): WOULD_UPDATE.'],
      ['ATTEMPT_STARTED', expect.stringContaining('Attempt 3 at WELINK began')],
      ['TASK_FAILED', expect.stringMatching(/^Task H_100%_WELINK_00000021 at WELINK failed\. The phone of/)],
      ['ATTEMPT_ENDED', expect.stringContaining('Attempt 2 at WELINK: refused for good')],
      ['ATTEMPT_ENDED', expect.stringContaining('told to slow down')],
      ['TASK_PLANNED', expect.stringContaining('An account in WELINK was planned')],
      ['REQUEST_FAILED', expect.stringContaining('belongs to a person of another name')],
      [
        'REQUEST_ACCEPTED',
        'Request req_20261122_cccccccccccc of SRM (K3) asked for accounts in IDAAS, WELINK.',
      ],
    ]);
    expect(nodes[7]).toMatchObject({
      at: '2026-11-22T03:03:00.000Z',
      system: 'WELINK',
      outcome: 'REJECTED',
      errorCode: 'PHONE_NOT_MOBILE',
      taskId: 'H_100%_WELINK_00000021',
      executionAttempt: 2,
      runId: null,
    });
    expect(nodes[0]).toMatchObject({ system: 'IDAAS', accountIdentifier: 'mouyang' });
    const chinese = (await read('first: 100', 'ZH_CN')).nodes.map(({ text }: { text: string }) => text);
    expect(chinese.at(-1)).toBe('SRM 的请求 req_20261122_cccccccccccc（K3）申请账号：IDAAS、WELINK。');
    expect(chinese.every((text: string) => /\p{Script=Han}/u.test(text))).toBe(true);
    // Nothing that a text names is missing.
    expect([...chinese, ...told.map(([, text]: string[]) => text)].join('')).not.toContain('–');
  });

  it('is paged without losing what happened at one moment', async () => {
    const whole = (await read('first: 100')).nodes;
    const pages = [];
    let after = '';
    for (let more = true; more; ) {
      const page = await read(`first: 1${after}`);
      pages.push(...page.nodes);
      after = `, after: "${page.pageInfo.endCursor}"`;
      more = page.pageInfo.hasNextPage;
      expect(page.totalCount).toBe(whole.length);
    }
    expect(pages).toEqual(whole);
  });

  it('takes one statement for everybody on a page', async () => {
    const query = '{ people(first: 10) { nodes { timeline(first: 5) { nodes { kind text } } } } }';
    const { statements } = await countStatements(() => api.read(query));
    expect(statements).toHaveLength(3);
  });

  it('refuses a cursor of another list, or one that was made up', async () => {
    const cursor = (text: string) => Buffer.from(text).toString('base64url');
    for (const made of ['people:1', 'timeline:1', 'timeline:2026-02-31 00:00:00+00|1|1', 'timeline:x|1|1'])
      await expect(read(`first: 1, after: "${cursor(made)}"`)).rejects.toThrow('no cursor of this list');
  });
});

describe('whyNot', () => {
  const ask = async (employeeNumber: string, system: string) =>
    (
      await api.read(
        `query Q($number: String!, $system: AccountSystem!) { whyNot(employeeNumber: $number, system: $system) {
          employeeNumber state code explanation fixBy whatToDo setting person { employeeNumber } account { state }
          task { taskId } item { status } request { requestId } run { runId } } }`,
        { number: employeeNumber, system },
      )
    ).whyNot;

  it('finds the task, the item and the request concerned', async () => {
    expect(await ask('p3', 'EMAIL')).toEqual({
      employeeNumber: 'P3',
      state: 'BLOCKED',
      code: 'DEPARTMENT_UNMAPPED',
      explanation: expect.stringMatching(/waits for the account in IDAAS.*\(D9\) is mapped/),
      fixBy: 'OPERATOR',
      whatToDo: expect.stringContaining('upsertDepartmentMappings'),
      setting: null,
      person: { employeeNumber: 'P3' },
      account: null,
      task: { taskId: 'P3_IDAAS_00000005' },
      item: { status: 'FAILED' },
      request: { requestId: 'req_20261122_aaaaaaaaaaaa' },
      run: null,
    });
    expect(await ask('P1', 'IDAAS')).toMatchObject({ state: 'HAS_ACCOUNT', fixBy: 'NOBODY', task: null });
    expect(await ask('P_2', 'IDAAS')).toMatchObject({ state: 'WAITING', account: { state: 'PLANNED' } });
    expect(await ask('P1', 'WELINK')).toMatchObject({
      state: 'NOT_WANTED',
      code: 'NOT_REQUESTED',
      item: null,
    });
    expect(await ask('H_100%', 'WELINK')).toMatchObject({ state: 'FAILED', code: 'PHONE_NOT_MOBILE' });
    expect(await ask('H_100', 'IDAAS')).toMatchObject({ state: 'DISABLED', fixBy: 'CALLER' });
    expect(await ask('H_100', 'WELINK')).toMatchObject({ code: 'STATUS_NOT_VALID' });
    for (const unknown of ['nobody', 'a\0b'])
      expect(await ask(unknown, 'IDAAS')).toMatchObject({ state: 'UNKNOWN_PERSON', person: null });
  });

  it('names the run that waits for confirmation', async () => {
    await api.execute(`
      insert into person (id, employee_number, full_name, person_type, employee_status, source)
      values (31, 'W1', '待', '10', '1', 'HR');
      insert into sync_run (run_id, kind, mode, trigger, status)
      values ('run_20261122_eeeeeeeeeeee', 'TASK_CREATION', 'RUN', 'SCHEDULED_TASK', 'AWAITING_CONFIRMATION')`);
    expect(await ask('W1', 'IDAAS')).toMatchObject({
      state: 'BLOCKED',
      code: 'AWAITING_CONFIRMATION',
      fixBy: 'OPERATOR',
      whatToDo: expect.stringContaining('confirmRun'),
      run: { runId: 'run_20261122_eeeeeeeeeeee' },
    });
    await api.execute("delete from sync_run where kind = 'TASK_CREATION'; delete from person where id = 31");
  });
});

describe('the overview', () => {
  const OVERVIEW = `{ overview { health reasons { level code message fixBy whatToDo system setting runId }
    failures { system code message fixBy tasks retrying people requests firstAt lastAt }
    taskCounts { system status count } oldestReady { taskId system ageSeconds } uncertainTasks
    deadLetters { queue count } systems { code circuit { state } } sandboxed switchesOff lastHrSync { runId }
    awaitingConfirmation { runId } } }`;

  it('groups what stands, says who can settle it, and judges', async () => {
    await api.execute(`
      insert into account_task (id, task_id, person_id, system, status, max_attempts, origin_system, updated_at,
        error_code, error_parameters)
      values (41, 'H_100_WELINK_00000041', 12, 'WELINK', 'PENDING', 6, 'OA', now() - interval '20 minutes', null, null),
        (42, 'P1_WELINK_00000042', 1, 'WELINK', 'FAILED', 6, 'OA', now(), 'PHONE_TAKEN', '{}'),
        (43, 'P1_WELINK_00000043', 1, 'WELINK', 'UNCERTAIN', 6, 'OA', now(), 'UPSTREAM_TIMEOUT', '{}');
      update system_state set circuit = 'OPEN', circuit_reason = 'UPSTREAM_TIMEOUT', opened_at = now(),
        next_trial_at = now() where system = 'IDAAS'`);
    const { overview } = await api.read(OVERVIEW);
    const groups = overview.failures.map((group: Record<string, unknown>) => [
      group['system'],
      group['code'],
      group['tasks'],
      group['retrying'],
      group['people'],
      group['requests'],
      group['fixBy'],
    ]);
    // The failed PHONE_TAKEN has a successor: it is not what is wrong now.
    expect(groups.toSorted()).toEqual(
      [
        [null, 'PERSON_MISMATCH', 1, 0, 1, 1, 'CALLER'],
        ['IDAAS', 'DEPARTMENT_UNMAPPED', 1, 0, 1, 1, 'OPERATOR'],
        ['IDAAS', 'UNEXPECTED_ERROR', 0, 1, 1, 1, 'OPERATOR'],
        ['WELINK', 'PHONE_NOT_MOBILE', 1, 0, 1, 0, 'CALLER'],
        ['WELINK', 'UPSTREAM_TIMEOUT', 0, 1, 1, 0, 'UPSTREAM_OWNER'],
      ].toSorted(),
    );
    expect(
      overview.failures.find(
        ({ system, code }: Record<string, string>) => system === 'IDAAS' && code === 'DEPARTMENT_UNMAPPED',
      ).message,
    ).toContain('P3 (D9)');
    expect(overview).toMatchObject({
      health: 'BROKEN',
      oldestReady: { taskId: 'H_100_WELINK_00000041', system: 'WELINK' },
      uncertainTasks: 1,
      deadLetters: [],
      switchesOff: [],
      lastHrSync: null,
      awaitingConfirmation: [],
    });
    expect(overview.oldestReady.ageSeconds).toBeGreaterThan(19 * 60);
    expect(overview.reasons.map(({ code }: { code: string }) => code)).toEqual([
      'CIRCUIT_OPEN',
      'WORK_STALLED',
      'FAILURES',
    ]);
    expect(overview.reasons[1].whatToDo).toContain('ROLE=worker');
    const later = await api.read('{ overview(since: "2999-01-01T00:00:00Z") { failures { code } } }');
    expect(later.overview.failures).toEqual([]);
  });

  it('takes a handful of statements', async () => {
    // One of them asks the databases area for instances that fail or wait.
    const { statements } = await countStatements(() => api.read(OVERVIEW));
    expect(statements).toHaveLength(9);
  });

  it('knows of notifications that did not go out, of mail that waits for another sender (DP01), and of a broken audit log', async () => {
    await api.execute(`
      insert into notification_event (id, type, subject, data) values (51, 'webhook.test', 'overview', '{}');
      insert into notification_delivery (event_id, channel, target, status, next_attempt_at, error_code,
        error_parameters)
      values (51, 'EMAIL', 'a@x.cn', 'DEAD_LETTER', null, 'MAIL_REFUSED', '{"detail": "550"}'),
        (51, 'EMAIL', 'b@x.cn', 'PENDING', now() + interval '1 minute', 'SECRETS_KEY_UNKNOWN', '{}'),
        (51, 'EMAIL', 'd@x.cn', 'RETRY', now() + interval '1 hour', 'MAIL_SENDER_REFUSED',
          '{"from": "ops@x.cn", "detail": "501"}'),
        (51, 'EMAIL', 'e@x.cn', 'RETRY', now() + interval '1 hour', 'MAIL_FAILED', '{"detail": "ECONNREFUSED"}'),
        (51, 'EMAIL', 'c@x.cn', 'RETRY', now() - interval '1 hour', null, null);
      insert into audit_verification (verified_at, problem, seal, entry) values (now(), 'ENTRY_ALTERED', '3', '14')`);
    const { overview } = await api.read(OVERVIEW);
    const told = overview.reasons.filter(({ code }: { code: string }) => /DELIVERIES|AUDIT|MAIL/.test(code));
    expect(told).toMatchObject([
      { level: 'BROKEN', code: 'DELIVERIES_STALLED', message: expect.stringContaining(': 1.') },
      { level: 'BROKEN', code: 'AUDIT_CHAIN_BROKEN', message: expect.stringContaining('Entry 14') },
      { level: 'ATTENTION', code: 'DELIVERIES_GIVEN_UP', message: expect.stringContaining('550') },
      {
        level: 'ATTENTION',
        code: 'DELIVERIES_WAIT',
        whatToDo: expect.stringContaining('SECRETS_KEY_PREVIOUS'),
      },
      { level: 'ATTENTION', code: 'MAIL_WAITS', message: expect.stringContaining('ops@x.cn') },
    ]);
    await api.execute('delete from notification_event where id = 51; delete from audit_verification');
  });

  it('reports accounts that a run could not change, until another run has taken them', async () => {
    await api.execute(`
      insert into sync_run (id, run_id, kind, mode, trigger, status, finished_at)
      values (51, 'run_20261122_eeeeeeeeeeee', 'HR_SYNC', 'RUN', 'SCHEDULED_TASK', 'COMPLETED_WITH_ERRORS', now()),
        (52, 'run_20261122_ffffffffffff', 'HR_SYNC', 'RUN', 'SCHEDULED_TASK', 'COMPLETED', now());
      insert into run_item (run_id, item_key, subject_kind, subject_id, outcome, error_code, error_parameters)
      select 51, 'H_100', 'ACCOUNT', id, 'FAILED', 'DEPARTMENT_UNMAPPED', '{"variant": "CHANGE", "employeeNumber": "H_100",
        "system": "EMAIL", "departmentCodes": ["D9"], "runId": "run_20261122_eeeeeeeeeeee"}'
      from account where person_id = 12 and system = 'EMAIL'`);
    const read = async () =>
      (await api.read(OVERVIEW)).overview.reasons.filter(
        ({ code }: { code: string }) => code === 'CHANGES_FAILED',
      );
    expect(await read()).toMatchObject([
      {
        level: 'ATTENTION',
        runId: 'run_20261122_eeeeeeeeeeee',
        fixBy: 'OPERATOR',
        message: expect.stringMatching(/: 1\. .*H_100.*D9/),
        whatToDo: expect.stringContaining('retryFailedItems (run_20261122_eeeeeeeeeeee)'),
      },
    ]);
    await api.execute(`
      insert into run_item (run_id, item_key, subject_kind, subject_id, outcome)
      select 52, 'H_100', 'ACCOUNT', id, 'UPDATED' from account where person_id = 12 and system = 'EMAIL'`);
    expect(await read()).toEqual([]);
  });
});

describe('requestsProgress', () => {
  const document = parse(`subscription S($origin: String, $status: [RequestStatus!]) {
    requestsProgress(originSystem: $origin, status: $status) { snapshot truncated changedCount counts { status count }
      changed { totalUsers processedUsers percent round taskCounts { count } request { requestId status } } } }`);
  const watch = async (variableValues: Record<string, unknown>, contextValue: RequestScope = api.scope()) => {
    const stream = await subscribe({ schema: api.schema, document, variableValues, contextValue });
    if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
    return stream;
  };
  const next = async (stream: AsyncGenerator<ExecutionResult>) => {
    const { value } = await stream.next();
    if (value?.errors !== undefined) throw new AggregateError(value.errors, String(value.errors[0]?.message));
    return JSON.parse(JSON.stringify(value?.data)).requestsProgress;
  };
  const ids = (event: { changed: { request: { requestId: string; status: string } }[] }): string[] =>
    event.changed.map(({ request }) => `${request.requestId.slice(-1)} ${request.status}`);
  const change = async (statement: string, ...letters: string[]) => {
    await api.execute(statement);
    const changes = letters.map((letter) => ({ request: `req_20261122_${letter.repeat(12)}` }));
    await notifyChange(api.db, ...changes);
  };

  it('shows the present state, then what changed of those watched, to each by their filter', async () => {
    const all = await watch({});
    const ofOa = await watch({ origin: 'OA' });
    const pending = await watch({ status: ['PENDING'] });
    const portal = await watch(
      {},
      api.scope({
        viewer: {
          principal: 'p',
          keyId: null,
          scopes: new Set(['requests:read']),
          sees: { kind: 'origins', originSystems: ['SRM'] },
        },
      }),
    );
    const first = await next(all);
    expect(first).toMatchObject({ snapshot: true, changedCount: 3 });
    expect(ids(first)).toEqual(['c FAILED', 'b PENDING', 'a PROCESSING']);
    expect(first.changed[2]).toMatchObject({ totalUsers: 3, processedUsers: 2, percent: 66.66, round: 1 });
    expect(ids(await next(ofOa))).toEqual(['a PROCESSING']);
    expect(ids(await next(pending))).toEqual(['b PENDING']);
    expect(ids(await next(portal))).toEqual(['c FAILED']);

    await change(
      `update account_request set status = 'PROCESSING', updated_at = clock_timestamp() where id = 2;
       update account_request set status = 'PENDING', updated_at = clock_timestamp() where id = 21`,
      'b',
      'c',
    );
    const { result: second, statements } = await countStatements(() => next(all));
    expect(second).toMatchObject({ snapshot: false, truncated: false, changedCount: 2 });
    expect(ids(second)).toEqual(['c PENDING', 'b PROCESSING']);
    expect(
      second.counts.toSorted((a: { status: string }, b: { status: string }) =>
        a.status.localeCompare(b.status),
      ),
    ).toEqual([
      { status: 'PENDING', count: 1 },
      { status: 'PROCESSING', count: 2 },
    ]);
    // However many watch, and by how many filters.
    expect(statements.length).toBeLessThanOrEqual(4);
    // What left the state watched is told too.
    expect(ids(await next(pending))).toEqual(['c PENDING', 'b PROCESSING']);
    expect(ids(await next(portal))).toEqual(['c PENDING']);

    await change('update request_item set updated_at = clock_timestamp() where id = 2', 'a');
    expect(ids(await next(ofOa))).toEqual(['a PROCESSING']);
    for (const stream of [all, ofOa, pending, portal]) await stream.return(undefined);
  });

  it('finds changes without notification, and is refused without signing in', async () => {
    const stream = await watch({ origin: 'HR' });
    expect(ids(await next(stream))).toEqual(['b PROCESSING']);
    // Somebody else's notification wakes the reader; the change itself came without one.
    await change(
      `update account_request set status = 'CANCELLED', updated_at = clock_timestamp() where id = 2`,
      'a',
    );
    expect(ids(await next(stream))).toEqual(['b CANCELLED']);
    await stream.return(undefined);
    await expect(watch({}, api.scope({ viewer: null }))).rejects.toThrow('UNAUTHENTICATED');
  });
});

describe('a check that no worker answers', () => {
  it('ends in time, and is left for a worker to find', async () => {
    const { boss, settings, feed } = api.services;
    await createQueues(boss, [checkSystemJob]);
    const context = { ...operationContext(api.scope()), feed, settings };
    expect(await askForCheck(context, 'IDAAS', 50)).toBe(false);
    expect(await boss.getQueueStats(checkSystemJob.name)).toMatchObject([{ queuedCount: 1 }]);
  });
});

describe('people', () => {
  const find = async (filter: Record<string, unknown>, args = 'first: 100'): Promise<string[]> => {
    const { people } = await api.read(
      `query Q($filter: PersonFilter) { people(${args}, filter: $filter) { totalCount nodes { employeeNumber } } }`,
      { filter },
    );
    const numbers = people.nodes.map((node: { employeeNumber: string }) => node.employeeNumber);
    if (args === 'first: 100') expect(people.totalCount).toBe(numbers.length);
    return numbers;
  };

  it.each([
    ['a part of the number, whatever its case', 'h_1', ['H_100', 'H_100%']],
    ['a percent sign, which stands for itself', '100%', ['H_100%', 'P3']],
    ['an underscore, which stands for itself', '_', ['H_100', 'H_100%', 'P_2']],
    ['two characters of a name', '小明', ['H_100%']],
    ['a name with another dot', '热合曼•买买', ['H_100']],
    ['pinyin, with and without spaces', 'ouyang xiao', ['H_100%']],
    ['pinyin of a reserved address', 'zhangsan', ['P1']],
    ['an e-mail address', 'MING.OUYANG@CORP.CN', ['H_100%']],
    ['a full-width number', 'Ｐ１', ['P1']],
    ['what nobody has', '\\', []],
    ['what no column can hold', 'a\0b', []],
  ])('are found by %s', async (_, search, expected) => {
    expect((await find({ search })).toSorted()).toEqual(expected);
  });

  it('are narrowed by numbers, source, status, department and accounts, all together', async () => {
    expect(await find({})).toEqual(['HX100', 'H_100', 'H_100%', 'P3', 'P_2', 'P1']);
    expect(await find({ employeeNumbers: ['p1', 'HX100', 'nobody', 'a\0'] })).toEqual(['HX100', 'P1']);
    expect(await find({ employeeNumbers: [] })).toEqual([]);
    expect(await find({ source: 'HR', employeeStatus: ['2'] })).toEqual(['H_100']);
    expect(await find({ departmentCode: 'D1' })).toEqual(['H_100%', 'P1']);
    expect(await find({ system: 'IDAAS' })).toEqual(['H_100', 'H_100%', 'P_2', 'P1']);
    expect(await find({ accountState: 'ACTIVE' })).toEqual(['H_100', 'H_100%', 'P1']);
    expect(await find({ system: 'IDAAS', accountState: 'ACTIVE' })).toEqual(['H_100%', 'P1']);
    expect(await find({ withoutAccountIn: 'IDAAS', source: 'HR' })).toEqual(['H_100', 'P3']);
    expect(await find({ search: '100', source: 'HR', accountState: 'DISABLED' })).toEqual(['H_100']);
  });

  it('are paged, and read whole in one statement per kind of thing', async () => {
    expect(await find({}, 'last: 2')).toEqual(['P_2', 'P1']);
    const { result, statements } = await countStatements(() =>
      api.read(`{ people(first: 2, filter: { search: "h" }) { pageInfo { hasNextPage endCursor } nodes {
        employeeNumber pinyinName username emailAddress hireDate createdAt accounts { state }
        departments { departmentCode partnerCompany mapping { ou } } } } }`),
    );
    const [first, second] = result.people.nodes;
    expect(first).toMatchObject({ employeeNumber: 'HX100', pinyinName: null, departments: [] });
    expect(second).toMatchObject({
      employeeNumber: 'H_100',
      accounts: [{ state: 'DISABLED' }, { state: 'ACTIVE' }],
    });
    expect(statements).toHaveLength(3);
    const next = await find({ search: 'h' }, `first: 1, after: "${result.people.pageInfo.endCursor}"`);
    expect(next).toEqual(['H_100%']);
  });

  it('have all values that HR has of a person', async () => {
    const { person } =
      await api.read(`{ person(employeeNumber: "h_100%") { hrPersonId englishName pinyinName username
      hireDate disableDate departments { departmentCode partnerCompany country mapping { ou } } } }`);
    expect(person).toEqual({
      hrPersonId: null,
      englishName: 'Ming',
      pinyinName: 'ouyangxiaoming',
      username: 'mouyang',
      hireDate: '2020-02-29',
      disableDate: null,
      departments: [
        { departmentCode: 'D7', partnerCompany: null, country: null, mapping: null },
        { departmentCode: 'D1', partnerCompany: '甲公司', country: '中国', mapping: { ou: 'OU=50%' } },
      ],
    });
  });

  it('refuses more numbers than a list may have', async () => {
    const employeeNumbers = Array.from({ length: 10_001 }, (_, index) => `N${index}`);
    await expect(find({ employeeNumbers })).rejects.toThrow('at most 10000');
  });
});
