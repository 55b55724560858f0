import type { TimetableUserType } from '../../domain/calendar/states.ts';
import type { EnrolmentMark, LessonMark, RowFilter } from '../contract/timetable-source.ts';
import type { Statement, Value } from './database.ts';

/** The five tables, as schools have them (calendar-facts.md §1): only the columns we need, never those of identity cards. */
export const LESSONS = 'u_jw_kcb_cur';
export const enrolmentTables = {
  STUDENT: { enrolments: 'out_jw_kcb_xs', people: 'out_xsxx', number: 'xh' },
  TEACHER: { enrolments: 'out_jw_kcb_js', people: 'out_jsxx', number: 'gh' },
} as const satisfies Record<TimetableUserType, Readonly<Record<string, string>>>;

const LESSON_COLUMNS = 'kkh, jxz, zc, jc, lq, room, ghs, xms, rq, st, ed, kcmc, sfdk, sj, zt';

/** `marked`: the source has the column of marks. */
export function selectLessons(filter: RowFilter, marked: boolean): Statement {
  const columns = `${LESSON_COLUMNS}, ${marked ? 'gx_zt' : 'null as gx_zt'}`;
  return filtered(`select ${columns} from ${LESSONS}`, filter);
}

export function countLessons(term: string): Statement {
  const text = `select count(*) as lessons from ${LESSONS} where xnxq = ? and (zt is null or lower(zt) <> 'delete')`;
  return { text, values: [term] };
}

export function selectEnrolments(filter: RowFilter, userType: TimetableUserType, marked: boolean): Statement {
  const { enrolments, number } = enrolmentTables[userType];
  const mark = marked ? 'gx_zt' : 'null as gx_zt';
  return filtered(`select kkh, ${number} as user_no, sj, zt, ${mark} from ${enrolments}`, filter);
}

export function selectPeople(userType: TimetableUserType): Statement {
  const { people, number } = enrolmentTables[userType];
  return { text: `select ${number} as user_no, xm as name, zt from ${people}`, values: [] };
}

/** Statements that fail where we may not read a table and change nothing anywhere. */
export function probes(): readonly { readonly table: string; readonly text: string }[] {
  const of = (columns: string, table: string) => ({
    table,
    text: `select ${columns} from ${table} where 1 = 0`,
  });
  return [
    of(LESSON_COLUMNS, LESSONS),
    ...Object.values(enrolmentTables).flatMap(({ enrolments, people, number }) => [
      of(`kkh, ${number}, xnxq, sj, zt`, enrolments),
      of(`${number}, xm, zt`, people),
    ]),
  ];
}

/** Fails where the table has no columns for marks. */
export function markColumnProbe(table: string): string {
  return `select gx_zt, gx_sj from ${table} where 1 = 0`;
}

/** Fails where we may not write marks; touches no row. */
export function markProbe(table: string): Statement {
  return { text: `update ${table} set gx_zt = gx_zt, gx_sj = gx_sj where 1 = 0`, values: [] };
}

export function markLesson(
  term: string,
  lesson: LessonMark,
  to: { readonly mark: string; readonly at: string; readonly sameAs: string },
): Statement {
  const { sameAs } = to;
  const { row } = lesson;
  const text = `update ${LESSONS} set gx_zt = ?, gx_sj = ? where xnxq = ? and kkh = ? and sj ${sameAs} ? and zt ${sameAs} ?`;
  const values: Value[] = [to.mark, to.at, term, lesson.offering, lesson.changedAt, lesson.change];
  if (row === null) return { text, values };
  return {
    text: `${text} and rq ${sameAs} ? and jc ${sameAs} ? and st ${sameAs} ? and ed ${sameAs} ?`,
    values: [...values, row.date, row.period, row.startsAt, row.endsAt],
  };
}

export function markEnrolment(
  term: string,
  enrolment: EnrolmentMark,
  to: { readonly at: string; readonly sameAs: string },
): Statement {
  const { enrolments, number } = enrolmentTables[enrolment.userType];
  const { sameAs } = to;
  return {
    text: `update ${enrolments} set gx_zt = ?, gx_sj = ? where xnxq = ? and kkh = ? and sj ${sameAs} ? and zt ${sameAs} ? and ${number} in (${placeholders(enrolment.userNos.length)})`,
    values: [
      enrolment.mark,
      to.at,
      term,
      enrolment.offering,
      enrolment.changedAt,
      enrolment.change,
      ...enrolment.userNos,
    ],
  };
}

function filtered(select: string, { term, offerings }: RowFilter): Statement {
  if (offerings === null) return { text: `${select} where xnxq = ?`, values: [term] };
  const text = `${select} where xnxq = ? and kkh in (${placeholders(offerings.length)})`;
  return { text, values: [term, ...offerings] };
}

function placeholders(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}
