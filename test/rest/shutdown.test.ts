import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { API_KEY, ApiBench } from '../setup/api.ts';
import { RestCaller } from './caller.ts';

test('a server that stops answers who waits for a run with 202, and who comes now with 503', async () => {
  const bench = await ApiBench.start({ hrPeople: 20 });
  const caller = new RestCaller(bench.url);
  const { control } = bench.sandbox;
  await control.addFault({ system: 'HIEDS', operation: 'page', fault: 'hang', times: 'forever' });
  const waiting = caller.post(
    '/task-management/sync_hr_persons/',
    { mode: 'run' },
    { headers: { prefer: 'wait=100' } },
  );
  await control.whenCalled({ system: 'HIEDS', operation: 'page', count: 1 });
  // Begun before the server stops, and ended after.
  const { hostname, port } = new URL(bench.url);
  const late = connect(Number(port), hostname);
  await once(late, 'connect');
  late.write(`GET /hr-persons/ HTTP/1.1\r\nhost: x\r\nx-api-key: ${API_KEY}\r\n`);
  // Another call on another connection was read after these lines.
  await caller.get('/account-creation/task_stats/');
  const stopped = bench.stop();
  const { status, body } = await waiting;
  expect(status).toBe(202);
  expect(body).toMatchObject({ status: 'running', mode: 'run', runId: expect.stringMatching(/^run_/) });
  late.write('\r\n');
  const answer = await text(late);
  expect(answer).toMatch(/^HTTP\/1.1 503 /);
  expect(answer.toLowerCase()).toMatch(/retry-after: \d+/);
  expect(answer).toContain('{"detail":"服务正在停止，请稍后重试。"}');
  control.release();
  await stopped;
});
