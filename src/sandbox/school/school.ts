import { seededRandom } from '../playing/random.ts';

/** How large a school is made up. */
export interface SchoolOptions {
  readonly courses: number;
  readonly students: number;
  readonly seed: number;
}

/** The term that the school's timetable is about. */
export const SCHOOL_TERM = '2024-2025-2';
export const DEFAULT_COURSES = 200;
export const DEFAULT_STUDENTS = 4_000;

/** Rows of the five tables, in the order of their columns (`tables.ts`). */
export interface School {
  readonly lessons: readonly (readonly (string | number | null)[])[];
  readonly studentEnrolments: readonly (readonly (string | null)[])[];
  readonly teacherEnrolments: readonly (readonly (string | null)[])[];
  readonly students: readonly (readonly (string | null)[])[];
  readonly teachers: readonly (readonly (string | null)[])[];
}

const SUBJECTS = [
  '国际税收',
  '财务管理',
  '线性代数',
  '概率论',
  '大学英语',
  '数据结构',
  '操作系统',
  '微观经济学',
];
const SUFFIXES = ['', '（一）', '（二）', '实验', '导论', '研讨'];
const SURNAMES = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '欧阳'];
const GIVEN = ['伟', '芳', '秀英', '敏', '静', '强', '磊', '洋', '艳', '建国', '思远', '雨桐', '子涵'];
const BUILDINGS = ['第一教学楼', '第二教学楼', '实验楼', '文科楼'];
const STARTS = ['08:00', '08:50', '09:50', '10:40', '13:30', '14:20', '15:20', '16:10', '18:00', '18:50'];
const ENDS = ['08:45', '09:35', '10:35', '11:25', '14:15', '15:05', '16:05', '16:55', '18:45', '19:35'];
/** A Monday. */
const TERM_BEGINS = Date.UTC(2025, 2, 3);
const DAY_MS = 86_400_000;
const WEEKS = 16;
/** Weeks in which each course is taught: few enough for a demonstration to end soon. */
const WEEKS_TAUGHT = 5;
const COURSES_PER_STUDENT = 5;
const STUDENTS_PER_TEACHER = 30;
const CHECK_IN_SHARE = 0.7;
export const CHANGED = '2025-02-20 08:00:00';

/** Makes a school up: the same options give the same school, with a few rows as broken as real ones. */
export function makeSchool({ courses, students, seed }: SchoolOptions): School {
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[], fallback: T): T =>
    list[Math.floor(random() * list.length)] ?? fallback;
  const name = () => `${pick(SURNAMES, '王')}${pick(GIVEN, '伟')}`;
  const people = (count: number, first: number) =>
    Array.from({ length: count }, (_, index) => ({ number: String(first + index), name: name() }));
  const learners = people(students, 2_024_000_001);
  const staff = people(Math.max(3, Math.ceil(students / STUDENTS_PER_TEACHER)), 100_001);
  const lessons: (string | number | null)[][] = [];
  const teacherEnrolments: (string | null)[][] = [];
  const offerings = Array.from({ length: courses }, (_, index) => offeringOf(index));
  for (const [index, offering] of offerings.entries()) {
    const taught = [...new Set([pick(staff, staff[0]), ...(random() < 0.2 ? [pick(staff, staff[0])] : [])])];
    const teachers = taught.flatMap((teacher) => (teacher === undefined ? [] : [teacher]));
    for (const teacher of teachers)
      teacherEnrolments.push([offering, teacher.number, SCHOOL_TERM, null, CHANGED, 'add']);
    const course = {
      offering,
      title: `${SUBJECTS[index % SUBJECTS.length]}${SUFFIXES[Math.floor(index / SUBJECTS.length) % SUFFIXES.length]}`,
      teachers,
      building: pick(BUILDINGS, '第一教学楼'),
      room: String(1_000 + Math.floor(random() * 300)),
      checkIn: random() < CHECK_IN_SHARE,
      firstWeek: Math.floor(random() * (WEEKS - WEEKS_TAUGHT)) + 1,
      weekday: Math.floor(random() * 5) + 1,
      slot: Math.floor(random() * 5),
    };
    lessons.push(...lessonsOf(course));
  }
  lessons.push(...brokenLessons(lessons[0] ?? []));
  return {
    lessons,
    studentEnrolments: learners.flatMap(({ number }, index) =>
      distinct(() => Math.floor(random() * courses), Math.min(COURSES_PER_STUDENT, courses)).map((course) => [
        offerings[course] ?? '',
        number,
        SCHOOL_TERM,
        null,
        CHANGED,
        // Older rows have no flag at all.
        index % 50 === 0 ? null : 'add',
      ]),
    ),
    teacherEnrolments,
    students: learners.map((person) => [`s${person.number}`, person.name, person.number, CHANGED, 'add']),
    teachers: staff.map((person) => [`t${person.number}`, person.name, person.number, CHANGED, 'add']),
  };
}

/** A course offering number: 21 digits that begin with those of the term. */
export function offeringOf(index: number): string {
  return `202420252${String(3_000_000_000 + index).padStart(10, '0')}01`;
}

interface Course {
  readonly offering: string;
  readonly title: string;
  readonly teachers: readonly { readonly number: string; readonly name: string }[];
  readonly building: string;
  readonly room: string;
  readonly checkIn: boolean;
  readonly firstWeek: number;
  readonly weekday: number;
  readonly slot: number;
}

function lessonsOf(course: Course): (string | number | null)[][] {
  const rows: (string | number | null)[][] = [];
  for (let week = course.firstWeek; week < course.firstWeek + WEEKS_TAUGHT; week += 1)
    for (const period of [course.slot * 2 + 1, course.slot * 2 + 2])
      rows.push(lessonRow(course, week, period));
  return rows;
}

function lessonRow(course: Course, week: number, period: number): (string | number | null)[] {
  const day = new Date(TERM_BEGINS + ((week - 1) * 7 + course.weekday - 1) * DAY_MS);
  return [
    course.offering,
    SCHOOL_TERM,
    week,
    course.weekday,
    period,
    course.building,
    course.room,
    '1',
    course.teachers.map((teacher) => teacher.number).join(','),
    course.room.slice(0, 1),
    `${day.toISOString().slice(0, 10).replaceAll('-', '/')} 00:00:00.000`,
    `${STARTS[period - 1]}:00.000`,
    `${ENDS[period - 1]}:00.000`,
    CHANGED,
    'add',
    course.title,
    course.teachers.map((teacher) => teacher.name).join(','),
    course.checkIn ? '1' : '0',
  ];
}

/** Such as every school has: a row without a period, and one whose end is before its start. */
function brokenLessons(row: readonly (string | number | null)[]): (string | number | null)[][] {
  const without = [...row];
  without[4] = null;
  const reversed = [...row];
  reversed[4] = 9;
  [reversed[11], reversed[12]] = [ENDS[8] ?? '', STARTS[8] ?? ''];
  return row.length === 0 ? [] : [without, reversed];
}

function distinct(draw: () => number, count: number): number[] {
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(draw());
  return [...drawn];
}
