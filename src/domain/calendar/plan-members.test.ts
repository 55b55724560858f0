import { expect, test } from 'vitest';
import { planMembers, type StoredMember } from './plan-members.ts';
import type { EnrolmentRow } from './source-rows.ts';

function enrolment(userNo: string, more: Partial<EnrolmentRow> = {}): EnrolmentRow {
  return {
    offering: 'O',
    userType: 'STUDENT',
    userNo,
    changedAt: '2025-01-01',
    change: 'add',
    mark: null,
    ...more,
  };
}

function member(userNo: string, more: Partial<StoredMember> = {}): StoredMember {
  return {
    id: userNo,
    userNo,
    userType: 'STUDENT',
    desiredRole: 'READER',
    actualRole: 'READER',
    state: 'ACTIVE',
    ownerRefused: false,
    mayExist: true,
    ...more,
  };
}

const base = { teachers: [], isGone: () => false, scope: 'ALL', stored: [] } as const;

test('the first teacher of the lessons owns, further ones write, students read', () => {
  const rows = [
    enrolment('T1', { userType: 'TEACHER' }),
    enrolment('T2', { userType: 'TEACHER' }),
    enrolment('S1'),
  ];
  const planned = planMembers({ ...base, rows, teachers: ['T2', 'T1'] });
  expect(planned.map(({ userNo, desiredRole, action }) => [userNo, desiredRole, action])).toEqual([
    ['T1', 'WRITER', 'CREATE'],
    ['T2', 'OWNER', 'CREATE'],
    ['S1', 'READER', 'CREATE'],
  ]);
});

test('of two rows of one person the later rules, on a tie the deletion', () => {
  const later = [enrolment('S1', { change: 'delete' }), enrolment('S1', { changedAt: '2025-02-01' })];
  expect(planMembers({ ...base, rows: later })).toHaveLength(1);
  const tie = [enrolment('S1'), enrolment('S1', { change: 'delete' })];
  expect(planMembers({ ...base, rows: tie })).toEqual([]);
  expect(planMembers({ ...base, rows: tie.toReversed() })).toEqual([]);
});

test('whom the timetable no longer names is removed; a row without a change flag counts', () => {
  const rows = [enrolment('S1', { change: null })];
  const planned = planMembers({ ...base, rows, stored: [member('S1'), member('S2')] });
  expect(planned.map(({ userNo, action }) => [userNo, action])).toEqual([
    ['S1', 'NOOP'],
    ['S2', 'DELETE'],
  ]);
});

test('a person whom the source took back leaves every calendar', () => {
  const planned = planMembers({
    ...base,
    rows: [enrolment('S1')],
    stored: [member('S1')],
    isGone: () => true,
  });
  expect(planned).toMatchObject([{ userNo: 'S1', desiredRole: null, action: 'DELETE' }]);
});

test('a run about teachers leaves students alone', () => {
  expect(planMembers({ ...base, rows: [], stored: [member('S1')], scope: 'TEACHER' })).toEqual([]);
});

test('whom WPS would not make owner stays writer', () => {
  const rows = [enrolment('T1', { userType: 'TEACHER' })];
  const refused = member('T1', { userType: 'TEACHER', actualRole: 'WRITER', ownerRefused: true });
  expect(planMembers({ ...base, rows, stored: [refused] })).toMatchObject([{ action: 'NOOP' }]);
  const demoted = member('T1', { userType: 'TEACHER', actualRole: 'READER' });
  expect(planMembers({ ...base, rows, stored: [demoted] })).toMatchObject([{ action: 'UPDATE' }]);
});
