import { expect, test } from 'vitest';
import { inOrderOfRows, RowWarnings, type WarningFacts } from './find-intake-warnings.ts';

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
    read: null,
  };
}

test('a phone is the same in any notation; without WELINK it may be shared', () => {
  const warnings = new RowWarnings(facts);
  expect(warnings.next(row(0, '13912345678'))).toEqual([]);
  const shared = (position: number, otherPosition: number) => ({
    code: 'PHONE_SHARED',
    path: ['userList', String(position), 'phoneNumber'],
    employeeNumber: `P${position}`,
    parameters: { otherPosition },
  });
  expect(warnings.next(row(1, '+86 139-1234-5678', { country: 'US' }))).toMatchObject([
    shared(0, 1),
    shared(1, 0),
  ]);
  expect(warnings.next({ ...row(2, '13912345678'), needsMobile: false, needsPhone: false })).toEqual([]);
  expect(warnings.next(row(3, '010-62771234'))).toMatchObject([{ code: 'PHONE_NOT_MOBILE' }]);
  expect(warnings.next(row(4, '13912345678'))).toMatchObject([shared(4, 0)]);
});

test('UP09: of two rows with one number both are warned of, the earlier one first', () => {
  const finder = new RowWarnings(facts);
  const found = ['18888888888', '13912345678', '18888888888'].flatMap((phone, position) =>
    finder.next(row(position, phone)),
  );
  expect(inOrderOfRows(found).map(({ code, path }) => [code, path[1]])).toEqual([
    ['PHONE_PLACEHOLDER', '0'],
    ['PHONE_SHARED', '0'],
    ['PHONE_PLACEHOLDER', '2'],
    ['PHONE_SHARED', '2'],
  ]);
});

test('one mapped department is enough; a row of another name is warned of for that alone, unless it is accepted', () => {
  const odd = { ...row(0, '13912345678'), departmentCodes: ['D9', 'D8'], nameDiffers: true };
  const codes = (given: Partial<WarningFacts>) =>
    new RowWarnings({ ...facts, ...given }).next(odd).map(({ code }) => code);
  expect(codes({})).toEqual(['PERSON_MISMATCH']);
  expect(codes({ nameCheck: 'warn' })).toEqual(['PERSON_MISMATCH', 'DEPARTMENT_UNMAPPED']);
  expect(codes({ nameCheck: 'warn', mappedDepartments: new Set(['D8']) })).toEqual(['PERSON_MISMATCH']);
});
