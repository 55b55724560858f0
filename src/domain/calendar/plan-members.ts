import { type EnrolmentRow, isDeleted } from './source-rows.ts';
import type { CalendarMemberState, CalendarRole, TimetableUserScope, TimetableUserType } from './states.ts';

/** A member as stored. */
export interface StoredMember {
  readonly id: string;
  readonly userNo: string;
  readonly userType: TimetableUserType;
  readonly desiredRole: CalendarRole | null;
  readonly actualRole: CalendarRole | null;
  readonly state: CalendarMemberState;
  /** WPS would not make them owner. */
  readonly ownerRefused: boolean;
  /** True when WPS has a permission of them, or may have: it was sent and the answer is not known. */
  readonly mayExist: boolean;
}

/** The planned change of one person in one calendar. */
export interface PlannedMember {
  readonly userNo: string;
  readonly userType: TimetableUserType;
  /** Null: must not be a member. */
  readonly desiredRole: CalendarRole | null;
  readonly id: string | null;
  readonly action: 'CREATE' | 'UPDATE' | 'DELETE' | 'NOOP';
}

/**
 * Plans the members of one calendar from all enrolments of its offering: people the timetable names belong to it, in
 * the role of their kind; people it no longer names are removed. `scope` leaves people of the other kind as they are.
 */
export function planMembers(input: {
  readonly rows: readonly EnrolmentRow[];
  readonly stored: readonly StoredMember[];
  /** Teachers of the lessons, in order: the first of them who is enrolled owns the calendar. */
  readonly teachers: readonly string[];
  /** Whether the source withdrew this person, independent of the enrolments. */
  readonly isGone: (userType: TimetableUserType, userNo: string) => boolean;
  readonly scope: TimetableUserScope;
}): PlannedMember[] {
  const { stored, scope } = input;
  const roles = desiredRoles(input);
  const known = new Map(stored.map((member) => [member.userNo, member]));
  const planned: PlannedMember[] = [];
  for (const [userNo, { userType, role }] of roles) {
    const before = known.get(userNo) ?? null;
    if (!inScope(userType, scope) || (before !== null && !inScope(before.userType, scope))) continue;
    planned.push({
      userNo,
      userType,
      desiredRole: role,
      id: before?.id ?? null,
      action: actionFor(role, before),
    });
  }
  for (const { id, userNo, userType, mayExist } of stored) {
    if (roles.has(userNo) || !inScope(userType, scope)) continue;
    planned.push({ userNo, userType, desiredRole: null, id, action: mayExist ? 'DELETE' : 'NOOP' });
  }
  return planned;
}

/** The action that brings a member to `role`. One whom WPS refused to make owner stays writer. */
export function actionFor(
  role: CalendarRole,
  before: Pick<StoredMember, 'actualRole' | 'mayExist' | 'ownerRefused'> | null,
): 'CREATE' | 'UPDATE' | 'NOOP' {
  if (before === null || before.actualRole === null) return 'CREATE';
  if (before.actualRole === role) return 'NOOP';
  return role === 'OWNER' && before.actualRole === 'WRITER' && before.ownerRefused ? 'NOOP' : 'UPDATE';
}

interface Wanted {
  readonly userType: TimetableUserType;
  readonly role: CalendarRole;
}

function desiredRoles(input: {
  readonly rows: readonly EnrolmentRow[];
  readonly stored: readonly StoredMember[];
  readonly teachers: readonly string[];
  readonly isGone: (userType: TimetableUserType, userNo: string) => boolean;
}): Map<string, Wanted> {
  const current = currentEnrolments(input.rows).filter(
    ({ userType, userNo }) => !input.isGone(userType, userNo),
  );
  const teachers = current
    .filter(({ userType }) => userType === 'TEACHER')
    .map(({ userNo }) => userNo)
    .sort((a, b) => rank(a, input.teachers) - rank(b, input.teachers) || (a < b ? -1 : 1));
  const owner = teachers[0] ?? null;
  const roles = new Map<string, Wanted>();
  for (const { userNo, userType } of current) {
    // A person who both teaches and attends an offering counts as teacher.
    if (userType === 'STUDENT' && roles.has(userNo)) continue;
    const role = userType === 'STUDENT' ? 'READER' : userNo === owner ? 'OWNER' : 'WRITER';
    roles.set(userNo, { userType, role });
  }
  return roles;
}

function rank(userNo: string, order: readonly string[]): number {
  const index = order.indexOf(userNo);
  return index === -1 ? order.length : index;
}

function inScope(userType: TimetableUserType, scope: TimetableUserScope): boolean {
  return scope === 'ALL' || scope === userType;
}

/** One row per person: of several the later change rules, on a tie the one that takes it back; without deleted ones. */
export function currentEnrolments(rows: readonly EnrolmentRow[]): EnrolmentRow[] {
  const ruling = new Map<string, EnrolmentRow>();
  for (const row of rows) {
    const key = `${row.userType} ${row.userNo}`;
    const other = ruling.get(key);
    if (other === undefined || rules(row, other)) ruling.set(key, row);
  }
  return [...ruling.values()].filter(({ change }) => !isDeleted(change));
}

function rules(row: EnrolmentRow, other: EnrolmentRow): boolean {
  const [mine, theirs] = [row.changedAt?.trim() ?? '', other.changedAt?.trim() ?? ''];
  return mine === theirs ? isDeleted(row.change) : mine > theirs;
}
