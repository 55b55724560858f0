import { z } from 'zod';
import { type AccountStore, isVisible } from './accounts.ts';
import {
  type PlayedAnswer,
  type PlayedCall,
  type PlayedRequest,
  type PlayedSystem,
  refused,
} from './playing/played-system.ts';
import type { TokenDesk } from './playing/tokens.ts';

const tokenRequest = z.object({
  data: z.object({
    type: z.literal('token'),
    attributes: z.object({ account: z.string(), secret: z.string() }),
  }),
});
const onboarding = z.object({
  userInfo: z.object({
    employeeNumber: z.string().min(1),
    name: z.string().min(1),
    userName: z.string().min(1),
    email: z.string(),
    mobile: z.string().optional(),
    userExtends: z.object({ ou: z.string().min(1) }),
  }),
});

/** hieds IDaaS as upstream-apis.md §2 and §9 settle it: token codes are strings, onboarding codes numbers. */
export function playIdaas(options: {
  readonly accounts: AccountStore;
  readonly tokens: TokenDesk;
  readonly tokenLifetimeSeconds: number;
  readonly credentials: { readonly account: string; readonly secret: string; readonly enterpriseId: string };
}): PlayedSystem {
  const { accounts, tokens, credentials } = options;
  const users = `/api/idaas/idm-openapi/enterprise/${credentials.enterpriseId}/user/`;

  function giveToken(body: unknown): PlayedAnswer {
    const asked = tokenRequest.safeParse(body).data?.data.attributes;
    if (asked?.account !== credentials.account || asked.secret !== credentials.secret) {
      return refused(401, '401', { code: '401', message: 'account or secret wrong' });
    }
    const answer = { code: '201', access_token: tokens.issue(), expires_in: options.tokenLifetimeSeconds };
    return { status: 201, body: answer, outcome: 'token', applied: false };
  }

  function onboard(body: unknown, invisibleForMs: number): PlayedAnswer {
    const user = onboarding.safeParse(body).data?.userInfo;
    if (user === undefined) return idaasError(400, 'userInfo incomplete');
    if (accounts.find('IDAAS', 'key', user.employeeNumber) !== null) {
      return {
        ...idaasError(409, `employeeNumber ${user.employeeNumber} already exists`),
        outcome: 'exists',
      };
    }
    if (accounts.find('IDAAS', 'username', user.userName) !== null) {
      return idaasError(409, `userName ${user.userName} already exists`);
    }
    const { remoteId } = accounts.put({
      system: 'IDAAS',
      key: user.employeeNumber,
      name: user.name,
      username: user.userName,
      email: user.email,
      phone: user.mobile ?? null,
      visibleAt: new Date(Date.now() + invisibleForMs).toISOString(),
    });
    const answer = { code: 201, message: 'success', data: { userId: remoteId } };
    return { status: 200, body: answer, outcome: 'created', applied: true };
  }

  function show(employeeNumber: string): PlayedAnswer {
    const account = accounts.find('IDAAS', 'key', employeeNumber);
    if (account === null || !isVisible(account)) {
      const answer = { code: 404, message: 'user not found', data: null };
      return { status: 404, body: answer, outcome: 'absent', applied: false };
    }
    const { key, username: userName, email, name } = account;
    const userInfo = { employeeNumber: key, userName, email, name };
    return { status: 200, body: { code: 200, data: { userInfo } }, outcome: 'found', applied: false };
  }

  function authorized(request: PlayedRequest, perform: PlayedCall['perform']): PlayedCall['perform'] {
    return (how) => (tokens.isGood(request.headers.authorization) ? perform(how) : expired());
  }

  return {
    system: 'IDAAS',
    read(request) {
      const { method, path, body } = request;
      if (method === 'POST' && path === '/api/iam/auth/enterprise-token') {
        return { operation: 'token', key: null, matchable: [], perform: () => giveToken(body) };
      }
      if (method === 'POST' && path === `${users}onboarding`) {
        const user = onboarding.safeParse(body).data?.userInfo;
        return {
          operation: 'create',
          key: user?.employeeNumber ?? null,
          matchable: [user?.employeeNumber, user?.userName, user?.mobile].filter((key) => key !== undefined),
          perform: authorized(request, ({ invisibleForMs }) => onboard(body, invisibleForMs)),
        };
      }
      if (method === 'GET' && path.startsWith(users)) {
        const key = decodeURIComponent(path.slice(users.length));
        return { operation: 'find', key, matchable: [key], perform: authorized(request, () => show(key)) };
      }
      const gone = refused(404, '404', { code: 404, message: 'no route' });
      return { operation: 'other', key: null, matchable: [], perform: () => gone };
    },
    refuseToken: expired,
    refuseCall: (_call, { code, message }) =>
      refused(200, code, { code: /^\d+$/.test(code) ? Number(code) : code, message }),
    expireTokens: () => tokens.expireAll(),
  };
}

function expired(): PlayedAnswer {
  return refused(401, '401', { code: 401, message: 'token expired' });
}

function idaasError(code: number, message: string): PlayedAnswer {
  return refused(200, String(code), { code, message });
}
