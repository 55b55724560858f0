import { describe, expect, test } from 'vitest';
import type { AccountUserInput, CreateAccountsInput } from './normalise-create-accounts.ts';
import { validateCreateAccounts } from './validate-create-accounts.ts';

const context = {
  knownSystems: ['IDAAS', 'WELINK', 'EMAIL'],
  enabledSystems: ['IDAAS', 'WELINK'],
  webhooks: { allowlist: ['portal.example.com'], httpHosts: [] },
  nameRules: { doubtfulNames: 'hold', notesLeftOff: [] },
} as const;

function user(overrides: AccountUserInput = {}): AccountUserInput {
  return {
    employeeNumber: 'P000126',
    employeeName: '张三',
    departmentCode: '120000',
    phoneNumber: '13800138000',
    partnerCompany: 'ABC',
    country: 'cn',
    ...overrides,
  };
}

function validate(overrides: Partial<CreateAccountsInput>, enabledSystems = context.enabledSystems) {
  const input: CreateAccountsInput = {
    originSystem: 'oa',
    businessKey: '65090',
    accountType: 'personal',
    employeeType: 'W',
    systemList: ['IDAAS', 'WELINK'],
    userList: [user()],
    ...overrides,
  };
  return validateCreateAccounts(input, { ...context, enabledSystems });
}

/** `path: code (what the message names)` of each problem. */
function problems(overrides: Partial<CreateAccountsInput>): string[] {
  return validate(overrides).userErrors.map(({ path, code, parameters }) =>
    [`${path.join('.')}: ${code}`, parameters['character'] ?? ''].join(' ').trim(),
  );
}

function rowProblems(overrides: AccountUserInput): string[] {
  return problems({ userList: [user(overrides)] }).map((problem) => problem.replace('userList.0.', ''));
}

describe('a good call', () => {
  test('is storable, with defaults and positions', () => {
    const result = validate({});
    expect(result).toMatchObject({
      headerValid: true,
      storable: true,
      userErrors: [],
      userErrorCount: 0,
      rejected: [],
    });
    expect(result.accepted).toEqual([{ position: 0, ...user() }]);
    expect(result.header).toMatchObject({ onInvalid: 'REJECT_ALL', idempotencyKey: null });
  });

  test('is normalised before it is judged', () => {
    const { accepted, header } = validate({
      originSystem: ' oa\u3000',
      userList: [
        user({
          employeeNumber: 'Ｐ０００１２６',
          employeeName: '张\u202E 三',
          phoneNumber: '＋86 138',
          partnerCompany: ' ',
        }),
        user({ employeeNumber: 'x', phoneNumber: '010-8888 8888 转 123', partnerCompany: null }),
      ],
    });
    expect(header.originSystem).toBe('oa');
    expect(accepted).toMatchObject([
      { employeeNumber: 'P000126', employeeName: '张三', phoneNumber: '+86 138', partnerCompany: null },
      { phoneNumber: '010-8888 8888 转 123', partnerCompany: null },
    ]);
  });

  test('merges repeated systems in the order given', () => {
    expect(validate({ systemList: ['WELINK', 'IDAAS', 'WELINK'] }).header.systemList).toEqual([
      'WELINK',
      'IDAAS',
    ]);
  });
});

