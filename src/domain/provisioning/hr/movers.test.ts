import { expect, test } from 'vitest';
import type { HrPerson } from './hr-person.ts';
import { findMoved, type MoverBefore } from './movers.ts';

const sample: HrPerson = {
  employeeNumber: 'E1',
  hrPersonId: '1',
  fullName: '张三',
  englishName: null,
  sex: null,
  birthDay: null,
  nationalityCode: null,
  personType: '10',
  employeeStatus: '1',
  employeeAccount: null,
  hrUserId: null,
  employeeDescription: null,
  emailAddress: null,
  telephoneNumber1: null,
  telephoneNumber2: null,
  telephoneNumber3: null,
  fullAddress: null,
  postalCode: null,
  baseLocation: null,
  expenseAccount: null,
  personPinyinName: null,
  originalHireDate: null,
  effectiveDate: null,
  disableDate: null,
  departments: [],
  tenantId: null,
  hrCreatedAt: null,
  hrUpdatedAt: null,
};

const before: MoverBefore = {
  fullName: '张三',
  departmentCodes: ['D1', 'D2'],
  phone: '+86 138-0013-8000',
  emailAddress: 'zhangsan@example.com',
};
const same = {
  ...sample,
  fullName: '张三',
  departments: ['D1', 'D2'].map((code) => ({ department_code: code, partner_company: null, country: null })),
  telephoneNumber1: '13800138000',
  emailAddress: 'ZhangSan@example.com',
};

test.each([
  ['nothing', {}, []],
  ['the name', { fullName: '张三丰' }, ['name']],
  ['the department', { departments: same.departments.toReversed() }, ['department']],
  ['the phone', { telephoneNumber1: '13800138001' }, ['phone']],
  ['the address', { emailAddress: 'zhangsan2@example.com' }, ['email']],
  ['nothing that systems show', { sex: '2', employeeStatus: '0', telephoneNumber2: '1' }, []],
  ['nothing by leaving it empty', { departments: [], telephoneNumber1: null, emailAddress: null }, []],
])('HR changed %s', (_what, change, moved) => {
  expect(findMoved(before, { ...same, ...change })).toEqual(moved);
});

test('an address and a phone that come first are news', () => {
  const unknown = { ...before, phone: null, emailAddress: null };
  expect(findMoved(unknown, same)).toEqual(['phone', 'email']);
});
