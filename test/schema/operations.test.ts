import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';

// What operators do, on the whole service: server, worker and played systems in one process.
let bench: ApiBench;
beforeAll(async () => {
  bench = await ApiBench.start({
    settings: { account_dependencies: { IDAAS: [], WELINK: [], EMAIL: [] } },
  });
  await bench.portal.mapDepartments(['D001']);
});
afterAll(() => bench.stop());

const SYSTEM = `code system displayName(locale: EN) enabled configured sandboxed paused { until reason } ratePerSecond
  maxConcurrency circuit { state since nextTrialAt reason { code message fixBy } } throttledUntil lastSuccessAt
  lastError { code message at } lastCheck { reachable credentialsAccepted latencyMs tokenEndsAt error { code } }
  explanation(locale: EN)`;

async function systemNow(code: string) {
  const { systems } = await bench.portal.read(`{ systems { ${SYSTEM} } }`);
  return systems.find((system: { code: string }) => system.code === code);
}

async function check(system: string) {
  const query = `mutation C($input: CheckSystemInput!) { checkSystem(input: $input) { system { ${SYSTEM} }
    check { reachable credentialsAccepted latencyMs tokenEndsAt detail error { code message fixBy } }
    userErrors { code } } }`;
  return (await bench.portal.read(query, { input: { system } })).checkSystem;
}

/** Resolves with what `read` gives as soon as it is not null. */
async function until<T>(what: string, read: () => Promise<T | null>): Promise<T> {
  const { feed } = bench.application.core;
  const deadline = Date.now() + 20_000;
  for (;;) {
    const changed = Promise.withResolvers<void>();
    const unsubscribe = feed.subscribe({
      onChange: () => changed.resolve(),
      onReconnect: () => changed.resolve(),
    });
    const timer = setTimeout(changed.resolve, 250);
    try {
      const value = await read();
      if (value !== null) return value;
      if (Date.now() > deadline) throw new Error(`${what} did not happen`);
      await changed.promise;
    } finally {
      clearTimeout(timer);
      unsubscribe();
    }
  }
}

describe('systems', () => {
  test('are shown with what is known of them, the sources last', async () => {
    const { systems } = await bench.portal.read(`{ systems { ${SYSTEM} } }`);
    expect(systems.map(({ code }: { code: string }) => code)).toEqual([
      'IDAAS',
      'WELINK',
      'EMAIL',
      'HIEDS',
      'WPS',
      'TIMETABLE',
    ]);
    expect(systems[0]).toMatchObject({
      system: 'IDAAS',
      enabled: true,
      configured: true,
      sandboxed: true,
      paused: null,
      circuit: { state: 'CLOSED', since: null, nextTrialAt: null, reason: null },
      throttledUntil: null,
      lastError: null,
      explanation: null,
    });
    expect(systems[3]).toMatchObject({
      system: null,
      configured: false,
      maxConcurrency: null,
      lastSuccessAt: null,
    });
  });

  test('that refuse our credentials are held, and released by a check that succeeds', async () => {
    await bench.sandbox.control.addFault({
      system: 'WELINK',
      operation: 'token',
      fault: 'status',
      status: 403,
      times: 'forever',
    });
    const id = await bench.portal.submit({ ...batchOf(1), systemList: ['WELINK'] });
    await until('the circuit opening', async () =>
      (await systemNow('WELINK')).circuit.state === 'OPEN' ? true : null,
    );
    await sql`update system_state set next_trial_at = now() + interval '1 hour' where system = 'WELINK'`.execute(
      bench.db,
    );

    const held = await systemNow('WELINK');
    expect(held).toMatchObject({
      circuit: { reason: { fixBy: 'OPERATOR' } },
      lastError: { at: expect.any(String) },
      explanation: expect.stringContaining('has refused our calls since'),
    });
    const refused = await check('WELINK');
    expect(refused).toMatchObject({
      check: { reachable: true, credentialsAccepted: false, tokenEndsAt: null, error: { fixBy: 'OPERATOR' } },
      system: { circuit: { state: 'OPEN' } },
      userErrors: [],
    });

    await bench.sandbox.control.removeFaults();
    const well = await check('WELINK');
    expect(well).toMatchObject({
      check: { reachable: true, credentialsAccepted: true, error: null, tokenEndsAt: expect.any(String) },
      system: { circuit: { state: 'CLOSED', reason: null }, explanation: null },
    });
    expect((await bench.portal.finished(id)).request.status).toBe('COMPLETED');
  });

  test('that are away are said to be, and tried at once when they are back', async () => {
    await bench.sandbox.control.addFault({ system: 'EMAIL', fault: 'refuse', times: 'forever' });
    expect(await check('EMAIL')).toMatchObject({
      check: { reachable: false, credentialsAccepted: null, error: { fixBy: 'UPSTREAM_OWNER' } },
    });
    await bench.sandbox.control.removeFaults();
    await bench.sandbox.control.addFault({ system: 'EMAIL', fault: 'status', status: 500, times: 'forever' });
    const failing = await check('EMAIL');
    expect(failing).toMatchObject({
      check: { reachable: true, credentialsAccepted: null, error: { code: 'UPSTREAM_SERVER_ERROR' } },
    });
    expect(failing.check.error.message).not.toContain('may have acted');
    await bench.sandbox.control.removeFaults();
    await sql`update system_state set circuit = 'OPEN', circuit_reason = 'UPSTREAM_TIMEOUT', opened_at = now(),
      next_trial_at = now() + interval '1 hour' where system = 'EMAIL'`.execute(bench.db);
    expect(await check('EMAIL')).toMatchObject({
      check: { reachable: true },
      system: { circuit: { state: 'OPEN' } },
    });
    const id = await bench.portal.submit({ ...batchOf(1), systemList: ['IDAAS', 'EMAIL'] });
    expect((await bench.portal.finished(id)).request.status).toBe('COMPLETED');
    expect(await systemNow('EMAIL')).toMatchObject({ circuit: { state: 'CLOSED' } });
  });

  test('without configuration say so', async () => {
    const { checkHrSource } = await bench.portal.read(
      'mutation { checkHrSource { system { code } check { reachable error { code } } userErrors { code } } }',
    );
    expect(checkHrSource).toEqual({
      system: { code: 'HIEDS' },
      check: { reachable: false, error: { code: 'SYSTEM_NOT_CONFIGURED' } },
      userErrors: [],
    });
  });
});

