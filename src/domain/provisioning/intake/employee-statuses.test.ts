import { expect, test } from 'vitest';
import { checkEmployeeStatuses } from './employee-statuses.ts';

test('none were given', () => {
  expect(checkEmployeeStatuses(null)).toEqual({ statuses: null });
});

test('each once and in order, as they are stored', () => {
  expect(checkEmployeeStatuses(['2', ' 1 ', '2', '在职'])).toEqual({ statuses: ['1', '2', '在职'] });
});

test.each([
  [[], 'REQUIRED', ['employeeStatus']],
  [['1', '  '], 'REQUIRED', ['employeeStatus', '1']],
  [['x'.repeat(51)], 'TOO_LONG', ['employeeStatus', '0']],
  [['1\0'], 'INVALID', ['employeeStatus', '0']],
  [Array.from({ length: 51 }, (_, index) => String(index)), 'TOO_MANY', ['employeeStatus']],
])('%o is %s', (given, code, path) => {
  expect(checkEmployeeStatuses(given)).toMatchObject({ problem: { code, path } });
});
