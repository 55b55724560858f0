import type { Secret } from '../../secret.ts';
import type { UpstreamCall } from '../contract/upstream.ts';
import { type HttpRequest, isTokenRefused, type UpstreamHttp } from '../http/http.ts';
import { createTokenCache, type FreshToken, withToken } from '../http/token.ts';
import { type IdaasOnboarding, type IdaasUser, judgeLookup, judgeOnboarding, judgeToken } from './answers.ts';

/** How to reach IDaaS (environment.md). */
export interface IdaasConfig {
  readonly baseUrl: string;
  readonly account: string;
  readonly secret: Secret;
  readonly enterpriseId: string;
  readonly dc1: string | null;
  readonly dc2: string | null;
  /** With `{enterprise_id}` and `{employee_number}`; null: this deployment cannot look people up. */
  readonly lookupPath: string | null;
  /** Body codes that say "exists already". */
  readonly existsCodes: ReadonlySet<string>;
}

/** `userInfo` of an onboarding: the fields of provisioning.md §5.3 and no other. */
export interface IdaasUserInfo {
  readonly employeeNumber: string;
  readonly name: string;
  readonly englishName: string;
  readonly userName: string;
  readonly userType: string;
  readonly email: string;
  /** `+86`; both are left out for a person without a phone. */
  readonly mobileCountryCode?: string;
  readonly mobile?: string;
  readonly userExtends: { readonly workArea: string; readonly ou: string };
}

/** IDaaS's own words: paths, envelope and codes. Every method throws as `UpstreamHttp.send` does. */
export type IdaasClient = ReturnType<typeof createIdaasClient>;

/** A short English name is a part of many words. */
const isTelling = (name: string) => /\P{ASCII}/u.test(name) || name.length > 3;

export function createIdaasClient(config: IdaasConfig, http: UpstreamHttp) {
  const tokens = createTokenCache((call) => fetchToken(config, { http, call }));
  const enterpriseId = encodeURIComponent(config.enterpriseId);

  function send<Meaning>(
    request: Omit<HttpRequest<Meaning>, 'headers'>,
    call: UpstreamCall,
  ): Promise<Meaning> {
    return withToken(tokens, {
      signal: call.signal,
      isRefused: isTokenRefused,
      work: (token) =>
        http.send(
          {
            ...request,
            // Raw, without "Bearer" (upstream-apis.md §0.1).
            headers: { Authorization: token },
            confidential: [...request.confidential, token, config.secret.reveal()],
          },
          call,
        ),
    });
  }

  return {
    onboard: (userInfo: IdaasUserInfo, call: UpstreamCall): Promise<IdaasOnboarding> =>
      send(
        {
          operation: 'create',
          method: 'POST',
          url: `${config.baseUrl}/api/idaas/idm-openapi/enterprise/${enterpriseId}/user/onboarding`,
          body: { userInfo },
          employeeNumber: userInfo.employeeNumber,
          idempotent: false,
          confidential: [userInfo.name, userInfo.englishName].filter(isTelling),
          judge: (answer) => judgeOnboarding(answer, config.existsCodes),
        },
        call,
      ),

    /** Null when IDaaS has no user with that number. `lookupPath` is the configured one. */
    lookUp: (
      {
        lookupPath,
        employeeNumber,
        fullName,
      }: { readonly lookupPath: string; readonly employeeNumber: string; readonly fullName?: string },
      call: UpstreamCall,
    ): Promise<IdaasUser | null> =>
      send(
        {
          operation: 'find',
          method: 'GET',
          url: `${config.baseUrl}${lookupPath
            .replaceAll('{enterprise_id}', enterpriseId)
            .replaceAll('{employee_number}', encodeURIComponent(employeeNumber))}`,
          pathTemplate: lookupPath.replace(/\?.*$/, ''),
          employeeNumber,
          idempotent: true,
          confidential: fullName === undefined ? [] : [fullName],
          judge: judgeLookup,
        },
        call,
      ),

    /** Fetches a token, also when one is cached: the only harmless call of every deployment. */
    signIn: (signal: AbortSignal) => tokens.renew(signal),

    tokenRemainingMs: () => tokens.remainingMs(),
    forgetRefusal: () => tokens.forgetRefusal(),

    close: () => tokens.close(),
  };
}

function fetchToken(
  { baseUrl, account, secret }: IdaasConfig,
  via: { readonly http: UpstreamHttp; readonly call: UpstreamCall },
): Promise<FreshToken> {
  const revealed = secret.reveal();
  return via.http.send(
    {
      operation: 'token',
      method: 'POST',
      url: `${baseUrl}/api/iam/auth/enterprise-token`,
      headers: {},
      body: { data: { type: 'token', attributes: { account, secret: revealed } } },
      employeeNumber: null,
      idempotent: true,
      confidential: [revealed],
      judge: judgeToken,
    },
    via.call,
  );
}
