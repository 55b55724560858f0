import pg from 'pg';
import type { SandboxOptions } from '../sandbox/options.ts';
import { DEFAULT_COURSES, DEFAULT_STUDENTS } from '../sandbox/school/school.ts';
import { buildSchool, changeSchool, type RunStatement, SCHOOL_SCHEMA } from '../sandbox/school/tables.ts';

const SEED = 1;

/** The made-up school of this Postgres. */
export interface School {
  /** How its timetable is reached. */
  readonly environment: { readonly TIMETABLE_DATABASE_URL: string };
  /** Lets a day pass, and says what changed. */
  changeTimetable(): Promise<object>;
}

/** Makes sure that the made-up school stands in this Postgres. */
export async function openSchool(url: string, size: SandboxOptions['school'] = {}): Promise<School> {
  const { courses = DEFAULT_COURSES, students = DEFAULT_STUDENTS } = size;
  await withClient(url, (run) => buildSchool(run, { courses, students, seed: SEED }));
  const address = new URL(url);
  address.searchParams.set('options', `-c search_path=${SCHOOL_SCHEMA}`);
  let day = 0;
  return {
    environment: { TIMETABLE_DATABASE_URL: address.href },
    changeTimetable() {
      day += 1;
      return withClient(url, (run) => changeSchool(run, day));
    },
  };
}

async function withClient<T>(url: string, work: (run: RunStatement) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(async (text, values = []) => (await client.query(text, [...values])).rows);
  } finally {
    await client.end();
  }
}
