import type { EnrolmentRow, LessonRow, PersonRow } from '../../domain/calendar/source-rows.ts';
import { marks } from '../../domain/calendar/source-rows.ts';
import type { TimetableUserType } from '../../domain/calendar/states.ts';
import { shanghaiWallTime } from '../../domain/shanghai-time.ts';
import type { Secret } from '../../secret.ts';
import { healthOf } from '../contract/health.ts';
import type { SourceCheck, TimetableSource } from '../contract/timetable-source.ts';
import type { Row, Statement, TimetableDatabase } from './database.ts';
import { classified, sqlWords } from './failures.ts';
import { openMysql } from './mysql.ts';
import { openPostgres } from './postgres.ts';
import {
  countLessons,
  enrolmentTables,
  LESSONS,
  markColumnProbe,
  markEnrolment,
  markLesson,
  markProbe,
  probes,
  selectEnrolments,
  selectLessons,
  selectPeople,
} from './statements.ts';

export const TIMETABLE_SYSTEM = 'TIMETABLE';
const MARKED_TABLES = [LESSONS, enrolmentTables.STUDENT.enrolments, enrolmentTables.TEACHER.enrolments];

/** Opens the school's tables at a MySQL, MariaDB or Postgres address; connects with the first statement. */
export function connectTimetable(config: { readonly url: Secret }): TimetableSource {
  const url = config.url.reveal();
  const database = /^(mysql|mariadb):/.test(url)
    ? openMysql(url.replace(/^mariadb:/, 'mysql:'))
    : openPostgres(url);
  const marked = new Map<string, Promise<boolean>>();

  const all = async (statement: Statement): Promise<Row[]> => {
    const rows: Row[] = [];
    for await (const batch of database.read(statement.text, statement.values)) rows.push(...batch);
    return rows;
  };
  const works = (text: string) =>
    all({ text, values: [] }).then(
      () => null,
      (error: unknown) => problemOf(error),
    );
  /** Whether a table has the columns of marks; older ones have not. */
  const hasMarks = (table: string): Promise<boolean> => {
    const known = marked.get(table) ?? works(markColumnProbe(table)).then((problem) => problem === null);
    marked.set(table, known);
    return known;
  };

  return {
    system: TIMETABLE_SYSTEM,
    check: () => classified('check', () => checkSource(database, works)),
    countLessons: (term) =>
      classified('count', async () => numberOf((await all(countLessons(term)))[0]?.['lessons']) ?? 0),
    async *lessons(filter) {
      const statement = selectLessons(filter, await classified('lessons', () => hasMarks(LESSONS)));
      yield* read(database, { statement, operation: 'lessons', rowOf: lessonOf });
    },
    async *enrolments(filter, userType) {
      const table = enrolmentTables[userType].enrolments;
      const has = await classified('enrolments', () => hasMarks(table));
      const statement = selectEnrolments(filter, userType, has);
      const rowOf = (row: Row) => enrolmentOf(row, userType);
      yield* read(database, { statement, operation: 'enrolments', rowOf });
    },
    people: (userType) =>
      read(database, {
        statement: selectPeople(userType),
        operation: 'people',
        rowOf: (row) => personOf(row, userType),
      }),
    markLessons(term, lessons, at) {
      const to = { mark: marks.lessonTaken, at: shanghaiWallTime(at.getTime()), sameAs: database.sameAs };
      return classified('mark', () => database.change(lessons.map((lesson) => markLesson(term, lesson, to))));
    },
    markEnrolments(term, enrolments, at) {
      const to = { at: shanghaiWallTime(at.getTime()), sameAs: database.sameAs };
      return classified('mark', () =>
        database.change(enrolments.map((enrolment) => markEnrolment(term, enrolment, to))),
      );
    },
    checkHealth: () =>
      healthOf(() => classified('health', () => all({ text: 'select 1 as one', values: [] }))),
    close: () => database.close(),
  };
}

async function checkSource(
  database: TimetableDatabase,
  works: (text: string) => Promise<string | null>,
): Promise<SourceCheck> {
  const unreadable: string[] = [];
  for (const { table, text } of probes()) {
    const problem = await works(text);
    if (problem !== null) unreadable.push(`${table} (${problem})`);
  }
  for (const table of MARKED_TABLES) {
    try {
      await database.change([markProbe(table)]);
    } catch (error) {
      return { unreadable, markProblem: `${table}: ${problemOf(error)}` };
    }
  }
  return { unreadable, markProblem: null };
}

/** Why a statement was refused; a failed connection says nothing about the table and is rethrown. */
function problemOf(error: unknown): string {
  const words = sqlWords(error);
  if (words === null) throw error;
  return words;
}

async function* read<Item>(
  database: TimetableDatabase,
  query: {
    readonly statement: Statement;
    readonly operation: string;
    readonly rowOf: (row: Row) => Item | null;
  },
): AsyncGenerator<readonly Item[]> {
  const rows = database.read(query.statement.text, query.statement.values)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await classified(query.operation, () => rows.next());
      if (next.done === true) return;
      yield next.value.map(query.rowOf).filter((item) => item !== null);
    }
  } finally {
    await rows.return?.();
  }
}

function lessonOf(row: Row): LessonRow {
  return {
    offering: textOf(row['kkh']),
    week: numberOf(row['jxz']),
    weekday: numberOf(row['zc']),
    period: numberOf(row['jc']),
    building: textOf(row['lq']),
    room: textOf(row['room']),
    teacherNumbers: textOf(row['ghs']),
    teacherNames: textOf(row['xms']),
    date: textOf(row['rq']),
    startsAt: textOf(row['st']),
    endsAt: textOf(row['ed']),
    courseName: textOf(row['kcmc']),
    checkIn: textOf(row['sfdk']),
    changedAt: textOf(row['sj']),
    change: textOf(row['zt']),
    mark: textOf(row['gx_zt']),
  };
}

/** Null: the row names no person or no offering. */
function enrolmentOf(row: Row, userType: TimetableUserType): EnrolmentRow | null {
  const offering = textOf(row['kkh']);
  const userNo = textOf(row['user_no'])?.trim() ?? '';
  if (offering === null || offering === '' || userNo === '') return null;
  const [changedAt, change] = [textOf(row['sj']), textOf(row['zt'])];
  return { offering, userType, userNo, changedAt, change, mark: textOf(row['gx_zt']) };
}

function personOf(row: Row, userType: TimetableUserType): PersonRow | null {
  const userNo = textOf(row['user_no'])?.trim() ?? '';
  return userNo === '' ? null : { userType, userNo, name: textOf(row['name']), change: textOf(row['zt']) };
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

function numberOf(value: unknown): number | null {
  const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : null;
}
