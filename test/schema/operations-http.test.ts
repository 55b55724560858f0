import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyByItself } from '../../src/jobs/audit/verify-by-itself.ts';
import { createLogger } from '../../src/logger.ts';
import { API_KEY, ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { insertRow } from '../setup/rows.ts';

let bench: ApiBench;
beforeAll(async () => {
  bench = await ApiBench.start();
  await bench.portal.mapDepartments(['D001']);
});
afterAll(() => bench.stop());

const scrape = async () => {
  const answer = await fetch(new URL('/metrics', bench.url));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=/);
  return answer.text();
};
/** Value of a series; null when it is not there. */
const figure = (text: string, series: string) => {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
};

test('the dashboard of the jobs is for administrators, and fetches nothing from outside', async () => {
  const visit = (path: string, authorization?: string) =>
    fetch(new URL(path, bench.url), authorization === undefined ? {} : { headers: { authorization } });
  const basic = (password: string) => `Basic ${Buffer.from(`ops:${password}`).toString('base64')}`;
  const asked = await visit('/jobs');
  expect(asked.status).toBe(401);
  expect(asked.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
  expect((await visit('/jobs/queues', basic('wrong-key-of-24-characters'))).status).toBe(401);
  const page = await visit('/jobs', basic(API_KEY));
  expect(page.status).toBe(200);
  const html = await page.text();
  expect(html).toContain('provisioning');
  expect(html).not.toMatch(/https?:\/\/fonts\./);
  const scripts = [...html.matchAll(/"(\/jobs\/assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? '');
  expect(scripts.length).toBeGreaterThan(0);
  for (const path of scripts) {
    const script = await visit(path, `Bearer ${API_KEY}`);
    expect(script.status, path).toBe(200);
    expect(await script.text()).not.toMatch(/https?:\/\/fonts\./);
  }
});

test('metrics follow the work, and name no person', async () => {
  // Nothing is sent to EMAIL, so that nothing comes of it but what is put there.
  const batch = batchOf(3, { systemList: ['IDAAS', 'WELINK'] });
  const requestId = await bench.portal.submit(batch);
  await bench.portal.finished(requestId);
  await bench.db
    .updateTable('system_state')
    .set({ circuit: 'OPEN', circuit_reason: 'UPSTREAM_CREDENTIALS' })
    .where('system', '=', 'EMAIL')
    .execute();

  let text = '';
  await expect
    .poll(async () => {
      text = await scrape();
      return [
        figure(text, 'accountsync_tasks{system="IDAAS",status="COMPLETED"}'),
        figure(text, 'accountsync_attempts_total{system="WELINK",outcome="CREATED"}'),
      ];
    })
    .toEqual([3, 3]);
  expect(figure(text, 'accountsync_switch_on{switch="task_processing_enabled"}')).toBe(1);
  expect(figure(text, 'accountsync_requests{status="COMPLETED"}')).toBe(1);
  expect(
    figure(
      text,
      'accountsync_upstream_call_duration_seconds_count{system="IDAAS",operation="create",outcome="answered"}',
    ),
  ).toBe(3);
  expect(figure(text, 'accountsync_circuit_open{system="EMAIL",reason="UPSTREAM_CREDENTIALS"}')).toBe(1);
  expect(figure(text, 'accountsync_oldest_ready_task_seconds{system="IDAAS"}')).toBe(0);
  expect(figure(text, 'accountsync_dead_letter_jobs{queue="provisioning.intake-request"}')).toBe(0);
  expect(figure(text, 'accountsync_database_pool_connections{state="waiting"}')).toBe(0);
  expect(figure(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  for (const user of batch.userList) {
    expect(text).not.toContain(user.employeeName);
    expect(text).not.toContain(user.employeeNumber);
    expect(text).not.toContain(user.phoneNumber);
  }
});

test('what never succeeded, waits for a key, or was tampered with has figures of its own', async () => {
  const text = await scrape();
  expect(figure(text, 'accountsync_audit_verified_timestamp_seconds{log="audit"}')).toBeNull();
  expect(text).not.toMatch(/^accountsync_hr_sync_expected_since\S* 0$/m);
  // HR is configured, and no sync has ever ended well.
  await sql`
    insert into sync_source (kind, configured) values ('HR_SYNC', true)
    on conflict (kind, scope) do update set configured = true`.execute(bench.db);
  await sql`update sync_run set status = 'FAILED' where kind = 'HR_SYNC'`.execute(bench.db);
  const event = await insertRow(bench.db, 'notification_event', {
    type: 'webhook.test',
    subject: 'figures',
    data: {},
    relayed_at: new Date(),
  });
  await insertRow(bench.db, 'notification_delivery', {
    event_id: event,
    channel: 'EMAIL',
    target: 'ops@example.com',
    error_code: 'SECRETS_KEY_UNKNOWN',
    // Due in a while: nobody takes it during the test.
    next_attempt_at: new Date(Date.now() + 600_000),
  });
  await verifyByItself({
    em: bench.application.core.orm.em,
    logger: createLogger({ level: 'silent', pretty: false }),
    stopping: new AbortController().signal,
  });
  await expect
    .poll(async () => {
      const now = await scrape();
      return [
        figure(now, 'accountsync_last_successful_run_timestamp_seconds{kind="HR_SYNC"}'),
        figure(now, 'accountsync_hr_sync_expected_since_timestamp_seconds{kind="HR_SYNC"}') !== null,
        figure(now, 'accountsync_waiting_deliveries{channel="EMAIL",error="SECRETS_KEY_UNKNOWN"}'),
        figure(now, 'accountsync_overdue_delivery_seconds{channel="EMAIL"}'),
        figure(now, 'accountsync_audit_chain_broken'),
      ];
    })
    .toEqual([null, true, 1, 0, 0]);
  await sql`update audit_verification set problem = 'ENTRY_ALTERED', seal = '1', entry = '2'`.execute(
    bench.db,
  );
  await expect.poll(async () => figure(await scrape(), 'accountsync_audit_chain_broken')).toBe(1);
});

test('tasks that may not run do not count for the age of a queue', async () => {
  const ages = async () => {
    const { rows } = await sql<{ name: string }>`select name from queue_ages()`.execute(bench.db);
    return rows.map(({ name }) => name).filter((name) => name.includes('look-up'));
  };
  const update = (paused: readonly unknown[]) =>
    bench.portal.read(
      `mutation S($value: JSON!) { updateSetting(input: { key: "paused_systems", value: $value }) { userErrors { message } } }`,
      { value: paused },
    );
  await update([{ system: 'WELINK', reason: 'maintenance' }]);
  // A job that no lane of this bench takes while it is inserted: its queue is looked at in the same statement.
  await bench.db.transaction().execute(async (tx) => {
    await sql`
      insert into pgboss.job (name, data, start_after)
      values ('provisioning.look-up.welink', '{}', now() - interval '1 hour'),
        ('provisioning.look-up.idaas', '{}', now() - interval '1 hour')`.execute(tx);
    const { rows } = await sql<{ name: string; age: number }>`
      select name, age from queue_ages() where name like '%look-up%'`.execute(tx);
    expect(rows).toEqual([{ name: 'provisioning.look-up.idaas', age: expect.closeTo(3_600, -2) }]);
    await sql`delete from pgboss.job where name like '%look-up%'`.execute(tx);
  });
  await update([]);
  expect(await ages()).toEqual([]);
});
