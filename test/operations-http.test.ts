import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_KEY, ApiBench } from './setup/api.ts';
import { batchOf } from './setup/batch.ts';

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

test('figures follow the work, and name nobody', async () => {
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
