import { expect, test } from 'vitest';
import { RowWarnings, type WarningFacts } from './find-intake-warnings.ts';

const facts: WarningFacts = {
  mappedDepartments: new Set(['D1']),
  countryAliases: {},
  nameCheck: 'strict',
  doubtfulNames: 'hold',
};

function row(position: number, phoneNumber: string, given: { readonly country?: string } = {}) {
  const user = {
    position,
    employeeNumber: `P${position}`,
    employeeName: '张三',
    departmentCode: 'D1',
    phoneNumber,
    partnerCompany: null,
    country: given.country ?? 'CN',
  };
  return {
    user,
    nameDiffers: false,
    departmentCodes: ['D1'],
    needsMobile: true,
    needsPhone: true,
    spelled: null,
    doubt: null,
  };
}

test('a phone is the same in any notation; without WELINK it may be shared', () => {
  const warnings = new RowWarnings(facts);
  expect(warnings.next(row(0, '13912345678'))).toEqual([]);
  expect(warnings.next(row(1, '+86 139-1234-5678', { country: 'US' }))).toMatchObject([
    {
      code: 'PHONE_SHARED',
      path: ['userList', '1', 'phoneNumber'],
      employeeNumber: 'P1',
      parameters: { firstPosition: 0 },
    },
  ]);
  expect(warnings.next({ ...row(2, '13912345678'), needsMobile: false, needsPhone: false })).toEqual([]);
  expect(warnings.next(row(3, '010-62771234'))).toMatchObject([{ code: 'PHONE_NOT_MOBILE' }]);
});

test('one mapped department is enough; a row of another name is warned of for that alone, unless it is accepted', () => {
  const odd = { ...row(0, '13912345678'), departmentCodes: ['D9', 'D8'], nameDiffers: true };
  const codes = (given: Partial<WarningFacts>) =>
    new RowWarnings({ ...facts, ...given }).next(odd).map(({ code }) => code);
  expect(codes({})).toEqual(['PERSON_MISMATCH']);
  expect(codes({ nameCheck: 'warn' })).toEqual(['PERSON_MISMATCH', 'DEPARTMENT_UNMAPPED']);
  expect(codes({ nameCheck: 'warn', mappedDepartments: new Set(['D8']) })).toEqual(['PERSON_MISMATCH']);
});