describe('the header', () => {
  test('reports blank texts, empty lists and a blank key together', () => {
    expect(
      problems({
        originSystem: '',
        businessKey: ' \u3000',
        accountType: '\u200B',
        systemList: [],
        userList: [],
        idempotencyKey: '',
      }),
    ).toEqual([
      'originSystem: REQUIRED',
      'businessKey: REQUIRED',
      'accountType: REQUIRED',
      'idempotencyKey: REQUIRED',
      'systemList: REQUIRED',
      'userList: REQUIRED',
    ]);
  });

  test('is reported together with the rows', () => {
    const result = validate({
      originSystem: ' ',
      userList: [user({ country: null })],
      onInvalid: 'ACCEPT_VALID',
    });
    expect(result.userErrors.map(({ path }) => path)).toEqual([
      ['originSystem'],
      ['userList', '0', 'country'],
    ]);
    expect(result).toMatchObject({ headerValid: false, storable: false });
  });

  test('takes 50 characters and 200 for the key, not one more', () => {
    expect(problems({ originSystem: '𠮷'.repeat(50), idempotencyKey: 'k'.repeat(200) })).toEqual([]);
    expect(problems({ originSystem: 'o'.repeat(51), idempotencyKey: 'k'.repeat(201) })).toEqual([
      'originSystem: TOO_LONG',
      'idempotencyKey: TOO_LONG',
    ]);
  });

  test('names a forbidden character', () => {
    expect(problems({ businessKey: 'a\0b', employeeType: '\uD800' })).toEqual([
      'businessKey: INVALID U+0000',
      'employeeType: INVALID U+D800',
    ]);
  });

  test('reports a switched-off or unknown system once, where it first stands', () => {
    expect(problems({ systemList: ['IDAAS', 'EMAIL', 'EMAIL', 'LDAP'] })).toEqual([
      'systemList.1: SYSTEM_DISABLED',
      'systemList.3: SYSTEM_UNKNOWN',
    ]);
  });

  test('10,001 users are too many, and are not looked at', () => {
    const result = validate({
      userList: Array.from({ length: 10_001 }, () => user({ country: '' })),
      onInvalid: 'ACCEPT_VALID',
    });
    expect(result.userErrors).toMatchObject([
      { code: 'TOO_MANY', path: ['userList'], parameters: { limit: 10_000, count: 10_001 } },
    ]);
    expect(result).toMatchObject({
      userErrorCount: 1,
      accepted: [],
      rejected: [],
      headerValid: false,
      storable: false,
    });
  });
});

describe('a row', () => {
  test('must have everything but the company', () => {
    expect(problems({ userList: [{}] })).toEqual([
      'userList.0.employeeNumber: REQUIRED',
      'userList.0.employeeName: REQUIRED',
      'userList.0.departmentCode: REQUIRED',
      'userList.0.phoneNumber: REQUIRED',
      'userList.0.country: REQUIRED',
    ]);
  });

  test('takes the longest texts, not one character more', () => {
    const longest = {
      employeeNumber: 'n'.repeat(50),
      employeeName: '𠮷'.repeat(100),
      departmentCode: 'd'.repeat(50),
      phoneNumber: `13800138000${'-'.repeat(29)}`,
      partnerCompany: 'c'.repeat(100),
      country: 'c'.repeat(50),
    };
    expect(rowProblems(longest)).toEqual([]);
    const tooLong = Object.fromEntries(
      Object.entries(longest).map(([field, text]) => [field, `${text}${text.at(-1)}`]),
    );
    expect(rowProblems({ ...tooLong, employeeName: '𠮷'.repeat(101) })).toEqual([
      'employeeNumber: TOO_LONG',
      'employeeName: TOO_LONG',
      'departmentCode: TOO_LONG',
      'phoneNumber: TOO_LONG',
      'partnerCompany: TOO_LONG',
      'country: TOO_LONG',
    ]);
  });

  test('that is too long and wrong gets both errors', () => {
    expect(rowProblems({ employeeName: `${'张'.repeat(101)}\0` })).toEqual([
      'employeeName: TOO_LONG',
      'employeeName: INVALID U+0000',
    ]);
  });

  test('with a name of 10 MB is refused, and the name is not repeated', () => {
    const employeeName = '张\u0301 '.repeat(3_500_000);
    const result = validate({ userList: [user({ employeeName })] });
    expect(result.userErrors.map(({ code }) => code)).toEqual(['TOO_LONG']);
    expect(JSON.stringify(result.userErrors).length).toBeLessThan(300);
  });

  test('is named by its employee number as far as that can be read', () => {
    const numbers = ['P1', '外包001', 'a\0', 'n'.repeat(51), null];
    const { userErrors } = validate({
      userList: numbers.map((employeeNumber) => user({ employeeNumber, country: '' })),
    });
    const countries = userErrors.filter(({ path }) => path.at(-1) === 'country');
    expect(countries.map(({ employeeNumber }) => employeeNumber)).toEqual([
      'P1',
      '外包001',
      null,
      null,
      null,
    ]);
    expect(countries[0]?.parameters['field']).toBe('userList[0].country (P1)');
  });
});

