import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import type { Answer } from './setup/answers.ts';
import { findViolations } from './setup/invariants.ts';

/** `createAccounts` over HTTP with one text changed; what Postgres or JSON may change silently on the way. */
let bench: ApiBench;
const answers: Answer[] = [];
beforeAll(async () => {
  bench = await ApiBench.start();
  await bench.portal.mapDepartments(['D001']);
});
afterAll(() => bench.stop());

async function create(people: readonly Readonly<Record<string, string>>[]) {
  const input = batchOf(people.length);
  const userList = input.userList.map((user, index) => ({ ...user, ...people[index] }));
  const outcome = await bench.portal.createAccounts({ ...input, userList });
  if (outcome.request !== null)
    answers.push({ key: input.businessKey, requestId: outcome.request.requestId });
  return outcome;
}

describe('texts over HTTP', () => {
  test.each([
    ['NUL', '张\u0000三'],
    ['a lone high surrogate', '张\ud800'],
    ['a lone low surrogate', '\udc00三'],
    ['an RTL override', '张\u202e三'],
    ['a bidi isolate', '张\u2066三'],
  ])('with %s: refused or cleaned, never stored as something else', async (_, employeeName) => {
    // As an escape in JSON: a body cannot carry half a character in UTF-8.
    const outcome = await create([{ employeeName }]);
    if (outcome.request === null) {
      expect(outcome.userErrors).toMatchObject([
        { code: 'INVALID', path: ['userList', '0', 'employeeName'] },
      ]);
      expect(outcome.userErrors[0].message).toMatch(/U\+[0-9A-F]{4}/);
      return;
    }
    await bench.portal.finished(outcome.request.requestId);
    expect(await nameIn(outcome.request.requestId)).toBe('张三');
  });

  test('NFC and NFD twins are one person, 4-byte characters arrive whole', async () => {
    const twins = await create([{ employeeNumber: 'TWIN-1', employeeName: 'Zo\u00eb Müller' }]);
    await bench.portal.finished(twins.request.requestId);
    // The same name in other bytes is no other person.
    const again = await create([{ employeeNumber: 'twin-1', employeeName: 'Zoe\u0308 Mu\u0308ller' }]);
    expect((await bench.portal.finished(again.request.requestId)).request.status).toBe('COMPLETED');
    expect(await nameIn(again.request.requestId)).toBe('Zoë Müller');
    const both = await create([
      { employeeNumber: 'SAME-1', employeeName: 'e\u0301' },
      { employeeNumber: 'ＳＡＭＥ-1', employeeName: '\u00e9' },
    ]);
    expect(both.userErrors).toMatchObject([{ code: 'DUPLICATE_ROW' }]);
    const rare = await create([{ employeeNumber: 'RARE-1', employeeName: '王𠮷𪚥' }]);
    expect((await bench.portal.finished(rare.request.requestId)).request.status).toBe('COMPLETED');
    expect(await nameIn(rare.request.requestId)).toBe('王𠮷𪚥');
    const account = bench.sandbox.control.accounts('WELINK').find(({ key }) => key === 'RARE-1');
    expect(account).toBeDefined();
  });

  test('leave every invariant whole', async () => {
    const checked = { sql: bench.db, sandbox: bench.sandbox };
    expect(await findViolations(checked, { processes: 1, answers })).toEqual([]);
  });
});

async function nameIn(requestId: string): Promise<string> {
  const { request } = await bench.portal.read(
    'query Q($id: String!) { request(requestId: $id) { items(first: 1) { nodes { employeeName } } } }',
    { id: requestId },
  );
  return request.items.nodes[0].employeeName;
}
