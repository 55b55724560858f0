import { movedFields } from '../../domain/provisioning/hr/movers.ts';
import type {
  AccountHolder,
  AccountIntent,
  Connector,
  EnsuredAccount,
  RemoteAccount,
} from '../contract/connector.ts';
import { UpstreamError } from '../contract/errors.ts';
import { healthOf } from '../contract/health.ts';
import { createPatternMatcher } from '../contract/patterns.ts';
import { preconditionError } from '../contract/precondition.ts';
import type { ConnectorDependencies, UpstreamCall } from '../contract/upstream.ts';
import { createUpstreamHttp } from '../http/http.ts';
import type { IdaasUser } from './answers.ts';
import { createIdaasClient, type IdaasConfig, type IdaasUserInfo } from './client.ts';
import { completeOu } from './ou.ts';

const SYSTEM = 'IDAAS';
/** People without a mapped type are suppliers' staff, as in the first AccountSync (provisioning.md §5.3). */
const DEFAULT_USER_TYPE = 'supplier';
const WORK_AREA = 'China';

/** Setting: sentences of an "exists" answer that mean the login is another person's, not that the person is there. */
export const IDAAS_LOGIN_TAKEN_KEY = 'idaas_login_taken_patterns';
export const IDAAS_LOGIN_TAKEN_DEFAULT = 'user ?name|login ?name|sam ?account|用户名|登录名|账号名';

/** IDaaS: the directory. It refuses a second account of an employee number; looking up depends on the deployment. */
export function connectIdaas(config: IdaasConfig, dependencies: ConnectorDependencies): Connector {
  const http = createUpstreamHttp({ ...dependencies, system: SYSTEM });
  const client = createIdaasClient(config, http);
  const speaksOfLogin = createPatternMatcher(dependencies, {
    key: IDAAS_LOGIN_TAKEN_KEY,
    fallback: IDAAS_LOGIN_TAKEN_DEFAULT,
  });
  const { lookupPath } = config;
  const find =
    lookupPath === null
      ? null
      : async (
          { employeeNumber, fullName }: AccountHolder,
          call: UpstreamCall,
        ): Promise<RemoteAccount | null> => {
          const user = await client.lookUp(
            { lookupPath, employeeNumber, ...(fullName !== undefined && { fullName }) },
            call,
          );
          return user === null ? null : accountOf(user, employeeNumber);
        };

  /** "Exists" says neither who nor what; the lookup knows, where there is one. */
  async function adopt(
    intent: AccountIntent,
    told: { readonly message: string; readonly call: UpstreamCall },
  ) {
    const { employeeNumber } = intent;
    const found = (await find?.(intent, told.call)) ?? null;
    if (found !== null) return { outcome: 'ADOPTED', ...found } as const;
    if (speaksOfLogin(told.message))
      throw conflict('LOGIN_TAKEN', { employeeNumber, login: intent.username });
    if (find !== null) throw notVisible(employeeNumber);
    return { outcome: 'ADOPTED', identifier: newIdaasUser(intent, config).userName, remoteId: null } as const;
  }

  return {
    system: SYSTEM,
    guardsCreate: true,
    requires: ['username', 'department', 'ou', 'phone'],
    shows: movedFields,
    async ensureAccount(intent, call): Promise<EnsuredAccount> {
      const user = newIdaasUser(intent, config);
      const onboarding = await client.onboard(user, call);
      switch (onboarding.status) {
        case 'created':
          return { outcome: 'CREATED', identifier: user.userName, remoteId: onboarding.userId };
        case 'exists':
          return await adopt(intent, { message: onboarding.message, call });
      }
    },
    ...(find === null ? {} : { findAccount: find }),
    checkHealth: ({ signal }) => healthOf(() => client.signIn(signal)),
    tokenRemainingMs: () => client.tokenRemainingMs(),
    forgetRefusal: () => client.forgetRefusal(),
    close() {
      client.close();
      http.close();
    },
  };
}

/** The user to request for an intent. Throws a permanent `UpstreamError` when the login or the OU is missing. */
export function newIdaasUser(
  intent: AccountIntent,
  domain: { readonly dc1: string | null; readonly dc2: string | null },
): IdaasUserInfo {
  const { employeeNumber, username, phone } = intent;
  if (username === null) {
    const reason = 'no login within 20 characters could be made';
    throw preconditionError(intent, { system: SYSTEM, code: 'LOGIN_TOO_LONG', reason });
  }
  const ou = intent.department.ou.trim();
  if (ou === '') {
    throw preconditionError(intent, {
      system: SYSTEM,
      code: 'DEPARTMENT_UNMAPPED',
      reason: 'the department has no OU',
    });
  }
  return {
    employeeNumber,
    name: intent.fullName,
    englishName: intent.englishName,
    userName: username,
    userType: intent.personType?.idaasUserType ?? DEFAULT_USER_TYPE,
    email: intent.emailAddress,
    ...(phone === null ? {} : { mobileCountryCode: `+${phone.countryCode}`, mobile: phone.nationalNumber }),
    userExtends: { workArea: WORK_AREA, ou: completeOu(ou, domain) },
  };
}

function accountOf(user: IdaasUser, employeeNumber: string): RemoteAccount {
  if (user.employeeNumber.toLowerCase() !== employeeNumber.toLowerCase()) {
    throw conflict('ACCOUNT_TAKEN', { employeeNumber, otherEmployeeNumber: user.employeeNumber });
  }
  return {
    identifier: user.userName,
    remoteId: null,
    username: user.userName,
    ...(user.email === null ? {} : { emailAddress: user.email }),
  };
}

function conflict(
  code: 'ACCOUNT_TAKEN' | 'LOGIN_TAKEN',
  who: {
    readonly employeeNumber: string;
    readonly otherEmployeeNumber?: string;
    readonly login?: string | null;
  },
): UpstreamError {
  const reason =
    code === 'LOGIN_TAKEN' ? `login ${who.login} is taken` : `belongs to ${who.otherEmployeeNumber}`;
  return new UpstreamError(`${SYSTEM} create for ${who.employeeNumber}: ${reason}`, {
    system: SYSTEM,
    failure: 'conflict',
    code,
    parameters: { system: SYSTEM, ...who },
  });
}

/**
 * The error for an account that exists, is no other person's login and yet cannot be found: it is not replicated yet.
 */
function notVisible(employeeNumber: string): UpstreamError {
  return new UpstreamError(
    `${SYSTEM} create for ${employeeNumber}: exists, but the lookup does not find it yet`,
    {
      system: SYSTEM,
      failure: 'not-visible',
      code: 'NOT_VISIBLE_YET',
      parameters: { system: SYSTEM, employeeNumber },
    },
  );
}
