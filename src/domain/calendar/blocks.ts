import { minutesOf } from './lesson-times.ts';
import type { Lesson, LessonTeacher } from './read-lesson.ts';
import type { BlockPolicy, HalfDay } from './states.ts';

/** Consecutive periods of one offering on one day: what becomes one event. */
export interface Block {
  readonly courseName: string;
  readonly week: number | null;
  readonly date: string;
  readonly halfDay: HalfDay;
  readonly periods: readonly number[];
  /** `HH:MM:SS`. */
  readonly start: string;
  readonly end: string;
  readonly building: string;
  /** One per period, in order; two rooms of one period are joined by `、`. */
  readonly rooms: readonly string[];
  readonly teachers: readonly LessonTeacher[];
  readonly checkIn: boolean;
}

/** All that one period of one day is: usually one row, more where there are two rooms or teachers. */
interface Period {
  readonly number: number;
  readonly first: Lesson;
  readonly start: string;
  readonly end: string;
  readonly checkIn: boolean;
  readonly lessons: readonly Lesson[];
}

/** Periods from here on are afternoon (calendar-facts.md §2.2), evening ones too. */
const FIRST_PM_PERIOD = 5;
/** Periods with a longer pause between them are two blocks (calendar.md §7). */
const PAUSE_MAX_MINUTES = 30;

/**
 * Aggregates the lessons of one offering. The order of the rows does not matter; every lesson is in exactly one block,
 * whose times are the bounds of its lessons.
 */
export function aggregateBlocks(lessons: readonly Lesson[], policy: BlockPolicy): Block[] {
  const blocks: Block[] = [];
  const byDate = Map.groupBy(lessons, ({ date }) => date);
  for (const date of [...byDate.keys()].sort()) {
    const periods = periodsOf(byDate.get(date) ?? []);
    for (const halfDay of ['AM', 'PM'] as const)
      for (const checkIn of [false, true]) {
        const ofGroup = periods.filter(
          (period) => halfDayOf(period) === halfDay && period.checkIn === checkIn,
        );
        for (const run of split(ofGroup, policy)) blocks.push(blockOf(run, halfDay));
      }
  }
  return blocks.sort(byTime);
}

function byTime(a: Block, b: Block): number {
  return compare(`${a.date} ${a.start} ${a.end}`, `${b.date} ${b.start} ${b.end}`);
}

function halfDayOf({ number }: Period): HalfDay {
  return number < FIRST_PM_PERIOD ? 'AM' : 'PM';
}

function periodsOf(lessons: readonly Lesson[]): Period[] {
  const byNumber = Map.groupBy(lessons, ({ period }) => period);
  return [...byNumber.keys()]
    .sort((a, b) => a - b)
    .flatMap((number) => {
      const ofPeriod = (byNumber.get(number) ?? []).toSorted((a, b) => compare(orderOf(a), orderOf(b)));
      const [first] = ofPeriod;
      if (first === undefined) return [];
      return {
        number,
        first,
        lessons: ofPeriod,
        start: ofPeriod.map(({ start }) => start).sort()[0] ?? first.start,
        end:
          ofPeriod
            .map(({ end }) => end)
            .sort()
            .at(-1) ?? first.end,
        checkIn: ofPeriod.some(({ checkIn }) => checkIn),
      };
    });
}

/** A total order over all fields of a lesson, so that the order of rows decides nothing. */
function orderOf(lesson: Lesson): string {
  const teachers = lesson.teachers.map(({ userNo, name }) => `${userNo} ${name ?? ''}`).join();
  const { start, end, building, room, courseName, week } = lesson;
  return [start, end, building, room, teachers, courseName, week ?? ''].join('\u0001');
}

function split(periods: readonly Period[], policy: BlockPolicy): Period[][] {
  const runs: Period[][] = [];
  for (const period of periods) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run === undefined || before === undefined || (policy === 'CONTIGUOUS' && !follows(before, period)))
      runs.push([period]);
    else run.push(period);
  }
  return runs;
}

function follows(before: Period, period: Period): boolean {
  const pause = minutesOf(period.start) - minutesOf(before.end);
  return period.number === before.number + 1 && pause <= PAUSE_MAX_MINUTES;
}

function blockOf(periods: readonly Period[], halfDay: HalfDay): Block {
  const lessons = periods.flatMap((period) => period.lessons);
  const [first] = periods;
  if (first === undefined) throw new Error('A block has at least one period.');
  return {
    courseName: first.first.courseName,
    week: first.first.week,
    date: first.first.date,
    halfDay,
    periods: periods.map(({ number }) => number),
    start: periods.map(({ start }) => start).sort()[0] ?? first.start,
    end:
      periods
        .map(({ end }) => end)
        .sort()
        .at(-1) ?? first.end,
    building: first.lessons.find(({ building }) => building !== '')?.building ?? '',
    rooms: periods.map(roomOf),
    teachers: distinctTeachers(lessons),
    checkIn: first.checkIn,
  };
}

function roomOf({ lessons }: Period): string {
  return [...new Set(lessons.map(({ room }) => room))].filter((room) => room !== '').join('、');
}

/** Each teacher once, in the order of the periods; the first name given counts. */
function distinctTeachers(lessons: readonly Lesson[]): LessonTeacher[] {
  const names = new Map<string, string | null>();
  for (const { teachers } of lessons)
    for (const { userNo, name } of teachers) names.set(userNo, names.get(userNo) ?? name);
  return [...names].map(([userNo, name]) => ({ userNo, name }));
}

/** Title of an offering's calendar: the name of most current periods; between equals, the one changed last. */
export function courseTitle(lessons: readonly Lesson[]): string {
  const candidates = [...Map.groupBy(lessons, ({ courseName }) => courseName)]
    .filter(([name]) => name !== '')
    .map(([name, ofName]) => {
      const latest =
        ofName
          .map(({ changedAt }) => changedAt)
          .sort()
          .at(-1) ?? '';
      return { name, count: ofName.length, latest };
    });
  candidates.sort((a, b) => b.count - a.count || compare(b.latest, a.latest) || compare(a.name, b.name));
  return candidates[0]?.name ?? UNNAMED_COURSE;
}

/** Name at WPS of a course without one. */
export const UNNAMED_COURSE = '课程';

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
