import { expect, test } from 'vitest';
import { type NamelessPerson, previewNames } from './preview-names.ts';
import { wantedNames } from './wanted-names.ts';

const nothing: ReadonlySet<string> = new Set();
const free = { localParts: nothing, reserved: nothing, logins: nothing };

function person(employeeNumber: string, fullName: string, given: Partial<NamelessPerson> = {}) {
  const rules = { umlaut: 'v', notesLeftOff: [] } as const;
  const source = {
    employeeNumber,
    fullName,
    pinyinName: null,
    employeeAccount: null,
    nameAccepted: false,
    rules,
  };
  const emailAddress = given.emailAddress ?? null;
  return {
    employeeNumber,
    wanted: wantedNames({ ...source, emailAddress }),
    emailAddress,
    emailDomain: null,
    ...given,
  };
}

test('people of one name get numbers within the batch, after those who have the name already', () => {
  const people = [person('P1', '张三'), person('P2', '张三'), person('P3', '张三', { emailDomain: '@b.cn' })];
  expect(previewNames(people, { ...free, localParts: new Set(['zhangsan2']) }, 'a.cn')).toEqual([
    { username: 'zP1', emailAddress: 'zhangsan@a.cn' },
    { username: 'zP2', emailAddress: 'zhangsan3@a.cn' },
    { username: 'zP3', emailAddress: 'zhangsan4@b.cn' },
  ]);
});

test('a login that is taken, there or in the batch, gives way to the number, then to none', () => {
  const people = [person('P1', '张三'), person('zP2', '王𠮷'), person('P2', '张三')];
  const logins = new Set(['zp1', 'p1']);
  expect(previewNames(people, { ...free, logins }, 'a.cn').map(({ username }) => username)).toEqual([
    null,
    'zP2',
    'P2',
  ]);
});

test('an address that HR knows stands; without a domain nothing is chosen; reserved words are given to nobody', () => {
  const people = [
    person('P1', '张三', { emailAddress: 'zhangsan@hr.cn' }),
    person('P2', '张三'),
    person('P3', 'Admin', { emailDomain: 'c.cn' }),
  ];
  expect(previewNames(people, { ...free, reserved: new Set(['admin']) }, null)).toEqual([
    { username: 'zP1', emailAddress: 'zhangsan@hr.cn' },
    { username: null, emailAddress: null },
    { username: 'aP3', emailAddress: 'admin2@c.cn' },
  ]);
});

test('ten thousand people of one name are quick', () => {
  const people = Array.from({ length: 10_000 }, (_, index) => person(`P${index}`, '张三'));
  const names = previewNames(people, free, 'a.cn');
  expect(new Set(names.map(({ emailAddress }) => emailAddress)).size).toBe(10_000);
});
