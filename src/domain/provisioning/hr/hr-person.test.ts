import { expect, test } from 'vitest';
import { type HrPerson, hashHrPerson, hrFieldNames } from './hr-person.ts';

const person: HrPerson = {
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

test('the hash knows every field there is', () => {
  expect(hrFieldNames.toSorted()).toEqual(Object.keys(person).toSorted());
  const hashes = hrFieldNames.map((field) =>
    hashHrPerson({ ...person, [field]: field === 'departments' ? [{ department_code: 'D1' }] : 'other' }),
  );
  expect(new Set([hashHrPerson(person), ...hashes]).size).toBe(hrFieldNames.length + 1);
});

test('the order in which a row names its fields does not matter', () => {
  const reversed = { ...person, ...Object.fromEntries(Object.entries(person).toReversed()) };
  const { employeeNumber, ...rest } = reversed;
  expect(hashHrPerson({ ...rest, employeeNumber })).toBe(hashHrPerson(person));
});
