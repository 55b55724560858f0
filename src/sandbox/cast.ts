import type { AccountStore } from './accounts.ts';
import type { Company } from './company.ts';
import { playExchange } from './exchange.ts';
import { playHieds } from './hieds.ts';
import { playIdaas } from './idaas.ts';
import type { SandboxOptions } from './options.ts';
import { type PlayedSystem, type SandboxSystem, sandboxSystems } from './playing/played-system.ts';
import { createTokenDesk } from './playing/tokens.ts';
import { playWelink } from './welink.ts';
import type { CalendarStore } from './wps/store.ts';
import { playWps } from './wps/wps.ts';

const IDAAS_TOKEN_LIFETIME_SECONDS = 86_399;
const WELINK_TOKEN_LIFETIME_SECONDS = 7_200;
const HIEDS_TOKEN_LIFETIME_SECONDS = 7_200;
const WPS_TOKEN_LIFETIME_SECONDS = 7_200;
const HIEDS_PROJECT = 'sandbox-project';
const HIEDS_TENANT = 'sandbox-tenant';
export const DEFAULT_DOMAIN = 'example.com';
const ENTERPRISE_ID = 'sandbox-enterprise';

/** Credentials that each played system accepts. */
export interface Credentials {
  readonly idaas: { readonly account: string; readonly secret: string; readonly enterpriseId: string };
  readonly welink: { readonly clientId: string; readonly clientSecret: string };
  readonly email: { readonly authToken: string; readonly domain: string };
  readonly hieds: {
    readonly account: string;
    readonly secret: string;
    readonly project: string;
    readonly enterprise: string;
    readonly tenantId: string;
  };
  readonly wps: { readonly appId: string; readonly appSecret: string };
}

/** The well-known credentials, or those in the options. */
export function credentialsOf({ secrets = {}, emailDomain = DEFAULT_DOMAIN }: SandboxOptions): Credentials {
  return {
    idaas: {
      account: 'sandbox',
      secret: secrets.idaas ?? 'sandbox-idaas-secret',
      enterpriseId: ENTERPRISE_ID,
    },
    welink: { clientId: 'sandbox', clientSecret: secrets.welink ?? 'sandbox-welink-secret' },
    email: { authToken: secrets.email ?? 'sandbox-email-token', domain: emailDomain },
    hieds: {
      account: 'sandbox',
      secret: secrets.hieds ?? 'sandbox-hieds-secret',
      project: HIEDS_PROJECT,
      enterprise: ENTERPRISE_ID,
      tenantId: HIEDS_TENANT,
    },
    wps: { appId: 'AKsandbox', appSecret: secrets.wps ?? 'sandbox-wps-secret' },
  };
}

/** The state that the players share. */
interface Props {
  readonly accounts: AccountStore;
  readonly company: Company;
  readonly calendars: CalendarStore;
  /** People whom the directory of WPS does not know. */
  readonly unknownUsers: ReadonlySet<string>;
  readonly credentials: Credentials;
}

/** The players, in the order of `options.systems`. */
export function castPlayers(options: SandboxOptions, stage: Props): PlayedSystem[] {
  return (options.systems ?? sandboxSystems).map((system) => castPlayer(system, { ...stage, options }));
}

function castPlayer(
  system: SandboxSystem,
  stage: Props & { readonly options: SandboxOptions },
): PlayedSystem {
  const { accounts, company, credentials, options } = stage;
  switch (system) {
    case 'IDAAS': {
      const tokenLifetimeSeconds = options.tokenLifetimeSeconds ?? IDAAS_TOKEN_LIFETIME_SECONDS;
      const tokens = createTokenDesk(tokenLifetimeSeconds);
      return playIdaas({ accounts, tokens, tokenLifetimeSeconds, credentials: credentials.idaas });
    }
    case 'WELINK': {
      const tokenLifetimeSeconds = options.tokenLifetimeSeconds ?? WELINK_TOKEN_LIFETIME_SECONDS;
      const tokens = createTokenDesk(tokenLifetimeSeconds);
      return playWelink({ accounts, tokens, tokenLifetimeSeconds, credentials: credentials.welink });
    }
    case 'EMAIL':
      return playExchange({
        accounts,
        knowsDirectory: (options.systems ?? sandboxSystems).includes('IDAAS'),
        replicationDelayMs: options.replicationDelayMs ?? 0,
        credentials: credentials.email,
      });
    case 'HIEDS': {
      const tokenLifetimeSeconds = options.tokenLifetimeSeconds ?? HIEDS_TOKEN_LIFETIME_SECONDS;
      const tokens = createTokenDesk(tokenLifetimeSeconds);
      return playHieds({ company, tokens, tokenLifetimeSeconds, credentials: credentials.hieds });
    }
    case 'WPS': {
      const tokenLifetimeSeconds = options.tokenLifetimeSeconds ?? WPS_TOKEN_LIFETIME_SECONDS;
      const { calendars: store, unknownUsers } = stage;
      const tokens = createTokenDesk(tokenLifetimeSeconds);
      return playWps({ store, unknownUsers, tokens, tokenLifetimeSeconds, credentials: credentials.wps });
    }
  }
}

/** The variables a real deployment would set to reach the played systems. */
export function environmentOf(
  baseUrls: Readonly<Partial<Record<SandboxSystem, string>>>,
  { idaas, welink, email, hieds, wps }: Credentials,
): Record<string, string> {
  const variables: Record<SandboxSystem, Record<string, string>> = {
    IDAAS: {
      IDAAS_ACCOUNT: idaas.account,
      IDAAS_SECRET: idaas.secret,
      IDAAS_ENTERPRISE_ID: idaas.enterpriseId,
      IDAAS_DC1: 'sandbox',
      IDAAS_DC2: 'local',
      IDAAS_LOOKUP_PATH: '/api/idaas/idm-openapi/enterprise/{enterprise_id}/user/{employee_number}',
    },
    WELINK: { WELINK_CLIENT_ID: welink.clientId, WELINK_CLIENT_SECRET: welink.clientSecret },
    EMAIL: { EMAIL_AUTH_TOKEN: email.authToken, EMAIL_DOMAIN: email.domain },
    HIEDS: {
      HIEDS_ACCOUNT: hieds.account,
      HIEDS_SECRET: hieds.secret,
      HIEDS_PROJECT: hieds.project,
      HIEDS_ENTERPRISE: hieds.enterprise,
      HIEDS_TENANT_ID: hieds.tenantId,
    },
    WPS: { WPS_APP_ID: wps.appId, WPS_APP_SECRET: wps.appSecret },
  };
  const played = sandboxSystems.filter((system) => baseUrls[system] !== undefined);
  return Object.assign(
    {},
    ...played.map((system) => ({ [`${system}_BASE_URL`]: baseUrls[system], ...variables[system] })),
  );
}
