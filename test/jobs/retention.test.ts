import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purgeJob } from '../../src/jobs/maintenance/purge-job.ts';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { insertItem, insertRequest, insertRow, insertTask, unique } from '../setup/rows.ts';
import { storeSettings } from '../setup/settings.ts';

let bench: ApiBench;
beforeAll(async () => {
  bench = await ApiBench.start();
  await bench.portal.mapDepartments(['D001']);
});
afterAll(() => bench.stop());

const REQUEST = `query Q($id: String!) { request(requestId: $id) { status round totalUsers processedUsers completedUsers
  failedUsers rejectedUsers progress explanation itemCounts { status count } taskCounts { system status count }
  errorSummary { system code count message } items(first: 10) { totalCount } } }`;

async function request(id: string) {
  return (await bench.portal.read(REQUEST, { id })).request;
}

async function purge(mode: 'RUN' | 'DRY_RUN'): Promise<Record<string, number>> {
  const query =
    'mutation M($mode: RunMode!) { purge(input: { mode: $mode }) { mode counts { table rows } userErrors { code } } }';
  const { purge: payload } = await bench.portal.read(query, { mode });
  expect(payload).toMatchObject({ mode, userErrors: [] });
  return Object.fromEntries(
    payload.counts.map(({ table, rows }: { table: string; rows: number }) => [table, rows]),
  );
}

/** Purges, and waits until the job is done. */
async function purged(): Promise<void> {
  await purge('RUN');
  await expect
    .poll(
      async () => {
        const { rows } = await sql`
        select 1 from pgboss.job where name = ${purgeJob.name} and state < 'completed'`.execute(bench.db);
        return rows.length;
      },
      { interval: 10 },
    )
    .toBe(0);
}

