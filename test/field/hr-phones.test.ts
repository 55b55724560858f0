import { afterAll, beforeAll, expect, test } from 'vitest';
import { HrBench } from './hr-bench.ts';

let field: HrBench;
beforeAll(async () => {
  field = await HrBench.start();
});
afterAll(() => field.stop());

/** HR's answer of one person, with what it says of the phone. */
function answer(row: Readonly<Record<string, unknown>>) {
  const person = {
    personId: 'p1',
    employeeNumber: 'E9219',
    fullName: '林晓枫',
    personType: '10',
    employeeStatus: '1',
    ...row,
  };
  return { status: 200, data: { result: [person], pageInfo: { totalPages: 1, totalCount: 1 } } };
}

test('UP09: no phone of HR, in any form, takes away that of a request; a phone of HR replaces it', async () => {
  const user = {
    employeeNumber: 'E9219',
    employeeName: '林晓枫',
    phoneNumber: '13900030019',
    country: '中国',
  };
  const id = await field.bench.submit([user], { systems: ['WELINK'] });
  await field.bench.finished(id);
  const phone = async () => (await field.people())[0]?.telephone_number1;
  for (const empty of ['', null, '  ', undefined]) {
    field.hr.answer(() => answer({ telephoneNumber1: empty }));
    expect((await field.sync({ full: true })).status).toBe('COMPLETED');
    expect(await phone()).toBe('13900030019');
  }
  field.hr.answer(() => answer({ telephoneNumber1: '13900030020' }));
  await field.sync({ full: true });
  expect(await phone()).toBe('13900030020');
  field.hr.answer(() => answer({ telephoneNumber1: null }));
  await field.sync({ full: true });
  expect(await phone()).toBe('13900030020');
});
