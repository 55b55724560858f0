import type { Secret } from '../../secret.ts';
import { healthOf } from '../contract/health.ts';
import type { HrSource, HrSourceDependencies } from '../contract/hr-source.ts';
import type { UpstreamCall } from '../contract/upstream.ts';
import { createUpstreamHttp, isTokenRefused } from '../http/http.ts';
import { createTokenCache, type FreshToken, withToken } from '../http/token.ts';
import { judgePage, judgeToken } from './answers.ts';

/** How to reach iData (environment.md). */
export interface HiedsConfig {
  readonly baseUrl: string;
  readonly account: string;
  readonly secret: Secret;
  readonly project: string;
  readonly enterprise: string;
  readonly tenantId: string;
  readonly pageSize: number;
}

const SYSTEM = 'HIEDS';

/** iData: pages of `hr_person_info`, with the project token in a raw header. */
export function connectHieds(config: HiedsConfig, dependencies: HrSourceDependencies): HrSource {
  const http = createUpstreamHttp({ ...dependencies, system: SYSTEM });
  const { account, project, enterprise, tenantId, pageSize } = config;
  const secret = config.secret.reveal();

  const fetchToken = (call: UpstreamCall): Promise<FreshToken> =>
    http.send(
      {
        operation: 'token',
        method: 'POST',
        url: `${config.baseUrl}/api/iam/auth/token`,
        headers: {},
        body: {
          data: {
            type: 'JWT-Token',
            attributes: { method: 'CREATE', account, secret, project, enterprise },
          },
        },
        employeeNumber: null,
        idempotent: true,
        confidential: [secret],
        judge: judgeToken,
      },
      call,
    );
  const tokens = createTokenCache(fetchToken);

  return {
    system: 'HIEDS',
    pageSize,
    readPage: ({ page, since }, call) =>
      withToken(tokens, {
        signal: call.signal,
        isRefused: isTokenRefused,
        work: (token) =>
          http.send(
            {
              operation: 'page',
              method: 'POST',
              url: `${config.baseUrl}/api/meta/api/engine/idata/projects/${encodeURIComponent(project)}/catalog/hr_person_info`,
              headers: { Authorization: token },
              body: {
                tenant_id: tenantId,
                pageSize,
                curPage: page,
                ...(since === null ? {} : { startTime: since }),
              },
              employeeNumber: null,
              idempotent: true,
              confidential: [token, secret],
              judge: (answer) => judgePage(answer, page),
            },
            call,
          ),
      }),
    checkHealth: ({ signal }) => healthOf(() => tokens.renew(signal)),
    tokenRemainingMs: () => tokens.remainingMs(),
    close() {
      tokens.close();
      http.close();
    },
  };
}
