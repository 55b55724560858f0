import { movedFields } from '../../domain/provisioning/hr/movers.ts';
import type { AccountIntent, Connector } from '../contract/connector.ts';
import { UpstreamError } from '../contract/errors.ts';
import { healthOf } from '../contract/health.ts';
import { preconditionError } from '../contract/precondition.ts';
import type { ConnectorDependencies, UpstreamCall } from '../contract/upstream.ts';
import { createUpstreamHttp } from '../http/http.ts';
import { createWelinkClient, type WelinkClient, type WelinkConfig, type WelinkNewUser } from './client.ts';

const SYSTEM = 'WELINK';
/** People without a mapped type are outsourced staff to WeLink, as in the first AccountSync (provisioning.md §5.3). */
const DEFAULT_PERSON_TYPE = '外包';
const HOME_COUNTRY_CODE = '86';
/** An employee number that no person has: the answer "no data" is all that a health check needs. */
const HEALTH_CHECK_ID = 'accountsync-health-check';

/** WeLink: contacts by employee number (`corpUserId`), login by mobile phone. */
export function connectWelink(config: WelinkConfig, dependencies: ConnectorDependencies): Connector {
  const http = createUpstreamHttp({ ...dependencies, system: SYSTEM });
  const client = createWelinkClient(config, http);
  return {
    system: SYSTEM,
    guardsCreate: true,
    requires: ['department', 'phone', 'mobile'],
    shows: movedFields,
    async ensureAccount(intent, call) {
      const { employeeNumber } = intent;
      const creation = await client.createUser(newWelinkUser(intent), call);
      switch (creation.status) {
        case 'created':
          return { outcome: 'CREATED', identifier: employeeNumber, remoteId: creation.userId };
        case 'exists':
          return await adoptByNumber(intent, { client, call });
        case 'phone-taken':
          return await adoptByPhone(intent, { client, call });
      }
    },
    async findAccount({ employeeNumber, identifier, fullName }, call) {
      const corpUserId = identifier ?? employeeNumber;
      const asked = {
        employeeNumber,
        operation: 'find',
        ...(fullName !== undefined && { fullName }),
      } as const;
      const user = await client.findUser({ corpUserId }, asked, call);
      if (user === null) return null;
      if (!isSame(user.corpUserId, corpUserId)) {
        throw conflict('ACCOUNT_TAKEN', { employeeNumber, otherEmployeeNumber: user.corpUserId });
      }
      return { identifier: user.corpUserId, remoteId: user.userId };
    },
    async disableAccount({ identifier }, call) {
      await client.removeUser(identifier, call);
    },
    async updateAccount({ identifier }, update, call) {
      const { fullName, department, emailAddress, phone } = update;
      const changes = {
        ...(fullName !== undefined && { userNameCn: fullName }),
        ...(department !== undefined && { corpDeptCodes: [department.idaasDepartmentCode] }),
        ...(emailAddress !== undefined && { userEmail: emailAddress }),
      };
      if (Object.keys(changes).length > 0) await client.updateUser(identifier, changes, call);
      if (phone === undefined) return;
      const changing = await client.changePhone(identifier, mobileNumberOf(phone), call);
      if (changing === 'phone-taken') throw conflict('PHONE_TAKEN_ELSEWHERE', { employeeNumber: identifier });
    },
    checkHealth: (call) =>
      healthOf(() =>
        client.findUser(
          { corpUserId: HEALTH_CHECK_ID },
          { employeeNumber: HEALTH_CHECK_ID, operation: 'health' },
          call,
        ),
      ),
    tokenRemainingMs: () => client.tokenRemainingMs(),
    forgetRefusal: () => client.forgetRefusal(),
    close() {
      client.close();
      http.close();
    },
  };
}

/**
 * The user to request for an intent. Throws a permanent `UpstreamError` when there is no mobile phone to log in with.
 */
export function newWelinkUser(intent: AccountIntent): WelinkNewUser {
  const { employeeNumber, phone } = intent;
  if (phone === null || !phone.mobile) {
    const reason = 'WeLink logs in by mobile phone, and this person has none';
    throw preconditionError(intent, { system: SYSTEM, code: 'PHONE_NOT_MOBILE', reason });
  }
  return {
    corpUserId: employeeNumber,
    employeeId: employeeNumber,
    userNameCn: intent.fullName,
    mobileNumber: mobileNumberOf(phone),
    corpDeptCodes: [intent.department.idaasDepartmentCode],
    personType: intent.personType?.welinkPersonType ?? DEFAULT_PERSON_TYPE,
    userEmail: intent.emailAddress,
  };
}

function mobileNumberOf(phone: NonNullable<AccountIntent['phone']>): string {
  const { countryCode, nationalNumber } = phone;
  return countryCode === HOME_COUNTRY_CODE ? nationalNumber : `+${countryCode}-${nationalNumber}`;
}

/** 47109 is believed after a look; what exists and cannot be found yet was made a moment ago. */
async function adoptByNumber(
  { employeeNumber, fullName }: AccountIntent,
  { client, call }: { readonly client: WelinkClient; readonly call: UpstreamCall },
) {
  const asked = { employeeNumber, fullName, operation: 'find' } as const;
  const owner = await client.findUser({ corpUserId: employeeNumber }, asked, call);
  if (owner !== null) {
    return { outcome: 'ADOPTED', identifier: owner.corpUserId, remoteId: owner.userId } as const;
  }
  throw new UpstreamError(
    `${SYSTEM} create for ${employeeNumber}: exists, but the lookup does not find it yet`,
    {
      system: SYSTEM,
      failure: 'not-visible',
      code: 'NOT_VISIBLE_YET',
      parameters: { system: SYSTEM, employeeNumber },
    },
  );
}

/** 47120 may mean this very person, another one, or another company: only a look at the phone's owner tells. */
async function adoptByPhone(
  intent: AccountIntent,
  { client, call }: { readonly client: WelinkClient; readonly call: UpstreamCall },
) {
  const { employeeNumber, fullName } = intent;
  const { mobileNumber } = newWelinkUser(intent);
  const asked = { employeeNumber, fullName, operation: 'find' } as const;
  const owner = await client.findUser({ mobileNumber }, asked, call);
  if (owner !== null && isSame(owner.corpUserId, employeeNumber)) {
    return { outcome: 'ADOPTED', identifier: owner.corpUserId, remoteId: owner.userId } as const;
  }
  if (owner === null) throw conflict('PHONE_TAKEN_ELSEWHERE', { employeeNumber });
  throw conflict('PHONE_TAKEN', { employeeNumber, otherEmployeeNumber: owner.corpUserId });
}

/** Employee numbers differ in more than case (provisioning.md §1). */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function conflict(
  code: 'ACCOUNT_TAKEN' | 'PHONE_TAKEN' | 'PHONE_TAKEN_ELSEWHERE',
  who: { readonly employeeNumber: string; readonly otherEmployeeNumber?: string },
): UpstreamError {
  const holder = who.otherEmployeeNumber ?? 'somebody outside this company';
  const what = code === 'ACCOUNT_TAKEN' ? 'the account' : 'the phone';
  return new UpstreamError(`${SYSTEM} create for ${who.employeeNumber}: ${what} belongs to ${holder}`, {
    system: SYSTEM,
    failure: 'conflict',
    code,
    parameters: { system: SYSTEM, ...who },
  });
}
