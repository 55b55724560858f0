import { expect, test } from 'vitest';
import { accountColumns } from '../../../clients/files/src/people-columns.ts';
import { readRows } from '../../../clients/files/src/read-rows.ts';
import { sayIn } from '../arguments/locale.ts';
import { type AccountFlags, accountsInputOf } from './account-rows.ts';

const say = sayIn('en');

function inputOf(text: string, flags: AccountFlags = {}) {
  const { rows } = readRows(text, accountColumns, say);
  return accountsInputOf({ rows, file: 'lists/batch-7.csv', flags, say });
}

test('people in a file make one call; what the file does not say is the usual', () => {
  expect(inputOf('工号,姓名,部门代码,手机号,账号类型\nP1,张三,D001,13800138000,供应商\n')).toEqual({
    originSystem: 'CLI',
    businessKey: 'batch-7',
    accountType: '供应商',
    employeeType: '1',
    systemList: ['IDAAS', 'WELINK', 'EMAIL'],
    userList: [
      {
        employeeNumber: 'P1',
        employeeName: '张三',
        departmentCode: 'D001',
        phoneNumber: '13800138000',
        partnerCompany: null,
        country: '中国',
      },
    ],
  });
});

test('the file says what concerns the call as a whole, and flags rule over it', () => {
  const text =
    'employeeNumber,employeeName,departmentCode,phoneNumber,accountType,systemList,businessKey\n' +
    'P1,张三,D001,13800138000,11,"idaas, email",K1\nP2,李四,D001,13800138001,11,"idaas, email",\n';
  expect(inputOf(text)).toMatchObject({
    businessKey: 'K1',
    accountType: '11',
    systemList: ['IDAAS', 'EMAIL'],
  });
  expect(inputOf(text, { businessKey: 'K2', system: ['welink'] })).toMatchObject({
    businessKey: 'K2',
    systemList: ['WELINK'],
  });
});

test('lines that contradict each other, an unknown system and no type are refused by name', () => {
  const head = 'employeeNumber,employeeName,departmentCode,phoneNumber';
  expect(() => inputOf(`${head},accountType\nP1,张三,D1,138,11\nP2,李四,D1,139,10\n`)).toThrow(
    'it is 11 in line 2 and 10 in line 3',
  );
  expect(
    inputOf(`${head},accountType\nP1,张三,D1,138,11\nP2,李四,D1,139,10\n`, { accountType: '12' }),
  ).toMatchObject({ accountType: '12' });
  expect(() => inputOf(`${head}\nP1,张三,D1,138\n`)).toThrow('No account type');
  expect(() => inputOf(`${head}\nP1,张三,D1,138\n`, { accountType: '11', system: ['ldap'] })).toThrow(
    'There is no system ldap',
  );
});