describe('many tasks at once', () => {
  const batch = async (name: 'retryTasks' | 'cancelTasks', input: Readonly<Record<string, unknown>>) => {
    const type = name === 'retryTasks' ? 'RetryTasksInput' : 'CancelTasksInput';
    const changed = name === 'retryTasks' ? 'requeuedTasks' : 'cancelledTasks';
    const query = `mutation B($input: ${type}!) { ${name}(input: $input) { matched ${changed} remaining people requests
      groups { system code count } tasks { taskId status } userErrors { code message path } } }`;
    return (await bench.portal.read(query, { input }))[name];
  };
  const statusOf = async (requestId: string) => {
    const query = `query R($id: String!) { request(requestId: $id) { status round
      items(first: 100) { nodes { employeeNumber status tasks { system status } } } } }`;
    return (await bench.portal.read(query, { id: requestId })).request;
  };
  const setting = async (key: string, value: unknown) => {
    const query =
      'mutation S($input: UpdateSettingInput!) { updateSetting(input: $input) { userErrors { message } } }';
    expect(await bench.portal.read(query, { input: { key, value } })).toEqual({
      updateSetting: { userErrors: [] },
    });
  };
  const person = (number: string, departmentCode = 'D001') => ({
    ...batchOf(1).userList[0],
    employeeNumber: number,
    departmentCode,
  });

  test('are refused without a condition, with a state that does not fit, or when there are not as many', async () => {
    const refusal = async (input: Readonly<Record<string, unknown>>) => {
      const { userErrors, matched, tasks } = await batch('retryTasks', { mode: 'RUN', ...input });
      expect([matched, tasks]).toEqual([input['expectedCount'] === undefined ? 0 : matched, tasks]);
      return userErrors.map(({ code, path }: { code: string; path: string[] }) => [code, path]);
    };
    expect(await refusal({ filter: {} })).toEqual([['REQUIRED', ['filter']]]);
    expect(await refusal({ filter: { requestId: null } })).toEqual([['REQUIRED', ['filter']]]);
    expect(await refusal({ filter: { status: ['COMPLETED'] } })).toEqual([['INVALID', ['filter', 'status']]]);
    expect(await refusal({ filter: { system: ['IDAAS'] }, maxTasks: 0 })).toEqual([
      ['INVALID', ['maxTasks']],
    ]);
    expect(await refusal({ filter: { system: ['IDAAS'] }, expectedCount: 500 })).toEqual([
      ['INVALID_STATE', ['expectedCount']],
    ]);
    expect(await refusal({ filter: { requestId: 'a\0b' } })).toEqual([]);
    expect(await refusal({ filter: { system: [] } })).toEqual([]);
  });

  test('are tried again in parts, and their requests go on in a new round', async () => {
    const userList = Array.from({ length: 5 }, (_, index) => person(`R${index}`, 'D777'));
    const id = await bench.portal.submit({ ...batchOf(1), systemList: ['IDAAS'], userList });
    expect((await bench.portal.finished(id)).request.status).toBe('FAILED');
    // By plain SQL nobody is told: the tasks stay failed.
    await sql`insert into department_mapping (idata_department_code, idaas_department_code, ou)
      values ('D777', 'WW-D777', 'OU=D777')`.execute(bench.db);
    const filter = { errorCode: ['DEPARTMENT_UNMAPPED'], system: ['IDAAS'] };
    const dry = await batch('retryTasks', { filter, mode: 'DRY_RUN' });
    expect(dry).toMatchObject({
      matched: 5,
      requeuedTasks: 0,
      remaining: 5,
      people: 5,
      requests: 1,
      groups: [{ system: 'IDAAS', code: 'DEPARTMENT_UNMAPPED', count: 5 }],
      userErrors: [],
    });
    expect(dry.tasks.map(({ status }: { status: string }) => status)).toEqual(Array(5).fill('FAILED'));
    expect((await statusOf(id)).status).toBe('FAILED');

    const some = await batch('retryTasks', { filter, mode: 'RUN', maxTasks: 2, expectedCount: 5 });
    expect(some).toMatchObject({ matched: 5, requeuedTasks: 2, remaining: 3 });
    const rest = await batch('retryTasks', { filter, mode: 'RUN' });
    expect(rest).toMatchObject({ requeuedTasks: 3, remaining: 0 });
    expect((await bench.portal.finished(id)).request.status).toBe('COMPLETED');
    expect((await statusOf(id)).round).toBeGreaterThan(1);
    expect(await batch('retryTasks', { filter, mode: 'RUN' })).toMatchObject({
      matched: 0,
      requeuedTasks: 0,
    });
  });

  test('that wait for their next attempt are due now', async () => {
    await setting('account_creation_retry_delays_seconds', [600]);
    await bench.sandbox.control.addFault({ system: 'IDAAS', fault: 'refuse', times: 'forever' });
    const id = await bench.portal.submit({ ...batchOf(1), systemList: ['IDAAS'] });
    await until('the task waiting for its retry', async () =>
      (await statusOf(id)).items.nodes[0]?.tasks[0]?.status === 'RETRY' ? true : null,
    );
    await bench.sandbox.control.removeFaults();
    const retried = await batch('retryTasks', { filter: { requestId: id }, mode: 'RUN' });
    expect(retried).toMatchObject({ matched: 1, requeuedTasks: 1, remaining: 0 });
    expect((await bench.portal.finished(id)).request.status).toBe('COMPLETED');
    await setting('account_creation_retry_delays_seconds', [0.05]);
  });

  test('are cancelled; what another open request wants is kept only where one request is named', async () => {
    await setting('task_processing_enabled', false);
    const people = ['C1', 'C2', 'C3'].map((number) => person(number));
    const both = await bench.portal.submit({
      ...batchOf(1),
      systemList: ['IDAAS', 'WELINK'],
      userList: people,
    });
    const other = await bench.portal.submit({
      ...batchOf(1),
      systemList: ['IDAAS'],
      userList: people.slice(0, 1),
    });
    const planned = async () => {
      const [one, two] = await Promise.all([statusOf(both), statusOf(other)]);
      const tasks = [...one.items.nodes, ...two.items.nodes].flatMap(({ tasks }) => tasks);
      return tasks.length === 7 ? true : null;
    };
    await until('the tasks being planned', planned);
    // Another task of somebody else stays as it is whatever is cancelled here.
    const dry = await batch('cancelTasks', { filter: { requestId: both }, mode: 'DRY_RUN' });
    expect(dry).toMatchObject({
      matched: 5,
      cancelledTasks: 0,
      groups: [
        { system: 'WELINK', code: null, count: 3 },
        { system: 'IDAAS', code: null, count: 2 },
      ],
    });
    expect(await batch('cancelTasks', { filter: { requestId: both }, mode: 'RUN' })).toMatchObject({
      cancelledTasks: 5,
    });
    const after = await statusOf(both);
    expect(after.items.nodes.map(({ status }: { status: string }) => status)).toEqual([
      'TASK_CREATED',
      'CANCELLED',
      'CANCELLED',
    ]);
    expect((await statusOf(other)).status).toBe('PROCESSING');

    // What was cancelled is tried again only where its state is named.
    const named = { employeeNumber: 'c2' };
    expect(await batch('retryTasks', { filter: named, mode: 'DRY_RUN' })).toMatchObject({ matched: 0 });
    const revived = await batch('retryTasks', { filter: { ...named, status: ['CANCELLED'] }, mode: 'RUN' });
    expect(revived).toMatchObject({ matched: 2, requeuedTasks: 2 });
    expect((await statusOf(both)).items.nodes[1].status).toBe('TASK_CREATED');

    const all = await batch('cancelTasks', { filter: { employeeNumber: 'C1' }, mode: 'RUN' });
    expect(all).toMatchObject({ matched: 1, cancelledTasks: 1, requests: 2 });
    expect((await statusOf(other)).status).toBe('CANCELLED');
    await setting('task_processing_enabled', true);
    expect((await bench.portal.finished(both)).request.status).toBe('CANCELLED');
  });
});
