import type { CalendarRole } from '../../../domain/calendar/states.ts';
import type { RemoteMember } from '../../../integrations/contract/calendar-system.ts';
import type { MemberAfter } from '../kit/record-effects.ts';
import { type CalendarRunContext, chunksOf, eachOf } from '../kit/run-context.ts';
import { effectItem, missingItem } from '../planning/plan-items.ts';
import { itemFailure, isRefused as wasRefused } from './item-failure.ts';
import { listMembers } from './list-members.ts';
import { membersByCalendar, readMembers, type WantedMember } from './read-members.ts';

/** Makes the first teacher of each calendar its owner; where WPS refuses that, its writer. */
export async function addOwners(context: CalendarRunContext): Promise<void> {
  const { access } = context;
  await eachOf(await readMembers(context, 'owner'), access.width, async (member) => {
    try {
      const { remote, isRefused: ownerRefused } = await createOwner(context, member);
      await settleAdded(context, [member], { found: [remote], ownerRefused });
    } catch (error) {
      await failMembers(context, [member], error);
    }
  });
}

/** `isRefused`: WPS would not make them owner, and was asked for less. */
async function createOwner(
  context: CalendarRunContext,
  member: WantedMember,
): Promise<{ readonly remote: RemoteMember; readonly isRefused: boolean }> {
  const { access, wps } = context;
  const as = (role: CalendarRole) =>
    access.call('member-create', (call) =>
      wps.createMember(member.calendar, { userNo: member.userNo, role }, call),
    );
  try {
    return { remote: await as('OWNER'), isRefused: false };
  } catch (error) {
    if (!wasRefused(error) || error.code === 'MISSING_REMOTE') throw error;
    return { remote: await as('WRITER'), isRefused: true };
  }
}

/**
 * Adds every other missing member, in batches per calendar. Safe to repeat: adding a member again changes nothing.
 */
export async function addMembers(context: CalendarRunContext): Promise<void> {
  const { membersPerCall } = context.wps.limits;
  for await (const calendars of membersByCalendar(context, 'add'))
    await eachOf(calendars, context.access.width, async (members) => {
      for (const batch of chunksOf(members, membersPerCall)) await addBatch(context, batch);
    });
}

async function addBatch(context: CalendarRunContext, batch: readonly WantedMember[]): Promise<void> {
  const { access, wps } = context;
  const [first] = batch;
  if (first === undefined) return;
  const { calendar } = first;
  const asked = batch.map(({ userNo, desiredRole }) => ({ userNo, role: asMember(desiredRole) }));
  try {
    const added = await access.call('member-create', (call) => wps.createMembers(calendar, asked, call));
    const named = new Set(added.map(({ userNo }) => userNo));
    // A member missing from the answer may have been added all the same.
    const found = batch.every(({ userNo }) => named.has(userNo)) ? [] : await listMembers(context, calendar);
    await settleAdded(context, batch, { found: [...found, ...added], ownerRefused: false });
  } catch (error) {
    if (!wasRefused(error)) throw error;
    if (batch.length === 1 || error.code === 'MISSING_REMOTE') return failMembers(context, batch, error);
    // The refusal names no member: the batch is halved until each refused member is alone.
    const middle = Math.ceil(batch.length / 2);
    await addBatch(context, batch.slice(0, middle));
    await addBatch(context, batch.slice(middle));
  }
}

/** Owners are made one by one. */
function asMember(role: CalendarRole | null): CalendarRole {
  return role === 'READER' ? 'READER' : 'WRITER';
}

/** The state of a member in a role: settled in the one that is wanted, or as writer where WPS refused an owner. */
function stateIn(
  actual: CalendarRole | null,
  wanted: CalendarRole | null,
  ownerRefused: boolean,
): 'ACTIVE' | 'PENDING' {
  return actual === wanted || (ownerRefused && actual === 'WRITER') ? 'ACTIVE' : 'PENDING';
}

/** Records who is a member now, in which role, under which permission. */
async function settleAdded(
  context: CalendarRunContext,
  members: readonly WantedMember[],
  { found, ownerRefused }: { readonly found: readonly RemoteMember[]; readonly ownerRefused: boolean },
): Promise<void> {
  const byUser = new Map(found.map((remote) => [remote.userNo, remote]));
  const rows: MemberAfter[] = [];
  const added: WantedMember[] = [];
  for (const member of members) {
    const remote = byUser.get(member.userNo);
    if (remote === undefined) continue;
    added.push(member);
    rows.push({
      id: member.id,
      // In another role than wanted: the step that changes roles brings it in line.
      state: stateIn(remote.role, member.desiredRole, ownerRefused),
      actualRole: remote.role ?? 'READER',
      permissionId: remote.permissionId,
      ownerRefused,
      error: null,
    });
  }
  await context.recorder.record({
    ...(rows.length > 0 && { members: rows }),
    items: added.map((member) =>
      effectItem('member', `${member.offering}:${member.userNo}`, 'CREATED', {
        role: byUser.get(member.userNo)?.role ?? null,
        permissionId: byUser.get(member.userNo)?.permissionId ?? null,
      }),
    ),
    counts: [{ subject: 'members', name: 'created', by: added.length }],
    done: added.length,
  });
  const lost = members.filter(({ userNo }) => !byUser.has(userNo));
  if (lost.length > 0)
    await failMembers(context, lost, { code: 'ANSWER_LOST', parameters: { system: 'WPS' } });
}

