import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiBench } from '../../setup/api.ts';
import { batchOf } from '../../setup/batch.ts';
import type { Answer } from '../setup/answers.ts';
import { findViolations } from '../setup/invariants.ts';
import { findProgressViolations, followProgress } from '../setup/progress.ts';

const PEOPLE_MAX = 10_000;

let bench: ApiBench;
beforeAll(async () => {
  bench = await ApiBench.start();
  await bench.portal.mapDepartments(['D001']);
});
afterAll(() => bench.stop());

async function countRequests(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from account_request`.execute(
    bench.db,
  );
  return rows[0]?.count ?? 0;
}

test('no people, one too many, and a megabyte in a field are refused and store nothing', async () => {
  expect(await bench.portal.createAccounts({ ...batchOf(1), userList: [] })).toMatchObject({
    request: null,
    userErrors: [{ code: 'REQUIRED', path: ['userList'] }],
  });
  expect(await bench.portal.createAccounts(batchOf(PEOPLE_MAX + 1))).toMatchObject({
    request: null,
    userErrors: [{ code: 'TOO_MANY', path: ['userList'] }],
  });
  const batch = batchOf(1);
  const [user] = batch.userList;
  const large = { ...batch, userList: [{ ...user, employeeName: '长'.repeat(350_000) }] };
  const refused = await bench.portal.createAccounts(large);
  expect(refused).toMatchObject({ request: null, userErrors: [{ code: 'TOO_LONG' }] });
  expect(JSON.stringify(refused).length).toBeLessThan(2_000);
  expect(await countRequests()).toBe(0);
});

test('10,000 people of one request are worked through, each once', { timeout: 180_000 }, async () => {
  const batch = batchOf(PEOPLE_MAX, { systemList: ['IDAAS'] });
  const requestId = await bench.portal.submit(batch);
  const answers: Answer[] = [{ key: batch.businessKey, requestId }];
  const events = await followProgress(requestId, () => bench.portal);
  expect(events.at(-1)).toMatchObject({ completedUsers: PEOPLE_MAX, request: { status: 'COMPLETED' } });
  const found = await findViolations({ sql: bench.db, sandbox: bench.sandbox }, { processes: 1, answers });
  expect([...found, ...findProgressViolations(events)]).toEqual([]);
});
