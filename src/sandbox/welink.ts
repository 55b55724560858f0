import { z } from 'zod';
import { type AccountStore, isVisible, type PlayedAccount } from './accounts.ts';
import {
  type PlayedAnswer,
  type PlayedCall,
  type PlayedRequest,
  type PlayedSystem,
  refused,
} from './playing/played-system.ts';
import type { TokenDesk } from './playing/tokens.ts';

/** WeLink locks a client that keeps asking with a wrong secret; how often is not documented. */
const WRONG_SECRETS_BEFORE_LOCK = 5;

const ticketRequest = z.object({ client_id: z.string(), client_secret: z.string() });
const newUser = z.object({
  corpUserId: z.string().min(1),
  userNameCn: z.string().min(1),
  mobileNumber: z.string().regex(/^(\+\d+-)?\d+$/),
  corpDeptCodes: z.array(z.string().min(1)).min(1),
  userEmail: z.string().optional(),
  personType: z.string().optional(),
  employeeId: z.string().optional(),
});
const userChanges = z.object({
  corpUserId: z.string().min(1),
  userNameCn: z.string().min(1).optional(),
  corpDeptCodes: z.array(z.string().min(1)).min(1).optional(),
  userEmail: z.string().optional(),
  mobileNumber: newUser.shape.mobileNumber.optional(),
});
const userKey = z.object({ corpUserId: z.string().optional(), mobileNumber: z.string().optional() });