describe('duplicate rows', () => {
  test('are the later ones, without regard to case and width', () => {
    const numbers = ['P1', 'p1', 'Q', 'Ｐ１', '外', '外'];
    const result = validate({
      userList: numbers.map((employeeNumber) => user({ employeeNumber })),
      onInvalid: 'ACCEPT_VALID',
    });
    expect(result.userErrors.map(({ code, path }) => [code, ...path])).toEqual([
      ['DUPLICATE_ROW', 'userList', '1', 'employeeNumber'],
      ['DUPLICATE_ROW', 'userList', '3', 'employeeNumber'],
      ['INVALID', 'userList', '4', 'employeeNumber'],
      ['INVALID', 'userList', '5', 'employeeNumber'],
    ]);
    expect(result.userErrors[1]?.parameters).toMatchObject({ firstPosition: 0 });
    expect(result.accepted.map(({ position }) => position)).toEqual([0, 2]);
  });

  test('of a bad row are bad too', () => {
    const { rejected } = validate({ userList: [user({ country: '' }), user()], onInvalid: 'ACCEPT_VALID' });
    expect(rejected).toEqual([
      { position: 0, codes: ['REQUIRED'] },
      { position: 1, codes: ['DUPLICATE_ROW'] },
    ]);
  });
});

describe('one bad row in 1,000', () => {
  const userList = Array.from({ length: 1_000 }, (_, index) =>
    user({ employeeNumber: `P${index}`, ...(index === 500 ? { country: '', employeeName: '' } : {}) }),
  );

  test('refuses all under REJECT_ALL', () => {
    expect(validate({ userList })).toMatchObject({ headerValid: true, storable: false, userErrorCount: 2 });
  });

  test('leaves 999 under ACCEPT_VALID', () => {
    const result = validate({ userList, onInvalid: 'ACCEPT_VALID' });
    expect(result).toMatchObject({ storable: true, rejected: [{ position: 500, codes: ['REQUIRED'] }] });
    expect(result.accepted).toHaveLength(999);
  });

  test('and no good row at all stores nothing', () => {
    expect(validate({ userList: [{}], onInvalid: 'ACCEPT_VALID' })).toMatchObject({
      headerValid: true,
      storable: false,
    });
  });
});

describe('ten thousand users', () => {
  const tenThousand = (overrides: (index: number) => AccountUserInput) =>
    Array.from({ length: 10_000 }, (_, index) => user({ employeeNumber: `P${index}`, ...overrides(index) }));

  test('all bad: the first 1,000 problems in input order, all counted', () => {
    const result = validate({ userList: tenThousand(() => ({ employeeName: '', country: 'c\0' })) });
    expect(result.userErrors).toHaveLength(1_000);
    expect(result.userErrors.at(-1)?.path).toEqual(['userList', '499', 'country']);
    expect(result.userErrorCount).toBe(20_000);
    expect(result.rejected).toHaveLength(10_000);
  });

  test('all good: all accepted, also with texts that need the long way', () => {
    const awkward = { employeeName: ' 阿卜杜热合曼• 买买提明', partnerCompany: 'Acme  Ltd Jose\u0301' };
    for (const userList of [tenThousand(() => ({})), tenThousand(() => awkward)])
      expect(validate({ userList }).accepted).toHaveLength(10_000);
  });
});
