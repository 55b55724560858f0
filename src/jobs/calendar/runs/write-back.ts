import { sql } from 'kysely';
import {
  addRow,
  emptyFingerprint,
  enrolmentText,
  lessonText,
  printText,
} from '../../../domain/calendar/fingerprint.ts';
import { readLesson } from '../../../domain/calendar/read-lesson.ts';
import {
  type EnrolmentRow,
  ingestStateOf,
  isDeleted,
  type LessonRow,
  marks,
} from '../../../domain/calendar/source-rows.ts';
import { type TimetableUserType, timetableUserTypes } from '../../../domain/calendar/states.ts';
import { outsideTransaction } from '../../../entities/transaction.ts';
import type { EnrolmentMark, LessonMark } from '../../../integrations/contract/timetable-source.ts';
import { type CalendarRunContext, chunksOf, readSource } from '../kit/run-context.ts';
import { goneBefore } from '../planning/extract.ts';
import type { RunMemory } from '../planning/stage.ts';

const OFFERINGS_PER_READ = 50;

interface OfferingRow {
  readonly offering: string;
  /** Fingerprint of the lessons that were planned, behind what else planning depended on. */
  readonly print: string;
  /** The same of students and teachers, in front of it. */
  readonly enrolments: string | null;
}

/**
 * Writes the results to the source (calendar.md §7): lessons that were taken up, people who are members now or no
 * longer. Only rows that are unchanged since they were read are marked; others stay for the next run. Marked rows
 * that were not touched are not read again.
 */
export async function writeBack(context: CalendarRunContext, memory: RunMemory): Promise<void> {
  if (!context.settings.get('timetable_write_back')) return;
  const names = await offeringsToMark(context, memory);
  if (names?.length === 0) return;
  const { markProblem } = await readSource(context, () => context.source.check());
  if (markProblem !== null) return;
  const { rows } = await sql<OfferingRow>`
    select offering, lessons_print as print, enrolments_print as enrolments from timetable_offering
    where term_id = ${context.term.id}::bigint and lessons_print is not null
      and (${names}::text[] is null or offering = any(${names}::text[]))
    order by offering`.execute(outsideTransaction(context.em.fork()));
  const gone = {
    STUDENT: await goneBefore(context, 'STUDENT'),
    TEACHER: await goneBefore(context, 'TEACHER'),
  };
  for (const part of chunksOf(rows, OFFERINGS_PER_READ)) {
    context.stopping.throwIfAborted();
    await readSource(context, () => markOfferings(context, part, gone));
  }
}

/** Offerings whose marks may be outdated; null: any. */
async function offeringsToMark(
  { em, term, run, recorder }: CalendarRunContext,
  { unmarked, plans, members }: RunMemory,
): Promise<readonly string[] | null> {
  if (unmarked === null) return null;
  const names = new Set([...unmarked, ...(plans?.changed ?? []), ...members.changed]);
  const { created, updated, deleted } = recorder.summary.members;
  if (created + updated + deleted > 0) {
    const { rows } = await sql<{ offering: string }>`
      select distinct c.offering from calendar_member m join course_calendar c on c.id = m.calendar_id
      where c.term_id = ${term.id}::bigint and m.updated_at >= ${run.startedAt}::timestamptz`.execute(
      outsideTransaction(em.fork()),
    );
    for (const { offering } of rows) names.add(offering);
  }
  return [...names];
}

async function markOfferings(
  context: CalendarRunContext,
  offerings: readonly OfferingRow[],
  gone: Readonly<Record<TimetableUserType, ReadonlySet<string>>>,
): Promise<void> {
  const { source, term } = context;
  const names = offerings.map(({ offering }) => offering);
  const lessons: LessonRow[] = [];
  for await (const batch of source.lessons({ term: term.code, offerings: names })) lessons.push(...batch);
  const byOffering = Map.groupBy(lessons, (row) => row.offering ?? '');
  const lessonMarks = offerings.flatMap((row) => marksOfLessons(row, byOffering.get(row.offering) ?? []));
  const now = new Date();
  if (lessonMarks.length > 0) await source.markLessons(term.code, lessonMarks, now);
  const members = await readMembers(context, names);
  const read = {
    STUDENT: await readEnrolments(context, 'STUDENT', names),
    TEACHER: await readEnrolments(context, 'TEACHER', names),
  };
  const printNow = (userType: TimetableUserType, row: OfferingRow) =>
    printOfRows(read[userType], row, gone[userType]);
  const unchanged = new Set(
    offerings
      .filter((row) => row.enrolments?.startsWith(`${printNow('STUDENT', row)}/${printNow('TEACHER', row)}|`))
      .map(({ offering }) => offering),
  );
  for (const userType of timetableUserTypes) {
    const enrolments = read[userType].filter(({ offering }) => unchanged.has(offering));
    const found = marksOfEnrolments(userType, enrolments, members);
    if (found.length > 0) await source.markEnrolments(term.code, found, now);
  }
}