/** Huawei WeLink as upstream-apis.md §1 and §9 describe it: HTTP 200 for nearly everything, codes as strings. */
export function playWelink(options: {
  readonly accounts: AccountStore;
  readonly tokens: TokenDesk;
  readonly tokenLifetimeSeconds: number;
  readonly credentials: { readonly clientId: string; readonly clientSecret: string };
}): PlayedSystem {
  const { accounts, tokens, credentials } = options;
  let wrongSecrets = 0;

  function giveTicket(body: unknown): PlayedAnswer {
    if (wrongSecrets >= WRONG_SECRETS_BEFORE_LOCK) return welinkError('41403', 'client locked');
    const asked = ticketRequest.safeParse(body).data;
    if (asked?.client_id !== credentials.clientId || asked.client_secret !== credentials.clientSecret) {
      wrongSecrets += 1;
      return welinkError('10007', 'client_id or client_secret wrong');
    }
    wrongSecrets = 0;
    return {
      status: 200,
      body: {
        code: '0',
        message: 'ok',
        access_token: tokens.issue(),
        expires_in: options.tokenLifetimeSeconds,
      },
      outcome: 'token',
      applied: false,
    };
  }

  function createUser(body: unknown, invisibleForMs: number): PlayedAnswer {
    const user = newUser.safeParse(body).data;
    if (user === undefined) return welinkError('47003', 'empty or wrong parameter');
    const known = accounts.find('WELINK', 'key', user.corpUserId);
    if (known?.state === 'active') {
      return { ...welinkError('47109', 'account already opened'), outcome: 'exists' };
    }
    const holder = accounts.find('WELINK', 'phone', user.mobileNumber);
    if (holder !== null && holder.key !== user.corpUserId) {
      return welinkError('47120', `login phone ${user.mobileNumber} already registered`);
    }
    // A person taken out of the directory (`isDeleteUser` 0) returns to the same account.
    const account = accounts.put({
      ...(known !== null && { remoteId: known.remoteId }),
      system: 'WELINK',
      key: user.corpUserId,
      name: user.userNameCn,
      phone: user.mobileNumber,
      email: user.userEmail ?? null,
      visibleAt: new Date(Date.now() + invisibleForMs).toISOString(),
    });
    const { remoteId: userId, key: corpUserId } = account;
    return {
      status: 200,
      body: { code: '0', message: 'OK', userId, corpUserId },
      outcome: 'created',
      applied: true,
    };
  }

  function find(body: unknown): PlayedAccount | null {
    const key = userKey.safeParse(body).data;
    const byNumber = key?.corpUserId === undefined ? null : accounts.find('WELINK', 'key', key.corpUserId);
    const byPhone =
      key?.mobileNumber === undefined ? null : accounts.find('WELINK', 'phone', key.mobileNumber);
    return byNumber ?? byPhone;
  }

  function showUser(body: unknown): PlayedAnswer {
    const account = find(body);
    if (account === null || account.state === 'disabled' || !isVisible(account)) {
      return { ...welinkError('47012', 'no data'), outcome: 'absent' };
    }
    const shown = {
      userId: account.remoteId,
      corpUserId: account.key,
      userNameCn: account.name,
      userStatus: '3',
    };
    return {
      status: 200,
      body: {
        code: '0',
        message: 'success',
        ...shown,
        mobileNumber: account.phone,
        userEmail: account.email,
      },
      outcome: 'found',
      applied: false,
    };
  }

  function deleteUser(body: unknown): PlayedAnswer {
    const account = find(body);
    if (account === null || account.state === 'disabled') {
      return { ...welinkError('47111', 'account absent'), outcome: 'absent' };
    }
    accounts.put({ ...account, state: 'disabled' });
    return { status: 200, body: { code: '0', message: 'ok' }, outcome: 'disabled', applied: true };
  }

  function updateUser(body: unknown): PlayedAnswer {
    const changes = userChanges.safeParse(body).data;
    const account = changes === undefined ? null : accounts.find('WELINK', 'key', changes.corpUserId);
    if (changes === undefined || account === null || account.state === 'disabled') {
      return { ...welinkError('47111', 'account absent'), outcome: 'absent' };
    }
    const { userNameCn, userEmail, mobileNumber } = changes;
    const holder = mobileNumber === undefined ? null : accounts.find('WELINK', 'phone', mobileNumber);
    if (holder !== null && holder.key !== account.key) {
      return welinkError('47120', `login phone ${mobileNumber} already registered`);
    }
    accounts.put({
      ...account,
      name: userNameCn ?? account.name,
      email: userEmail ?? account.email,
      phone: mobileNumber ?? account.phone,
    });
    return { status: 200, body: { code: '0', message: 'ok' }, outcome: 'updated', applied: true };
  }

  function authorized(request: PlayedRequest, perform: PlayedCall['perform']): PlayedCall['perform'] {
    return (how) => (tokens.isGood(request.headers['x-wlk-authorization']) ? perform(how) : expired());
  }

  return {
    system: 'WELINK',
    read(request) {
      const { body } = request;
      const { corpUserId, mobileNumber } = userKey.safeParse(body).data ?? {};
      const matchable = [corpUserId, mobileNumber].filter((key) => key !== undefined);
      const concerns = { key: corpUserId ?? mobileNumber ?? null, matchable };
      switch (`${request.method} ${request.path}`) {
        case 'POST /auth/v2/tickets':
          return { operation: 'token', key: null, matchable: [], perform: () => giveTicket(body) };
        case 'POST /contact/v1/user/create':
          return {
            operation: 'create',
            ...concerns,
            perform: authorized(request, ({ invisibleForMs }) => createUser(body, invisibleForMs)),
          };
        case 'POST /contact/v2/user/detail':
          return { operation: 'find', ...concerns, perform: authorized(request, () => showUser(body)) };
        case 'POST /contact/v1/user/delete':
          return { operation: 'disable', ...concerns, perform: authorized(request, () => deleteUser(body)) };
        case 'POST /contact/v1/user/update':
        case 'PUT /contact/v1/user/mobilenumber':
          return { operation: 'update', ...concerns, perform: authorized(request, () => updateUser(body)) };
        default:
          return {
            operation: 'other',
            ...concerns,
            perform: () => refused(404, '404', { code: '404', message: 'no such address' }),
          };
      }
    },
    refuseToken: expired,
    refuseCall: (_call, { code, message }) => welinkError(code, message),
    expireTokens: () => tokens.expireAll(),
  };
}

function expired(): PlayedAnswer {
  return welinkError('47103', 'token expired');
}

function welinkError(code: string, message: string): PlayedAnswer {
  return refused(200, code, { code, message });
}
