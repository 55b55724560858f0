import { z } from 'zod';
import type { PlayedAnswer, PlayedCall, PlayedRequest, PlayedSystem } from '../playing/played-system.ts';
import type { TokenDesk } from '../playing/tokens.ts';
import { badParameter, done, found, listed, SMALL_PAGE, type WpsCall, wpsRefusal } from './answers.ts';
import { playEvents } from './events.ts';
import { playMembers } from './members.ts';
import { findRoute, type Route } from './routes.ts';
import { signatureProblem } from './signature.ts';
import type { CalendarStore } from './store.ts';

/** Numbers with this ending have no account in the directory, so that some users are always unknown. */
export const UNKNOWN_USER_ENDING = '404';
const USERS_MAX = 100;

const text = z.object({ summary: z.string().min(1) });
const lookUp = z.object({ ex_user_ids: z.array(z.string()).min(1), status: z.array(z.string()).min(1) });
const message = z.object({ type: z.string(), receivers: z.array(z.object({ id: z.string() })).min(1) });

/** WPS open platform v7 as upstream-apis.md §5 and §9 describe it: strict about signatures, limits and windows. */
export function playWps(options: {
  readonly store: CalendarStore;
  readonly tokens: TokenDesk;
  readonly tokenLifetimeSeconds: number;
  readonly credentials: { readonly appId: string; readonly appSecret: string };
  /** People whom the directory does not know, beside those of the ending. */
  readonly unknownUsers: ReadonlySet<string>;
}): PlayedSystem {
  const { store, tokens, credentials } = options;
  const knowsUser = (user: string) => !user.endsWith(UNKNOWN_USER_ENDING) && !options.unknownUsers.has(user);
  const members = playMembers(store, knowsUser);
  const events = playEvents(store);

  function giveToken({ bytes }: PlayedRequest): PlayedAnswer {
    const form = new URLSearchParams(bytes.toString('utf8'));
    const good =
      form.get('grant_type') === 'client_credentials' &&
      form.get('client_id') === credentials.appId &&
      form.get('client_secret') === credentials.appSecret;
    if (!good) return wpsRefusal(400, '400001002', 'invalid client');
    const body = {
      access_token: tokens.issue(),
      token_type: 'bearer',
      expires_in: options.tokenLifetimeSeconds,
    };
    return { status: 200, body, outcome: 'token', applied: false };
  }

  function perform(route: Route, call: WpsCall): PlayedAnswer {
    const id = call.ids[0] ?? '';
    switch (route.name) {
      case 'calendar-create': {
        const summary = text.safeParse(call.request.body).data?.summary;
        if (summary === undefined) return badParameter('summary');
        const created = store.newId('cal');
        store.apply({ what: 'calendar', id: created, summary });
        return done({ id: created, role: 'owner', summary, type: 'normal' }, 'created');
      }
      case 'calendar-list':
        return listed(
          [...store.calendars.values()].map((found) => ({ id: found.id, summary: found.summary })),
          {
            query: call.query,
            largest: SMALL_PAGE,
          },
        );
      case 'user-find': {
        const asked = lookUp.safeParse(call.request.body).data;
        if (asked === undefined || asked.ex_user_ids.length > USERS_MAX) return badParameter('ex_user_ids');
        const items = asked.ex_user_ids
          .filter(knowsUser)
          .map((user) => ({ id: `wps-${user}`, ex_user_id: user, status: 'active' }));
        return found(items.length === 0 ? {} : { items });
      }
      case 'message':
        return message.safeParse(call.request.body).success ? done({}, 'sent') : badParameter('receivers');
    }
    const calendar = store.calendars.get(id);
    if (calendar === undefined) return wpsRefusal(400, '400000004', `invalid calendarID ${id}`);
    switch (route.name) {
      case 'calendar-update': {
        const summary = text.safeParse(call.request.body).data?.summary;
        if (summary === undefined) return badParameter('summary');
        store.apply({ what: 'calendar', id, summary });
        return done({}, 'updated');
      }
      case 'calendar-delete':
        store.apply({ what: 'calendar-gone', id });
        return done({}, 'deleted');
      case 'member-create':
      case 'member-create-many':
      case 'member-list':
      case 'member-delete':
        return members(route.name, calendar, call);
      case 'event-create':
      case 'event-create-many':
      case 'event-list':
      case 'event-update':
      case 'event-delete':
        return events(route.name, calendar, call);
    }
  }

  function guarded(request: PlayedRequest, act: () => PlayedAnswer): PlayedCall['perform'] {
    return () => {
      const problem = signatureProblem(request, credentials);
      if (problem !== null) return wpsRefusal(403, '30003', problem);
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
      return tokens.isGood(token) ? act() : expired();
    };
  }

  return {
    system: 'WPS',
    read(request) {
      if (request.method === 'POST' && request.path === '/oauth2/token')
        return { operation: 'token', key: null, matchable: [], perform: () => giveToken(request) };
      const match = findRoute(request.method, request.path);
      if (match === null) {
        const nothing = () => wpsRefusal(404, '404', 'no such address');
        return { operation: 'other', key: null, matchable: [], perform: guarded(request, nothing) };
      }
      const { route, ids } = match;
      const query = new URL(request.uri, 'http://wps').searchParams;
      const calendar = ids[0] ?? null;
      const matchable = [...ids, ...namesIn(request.body)];
      const act = () => perform(route, { request, query, ids });
      return {
        operation: route.operation,
        key: calendar ?? namesIn(request.body)[0] ?? null,
        matchable,
        perform: guarded(request, act),
      };
    },
    refuseToken: expired,
    refuseCall: (_call, { code, message: why }) => wpsRefusal(200, code, why),
    expireTokens: () => tokens.expireAll(),
  };
}

const named = z
  .object({
    summary: z.string(),
    user_id: z.string(),
    permissions: z.array(z.object({ user_id: z.string() })),
    events: z.array(z.object({ summary: z.string() })),
    ex_user_ids: z.array(z.string()),
  })
  .partial();

/** Titles and people in a call, by which a fault rule can match it. */
function namesIn(body: unknown): string[] {
  const names = named.safeParse(body).data ?? {};
  return [
    ...(names.summary === undefined ? [] : [names.summary]),
    ...(names.user_id === undefined ? [] : [names.user_id]),
    ...(names.permissions ?? []).map((permission) => permission.user_id),
    ...(names.events ?? []).map((event) => event.summary),
    ...(names.ex_user_ids ?? []),
  ];
}

function expired(): PlayedAnswer {
  return wpsRefusal(401, '400001001', 'invalid access token');
}
