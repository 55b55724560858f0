import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findConflicts, type PlacedBlock } from './conflicts.ts';
import { carriesMarker } from './external-id.ts';
import { addRow, emptyFingerprint, lessonText, printText } from './fingerprint.ts';
import { readLessonDate, readLessonTime } from './lesson-times.ts';
import { type BlockPlan, planBlocks, type StoredBlock } from './plan-blocks.ts';
import { needsConfirmation } from './runs/removal-limit.ts';
import { ingestStateOf, type LessonRow } from './source-rows.ts';
import { isTermCode } from './states.ts';

const TERM = '2024-2025-2';

function row(period: number | null, more: Partial<LessonRow> = {}): LessonRow {
  const times: Record<number, [string, string]> = {
    3: ['09:50:00.000', '10:35:00.000'],
    4: ['10:40:00.000', '11:25:00.000'],
    5: ['13:30:00.000', '14:15:00.000'],
    6: ['14:20:00.000', '15:05:00.000'],
  };
  const [startsAt, endsAt] = times[period ?? 3] ?? ['08:00:00.000', '08:45:00.000'];
  return {
    offering: '202420252003035027701',
    week: 1,
    weekday: 2,
    period,
    building: '第一教学楼',
    room: '1223',
    teacherNumbers: '100002',
    teacherNames: '李四',
    date: '2025/03/04 00:00:00.000',
    startsAt,
    endsAt,
    courseName: '财务管理',
    checkIn: '1',
    changedAt: '2025-07-30 21:57:06',
    change: 'add',
    mark: null,
    ...more,
  };
}

function plan(rows: readonly LessonRow[], stored: readonly StoredBlock[] = []): BlockPlan {
  return planBlocks({
    term: TERM,
    offering: '202420252003035027701',
    policy: 'CONTIGUOUS',
    attendanceUrl: null,
    rows,
    stored,
  });
}

/** The stored blocks after a plan has been carried out. */
function carriedOut({ blocks }: BlockPlan): StoredBlock[] {
  return blocks.map((block, index) => ({
    id: block.id ?? String(index + 1),
    date: block.date,
    start: block.start,
    externalId: block.externalId,
    eventState: 'SYNCED',
    pushedHash: block.hash,
    mayExist: true,
  }));
}

test('one period of two changes its room: the block is whole, and its event is updated in place', () => {
  const before = carriedOut(plan([row(3), row(4)]));
  const { blocks, removed } = plan([row(3), row(4, { room: '1301', change: 'update' })], before);
  expect(removed).toEqual([]);
  expect(blocks).toHaveLength(1);
  expect(blocks[0]).toMatchObject({ action: 'UPDATE', id: '1', rooms: ['1223', '1301'], start: '09:50:00' });
  expect(blocks[0]?.externalId).toBe(before[0]?.externalId);
});

test('one of two periods is taken back: the other stays, in the same event', () => {
  const before = carriedOut(plan([row(3), row(4)]));
  const { blocks, removed } = plan([row(3), row(4, { change: 'delete' })], before);
  expect(removed).toEqual([]);
  expect(blocks[0]).toMatchObject({ action: 'UPDATE', id: '1', periods: [3], end: '10:35:00' });
});

test('the same rows again change nothing, with a date with or without its time part', () => {
  const before = carriedOut(plan([row(3), row(4), row(5)]));
  const again = plan([row(3, { date: '2025-03-04' }), row(5, { date: '2025/3/4' }), row(4)], before);
  expect(again.blocks.map(({ action }) => action)).toEqual(['NOOP', 'NOOP']);
  expect(again.removed).toEqual([]);
});

test('a block that comes in front of another leaves that one its event', () => {
  const before = carriedOut(plan([row(6)]));
  const { blocks } = plan([row(6), row(5, { checkIn: '0' })], before);
  expect(blocks.map(({ start, action, id }) => [start, action, id])).toEqual([
    ['13:30:00', 'CREATE', null],
    ['14:20:00', 'NOOP', '1'],
  ]);
});

test('the last lesson goes: its event too, and the calendar keeps its name to itself', () => {
  const before = carriedOut(plan([row(3)]));
  const { title, removed } = plan([row(3, { change: 'delete' })], before);
  expect(title).toBeNull();
  expect(removed).toEqual([{ id: '1', externalId: before[0]?.externalId, remote: true }]);
});

test('rows that cannot be read are refused with their reason and counted keys; the others are taken', () => {
  const { refused, blocks, lessons } = plan([
    row(3),
    row(null),
    row(null),
    row(4, { date: '2025/02/30' }),
    row(5, { startsAt: '25:00' }),
    row(6, { endsAt: '14:20:00' }),
  ]);
  expect(lessons).toBe(6);
  expect(blocks).toHaveLength(1);
  const offering = '202420252003035027701';
  expect(refused.map(({ key, problem }) => [key, problem])).toEqual([
    [`lesson:${offering}:2025/03/04 00:00:00.000:-`, 'LESSON_WITHOUT_PERIOD'],
    [`lesson:${offering}:2025/03/04 00:00:00.000:-#2`, 'LESSON_WITHOUT_PERIOD'],
    [`lesson:${offering}:2025/02/30:4`, 'LESSON_DATE_UNREADABLE'],
    [`lesson:${offering}:2025/03/04 00:00:00.000:5`, 'LESSON_TIME_UNREADABLE'],
    [`lesson:${offering}:2025/03/04 00:00:00.000:6`, 'LESSON_TIMES_REVERSED'],
  ]);
});