async function rowsOf(table: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(table)} where id = any(${[...ids]}::bigint[]) order by id`.execute(bench.db);
  return rows.map(({ id }) => id);
}

async function age(requestId: string): Promise<void> {
  await sql`
    update account_request set completed_at = now() - interval '31 days' where request_id = ${requestId}`.execute(
    bench.db,
  );
}

describe('a request past its days', () => {
  it('keeps its id, state and counts; its people, their phones and whom it told go', async () => {
    const batch = batchOf(3, { notify: { emails: ['ops@example.com'] }, onInvalid: 'ACCEPT_VALID' });
    const [, unmapped, refused] = batch.userList;
    if (unmapped !== undefined) unmapped.departmentCode = 'D404';
    if (refused !== undefined) refused.country = '';
    const requestId = await bench.portal.submit(batch);
    await bench.portal.finished(requestId);
    const before = await request(requestId);
    expect(before).toMatchObject({
      status: 'PARTIAL_FAILED',
      completedUsers: 1,
      failedUsers: 1,
      rejectedUsers: 1,
    });

    // WELINK and EMAIL of the second person wait for its IDAAS account: open work keeps everything.
    await age(requestId);
    expect(await purge('DRY_RUN')).toMatchObject({ account_request: 0, request_item: 0 });
    await sql`update account_task set status = 'CANCELLED', completed_at = now() where status = 'WAITING'`.execute(
      bench.db,
    );
    const cancelled = await request(requestId);
    expect(await purge('DRY_RUN')).toMatchObject({ account_request: 1, request_item: 2 });
    expect(await request(requestId)).toEqual(cancelled);

    await purged();
    const { errorSummary, explanation, items, ...counts } = await request(requestId);
    const { errorSummary: errorsBefore, explanation: _explained, items: _items, ...countsBefore } = cancelled;
    expect(counts).toEqual(countsBefore);
    const { message: _before, ...errorBefore } = errorsBefore[0];
    expect(errorSummary).toEqual(
      expect.arrayContaining([
        {
          ...errorBefore,
          count: expect.any(Number),
          message: expect.stringMatching(/^The cause was [A-Z_]+; whom it concerned was removed/),
        },
      ]),
    );
    expect(items).toEqual({ totalCount: 0 });
    expect(explanation).toContain('send the same call again');
    const { rows } = await sql<{ text: string }>`
      select r::text as text from account_request r where request_id = ${requestId}`.execute(bench.db);
    expect(rows[0]?.text).not.toMatch(/ops@example|P\d{6}|138\d{8}/);
    expect(await purge('DRY_RUN')).toMatchObject({ account_request: 0, request_item: 0 });
    // The last event of a subscription is what the request says.
    expect(await bench.portal.finished(requestId)).toMatchObject({
      final: true,
      completedUsers: 1,
      failedUsers: 1,
    });
    const { retryRequest } = await bench.portal.read(
      'mutation M($id: String!) { retryRequest(input: { requestId: $id }) { userErrors { code message } } }',
      { id: requestId },
    );
    expect(retryRequest.userErrors).toMatchObject([
      { code: 'INVALID_STATE', message: expect.stringContaining('Send the same call again') },
    ]);

    // Its key lives as long as it does: the same call is this request, begun anew since it had failed.
    await bench.portal.mapDepartments(['D404']);
    expect(await bench.portal.createAccounts(batch)).toMatchObject({
      replayed: true,
      request: { requestId },
    });
    await bench.portal.finished(requestId);
    expect(await request(requestId)).toMatchObject({
      status: 'COMPLETED',
      round: 2,
      completedUsers: 2,
      rejectedUsers: 1,
    });
  });

  it('that completed answers a replay as it is', async () => {
    const batch = batchOf(1);
    const requestId = await bench.portal.submit(batch);
    await bench.portal.finished(requestId);
    await age(requestId);
    await purged();
    expect(await bench.portal.createAccounts(batch)).toMatchObject({
      replayed: true,
      request: { requestId, status: 'COMPLETED' },
    });
    expect(await request(requestId)).toMatchObject({ round: 1, progress: 100, items: { totalCount: 0 } });
    const reservations = await sql<{ count: number }>`
      select count(*)::int as count from name_reservation`.execute(bench.db);
    expect(reservations.rows[0]?.count).toBeGreaterThan(0);
  });

  it('goes in many batches', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1)
      ids.push(await insertRequest(bench.db, { status: 'CANCELLED', completed_at: '2026-01-01T00:00:00Z' }));
    await sql`
      insert into request_item (request_id, position, employee_number, employee_name, department_code, phone_number,
        country, status)
      select r, n, 'X' || n, '张三', 'D1', '13800138000', 'CN', 'CANCELLED'
      from unnest(${ids}::bigint[]) as r, generate_series(1, 1500) as n`.execute(bench.db);
    expect(await purge('DRY_RUN')).toMatchObject({ account_request: 3, request_item: 4_500 });
    await purged();
    expect(await purge('DRY_RUN')).toMatchObject({ account_request: 0, request_item: 0 });
    const { rows } = await sql<{ counts: unknown }>`
      select purged_counts->'items' as counts from account_request where id = ${ids[0]}::bigint`.execute(
      bench.db,
    );
    expect(rows).toEqual([{ counts: [{ status: 'CANCELLED', count: 1_500, settled: 0 }] }]);
  });
});

it('attempts, runs, changes of Settings and events go after their days, and no sooner than the law wants', async () => {
  const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const attempt = (task: string, days: number) =>
    insertRow(bench.db, 'task_attempt', {
      task_id: task,
      execution_attempt: days,
      outcome: 'RETRYABLE',
      started_at: at(days),
      finished_at: at(days),
    });
  const done = await insertTask(bench.db, { status: 'COMPLETED' });
  const open = await insertTask(bench.db, { status: 'RETRY', next_attempt_at: '2999-01-01T00:00:00Z' });
  await insertItem(bench.db);
  const attempts = [await attempt(done, 181), await attempt(done, 100), await attempt(open, 181)];
  const run = (days: number, kind: string) =>
    insertRow(bench.db, 'sync_run', {
      run_id: unique('run_'),
      kind,
      mode: 'RUN',
      trigger: 'SCHEDULED_TASK',
      status: 'COMPLETED',
      started_at: at(days),
      finished_at: at(days),
    });
  const runs = [
    await run(200, 'LEAVERS'),
    await run(190, 'LEAVERS'),
    await run(100, 'HR_SYNC'),
    await run(90, 'HR_SYNC'),
  ];
  const change = (days: number) =>
    insertRow(bench.db, 'setting_change', { key: 'k', changed_by: 'tester', changed_at: at(days) });
  const changes = [await change(181), await change(100)];
  const event = async (days: number, status: string) => {
    const id = await insertRow(bench.db, 'notification_event', {
      type: 'webhook.test',
      subject: unique('s'),
      data: {},
      occurred_at: at(days),
      relayed_at: at(days),
    });
    await insertRow(bench.db, 'notification_delivery', {
      event_id: id,
      channel: 'EMAIL',
      target: 'ops@example.com',
      status,
      next_attempt_at: status === 'RETRY' ? '2999-01-01T00:00:00Z' : null,
    });
    return id;
  };
  const events = [await event(31, 'DELIVERED'), await event(29, 'DELIVERED'), await event(31, 'RETRY')];
  const set = async (values: Readonly<Record<string, unknown>>) => {
    await storeSettings(bench.db, values);
    const { settings } = bench.application.core;
    await expect.poll(() => Object.keys(values).every((key) => settings.raw(key) === values[key])).toBe(true);
  };
  const kept = async () => [
    await rowsOf('task_attempt', attempts),
    await rowsOf('sync_run', runs),
    await rowsOf('setting_change', changes),
    await rowsOf('notification_event', events),
  ];

  await set({ retention_attempts_days: 30, retention_runs_days: 30, retention_audit_days: 30 });
  expect(await purge('DRY_RUN')).toMatchObject({
    task_attempt: 1,
    sync_run: 1,
    setting_change: 1,
    notification_event: 1,
  });
  await purged();
  expect(await kept()).toEqual([attempts.slice(1), runs.slice(1), changes.slice(1), events.slice(1)]);

  await set({ retention_below_legal_minimum: true });
  await purged();
  // What is open stays, and the last run of each kind.
  expect(await kept()).toEqual([attempts.slice(2), [runs[1], runs[3]], [], events.slice(1)]);
});

it('is scheduled every night in the display time zone, once for all replicas', async () => {
  const schedules = await bench.application.core.boss.getSchedules(purgeJob.name);
  expect(schedules).toMatchObject([
    {
      key: 'purge',
      cron: 'FREQ=DAILY;BYHOUR=3;BYMINUTE=20',
      timezone: 'Asia/Shanghai',
      options: { missed: 'once' },
    },
  ]);
});
