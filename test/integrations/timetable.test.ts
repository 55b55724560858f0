import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TimetableSource } from '../../src/integrations/contract/timetable-source.ts';
import { timetable } from '../../src/integrations/timetable/definition.ts';
import { makeSchool, offeringOf, SCHOOL_TERM } from '../../src/sandbox/school/school.ts';
import { buildSchool, schoolRows, schoolTables } from '../../src/sandbox/school/tables.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { hasMariadb, type Mariadb, startMariadb } from '../setup/mariadb.ts';

const SIZE = { courses: 6, students: 40, seed: 1 };

const call = { signal: new AbortController().signal, acquire: async () => {} };

function connect(url: string): TimetableSource {
  return timetable.connect(timetable.environment.parse({ TIMETABLE_DATABASE_URL: url }), undefined);
}

async function gather<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

interface School {
  readonly source: TimetableSource;
  /** A source whose account may read and no more. */
  readonly reader: TimetableSource;
  query(text: string): Promise<readonly unknown[]>;
}

function describeSource(name: string, open: () => Promise<School & { close(): Promise<void> }>): void {
  describe(name, () => {
    let school: School & { close(): Promise<void> };
    beforeAll(async () => {
      school = await open();
    });
    afterAll(() => school.close());

    test('everything is read as it was written', async () => {
      const { source } = school;
      const made = makeSchool(SIZE);
      expect(await source.check()).toEqual({ unreadable: [], markProblem: null });
      const lessons = await gather(source.lessons({ term: SCHOOL_TERM, offerings: null }));
      expect(lessons).toHaveLength(made.lessons.length);
      expect(await source.countLessons(SCHOOL_TERM)).toBe(made.lessons.length);
      expect(await source.countLessons('2023-2024-1')).toBe(0);
      const [first] = await gather(source.lessons({ term: SCHOOL_TERM, offerings: [offeringOf(1)] }));
      expect(first).toMatchObject({ offering: offeringOf(1), change: 'add', mark: null });
      expect(first?.date).toMatch(/^2025\/\d\d\/\d\d 00:00:00\.000$/);
      const students = await gather(source.enrolments({ term: SCHOOL_TERM, offerings: null }, 'STUDENT'));
      expect(students).toHaveLength(made.studentEnrolments.length);
      const people = await gather(source.people('TEACHER'));
      expect(people.map(({ userNo }) => userNo)).toEqual(made.teachers.map((row) => row[2]));
    });

    test('only rows that are as they were read are marked', async () => {
      const { source, query } = school;
      const offering = offeringOf(2);
      const rows = await gather(source.lessons({ term: SCHOOL_TERM, offerings: [offering] }));
      const { changedAt = null, change = null } = rows[0] ?? {};
      await query(
        `update u_jw_kcb_cur set zt = 'update', sj = 'later' where kkh = '${offering}' and jc = ${rows[0]?.period}`,
      );
      const mark = { offering, changedAt, change, row: null };
      const marked = await source.markLessons(SCHOOL_TERM, [mark], new Date('2025-03-01T00:00:00Z'));
      const left = rows.filter(({ period }) => period !== rows[0]?.period);
      expect(marked).toBe(left.length);
      expect(
        await query(
          `select distinct gx_zt, gx_sj from u_jw_kcb_cur where kkh = '${offering}' and gx_zt is not null`,
        ),
      ).toEqual([{ gx_zt: '3', gx_sj: '2025-03-01 08:00:00' }]);
      const enrolments = await gather(
        source.enrolments({ term: SCHOOL_TERM, offerings: [offering] }, 'STUDENT'),
      );
      const without = enrolments.filter((row) => row.change === null);
      const plain = enrolments.filter((row) => row.change !== null);
      const at = new Date();
      for (const group of [without, plain]) {
        if (group[0] === undefined) continue;
        const { userType, changedAt: since, change: flag } = group[0];
        const userNos = group.map(({ userNo }) => userNo);
        const enrolment = { userType, offering, userNos, changedAt: since, change: flag, mark: '1' };
        expect(await source.markEnrolments(SCHOOL_TERM, [enrolment], at)).toBe(group.length);
      }
    });

    test('an account that may only read is reported, and reads', async () => {
      const check = await school.reader.check();
      expect(check.unreadable).toEqual([]);
      expect(check.markProblem).toMatch(/^u_jw_kcb_cur: /);
      expect(await school.reader.countLessons(SCHOOL_TERM)).toBeGreaterThan(0);
    });

    test('older tables without marks are read too', async () => {
      await school.query('alter table out_jw_kcb_js drop column gx_zt');
      const old = await gather(school.reader.enrolments({ term: SCHOOL_TERM, offerings: null }, 'TEACHER'));
      expect(old.length).toBeGreaterThan(0);
      expect((await school.source.check()).markProblem).toMatch(/^out_jw_kcb_js: /);
    });

    test('a missing table is named, in the health check too', async () => {
      await school.query('drop table out_jsxx');
      const { unreadable } = await school.source.check();
      expect(unreadable).toHaveLength(1);
      expect(unreadable[0]).toMatch(/^out_jsxx /);
      await expect(gather(school.source.people('TEACHER'))).rejects.toMatchObject({ failure: 'credentials' });
      expect(await school.source.checkHealth(call)).toMatchObject({
        reachable: true,
        credentialsAccepted: true,
      });
    });
  });
}

describeSource('Postgres', async () => {
  const database: TestDatabase = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const run = async (text: string, values: readonly unknown[] = []) =>
    (await client.query(text, [...values])).rows;
  await buildSchool(run, SIZE);
  const role = `reader_${Math.random().toString(36).slice(2)}`;
  await client.query(`create role ${role} login password 'secret'`);
  await client.query(`grant usage on schema timetable to ${role}`);
  await client.query(`grant select on all tables in schema timetable to ${role}`);
  await client.query(`alter role ${role} set search_path to timetable`);
  const url = new URL(database.url);
  url.username = role;
  url.password = 'secret';
  const owner = new URL(database.url);
  owner.searchParams.set('options', '-c search_path=timetable');
  const [source, reader] = [connect(owner.href), connect(url.href)];
  return {
    source,
    reader,
    query: (text) => run(text),
    async close() {
      await Promise.all([source.close(), reader.close()]);
      await client.query(`drop owned by ${role}`);
      await client.query(`drop role ${role}`);
      await client.end();
      await database.drop();
    },
  };
});

describe.skipIf(!hasMariadb)('with mariadb-server installed', () => {
  describeSource('MariaDB', async () => {
    const mariadb: Mariadb = await startMariadb();
    const { admin } = mariadb;
    await admin.query('use school');
    for (const statement of schoolTables()) await admin.query(statement);
    for (const { table, columns, rows } of schoolRows(SIZE))
      await admin.query(`insert into ${table} (${columns}) values ?`, [rows]);
    await admin.query("create user reader@'127.0.0.1' identified by 'secret'");
    await admin.query("grant select on school.* to reader@'127.0.0.1'");
    const [source, reader] = [connect(mariadb.url), connect(mariadb.urlOf('reader'))];
    return {
      source,
      reader,
      async query(text) {
        const [rows] = await admin.query(text);
        return Array.isArray(rows) ? rows : [];
      },
      async close() {
        await Promise.all([source.close(), reader.close()]);
        await mariadb.stop();
      },
    };
  });
});
