import { afterEach, describe, expect, it } from 'vitest';
import {
  connectTo,
  failureOf,
  newIntent,
} from '../../../test/integrations/contract/connector-contract-setup.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { judgeCreate, judgeDetail, judgeRemove, judgeToken } from './answers.ts';
import { newWelinkUser } from './connector.ts';
import { welink } from './definition.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function setup() {
  const { control, environment, close } = await startSandbox({
    systems: ['WELINK'],
    latencyMs: { min: 0, max: 0 },
  });
  const bundle = connectTo(welink, { upstream: { environment } });
  open.push(bundle.connector, { close });
  return { ...bundle, control };
}

describe('WeLink codes', () => {
  const failures: readonly (readonly [string | number, string])[] = [
    ['48503', 'throttled'],
    ['1000', 'credentials'],
    ['47101', 'credentials'],
    ['47103', 'credentials'],
    ['47000', 'credentials'],
    [47102, 'credentials'],
    ['501', 'credentials'],
    ['404', 'credentials'],
    ['500', 'effect-unknown'],
    ['43999', 'effect-unknown'],
    ['47112', 'effect-unknown'],
    ['47106', 'not-visible'],
    ['47002', 'permanent'],
    ['47003', 'permanent'],
    ['47124', 'permanent'],
    ['47023', 'conflict'],
    ['12345', 'permanent'],
  ];
  for (const [code, failure] of failures) {
    it(`${code} on create is ${failure}`, () => {
      expect(judgeCreate({ status: 200, body: { code, message: 'x' } })).toMatchObject({
        kind: 'failure',
        failure,
      });
    });
  }

  it('reads numbers and strings alike', () => {
    for (const code of ['0', 0]) {
      const body = { code, message: 'ok', userId: 'u1' };
      expect(judgeCreate({ status: 200, body })).toMatchObject({
        answer: { status: 'created', userId: 'u1' },
      });
    }
  });

  it('knows the answers for an unknown user, and reads a person flat or in data', () => {
    for (const code of ['47012', '43051', '47111']) {
      expect(judgeDetail({ status: 200, body: { code } })).toEqual({ kind: 'answer', answer: null });
      expect(judgeRemove({ status: 200, body: { code } })).toEqual({ kind: 'answer', answer: 'absent' });
      expect(judgeCreate({ status: 200, body: { code } })).toMatchObject({ failure: 'permanent' });
    }
    const person = { corpUserId: 'E1', userId: 'u1' };
    const found = { kind: 'answer', answer: person };
    expect(judgeDetail({ status: 200, body: { code: '0', ...person } })).toEqual(found);
    expect(judgeDetail({ status: 200, body: { code: 0, data: person } })).toEqual(found);
    expect(judgeDetail({ status: 200, body: { code: '0' } })).toMatchObject({ kind: 'unknown' });
  });

  it('leaves codes that a gateway made up to the HTTP status', () => {
    expect(judgeCreate({ status: 502, body: { code: 'BadGateway' } })).toMatchObject({ kind: 'unknown' });
    expect(judgeCreate({ status: 500, body: { code: '0' } })).toMatchObject({ kind: 'unknown' });
    expect(judgeCreate({ status: 400, body: { code: '47120' } })).toMatchObject({
      answer: { status: 'phone-taken' },
    });
  });

  it('takes any refusal of the token call for wrong credentials, and a busy answer for what it is', () => {
    for (const code of ['10007', '41403', '41500', '47103']) {
      expect(judgeToken({ status: 200, body: { code } })).toMatchObject({ failure: 'credentials' });
    }
    expect(judgeToken({ status: 200, body: { code: '48503' } })).toMatchObject({ failure: 'throttled' });
    const body = { code: 0, access_token: 't', expires_in: '7200' };
    expect(judgeToken({ status: 200, body })).toMatchObject({
      answer: { token: 't', lifetimeSeconds: 7_200 },
    });
  });
});

describe('what WeLink is sent', () => {
  it('is exactly the agreed fields', () => {
    const intent = newIntent({
      employeeNumber: 'E1',
      fullName: '张三',
      emailAddress: 'zhangsan@example.com',
    });
    expect(
      newWelinkUser({ ...intent, phone: { countryCode: '86', nationalNumber: '15100000000', mobile: true } }),
    ).toEqual({
      corpUserId: 'E1',
      employeeId: 'E1',
      userNameCn: '张三',
      mobileNumber: '15100000000',
      corpDeptCodes: ['D100'],
      personType: '正式员工',
      userEmail: 'zhangsan@example.com',
    });
  });

  it('has the country code of foreign phones, and 外包 without a mapped type', () => {
    const phone = { countryCode: '852', nationalNumber: '51234567', mobile: true };
    expect(newWelinkUser(newIntent({ phone, personType: null }))).toMatchObject({
      mobileNumber: '+852-51234567',
      personType: '外包',
    });
  });

  it('is nothing for a landline', async () => {
    const { connector, call, control } = await setup();
    const phone = { countryCode: '86', nationalNumber: '02158881234', mobile: false };
    const error = await failureOf(connector.ensureAccount(newIntent({ phone }), call), ['02158881234']);
    expect(error).toMatchObject({ failure: 'permanent', code: 'PHONE_NOT_MOBILE' });
    expect(control.ledger()).toEqual([]);
  });
});

describe('a phone that WeLink knows already', () => {
  it('is adopted when it is this person’s', async () => {
    const { connector, call, control } = await setup();
    const intent = newIntent();
    const phone = intent.phone?.nationalNumber ?? '';
    control.putAccount({ system: 'WELINK', key: intent.employeeNumber, phone, remoteId: 'u7' });
    await control.addFault({ system: 'WELINK', operation: 'create', fault: 'business-error', code: '47120' });
    const adopted = { outcome: 'ADOPTED', identifier: intent.employeeNumber, remoteId: 'u7' };
    await expect(connector.ensureAccount(intent, call)).resolves.toEqual(adopted);
  });

  it('is a conflict that names whose it is', async () => {
    const { connector, call, control, permits } = await setup();
    const intent = newIntent();
    control.putAccount({ system: 'WELINK', key: 'OTHER9', phone: intent.phone?.nationalNumber ?? '' });
    const error = await failureOf(connector.ensureAccount(intent, call), [intent.phone?.nationalNumber]);
    expect(error).toMatchObject({ failure: 'conflict', code: 'PHONE_TAKEN' });
    expect(error.parameters['otherEmployeeNumber']).toBe('OTHER9');
    expect(error.message).toContain('OTHER9');
    expect(permits()).toBe(2);
  });

  it('is a conflict when no person of this company has it', async () => {
    const { connector, call, control } = await setup();
    await control.addFault({ system: 'WELINK', operation: 'create', fault: 'business-error', code: '47120' });
    const error = await failureOf(connector.ensureAccount(newIntent(), call));
    expect(error).toMatchObject({ failure: 'conflict', code: 'PHONE_TAKEN_ELSEWHERE' });
  });

  it('is looked up without ever sending the create again', async () => {
    const { connector, call, control } = await setup();
    await control.addFault({ system: 'WELINK', operation: 'create', fault: 'business-error', code: '47120' });
    await control.addFault({ system: 'WELINK', operation: 'find', fault: 'status', times: 'forever' });
    expect(await failureOf(connector.ensureAccount(newIntent(), call))).toMatchObject({
      failure: 'retryable',
    });
    expect(control.ledger({ operation: 'create' })).toHaveLength(1);
  });
});