async function readEnrolments(
  { source, term }: CalendarRunContext,
  userType: TimetableUserType,
  offerings: readonly string[],
): Promise<EnrolmentRow[]> {
  const rows: EnrolmentRow[] = [];
  for await (const batch of source.enrolments({ term: term.code, offerings }, userType)) rows.push(...batch);
  return rows;
}

function printOfRows(
  rows: readonly EnrolmentRow[],
  { offering }: OfferingRow,
  gone: ReadonlySet<string>,
): string {
  const print = emptyFingerprint();
  for (const row of rows)
    if (row.offering === offering) addRow(print, enrolmentText(row, gone.has(row.userNo)));
  return printText(print);
}

/** Rows that were taken up and are not marked yet; of an offering that changed since none. */
function marksOfLessons({ offering, print }: OfferingRow, rows: readonly LessonRow[]): LessonMark[] {
  const now = emptyFingerprint();
  for (const row of rows) addRow(now, lessonText(row));
  if (!print.endsWith(`|${printText(now)}`)) return [];
  const taken = (row: LessonRow) => isDeleted(row.change) || typeof readLesson(row) !== 'string';
  const alike = Map.groupBy(rows, ({ changedAt, change }) => `${changedAt}\u0001${change}`);
  return [...alike.values()].flatMap((group): LessonMark[] => {
    const [first] = group;
    if (first === undefined || group.every((row) => ingestStateOf(row.mark) === 'CONSUMED')) return [];
    const { changedAt, change } = first;
    if (group.every(taken)) return [{ offering, changedAt, change, row: null }];
    const single = group.filter((row) => taken(row) && ingestStateOf(row.mark) === 'NEW');
    return single.map((row) => ({ offering, changedAt, change, row }));
  });
}

/**
 * `1` for those who are members, `3` for those who are none any more; missing and failed ones stay as they are. The rows
 * are those that were planned: a row that its person's state contradicts is one that another row overrules.
 */
function marksOfEnrolments(
  userType: TimetableUserType,
  rows: readonly EnrolmentRow[],
  members: ReadonlyMap<string, string>,
): EnrolmentMark[] {
  const wanted = rows.flatMap((row) => {
    const state = members.get(`${row.offering} ${row.userNo}`) ?? (isDeleted(row.change) ? 'REMOVED' : null);
    if (state !== 'ACTIVE' && state !== 'REMOVED') return [];
    const mark =
      state === 'ACTIVE' && !isDeleted(row.change) ? marks.enrolmentActive : marks.enrolmentRemoved;
    return row.mark === mark ? [] : [{ ...row, mark }];
  });
  const alike = Map.groupBy(wanted, ({ offering, changedAt, change, mark }) =>
    [offering, changedAt, change, mark].join('\u0001'),
  );
  return [...alike.values()].flatMap((group): EnrolmentMark[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { offering, changedAt, change, mark } = first;
    return [{ userType, offering, changedAt, change, mark, userNos: group.map(({ userNo }) => userNo) }];
  });
}

async function readMembers(
  context: CalendarRunContext,
  offerings: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ offering: string; user_no: string; state: string }>`
    select c.offering, m.user_no, m.state from calendar_member m join course_calendar c on c.id = m.calendar_id
    where c.term_id = ${context.term.id}::bigint and c.offering = any(${[...offerings]}::text[])`.execute(
    outsideTransaction(context.em.fork()),
  );
  return new Map(rows.map(({ offering, user_no, state }) => [`${offering} ${user_no}`, state]));
}
