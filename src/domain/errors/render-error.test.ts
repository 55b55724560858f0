import { describe, expect, test } from 'vitest';
import { explanationTexts } from '../explanations/explanation-texts.ts';
import { accountChangeErrors } from '../provisioning/errors/account-change-errors.ts';
import { callErrors } from '../provisioning/errors/call-errors.ts';
import { provisioningErrors } from '../provisioning/errors/provisioning-errors.ts';
import { validateCreateAccounts } from '../provisioning/intake/validate-create-accounts.ts';
import { type ErrorCatalogue, findErrorEntry, renderError } from './render-error.ts';

const catalogue: ErrorCatalogue = {
  SAMPLE: { zh: '部门 {codes}：{text}', en: 'Departments {codes}: {text}', fixBy: 'CALLER', retryable: true },
  'SAMPLE.EXACT': { zh: '准确', en: 'exact', fixBy: 'CALLER', retryable: true },
};

describe('renderError', () => {
  test('joins lists as each language does', () => {
    const error = { code: 'SAMPLE', parameters: { codes: ['1', '2'], text: 3 } };
    expect(renderError(catalogue, error, 'ZH_CN')).toBe('部门 1、2：3');
    expect(renderError(catalogue, error, 'EN')).toBe('Departments 1, 2: 3');
  });

  test('shows a dash for what is null, empty or was never stored', () => {
    expect(renderError(catalogue, { code: 'SAMPLE', parameters: { codes: [], text: null } }, 'EN')).toBe(
      'Departments –: –',
    );
    expect(renderError(catalogue, { code: 'SAMPLE', parameters: {} }, 'EN')).toBe('Departments –: –');
  });

  test('never fills a template that came in as a value', () => {
    const parameters = { codes: '{text} $& $1', text: '{codes}' };
    expect(renderError(catalogue, { code: 'SAMPLE', parameters }, 'EN')).toBe(
      'Departments {text} $& $1: {codes}',
    );
  });

  test('calls the kind of a thing by its Chinese name in Chinese', () => {
    const error = { code: 'NOT_FOUND', parameters: { kind: 'request', id: 'req_x' } };
    expect(renderError(callErrors, error, 'ZH_CN')).toContain('找不到请求 req_x');
    expect(renderError(callErrors, error, 'EN')).toContain('There is no request req_x');
  });

  test('takes the more exact text when the variant has one', () => {
    expect(renderError(catalogue, { code: 'SAMPLE', parameters: { variant: 'EXACT' } }, 'EN')).toBe('exact');
    expect(renderError(catalogue, { code: 'SAMPLE', parameters: { variant: 'OTHER' } }, 'EN')).toContain(
      'Departments',
    );
  });

  test.each(['NO_SUCH_CODE', 'constructor', '__proto__'])(
    'gives a safe text for the unknown code %s',
    (code) => {
      expect(renderError(catalogue, { code, parameters: { code: 'other' } }, 'ZH_CN')).toContain(
        `代码 ${code}`,
      );
      expect(renderError(catalogue, { code, parameters: {} }, 'EN')).toContain(`code ${code}`);
      expect(findErrorEntry(catalogue, code)).toMatchObject({ fixBy: 'OPERATOR', retryable: false });
    },
  );

  test('knows who can put a known code right', () => {
    expect(findErrorEntry(catalogue, 'SAMPLE')).toMatchObject({ fixBy: 'CALLER', retryable: true });
  });
});

describe('the catalogue of provisioning', () => {
  test.each(Object.entries(provisioningErrors))(
    '%s names the same parameters in both languages',
    (_, { zh, en }) => {
      const named = (template: string) => [...new Set(template.match(/\{\w+\}/g))].sort();
      expect(named(zh)).toEqual(named(en));
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).not.toMatch(/\p{Script=Han}/u);
    },
  );

  // ErrorCode of core-schema.graphql.
  test.each(
    'REQUIRED INVALID TOO_LONG TOO_MANY DUPLICATE_ROW SYSTEM_DISABLED IDEMPOTENCY_KEY_REUSED NOT_FOUND INVALID_STATE VERSION_CONFLICT FEATURE_DISABLED IN_USE PERSON_MISMATCH PHONE_NOT_MOBILE DEPARTMENT_UNMAPPED PERSON_TYPE_UNMAPPED LOGIN_TOO_LONG'.split(
      ' ',
    ),
  )('has the public code %s', (code) => expect(Object.keys(provisioningErrors)).toContain(code));

  test('has a full text for every problem that validation finds', () => {
    const long = 'x'.repeat(500);
    const { userErrors } = validateCreateAccounts(
      {
        originSystem: '\0',
        businessKey: long,
        accountType: '',
        employeeType: 'W',
        systemList: ['LDAP', 'EMAIL'],
        userList: [
          { employeeNumber: '外', phoneNumber: '1' },
          { employeeNumber: 'P1' },
          { employeeNumber: 'p1' },
        ],
      },
      {
        knownSystems: ['EMAIL'],
        enabledSystems: [],
        webhooks: { allowlist: [], httpHosts: [] },
        nameRules: { doubtfulNames: 'hold', notesLeftOff: [] },
      },
    );
    for (const error of userErrors) {
      expect(renderError(provisioningErrors, error, 'ZH_CN')).not.toContain('–');
      expect(renderError(provisioningErrors, error, 'EN')).not.toContain('–');
    }
    const invalid = userErrors.find(({ path }) => path.join('.') === 'userList.0.employeeNumber');
    expect(invalid && renderError(provisioningErrors, invalid, 'ZH_CN')).toBe(
      'userList[0].employeeNumber (外) 含有不允许的字符 外 (U+5916)，只允许 A-Z a-z 0-9 - _ .。请修改后重新提交。',
    );
  });
});

test('the fields of a mover are named in the language of the reader', () => {
  const error = {
    code: 'MOVER_BY_HAND',
    parameters: { employeeNumber: 'E1', system: 'IDAAS', fields: ['name', 'phone'] },
  };
  expect(renderError(accountChangeErrors, error, 'ZH_CN')).toContain('（姓名、电话）');
  expect(renderError(accountChangeErrors, error, 'EN')).toContain('name, phone of E1');
});

test('open tasks of a request are named by their states in the language of the reader', () => {
  const open = { code: 'REQUEST_TASKS', parameters: { tasks: ['EMAIL PENDING 3', 'WELINK WAITING 11'] } };
  expect(renderError(explanationTexts, open, 'ZH_CN')).toBe(
    '未完成的任务：EMAIL 待处理 3、WELINK 等待前置账号 11。',
  );
  expect(renderError(explanationTexts, open, 'EN')).toBe('Open tasks: EMAIL PENDING 3, WELINK WAITING 11.');
});
