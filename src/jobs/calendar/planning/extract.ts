import { sql } from 'kysely';
import {
  addRow,
  emptyFingerprint,
  enrolmentText,
  type Fingerprint,
  lessonText,
  printText,
} from '../../../domain/calendar/fingerprint.ts';
import type { RefusedLesson } from '../../../domain/calendar/plan-blocks.ts';
import { ingestStateOf, isDeleted, type PersonRow } from '../../../domain/calendar/source-rows.ts';
import type { TimetableUserType } from '../../../domain/calendar/states.ts';
import { isNumberErased } from '../../../entities/people/erased-person.ts';
import { outsideTransaction } from '../../../entities/transaction.ts';
import { type CalendarRunContext, readSource } from '../kit/run-context.ts';

/** Rows of one kind, by offering, as the source has them now. */
export type Prints = Map<string, Fingerprint>;

/** The lessons of the term, and those that belong to no offering. */
export interface LessonExtract {
  readonly prints: Prints;
  readonly rows: number;
  readonly homeless: readonly RefusedLesson[];
}

/** Reads all lessons of the term once, keeping no more of them than a fingerprint per offering, and who is `unmarked`. */
export function extractLessons(context: CalendarRunContext, unmarked: Set<string>): Promise<LessonExtract> {
  return readSource(context, async () => {
    const prints: Prints = new Map();
    const homeless: RefusedLesson[] = [];
    let rows = 0;
    for await (const batch of context.source.lessons({ term: context.term.code, offerings: null })) {
      context.stopping.throwIfAborted();
      for (const row of batch) {
        rows += 1;
        const offering = row.offering?.trim() ?? '';
        if (ingestStateOf(row.mark) === 'NEW') unmarked.add(row.offering ?? '');
        if (offering !== '') addRow(growing(prints, row.offering ?? ''), lessonText(row));
        else if (!isDeleted(row.change)) homeless.push(homelessRow(row, homeless.length));
      }
    }
    return { prints, rows, homeless };
  });
}

function homelessRow(row: RefusedLesson['row'], index: number): RefusedLesson {
  const key = `lesson:-:${row.date ?? '-'}:${row.period ?? '-'}${index === 0 ? '' : `#${index + 1}`}`;
  return { key, problem: 'LESSON_WITHOUT_OFFERING', row };
}

/** Fingerprints of the enrolments of one kind, by offering. */
export function extractEnrolments(
  context: CalendarRunContext,
  userType: TimetableUserType,
  { unmarked, gone }: { readonly unmarked: Set<string>; readonly gone: ReadonlySet<string> },
): Promise<Prints> {
  return readSource(context, async () => {
    const prints: Prints = new Map();
    const filter = { term: context.term.code, offerings: null };
    for await (const batch of context.source.enrolments(filter, userType)) {
      context.stopping.throwIfAborted();
      for (const row of batch) {
        addRow(growing(prints, row.offering), enrolmentText(row, gone.has(row.userNo)));
        if (ingestStateOf(row.mark) === 'NEW') unmarked.add(row.offering);
      }
    }
    return prints;
  });
}

function growing(prints: Prints, offering: string): Fingerprint {
  const known = prints.get(offering);
  if (known !== undefined) return known;
  const print = emptyFingerprint();
  prints.set(offering, print);
  return print;
}

/** Text of the fingerprint of an offering's rows, also of none. */
export function printOf(prints: Prints, offering: string): string {
  return printText(prints.get(offering) ?? emptyFingerprint());
}

/** People of one kind: how many, and whom of them the source took back. */
export interface PeopleExtract {
  readonly count: number;
  readonly gone: ReadonlySet<string>;
}

/** Reads all people of a kind. A run stores number and name of those who changed, a dry run nothing. */
export function extractPeople(
  context: CalendarRunContext,
  userType: TimetableUserType,
): Promise<PeopleExtract> {
  return readSource(context, async () => {
    const gone = new Set<string>();
    let count = 0;
    for await (const batch of context.source.people(userType)) {
      context.stopping.throwIfAborted();
      count += batch.length;
      for (const { userNo, change } of batch) if (isDeleted(change)) gone.add(userNo);
      if (context.run.mode === 'RUN') await storePeople(context, userType, batch);
    }
    // An empty table brings nobody back.
    if (count === 0) return { count, gone: await goneBefore(context, userType) };
    if (context.run.mode === 'RUN') await forgetPurged(context, userType, gone);
    return { count, gone };
  });
}

/** Whom the source had taken back when it was read last. */
export async function goneBefore(
  { em }: CalendarRunContext,
  userType: TimetableUserType,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ user_no: string }>`
    select user_no from timetable_person where user_type = ${userType} and gone`.execute(
    outsideTransaction(em.fork()),
  );
  return new Set(rows.map((row) => row.user_no));
}

/** Whom the source took back before and has no row of now: their enrolments count, as of anybody without a row. */
async function forgetPurged(
  context: CalendarRunContext,
  userType: TimetableUserType,
  gone: ReadonlySet<string>,
): Promise<void> {
  const before = await goneBefore(context, userType);
  const purged = [...before].filter((userNo) => !gone.has(userNo));
  if (purged.length === 0) return;
  await context.recorder.transaction(async (tx) => {
    await sql`
      update timetable_person set gone = false, updated_at = clock_timestamp()
      where user_type = ${userType} and user_no = any(${purged}::text[])`.execute(tx);
  });
}

/** Stores those who differ from what is stored. */
async function storePeople(
  context: CalendarRunContext,
  userType: TimetableUserType,
  batch: readonly PersonRow[],
): Promise<void> {
  const people = batch.map(({ userNo, name, change }) => ({
    user_no: userNo,
    name,
    gone: isDeleted(change),
  }));
  const read = sql`
    select r.user_no, r.name, r.gone from (
      select distinct on (user_no) user_no, name, gone
      from json_to_recordset(${JSON.stringify(people)}::json) as r(user_no text, name text, gone boolean)
      order by user_no, gone) r
    left join timetable_person p on p.user_type = ${userType} and p.user_no = r.user_no
    where (p.name, p.gone) is distinct from (r.name, r.gone)
      and not ${isNumberErased(sql.ref('r.user_no'))}`;
  const { rows } = await sql`${read}`.execute(outsideTransaction(context.em.fork()));
  if (rows.length === 0) return;
  await context.recorder.transaction(async (tx) => {
    await sql`
      insert into timetable_person (user_type, user_no, name, gone)
      select ${userType}, user_no, name, gone from (${read}) r
      on conflict (user_type, user_no) do update set name = excluded.name, gone = excluded.gone,
        updated_at = clock_timestamp()`.execute(tx);
  });
}
