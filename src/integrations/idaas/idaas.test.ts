import { afterEach, describe, expect, it } from 'vitest';
import {
  connectTo,
  failureOf,
  newIntent,
} from '../../../test/integrations/contract/connector-contract-setup.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { judgeLookup, judgeOnboarding, judgeToken } from './answers.ts';
import { newIdaasUser } from './connector.ts';
import { idaas } from './definition.ts';
import { completeOu } from './ou.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function setup(environment: Record<string, string> = {}) {
  const sandbox = await startSandbox({ systems: ['IDAAS'], latencyMs: { min: 0, max: 0 } });
  const bundle = connectTo(idaas, { upstream: sandbox, environment });
  open.push(bundle.connector, sandbox);
  return { ...bundle, control: sandbox.control };
}

const WITHOUT_LOOKUP = { IDAAS_LOOKUP_PATH: '' };
const EXISTS_CODES = new Set(['409', '1409']);

describe('completeOu', () => {
  const domain = { dc1: 'corp', dc2: 'local' };
  it('adds the domain where there is none', () => {
    expect(completeOu('OU=Sales,OU=All', domain)).toBe('OU=Sales,OU=All,DC=corp,DC=local');
    expect(completeOu('OU=DC=x', domain)).toBe('OU=DC=x,DC=corp,DC=local');
    expect(completeOu('OU=Sales, ', domain)).toBe('OU=Sales,DC=corp,DC=local');
    expect(completeOu('OU=Sales', { dc1: 'corp', dc2: null })).toBe('OU=Sales,DC=corp');
  });
  it('leaves a complete one alone', () => {
    for (const ou of ['OU=Sales,DC=a,DC=b', 'OU=Sales, dc = a', 'DC=a'])
      expect(completeOu(ou, domain)).toBe(ou);
  });
});

describe('IDaaS answers', () => {
  it('reads codes as numbers and strings', () => {
    const token = { access_token: 't', expires_in: 60 };
    for (const code of ['201', 201]) {
      expect(judgeToken({ status: 200, body: { code, ...token } })).toMatchObject({ answer: { token: 't' } });
      const created = judgeOnboarding({ status: 200, body: { code } }, EXISTS_CODES);
      expect(created).toEqual({ kind: 'answer', answer: { status: 'created', userId: null } });
    }
  });

  it('takes the configured codes and HTTP 409 for "exists"', () => {
    for (const body of [{ code: 409 }, { code: '1409' }]) {
      expect(judgeOnboarding({ status: 200, body }, EXISTS_CODES)).toMatchObject({
        answer: { status: 'exists' },
      });
    }
    const byStatus = judgeOnboarding({ status: 409, body: undefined }, EXISTS_CODES);
    expect(byStatus).toMatchObject({ answer: { status: 'exists' } });
  });

  const codes: readonly (readonly [number | string, string])[] = [
    [200, 'permanent'],
    [400, 'permanent'],
    ['401', 'credentials'],
    [403, 'credentials'],
    [429, 'throttled'],
    [500, 'effect-unknown'],
    ['503', 'effect-unknown'],
    ['USER.0038', 'permanent'],
  ];
  for (const [code, failure] of codes) {
    it(`takes body code ${code} for ${failure}`, () => {
      expect(judgeOnboarding({ status: 200, body: { code } }, EXISTS_CODES)).toMatchObject({ failure });
    });
  }

  it('leaves bodies beside an HTTP error to the status, and bodies without a code unread', () => {
    expect(judgeOnboarding({ status: 500, body: { code: 201 } }, EXISTS_CODES)).toMatchObject({
      kind: 'unknown',
    });
    expect(judgeOnboarding({ status: 200, body: {} }, EXISTS_CODES)).toEqual({ kind: 'unknown' });
  });

  it('knows the answers for an unknown user', () => {
    const nobody = { kind: 'answer', answer: null };
    expect(judgeLookup({ status: 404, body: undefined })).toEqual(nobody);
    expect(judgeLookup({ status: 200, body: { code: 200, data: null } })).toEqual(nobody);
    expect(judgeLookup({ status: 200, body: { code: '404' } })).toEqual(nobody);
    expect(judgeLookup({ status: 200, body: { code: 200, data: { userInfo: {} } } })).toEqual({
      kind: 'unknown',
    });
    expect(judgeLookup({ status: 200, body: { code: 500 } })).toMatchObject({ failure: 'effect-unknown' });
  });
});

