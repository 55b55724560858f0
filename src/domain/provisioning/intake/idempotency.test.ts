import { describe, expect, test } from 'vitest';
import { derivedKeyOf, fingerprintOf } from './idempotency.ts';
import { type CreateAccountsInput, normaliseCreateAccounts } from './normalise-create-accounts.ts';

const zhang = {
  employeeNumber: 'P1',
  employeeName: '张三',
  departmentCode: '1',
  phoneNumber: '13800138000',
  country: 'cn',
};
const li = { ...zhang, employeeNumber: 'P2', employeeName: '李四' };

function batch(overrides: Partial<CreateAccountsInput> = {}) {
  return normaliseCreateAccounts({
    originSystem: 'oa',
    businessKey: '1',
    accountType: 'personal',
    employeeType: 'W',
    systemList: ['IDAAS', 'WELINK'],
    userList: [zhang, li],
    ...overrides,
  });
}

const keyOf = (overrides: Partial<CreateAccountsInput>) => derivedKeyOf(batch(overrides).header);
const print = (overrides: Partial<CreateAccountsInput> = {}) => fingerprintOf(batch(overrides));

describe('the derived key', () => {
  test('does not depend on the order or repetition of systems, nor on users', () => {
    expect(keyOf({ systemList: ['WELINK', 'IDAAS', 'WELINK'], userList: [] })).toBe(keyOf({}));
  });

  test.each([
    { originSystem: 'hr' },
    { businessKey: '2' },
    { accountType: '供应商' },
    { employeeType: 'P' },
    { systemList: ['IDAAS'] },
  ])('differs with %o', (overrides) => expect(keyOf(overrides)).not.toBe(keyOf({})));

  test('cannot be imitated by texts with separators or quotes in them', () => {
    expect(keyOf({ originSystem: 'a","b', businessKey: 'c' })).not.toBe(
      keyOf({ originSystem: 'a', businessKey: 'b","c' }),
    );
    expect(keyOf({ originSystem: 'a\0', businessKey: '' })).not.toContain('\0');
  });
});

describe('the fingerprint', () => {
  test('is 64 hexadecimal digits', () => expect(print()).toMatch(/^[0-9a-f]{64}$/));

  test('is the same for another order, another spelling of the same, and another key', () => {
    expect(print({ userList: [li, zhang], systemList: ['WELINK', 'IDAAS'], idempotencyKey: 'k' })).toBe(
      print(),
    );
    expect(print({ userList: [{ ...zhang, employeeName: '张 三\u200B', partnerCompany: ' ' }, li] })).toBe(
      print(),
    );
    expect(print({ onInvalid: 'REJECT_ALL' })).toBe(print());
    expect(print({ notify: { emails: [], webhookUrl: null } })).toBe(print());
    expect(print({ notify: { emails: ['b@x.cn', 'a@x.cn'] } })).toBe(
      print({ notify: { emails: ['A@x.cn ', 'b@x.cn', 'a@x.cn'] } }),
    );
  });

  test.each([
    { onInvalid: 'ACCEPT_VALID' as const },
    { businessKey: '2' },
    { systemList: ['IDAAS'] },
    { notify: { emails: ['a@x.cn'] } },
    { notify: { webhookUrl: 'https://portal.example.com/hooks' } },
    { userList: [zhang] },
    { userList: [zhang, { ...li, phoneNumber: '13800138001' }] },
    { userList: [zhang, { ...li, country: null }] },
    { userList: [zhang, li, {}] },
  ])('differs with %o', (overrides) => expect(print(overrides)).not.toBe(print()));

  test('tells bad rows apart, lone surrogates and moved columns too', () => {
    const prints = [
      { employeeName: '\uD800' },
      { employeeName: '\uD801' },
      { employeeName: '\uFFFD' },
      { country: '\uD800' },
    ].map((row) => print({ userList: [row] }));
    expect(new Set(prints).size).toBe(4);
  });
});
