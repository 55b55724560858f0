import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aggregateBlocks, courseTitle } from './blocks.ts';
import { minutesOf } from './lesson-times.ts';
import type { Lesson } from './read-lesson.ts';
import { blockPolicies } from './states.ts';

/** Clock times of a school day, by period. */
const STARTS = ['08:00', '08:50', '09:50', '10:40', '13:30', '14:20', '15:20', '16:10', '18:00', '18:50'];
const ENDS = ['08:45', '09:35', '10:35', '11:25', '14:15', '15:05', '16:05', '16:55', '18:45', '19:35'];

function lesson(period: number, more: Partial<Lesson> = {}): Lesson {
  return {
    courseName: '国际税收',
    week: 1,
    date: '2025-03-04',
    period,
    start: `${STARTS[period - 1]}:00`,
    end: `${ENDS[period - 1]}:00`,
    building: '第一教学楼',
    room: '1223',
    teachers: [{ userNo: '100002', name: '李四' }],
    checkIn: true,
    changedAt: '2025-07-30 21:57:06',
    ...more,
  };
}

test('the worked example: consecutive periods are one block, a gap or a long pause begins another', () => {
  const lessons = [lesson(3), lesson(4), lesson(5, { room: '2101' }), lesson(9, { room: '2101' })];
  const blocks = aggregateBlocks(lessons, 'CONTIGUOUS');
  expect(blocks.map(({ periods }) => periods)).toEqual([[3, 4], [5], [9]]);
  expect(blocks[0]).toMatchObject({
    start: '09:50:00',
    end: '11:25:00',
    rooms: ['1223', '1223'],
    halfDay: 'AM',
  });
  expect(aggregateBlocks(lessons, 'HALF_DAY').map(({ periods }) => periods)).toEqual([
    [3, 4],
    [5, 9],
  ]);
});

test('periods 1, 2 and 4 are two blocks, or with HALF_DAY one', () => {
  const lessons = [lesson(4), lesson(1), lesson(2)];
  expect(aggregateBlocks(lessons, 'CONTIGUOUS').map(({ periods }) => periods)).toEqual([[1, 2], [4]]);
  expect(aggregateBlocks(lessons, 'HALF_DAY').map(({ periods }) => periods)).toEqual([[1, 2, 4]]);
});

test('consecutive numbers with a pause of more than 30 minutes are two blocks', () => {
  const late = lesson(2, { start: '09:16:00', end: '10:00:00' });
  expect(aggregateBlocks([lesson(1), late], 'CONTIGUOUS')).toHaveLength(2);
  const soon = lesson(2, { start: '09:15:00', end: '10:00:00' });
  expect(aggregateBlocks([lesson(1), soon], 'CONTIGUOUS')).toHaveLength(1);
});

test('two rooms in one period are joined, a missing room is empty, and there is one per period', () => {
  const lessons = [lesson(3, { room: '1301' }), lesson(3, { room: '1223' }), lesson(4, { room: '' })];
  const [block] = aggregateBlocks(lessons, 'CONTIGUOUS');
  expect(block?.rooms).toEqual(['1223、1301', '']);
  expect(block?.periods).toEqual([3, 4]);
});

test('teachers appear once, in order, in any grouping of the source', () => {
  const one = { userNo: '100001', name: '张三' };
  const two = { userNo: '100003', name: '王五' };
  const [block] = aggregateBlocks(
    [lesson(3, { teachers: [one, two] }), lesson(4, { teachers: [one] })],
    'CONTIGUOUS',
  );
  expect(block?.teachers).toEqual([one, two]);
});

test('check-in lessons and others of one half-day are two blocks; a name that differs splits nothing', () => {
  expect(aggregateBlocks([lesson(3), lesson(4, { checkIn: false })], 'CONTIGUOUS')).toHaveLength(2);
  const [block] = aggregateBlocks([lesson(3), lesson(4, { courseName: '税收' })], 'CONTIGUOUS');
  expect(block).toMatchObject({ courseName: '国际税收', periods: [3, 4] });
});

test('a calendar is called as most periods are; of as many, as the one changed last', () => {
  const renamed = { courseName: '税收', changedAt: '2025-08-01 00:00:00' };
  expect(courseTitle([lesson(1), lesson(2), lesson(3, renamed)])).toBe('国际税收');
  expect(courseTitle([lesson(1), lesson(2, renamed)])).toBe('税收');
  expect(courseTitle([lesson(1, { courseName: '' })])).toBe('课程');
});

const anyLesson = fc
  .record({
    period: fc.integer({ min: 1, max: 10 }),
    day: fc.integer({ min: 1, max: 3 }),
    room: fc.constantFrom('1223', '1301', ''),
    building: fc.constantFrom('第一教学楼', ''),
    checkIn: fc.boolean(),
    courseName: fc.constantFrom('国际税收', '税收', ''),
    week: fc.constantFrom(1, 2, null),
    teachers: fc.subarray([
      { userNo: '1', name: '甲' },
      { userNo: '2', name: null },
      { userNo: '3', name: '丙' },
    ]),
  })
  .map(({ day, period, ...more }) => lesson(period, { ...more, date: `2025-03-0${day}` }));
const anyTimetable = fc.array(anyLesson, { maxLength: 25 });

test.each(blockPolicies)('the order of the rows decides nothing (%s)', (policy) => {
  fc.assert(
    fc.property(anyTimetable, fc.array(fc.nat(), { maxLength: 25 }), (lessons, seeds) => {
      const shuffled = lessons
        .map((one, index) => ({ one, at: seeds[index] ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one);
      expect(aggregateBlocks(shuffled, policy)).toEqual(aggregateBlocks(lessons, policy));
    }),
  );
});

test.each(blockPolicies)(
  'every lesson is in exactly one block, whose times are its lessons’ bounds (%s)',
  (policy) => {
    fc.assert(
      fc.property(anyTimetable, (lessons) => {
        const blocks = aggregateBlocks(lessons, policy);
        for (const one of lessons) {
          const holders = blocks.filter(
            ({ date, periods }) => date === one.date && periods.includes(one.period),
          );
          expect(holders).toHaveLength(1);
        }
        for (const block of blocks) {
          const own = lessons.filter(
            ({ date, period }) => date === block.date && block.periods.includes(period),
          );
          expect(block.start).toBe(own.map(({ start }) => start).sort()[0]);
          expect(block.end).toBe(
            own
              .map(({ end }) => end)
              .sort()
              .at(-1),
          );
          expect(block.rooms).toHaveLength(block.periods.length);
          expect(minutesOf(block.end)).toBeGreaterThan(minutesOf(block.start));
        }
        const periods = blocks.flatMap((block) => block.periods.map((period) => `${block.date} ${period}`));
        expect(periods.toSorted()).toEqual(
          [...new Set(lessons.map((one) => `${one.date} ${one.period}`))].sort(),
        );
      }),
    );
  },
);
