import type { CalendarRole } from '../../domain/calendar/states.ts';
import type { CalendarSystem, RemoteMember } from '../contract/calendar-system.ts';
import { answers, type PermissionAnswer } from './answers.ts';
import { calendarPath, goneIsDone, pageQuery, SMALL_PAGE } from './calls.ts';
import type { WpsClient } from './client.ts';

const roles: Readonly<Record<CalendarRole, string>> = { READER: 'reader', WRITER: 'writer', OWNER: 'owner' };

/** Permissions of calendars: who may read or write them. */
export function memberCalls(
  client: WpsClient,
): Pick<CalendarSystem, 'createMember' | 'createMembers' | 'listMembers' | 'deleteMember'> {
  return {
    createMember: async (calendarId, { userNo, role }, call) =>
      memberOf(
        await client.send(
          {
            operation: 'member-create',
            method: 'POST',
            path: `${calendarPath(calendarId)}/permissions/create`,
            pathTemplate: '/v7/calendars/{calendar_id}/permissions/create',
            body: { user_id: userNo, role: roles[role] },
            idempotent: true,
            externalIds: true,
            schema: answers.permission,
          },
          call,
        ),
      ),
    async createMembers(calendarId, members, call) {
      const permissions = members.map(({ userNo, role }) => ({ user_id: userNo, role: roles[role] }));
      const { items } = await client.send(
        {
          operation: 'member-create',
          method: 'POST',
          path: `${calendarPath(calendarId)}/permissions/batch_create`,
          pathTemplate: '/v7/calendars/{calendar_id}/permissions/batch_create',
          body: { permissions },
          idempotent: true,
          externalIds: true,
          schema: answers.permissions,
        },
        call,
      );
      return items.map(memberOf);
    },
    async listMembers(calendarId, page, call) {
      const { items, nextPageToken } = await client.send(
        {
          operation: 'member-list',
          method: 'GET',
          path: `${calendarPath(calendarId)}/permissions`,
          pathTemplate: '/v7/calendars/{calendar_id}/permissions',
          query: pageQuery(SMALL_PAGE, page),
          idempotent: true,
          externalIds: true,
          schema: answers.permissions,
        },
        call,
      );
      return { items: items.map(memberOf), next: nextPageToken };
    },
    async deleteMember(calendarId, permissionId, call) {
      await goneIsDone(() =>
        client.send(
          {
            operation: 'member-delete',
            method: 'POST',
            path: `${calendarPath(calendarId)}/permissions/${encodeURIComponent(permissionId)}/delete`,
            pathTemplate: '/v7/calendars/{calendar_id}/permissions/{permission_id}/delete',
            body: {},
            idempotent: true,
            schema: answers.nothing,
          },
          call,
        ),
      );
    },
  };
}

function memberOf({ id, user_id, role }: PermissionAnswer): RemoteMember {
  const known =
    role === 'reader' ? 'READER' : role === 'writer' ? 'WRITER' : role === 'owner' ? 'OWNER' : null;
  return { permissionId: id, userNo: user_id, role: known };
}
