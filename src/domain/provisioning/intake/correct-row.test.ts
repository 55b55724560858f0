import { expect, test } from 'vitest';
import { type CorrectableRow, correctRow, fieldsOfHr } from './correct-row.ts';

const row: CorrectableRow = {
  employeeName: '张三',
  departmentCode: 'D1',
  phoneNumber: '010-62771234',
  partnerCompany: '示例公司',
  country: '中国',
};

test('takes what is given in its normal form, keeps the rest, and says what is another now', () => {
  expect(
    correctRow(row, { phoneNumber: '１３９１２３４５６７８', employeeName: '张 三', partnerCompany: null }),
  ).toEqual({
    row: { ...row, phoneNumber: '13912345678', partnerCompany: null },
    changed: ['phoneNumber', 'partnerCompany'],
  });
});

test('finds every problem at once, also a required value that is taken away', () => {
  expect(
    correctRow(row, { phoneNumber: 'none', country: ' ', departmentCode: null, partnerCompany: '' }),
  ).toEqual({
    problems: [
      { field: 'departmentCode', code: 'REQUIRED', parameters: { field: 'departmentCode' } },
      {
        field: 'phoneNumber',
        code: 'INVALID',
        parameters: expect.objectContaining({ field: 'phoneNumber' }),
      },
      { field: 'country', code: 'REQUIRED', parameters: { field: 'country' } },
    ],
  });
});

test('what HR says is HR’s to correct, unless it says the same, or nothing', () => {
  const corrected = { ...row, phoneNumber: '139 1234 5678', departmentCode: 'D2' };
  const changed = ['phoneNumber', 'departmentCode'] as const;
  const place = { department_code: 'D9', partner_company: null, country: null };
  expect(fieldsOfHr({ row: corrected, changed }, { phone: '010', departments: [place] })).toEqual(changed);
  expect(
    fieldsOfHr(
      { row: corrected, changed },
      { phone: '13912345678', departments: [place, { ...place, department_code: 'D2' }] },
    ),
  ).toEqual([]);
  expect(fieldsOfHr({ row: corrected, changed }, { phone: null, departments: [] })).toEqual([]);
});
