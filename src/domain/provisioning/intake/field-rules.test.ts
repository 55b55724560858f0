import { describe, expect, test } from 'vitest';
import { checkField, isEmployeeNumber, rowRules } from './field-rules.ts';
import type { NormalisedRow } from './normalise-create-accounts.ts';

function problemsOf(field: keyof NormalisedRow, value: string) {
  return rowRules.filter((rule) => rule.field === field).flatMap((rule) => checkField(rule, value));
}

test.each([
  ['NUL', 'employeeName', '张\0三', 'U+0000'],
  ['a lone surrogate', 'employeeName', '王\uD842', 'U+D842'],
  ['private use', 'partnerCompany', '\uE123', 'U+E123'],
  ['a line break inside', 'departmentCode', '12\n00', 'U+000A'],
  ['NUL in a phone', 'phoneNumber', '138\0', 'U+0000'],
] as const)('%s is refused and named', (_, field, value, character) => {
  expect(problemsOf(field, value)).toEqual([
    { code: 'INVALID', parameters: { variant: 'CHARACTER', character } },
  ]);
});

test.each([
  ['Han', 'employeeNumber', '外包001', '外 (U+5916)'],
  ['a space', 'employeeNumber', 'P 1', 'U+0020'],
  ['an accent', 'employeeNumber', 'é1', 'é (U+00E9)'],
  ['a letter', 'phoneNumber', '138abc00138', 'a (U+0061)'],
  ['a piece of ext', 'phoneNumber', '88888888 e 1', 'e (U+0065)'],
  ['Han', 'phoneNumber', '13800138000 家', '家 (U+5BB6)'],
  ['half of 分机', 'phoneNumber', '88888888 机 1', '机 (U+673A)'],
  ['a long dash', 'phoneNumber', '010–88888888', '– (U+2013)'],
] as const)('%s in %s is refused with what is allowed', (_, field, value, character) => {
  expect(problemsOf(field, value)).toMatchObject([
    {
      code: 'INVALID',
      parameters: { variant: 'ALLOWED', character, allowed: expect.stringContaining('0-9') },
    },
  ]);
});

describe('a phone', () => {
  test.each([
    '12345',
    '+86 (010) 8888.8888/1*2#3,4;5',
    '88888888 转 1',
    '88888888分机1',
    '88888888 EXT. 1',
    '8888888x1',
    '1'.repeat(25),
  ])('may be %s', (phone) => expect(problemsOf('phoneNumber', phone)).toEqual([]));

  test.each([
    ['1234', 4],
    ['1'.repeat(26), 26],
    ['+-()', 0],
  ])('may not be %s: 5 to 25 digits', (phone, digits) => {
    const parameters = { variant: 'DIGITS', digits, minimum: 5, maximum: 25 };
    expect(problemsOf('phoneNumber', phone)).toEqual([{ code: 'INVALID', parameters }]);
  });
});

test.each([
  ['P000126', true],
  ['a-b_c.D', true],
  ['n'.repeat(50), true],
  ['n'.repeat(51), false],
  ['外包001', false],
  ['1.2E+05', false],
  ['P1\n', false],
  ['', false],
])('%j is an employee number: %s', (text, expected) => expect(isEmployeeNumber(text)).toBe(expected));

test.each(['1.0000123E7', '2.6000053e+7', '10001.0', '10001.00'])(
  'PF05 and PF06: %s is what a program made of an employee number, in a call as in a file',
  (value) => {
    expect(problemsOf('employeeNumber', value)).toEqual([
      { code: 'INVALID', parameters: { variant: 'MANGLED', value } },
    ]);
  },
);

test.each(['12E3', '1.2', 'A.0', '10001.5', '1.2.0', '...', 'NA', 'Nan1'])(
  '%s may be an employee number',
  (value) => expect(problemsOf('employeeNumber', value)).toEqual([]),
);

test.each(['NULL', 'null', 'None', 'NaN'])('PF09: the employee number %s stands for nothing', (value) => {
  expect(problemsOf('employeeNumber', value)).toEqual([
    { code: 'INVALID', parameters: { variant: 'PLACEHOLDER', value } },
  ]);
});
