import { z } from 'zod';
import type { PlayedAnswer } from '../playing/played-system.ts';
import { badParameter, done, listed, SMALL_PAGE, type WpsCall, wpsRefusal } from './answers.ts';
import type { CalendarStore, PlayedCalendar, PlayedMember } from './store.ts';

const MEMBERS_MAX = 100;
const role = z.enum(['free_busy_reader', 'reader', 'writer', 'owner']);
const one = z.object({ user_id: z.string().min(1), role });
const many = z.object({
  permissions: z
    .array(z.object({ user_id: z.string().min(1), role: role.exclude(['owner']) }))
    .min(1)
    .max(MEMBERS_MAX),
});

type Name = 'member-create' | 'member-create-many' | 'member-list' | 'member-delete';

/** Plays permissions: an existing member is answered as they are; one unknown user refuses the whole batch. */
export function playMembers(store: CalendarStore, knowsUser: (user: string) => boolean) {
  return (name: Name, calendar: PlayedCalendar, call: WpsCall): PlayedAnswer => {
    const { request, query, ids } = call;
    if (name !== 'member-delete' && request.headers['x-kso-id-type'] !== 'external')
      return badParameter('X-Kso-Id-Type: the numbers of the school are external ids');
    switch (name) {
      case 'member-list': {
        const shown = [...calendar.members.values()].map((member) => view(calendar, member));
        return listed(shown, { query, largest: SMALL_PAGE });
      }
      case 'member-delete': {
        const id = ids[1] ?? '';
        if (!calendar.members.has(id)) return wpsRefusal(404, '404', 'permission not found');
        store.apply({ what: 'member-gone', calendar: calendar.id, id });
        return done({}, 'deleted');
      }
      case 'member-create':
      case 'member-create-many': {
        const asked =
          name === 'member-create'
            ? one.safeParse(request.body).data
            : many.safeParse(request.body).data?.permissions;
        if (asked === undefined) return badParameter('permissions');
        const wanted = [asked].flat();
        if (wanted.some((member) => !knowsUser(member.user_id)))
          return wpsRefusal(200, '400007003', 'some users do not exist');
        const isNew = wanted.some((member) => !calendar.byUser.has(member.user_id));
        // In another order, so that no client can rely on positions.
        const items = wanted.map((member) => view(calendar, ensure(calendar, member))).reverse();
        const data = name === 'member-create' ? items[0] : { items };
        return { ...done(data, isNew ? 'created' : 'exists'), applied: isNew };
      }
    }
  };

  function ensure(calendar: PlayedCalendar, wanted: z.infer<typeof one>): PlayedMember {
    const known = calendar.byUser.get(wanted.user_id);
    if (known !== undefined) return known;
    const member = { id: store.newId('perm'), user: wanted.user_id, role: wanted.role };
    store.apply({ what: 'member', calendar: calendar.id, ...member });
    return member;
  }
}

function view(calendar: PlayedCalendar, member: PlayedMember): Record<string, string> {
  return { id: member.id, calendar_id: calendar.id, user_id: member.user, role: member.role };
}