/** Removes members that the timetable no longer names; counted only once WPS confirmed it. */
export async function removeMembers(context: CalendarRunContext): Promise<void> {
  const byCalendar = [
    ...Map.groupBy(await readMembers(context, 'remove'), ({ calendar }) => calendar).values(),
  ];
  await eachOf(byCalendar, context.access.width, async (members) => {
    const known = await knownPermissions(context, members);
    for (const member of members) await removeOne(context, member, known);
  });
}

/** For members whose permission id is unknown: all permissions of the calendar. */
async function knownPermissions(
  context: CalendarRunContext,
  members: readonly WantedMember[],
): Promise<ReadonlyMap<string, string>> {
  const [first] = members;
  if (first === undefined || members.every(({ permissionId }) => permissionId !== null)) return new Map();
  try {
    const listed = await listMembers(context, first.calendar);
    return new Map(listed.map(({ userNo, permissionId }) => [userNo, permissionId]));
  } catch (error) {
    // A calendar that is gone has no members.
    if (itemFailure(error).code !== 'MISSING_REMOTE') throw error;
    return new Map();
  }
}

async function removeOne(
  context: CalendarRunContext,
  member: WantedMember,
  known: ReadonlyMap<string, string>,
): Promise<void> {
  const { access, wps, recorder } = context;
  const permissionId = member.permissionId ?? known.get(member.userNo) ?? null;
  try {
    if (permissionId !== null)
      await access.call('member-delete', (call) => wps.deleteMember(member.calendar, permissionId, call));
  } catch (error) {
    return failMembers(context, [member], error);
  }
  await recorder.record({
    members: [
      {
        id: member.id,
        state: 'REMOVED',
        actualRole: null,
        permissionId: null,
        ownerRefused: false,
        error: null,
      },
    ],
    items: [effectItem('member', `${member.offering}:${member.userNo}`, 'DELETED', { permissionId })],
    counts: [{ subject: 'members', name: 'deleted' }],
    done: 1,
  });
}

/**
 * Changes members' roles. WPS has no call for that: the permission is requested again, and if the role stays as it
 * was, deleted and created, one member at a time.
 */
export async function changeRoles(context: CalendarRunContext): Promise<void> {
  const { access } = context;
  await eachOf(await readMembers(context, 'role'), access.width, async (member) => {
    try {
      const remote = await changeRole(context, member);
      await settleRole(context, member, remote);
    } catch (error) {
      await failMembers(context, [member], error);
    }
  });
}

async function changeRole(context: CalendarRunContext, member: WantedMember) {
  const { access, wps } = context;
  const { calendar, userNo, desiredRole } = member;
  const role = desiredRole ?? 'READER';
  const ask = async () => {
    if (role === 'OWNER') return await createOwner(context, member);
    const remote = await access.call('member-create', (call) =>
      wps.createMember(calendar, { userNo, role }, call),
    );
    return { remote, isRefused: false };
  };
  const first = await ask();
  if (first.isRefused || first.remote.role === role) return first;
  await access.call('member-delete', (call) => wps.deleteMember(calendar, first.remote.permissionId, call));
  return await ask();
}

async function settleRole(
  context: CalendarRunContext,
  member: WantedMember,
  { remote, isRefused }: Awaited<ReturnType<typeof changeRole>>,
): Promise<void> {
  const { role, permissionId } = remote;
  const actualRole = role ?? 'READER';
  const state = stateIn(actualRole, member.desiredRole, isRefused);
  await context.recorder.record({
    members: [{ id: member.id, state, actualRole, permissionId, ownerRefused: isRefused, error: null }],
    items: [
      effectItem('member', `${member.offering}:${member.userNo}`, 'UPDATED', {
        role: actualRole,
        before: member.actualRole,
        permissionId,
      }),
    ],
    counts: [{ subject: 'members', name: 'updated' }],
    done: 1,
  });
}

/** FAILED, or USER_MISSING when the directory no longer knows them. */
async function failMembers(
  context: CalendarRunContext,
  members: readonly WantedMember[],
  reason: unknown,
): Promise<void> {
  const error =
    reason instanceof Error ? itemFailure(reason) : { code: 'ANSWER_LOST', parameters: { system: 'WPS' } };
  const missing = await unknownOf(context, members, error.code);
  const rows = members.map(
    ({ id, userNo, actualRole, permissionId, ownerRefused }): MemberAfter => ({
      id,
      state: missing.has(userNo) ? 'USER_MISSING' : 'FAILED',
      actualRole,
      permissionId,
      ownerRefused,
      error: missing.has(userNo) ? null : error,
    }),
  );
  const failed = members.filter(({ userNo }) => !missing.has(userNo));
  const absent = members.filter(({ userNo }) => missing.has(userNo));
  await context.recorder.record({
    members: rows,
    items: [
      ...failed.map(({ offering, userNo }) => ({
        ...effectItem('member', `${offering}:${userNo}`, 'FAILED'),
        error,
      })),
      ...absent.map(({ offering, userNo }) => missingItem(offering, userNo)),
    ],
    counts: [{ subject: 'members', name: 'failed', by: failed.length }],
    done: members.length,
    failed: failed.length,
  });
}

async function unknownOf(
  context: CalendarRunContext,
  members: readonly WantedMember[],
  code: string,
): Promise<ReadonlySet<string>> {
  const { access, wps } = context;
  const numbers = members.filter(({ actualRole }) => actualRole === null).map(({ userNo }) => userNo);
  if (numbers.length === 0 || code !== 'UPSTREAM_CALL_REJECTED') return new Set();
  const known = await access.call('user-find', (call) => wps.findUsers(numbers, call));
  return new Set(numbers.filter((number) => !known.has(number)));
}