test('what an event says: place, description with marker, Shanghai time', () => {
  const [block] = plan([row(3), row(4)]).blocks;
  expect(block?.content).toEqual({
    summary: '财务管理',
    description: [
      '教学周：第1周',
      '时间：2025年3月4日 3-4节',
      '教师：李四',
      '编号：2024202520030350277012024202522025 0304am0950'.replace(' ', ''),
    ].join('\n'),
    startsAt: '2025-03-04T09:50:00+08:00',
    endsAt: '2025-03-04T11:25:00+08:00',
    location: '第一教学楼1223/1223',
  });
  expect(carriesMarker(block?.content.description ?? '', block?.externalId ?? '')).toBe(true);
  expect(carriesMarker(block?.content.description ?? '', (block?.externalId ?? '').slice(0, -1))).toBe(false);
});

test('planning after a plan was carried out changes nothing, for any timetable', () => {
  const anyRow = fc
    .record({
      period: fc.constantFrom(3, 4, 5, 6, null),
      room: fc.constantFrom('1', '2', null),
      day: fc.constantFrom('2025/03/04', '2025-03-05', 'x'),
      checkIn: fc.constantFrom('1', '0', null),
      change: fc.constantFrom('add', 'update', 'delete', null),
    })
    .map(({ period, day, ...more }) => row(period, { ...more, date: day }));
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 12 }), fc.array(anyRow, { maxLength: 12 }), (first, second) => {
      const stored = carriedOut(plan(first));
      const next = plan(second, stored);
      // Every stored block is either one of the planned, or removed.
      const kept = next.blocks.flatMap(({ id }) => (id === null ? [] : [id]));
      expect([...kept, ...next.removed.map(({ id }) => id)].toSorted()).toEqual(
        stored.map(({ id }) => id).toSorted(),
      );
      const settled = next.blocks.map((block, index) => ({ ...block, id: `n${index}` }));
      const again = plan(second, carriedOut({ ...next, blocks: settled }));
      expect(again.removed).toEqual([]);
      expect(again.blocks.every(({ action }) => action === 'NOOP')).toBe(true);
      expect(new Set(next.blocks.map(({ externalId }) => externalId)).size).toBe(next.blocks.length);
    }),
  );
});

function placed(offering: string, more: Partial<PlacedBlock> = {}): PlacedBlock {
  return {
    key: offering,
    offering,
    date: '2025-03-04',
    start: '08:00:00',
    end: '09:35:00',
    building: '一',
    rooms: ['101'],
    teachers: [offering],
    ...more,
  };
}

test('conflicts: a teacher in two rooms, a room with two teachers, students of two offerings', () => {
  const kinds = (blocks: PlacedBlock[], students: Record<string, string[]> = {}) =>
    findConflicts(blocks, (offering) => students[offering] ?? []).map(({ kind, subject }) => [kind, subject]);
  expect(kinds([placed('A'), placed('B', { rooms: ['102'] })])).toEqual([]);
  expect(kinds([placed('A', { teachers: ['T'] }), placed('B', { teachers: ['T'], rooms: ['102'] })])).toEqual(
    [['TEACHER', 'T']],
  );
  expect(kinds([placed('A'), placed('B')])).toEqual([['ROOM', '一101']]);
  const apart = [placed('A'), placed('B', { rooms: ['102'] })];
  expect(kinds(apart, { A: ['S1', 'S2'], B: ['S2', 'S3'] })).toEqual([['STUDENT', 'S2']]);
  expect(
    kinds([placed('A', { teachers: ['T'] }), placed('B', { teachers: ['T'] })], { A: ['S'], B: ['S'] }),
  ).toEqual([]);
  expect(kinds([placed('A'), placed('B', { start: '09:35:00', end: '10:00:00' })])).toEqual([]);
});

test('a fingerprint minds every row and no order', () => {
  const print = (rows: readonly LessonRow[]) => {
    const total = emptyFingerprint();
    for (const one of rows) addRow(total, lessonText(one));
    return printText(total);
  };
  expect(print([row(3), row(4)])).toBe(print([row(4), row(3)]));
  expect(print([row(3), row(3)])).not.toBe(print([row(3)]));
  expect(print([row(3), row(4)])).not.toBe(print([row(3), row(4, { room: '1' })]));
  expect(print([row(3, { mark: '3' })])).toBe(print([row(3)]));
});

test('dates and times are read in the forms that occur, and never guessed', () => {
  expect(readLessonDate('2025/03/03 00:00:00.000')).toBe('2025-03-03');
  expect(readLessonDate('2025-3-3')).toBe('2025-03-03');
  for (const wrong of ['', '03/03/2025', '2025/13/01', '2025/02/29', '20250303'])
    expect(readLessonDate(wrong)).toBeNull();
  expect(readLessonTime('8:00')).toBe('08:00:00');
  expect(readLessonTime('08:00:00.000')).toBe('08:00:00');
  for (const wrong of ['', '935', '24:00', '08:60']) expect(readLessonTime(wrong)).toBeNull();
});

test('terms, marks of the first system, and what is too much to remove', () => {
  expect(isTermCode('2024-2025-2')).toBe(true);
  for (const wrong of ['2024-2026-1', '2024-2025-3', '2024-2025', '']) expect(isTermCode(wrong)).toBe(false);
  expect([null, '', '2', '1', '3', 'processed'].map(ingestStateOf)).toEqual([
    'NEW',
    'NEW',
    'NEW',
    'CONSUMED',
    'CONSUMED',
    'CONSUMED',
  ]);
  expect(needsConfirmation({ removed: 20, total: 30 })).toBe(false);
  expect(needsConfirmation({ removed: 21, total: 105 })).toBe(false);
  expect(needsConfirmation({ removed: 22, total: 105 })).toBe(true);
});
