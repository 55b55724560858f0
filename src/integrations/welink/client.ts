import type { Secret } from '../../secret.ts';
import type { UpstreamCall } from '../contract/upstream.ts';
import { type HttpAnswer, isTokenRefused, type UpstreamHttp, type Verdict } from '../http/http.ts';
import type { UpstreamOperation } from '../http/http-failure.ts';
import { createTokenCache, type FreshToken, withToken } from '../http/token.ts';
import {
  judgeCreate,
  judgeDetail,
  judgeRemove,
  judgeToken,
  judgeUpdate,
  type WelinkCreation,
  type WelinkUpdate,
  type WelinkUser,
} from './answers.ts';

/** How to reach WeLink; the token may come from another gateway than the API (upstream-apis.md §1.1). */
export interface WelinkConfig {
  readonly baseUrl: string;
  readonly tokenBaseUrl: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
}

/** Body of `/contact/v1/user/create`: the fields of provisioning.md §5.3 and no other. */
export interface WelinkNewUser {
  readonly corpUserId: string;
  readonly employeeId: string;
  readonly userNameCn: string;
  readonly mobileNumber: string;
  readonly corpDeptCodes: readonly string[];
  readonly personType: string;
  readonly userEmail: string;
}

/** WeLink's own words: paths, envelope and codes. Every method throws as `UpstreamHttp.send` does. */
export type WelinkClient = ReturnType<typeof createWelinkClient>;

interface WelinkCall<Meaning> {
  readonly operation: UpstreamOperation;
  readonly method?: 'POST' | 'PUT';
  readonly path: string;
  readonly body: unknown;
  readonly employeeNumber: string | null;
  readonly idempotent: boolean;
  readonly confidential: readonly string[];
  readonly judge: (answer: HttpAnswer) => Verdict<Meaning>;
}

export function createWelinkClient(config: WelinkConfig, http: UpstreamHttp) {
  const tokens = createTokenCache((call) => fetchToken(config, { http, call }));
  const send: Send = (request, call) =>
    withToken(tokens, {
      signal: call.signal,
      isRefused: isTokenRefused,
      work: (token) =>
        http.send(
          {
            method: 'POST',
            ...request,
            url: `${config.baseUrl}${request.path}`,
            headers: { 'x-wlk-Authorization': token, 'Accept-Charset': 'UTF-8' },
            confidential: [...request.confidential, token, config.clientSecret.reveal()],
          },
          call,
        ),
    });
  return {
    ...accountCalls(send),
    ...changeCalls(send),
    tokenRemainingMs: () => tokens.remainingMs(),
    forgetRefusal: () => tokens.forgetRefusal(),
    close: () => tokens.close(),
  };
}

/** Sends a call with a token, which is renewed once when it is refused. */
type Send = <Meaning>(request: WelinkCall<Meaning>, call: UpstreamCall) => Promise<Meaning>;

/** Makes, finds and removes users. */
function accountCalls(send: Send) {
  return {
    createUser: (user: WelinkNewUser, call: UpstreamCall): Promise<WelinkCreation> =>
      send(
        {
          operation: 'create',
          path: '/contact/v1/user/create',
          body: user,
          employeeNumber: user.corpUserId,
          idempotent: false,
          confidential: [user.userNameCn],
          judge: judgeCreate,
        },
        call,
      ),

    /** Null when WeLink has no user with that key. */
    findUser: (
      key: { readonly corpUserId: string } | { readonly mobileNumber: string },
      {
        fullName,
        ...options
      }: {
        readonly employeeNumber: string;
        readonly operation: 'find' | 'health';
        readonly fullName?: string;
      },
      call: UpstreamCall,
    ): Promise<WelinkUser | null> =>
      send(
        {
          ...options,
          path: '/contact/v2/user/detail',
          body: key,
          idempotent: true,
          confidential: fullName === undefined ? [] : [fullName],
          judge: judgeDetail,
        },
        call,
      ),

    /** Takes the person out of the company's directory and keeps the account (`isDeleteUser: 0`). */
    removeUser: (corpUserId: string, call: UpstreamCall): Promise<'removed' | 'absent'> =>
      send(
        {
          operation: 'disable',
          path: '/contact/v1/user/delete',
          body: { corpUserId, isDeleteUser: 0 },
          employeeNumber: corpUserId,
          idempotent: true,
          confidential: [],
          judge: judgeRemove,
        },
        call,
      ),
  };
}

/** Changes users that exist. */
function changeCalls(send: Send) {
  return {
    /** Changes fields of a person; saying again what is so already changes nothing. */
    updateUser: (
      corpUserId: string,
      changes: Partial<Pick<WelinkNewUser, 'userNameCn' | 'corpDeptCodes' | 'userEmail'>>,
      call: UpstreamCall,
    ): Promise<WelinkUpdate> =>
      send(
        {
          operation: 'update',
          path: '/contact/v1/user/update',
          body: { corpUserId, ...changes },
          employeeNumber: corpUserId,
          idempotent: true,
          confidential: changes.userNameCn === undefined ? [] : [changes.userNameCn],
          judge: judgeUpdate,
        },
        call,
      ),

    /** Changes the phone a person logs in with; WeLink permits it three times a day. */
    changePhone: (corpUserId: string, mobileNumber: string, call: UpstreamCall): Promise<WelinkUpdate> =>
      send(
        {
          operation: 'update',
          method: 'PUT',
          path: '/contact/v1/user/mobilenumber',
          body: { corpUserId, mobileNumber },
          employeeNumber: corpUserId,
          idempotent: true,
          confidential: [mobileNumber],
          judge: judgeUpdate,
        },
        call,
      ),
  };
}

function fetchToken(
  config: WelinkConfig,
  via: { readonly http: UpstreamHttp; readonly call: UpstreamCall },
): Promise<FreshToken> {
  const secret = config.clientSecret.reveal();
  return via.http.send(
    {
      operation: 'token',
      method: 'POST',
      url: `${config.tokenBaseUrl}/auth/v2/tickets`,
      headers: { 'Accept-Charset': 'UTF-8' },
      body: { client_id: config.clientId, client_secret: secret },
      employeeNumber: null,
      idempotent: true,
      confidential: [secret],
      judge: judgeToken,
    },
    via.call,
  );
}