describe('what IDaaS is sent', () => {
  const domain = { dc1: 'corp', dc2: 'local' };
  it('is exactly the agreed fields', () => {
    const intent = newIntent({
      employeeNumber: 'E1',
      fullName: '张三',
      englishName: 'zhangsan',
      username: 'zE1',
    });
    const phone = { countryCode: '86', nationalNumber: '15100000000', mobile: true };
    const emailAddress = 'zhangsan@example.com';
    expect(newIdaasUser({ ...intent, phone, emailAddress, personType: null }, domain)).toEqual({
      employeeNumber: 'E1',
      name: '张三',
      englishName: 'zhangsan',
      userName: 'zE1',
      userType: 'supplier',
      email: 'zhangsan@example.com',
      mobileCountryCode: '+86',
      mobile: '15100000000',
      userExtends: { workArea: 'China', ou: 'OU=Sales,DC=corp,DC=local' },
    });
  });

  it('is nothing without a login or an OU', async () => {
    const { connector, call, control } = await setup();
    const noLogin = await failureOf(connector.ensureAccount(newIntent({ username: null }), call));
    expect(noLogin).toMatchObject({ failure: 'permanent', code: 'LOGIN_TOO_LONG' });
    const department = { idaasDepartmentCode: 'D1', ou: ' ' };
    const noOu = await failureOf(connector.ensureAccount(newIntent({ department }), call));
    expect(noOu).toMatchObject({ failure: 'permanent', code: 'DEPARTMENT_UNMAPPED' });
    expect(control.ledger()).toEqual([]);
  });
});

describe('an employee number that IDaaS knows already', () => {
  it('is adopted with the names IDaaS holds', async () => {
    const { connector, call, control } = await setup();
    const intent = newIntent();
    const held = { username: 'zhang.san', email: 'zhang.san@example.com' };
    control.putAccount({ system: 'IDAAS', key: intent.employeeNumber.toLowerCase(), ...held });
    await expect(connector.ensureAccount(intent, call)).resolves.toEqual({
      outcome: 'ADOPTED',
      identifier: 'zhang.san',
      remoteId: null,
      username: 'zhang.san',
      emailAddress: 'zhang.san@example.com',
    });
  });

  it('is adopted as we reserved it where there is no lookup', async () => {
    const { connector, call, control } = await setup(WITHOUT_LOOKUP);
    expect(connector.findAccount).toBeUndefined();
    const intent = newIntent();
    control.putAccount({ system: 'IDAAS', key: intent.employeeNumber });
    const adopted = { outcome: 'ADOPTED', identifier: intent.username, remoteId: null };
    await expect(connector.ensureAccount(intent, call)).resolves.toEqual(adopted);
  });

  it('is waited for while the lookup does not see it', async () => {
    const { connector, call, control } = await setup();
    const intent = newIntent();
    const visibleAt = new Date(Date.now() + 60_000).toISOString();
    control.putAccount({ system: 'IDAAS', key: intent.employeeNumber, visibleAt });
    const error = await failureOf(connector.ensureAccount(intent, call));
    expect(error).toMatchObject({ failure: 'not-visible', code: 'NOT_VISIBLE_YET' });
  });

  it('is a conflict when only its login is taken, with a lookup and without', async () => {
    for (const environment of [{}, WITHOUT_LOOKUP]) {
      const { connector, call, control } = await setup(environment);
      const intent = newIntent();
      control.putAccount({ system: 'IDAAS', key: 'OTHER9', username: intent.username });
      const error = await failureOf(connector.ensureAccount(intent, call));
      expect(error).toMatchObject({ failure: 'conflict', code: 'LOGIN_TAKEN' });
    }
  });
});
