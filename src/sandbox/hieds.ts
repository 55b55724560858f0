import { z } from 'zod';
import type { Company } from './company.ts';
import { type PlayedAnswer, type PlayedCall, type PlayedSystem, refused } from './playing/played-system.ts';
import type { TokenDesk } from './playing/tokens.ts';

const tokenRequest = z.object({
  data: z.object({
    type: z.literal('JWT-Token'),
    attributes: z.object({
      method: z.literal('CREATE'),
      account: z.string(),
      secret: z.string(),
      project: z.string(),
      enterprise: z.string(),
    }),
  }),
});
const pageRequest = z.object({
  tenant_id: z.string(),
  pageSize: z.int().min(1).max(1_000),
  curPage: z.int().min(1),
  startTime: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    .optional(),
});

/** iData, the HR source, as upstream-apis.md §2.3 and §9 settle it: `status` instead of `code`, pages by personId. */
export function playHieds(options: {
  readonly company: Company;
  readonly tokens: TokenDesk;
  readonly tokenLifetimeSeconds: number;
  readonly credentials: {
    readonly account: string;
    readonly secret: string;
    readonly project: string;
    readonly enterprise: string;
    readonly tenantId: string;
  };
}): PlayedSystem {
  const { company, tokens, credentials } = options;
  const pages = `/api/meta/api/engine/idata/projects/${credentials.project}/catalog/hr_person_info`;

  function giveToken(body: unknown): PlayedAnswer {
    const asked = tokenRequest.safeParse(body).data?.data.attributes;
    const fits =
      asked !== undefined &&
      (['account', 'secret', 'project', 'enterprise'] as const).every(
        (key) => asked[key] === credentials[key],
      );
    if (!fits) return refused(401, '401', { code: '401', message: 'account or secret wrong' });
    const answer = { code: '201', access_token: tokens.issue(), expires_in: options.tokenLifetimeSeconds };
    return { status: 201, body: answer, outcome: 'token', applied: false };
  }

  function showPage(body: unknown): PlayedAnswer {
    const asked = pageRequest.safeParse(body).data;
    if (asked?.tenant_id !== credentials.tenantId) {
      return refused(200, '400', { status: 400, message: 'parameters wrong' });
    }
    if (asked.curPage === 1) company.live();
    const people = company.list(asked.startTime ?? null);
    const first = (asked.curPage - 1) * asked.pageSize;
    const data = {
      result: people.slice(first, first + asked.pageSize),
      pageInfo: {
        totalPages: Math.ceil(people.length / asked.pageSize),
        totalCount: people.length,
        curPage: asked.curPage,
        pageSize: asked.pageSize,
      },
    };
    return { status: 200, body: { status: 200, data }, outcome: 'found', applied: false };
  }

  return {
    system: 'HIEDS',
    read({ method, path, headers, body }) {
      if (method === 'POST' && path === '/api/iam/auth/token') {
        return { operation: 'token', key: null, matchable: [], perform: () => giveToken(body) };
      }
      if (method === 'POST' && path === pages) {
        const key = String(pageRequest.safeParse(body).data?.curPage ?? '');
        const perform: PlayedCall['perform'] = () =>
          tokens.isGood(headers.authorization) ? showPage(body) : expired();
        return { operation: 'page', key, matchable: [key], perform };
      }
      const gone = refused(404, '404', { status: 404, message: 'no route' });
      return { operation: 'other', key: null, matchable: [], perform: () => gone };
    },
    refuseToken: expired,
    refuseCall: (_call, { code, message }) =>
      refused(200, code, { status: /^\d+$/.test(code) ? Number(code) : code, message }),
    expireTokens: () => tokens.expireAll(),
  };
}

function expired(): PlayedAnswer {
  return refused(401, '401', { status: 401, message: 'token expired' });
}
