import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFirstSystem } from '../../src/integrations/first-system/read-tables.ts';
import { storeRunItems } from '../../src/jobs/runs/run-record.ts';
import { API_KEY, ApiBench } from '../setup/api.ts';
import { makeOldDatabase, OPEN_NUMBER, OPEN_REQUEST, oldNumber } from './old-database.ts';

const PEOPLE = 60;
const file = join(tmpdir(), `old-${process.pid}.sqlite3`);

let bench: ApiBench;

beforeAll(async () => {
  makeOldDatabase(file, { people: PEOPLE, requests: 12 });
  bench = await ApiBench.start();
});
afterAll(async () => {
  await bench.stop();
  rmSync(file, { force: true });
});

interface Ended {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests assert.
  readonly run: any;
  readonly err: string;
}

/** The command as an operator runs it. */
function importing(...flags: readonly string[]): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const env = { PATH: process.env['PATH'], ACCOUNTSYNC_URL: bench.url, ACCOUNTSYNC_API_KEY: API_KEY };
  const args = ['src/accountsync.ts', 'import-first-system', '--json', ...flags];
  const child = execFile(process.execPath, args, { env, maxBuffer: 64 * 1024 * 1024 }, (_, out, err) =>
    resolve({ status: child.exitCode ?? -1, run: out.trim() === '' ? null : JSON.parse(out), err }),
  );
  return promise;
}

const importAll = (...flags: readonly string[]) => importing('--from', `sqlite:${file}`, ...flags);
const count = async (table: string) =>
  (await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)}`.execute(bench.db))
    .rows[0]?.count;
const everything = async () =>
  createHash('sha256')
    .update(
      JSON.stringify(
        await Promise.all(
          [
            'person',
            'account',
            'account_claim',
            'account_task',
            'task_attempt',
            'account_request',
            'request_item',
            'department_mapping',
            'setting',
            'name_reservation',
            'first_system_row',
          ].map(
            async (table) =>
              (await sql`select t::text from ${sql.table(table)} t order by 1`.execute(bench.db)).rows,
          ),
        ),
      ),
    )
    .digest('hex');

describe('the import from the first system', () => {
  test('as a dry run says everything and writes nothing', async () => {
    const before = await everything();
    const bytes = createHash('sha256').update(readFileSync(file)).digest('hex');
    const { status, run } = await importAll('--dry-run');
    expect(status).toBe(1);
    expect(run).toMatchObject({
      kind: 'FIRST_SYSTEM_IMPORT',
      mode: 'DRY_RUN',
      status: 'COMPLETED_WITH_ERRORS',
    });
    expect(run.summary.tables).toMatchObject({
      hrperson: { read: PEOPLE + 2, new: PEOPLE, refused: 2 },
      hrpersonaccount: { read: PEOPLE * 2 + 1, refused: 1 },
      accountcreationrequest: { read: 14, new: 13, refused: 1 },
    });
    expect(run.summary.kinds).toEqual({
      FIRST_SYSTEM_OU_COMMA: 1,
      'FIRST_SYSTEM_ROW.VALUE': 1,
      'FIRST_SYSTEM_ROW.NUMBER_TWICE': 1,
      'FIRST_SYSTEM_ROW.NO_DATE': 1,
      'FIRST_SYSTEM_ROW.NO_PERSON': 1,
      'FIRST_SYSTEM_ROW.NO_TASK': 1,
      'FIRST_SYSTEM_ROW.EMPTY': 1,
      FIRST_SYSTEM_ADDRESS_OF_TWO: 1,
      FIRST_SYSTEM_DEPARTMENT_UNMAPPED: 1,
    });
    expect(run.summary).toMatchObject({
      variablesToSet: ['IDAAS_SECRET', 'HIEDS_PAGE_SIZE'],
      unknownColumns: ['hrperson.nickname'],
      unknownSettings: ['last_sync_time', 'favourite_colour'],
    });
    expect(JSON.stringify(run)).not.toContain('hunter2');
    expect(await everything()).toBe(before);
    expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(bytes);
  });

  test('interrupted in the middle goes on where it stopped', async () => {
    const source = await openFirstSystem(`sqlite:${file}`);
    const send = async (input: Readonly<Record<string, unknown>>) =>
      (
        await bench.portal.read(
          `mutation($input: ImportFirstSystemInput!) { importFirstSystem(input: $input) {
            joined run { runId status summary } userErrors { code } } }`,
          { input },
        )
      ).importFirstSystem;
    const begun = await send({ mode: 'RUN', source: source.name });
    const { runId } = begun.run;
    const rows = await source.page('hrperson', { after: null, limit: 20 });
    await send({ mode: 'RUN', runId, table: 'hrperson', rows, after: null });
    // The same batch again, as after an answer that was lost: left out.
    const again = await send({ mode: 'RUN', runId, table: 'hrperson', rows, after: null });
    expect(again.run.summary.tables.hrperson).toMatchObject({ read: 20, new: 20 });
    await source.close();

    const { status, run } = await importAll();
    expect(run.runId).toBe(runId);
    expect(status).toBe(1);
    expect(run.summary.tables.hrperson).toMatchObject({ read: PEOPLE + 2, new: PEOPLE, refused: 2 });
    expect(await count('person')).toBe(PEOPLE);
  });

  test('believes no account before its system was asked, and makes none before a person said so', async () => {
    const active = await bench.db.selectFrom('account').selectAll().where('state', '=', 'ACTIVE').execute();
    expect(active).toEqual([]);
    const { rows } = await sql<{ system: string; state: string; count: number }>`
      select system, state, count(*)::int as count from account_claim group by 1, 2 order by 1, 2`.execute(
      bench.db,
    );
    expect(rows).toEqual([
      { system: 'EMAIL', state: 'UNANSWERED', count: PEOPLE - PEOPLE / 5 },
      { system: 'IDAAS', state: 'MISSING', count: PEOPLE },
      { system: 'WELINK', state: 'MISSING', count: PEOPLE / 4 },
    ]);
    const { runs } = await bench.portal.read('query { runs(first: 1) { nodes { status summary } } }');
    expect(runs.nodes[0]).toMatchObject({
      status: 'AWAITING_CONFIRMATION',
      summary: { confirmation: { count: PEOPLE + PEOPLE / 4 } },
    });
    // HR's own task creation leaves them alone too.
    await bench.portal.read('mutation { createAccountTasks(input: { mode: RUN }) { run { runId } } }');
    await expect
      .poll(
        async () =>
          (await bench.portal.read('query { runs(first: 1) { nodes { kind status } } }')).runs.nodes[0],
      )
      .toMatchObject({ kind: 'TASK_CREATION', status: expect.stringMatching(/COMPLETED/) });
    const made = await bench.db
      .selectFrom('account_task')
      .select('system')
      .where('origin_system', '<>', 'FIRST_SYSTEM')
      .where('system', '=', 'IDAAS')
      .execute();
    expect(made).toEqual([]);
  });

  test('keeps what was there under the old ids, as history', async () => {
    const tasks = await bench.db
      .selectFrom('account_task')
      .selectAll()
      .where('origin_system', '=', 'FIRST_SYSTEM')
      .execute();
    expect(tasks).toHaveLength(PEOPLE);
    expect(new Set(tasks.map(({ status }) => status))).toEqual(new Set(['COMPLETED', 'FAILED']));
    const { task } = await bench.portal.read(
      'query($id: String!) { task(taskId: $id) { status lastError { code } attempts { outcome errorMessage } } }',
      { id: `${oldNumber(1)}_welink_1737000000` },
    );
    expect(task).toMatchObject({
      status: 'FAILED',
      lastError: { code: 'FIRST_SYSTEM_FAILED' },
      attempts: [{ outcome: 'ERROR', errorMessage: expect.stringContaining('139****5678') }],
    });
    const { request } = await bench.portal.read(
      'query { request(requestId: "req_20260117_000000000001") { status totalUsers originSystem items(first: 9) { nodes { status } } } }',
    );
    expect(request).toMatchObject({ status: 'FAILED', totalUsers: 5, originSystem: 'oa' });
    const people = await bench.db
      .selectFrom('person')
      .selectAll()
      .where('employee_number', 'in', [oldNumber(1), oldNumber(10)])
      .orderBy('employee_number')
      .execute();
    expect(people).toMatchObject([
      { source: 'HR', hr_person_id: '1', departments: [{ department_code: 'D001' }] },
      { source: 'REQUEST', hr_person_id: null },
    ]);
    const settings = await bench.db
      .selectFrom('setting')
      .selectAll()
      .where('key', '=', 'account_creation_max_retries')
      .execute();
    expect(settings).toMatchObject([{ value: 7 }]);
  });

  test('makes what is missing once it is confirmed, with the names that the first system gave', async () => {
    const { runs } = await bench.portal.read(
      'query { runs(first: 1, filter: { kind: [FIRST_SYSTEM_IMPORT] }) { nodes { runId } } }',
    );
    await bench.portal.read(
      'mutation($id: String!) { confirmRun(input: { runId: $id }) { userErrors { code } } }',
      {
        id: runs.nodes[0].runId,
      },
    );
    const login = async (place: number) =>
      (await bench.db
        .selectFrom('account')
        .innerJoin('person', 'person.id', 'account.person_id')
        .select(['account.identifier', 'account.state'])
        .where('person.employee_number', '=', oldNumber(place))
        .where('system', '=', 'IDAAS')
        .executeTakeFirst()) ?? null;
    await expect.poll(() => login(2)).toMatchObject({ state: 'ACTIVE', identifier: `z${oldNumber(2)}` });
    // A mere employee number is no login: this one is chosen by the rule.
    await expect.poll(() => login(3)).toMatchObject({ state: 'ACTIVE', identifier: `z${oldNumber(3)}` });
    const open = () =>
      bench.db
        .selectFrom('account_task')
        .select('id')
        .where('status', 'in', ['PENDING', 'PROCESSING', 'RETRY'])
        .execute();
    await expect.poll(open).toEqual([]);
  });

  test('run again changes nothing but what history says of accounts that exist now', async () => {
    const first = await importAll();
    expect(first.run.summary.tables.hrperson).toMatchObject({ new: 0, changed: 0, same: PEOPLE });
    expect(first.run.status).toBe('COMPLETED_WITH_ERRORS');
    const { request } = await bench.portal.read(
      'query { request(requestId: "req_20260117_000000000001") { status completedUsers failedUsers } }',
    );
    // Department D999 of one of them is not mapped.
    expect(request).toEqual({ status: 'PARTIAL_FAILED', completedUsers: 4, failedUsers: 1 });
    const before = await everything();
    await importAll();
    expect(await everything()).toBe(before);
  });

  test('takes what changed there, never over what was changed here', async () => {
    await bench.db
      .updateTable('person')
      .set({ full_name: '王五', updated_at: sql`clock_timestamp()` })
      .where('employee_number', '=', oldNumber(4))
      .execute();
    const old = new DatabaseSync(file);
    old.exec("update syncservice_hrperson set full_name = '赵六' where person_id in (4, 5)");
    old.close();
    const { run } = await importAll('--dry-run');
    expect(run.summary.tables.hrperson).toMatchObject({ changed: 2 });
    const report = `${file}.csv`;
    const { run: done } = await importAll('--report', report);
    // The file has a line for everything counted, and both names, which the run itself does not keep.
    const lines = readFileSync(report, 'utf8').trimEnd().split('\r\n');
    rmSync(report);
    const noted = Object.values<number>(done.summary.kinds).reduce((sum, count) => sum + count, 0);
    expect(lines).toHaveLength(1 + noted);
    expect(done.report).toEqual({ file: report, records: noted });
    expect(lines.find((line) => line.startsWith(`"FIRST_SYSTEM_DIFFERS","${oldNumber(4)}"`))).toContain(
      '"王五","赵六"',
    );
    const { rows: kept } = await sql<{ text: string }>`
      select string_agg(i::text, ' ') as text from run_item i`.execute(bench.db);
    expect(kept[0]?.text).not.toMatch(/王五|赵六/);
    expect(done.summary.kinds).toMatchObject({ FIRST_SYSTEM_DIFFERS: 1 });
    const names = await bench.db
      .selectFrom('person')
      .select('full_name')
      .where('employee_number', 'in', [oldNumber(4), oldNumber(5)])
      .orderBy('employee_number')
      .execute();
    expect(names).toEqual([{ full_name: '王五' }, { full_name: '赵六' }]);
  });

  test('compares what it did with what would be done here', async () => {
    const { run } = await importAll('--dry-run', '--compare');
    expect(run.summary.kinds.FIRST_SYSTEM_PLAN_DIFFERS).toBeGreaterThan(0);
    const record = run.records.find(({ key }: { key: string }) => key === oldNumber(8));
    expect(record).toMatchObject({
      errorCode: 'FIRST_SYSTEM_PLAN_DIFFERS',
      message: expect.stringContaining('WW-D002'),
    });
  });

  test('retries leave its history alone, one by one and all at once', async () => {
    const { retryTask, retryTasks } = await bench.portal.read(
      `mutation($id: String!) {
        retryTask(input: { taskId: $id }) { userErrors { code message } }
        retryTasks(input: { filter: { system: WELINK }, mode: DRY_RUN }) { matched } }`,
      { id: `${oldNumber(1)}_welink_1737000000` },
    );
    expect(retryTask.userErrors).toEqual([
      { code: 'INVALID_STATE', message: expect.stringContaining('--resubmit-open') },
    ]);
    expect(retryTasks.matched).toBe(0);
  });

  test('requests anew what was open or failed, once, and leaves the history as it is', async () => {
    const history = async () =>
      await bench.db
        .selectFrom('account_task')
        .select(['task_id', 'status', 'updated_at'])
        .where('error_code', 'in', ['FIRST_SYSTEM_OPEN', 'FIRST_SYSTEM_FAILED'])
        .orderBy('id')
        .execute();
    const before = await history();
    const { run: dry } = await importing('--resubmit-open', '--dry-run');
    expect(dry).toMatchObject({
      mode: 'DRY_RUN',
      // Three that were being processed, and the one that nobody had taken up.
      summary: { openRequests: 4, openTasks: PEOPLE - PEOPLE / 4, openTasksBySystem: { WELINK: 45 } },
    });
    const { run } = await importing('--resubmit-open');
    expect(run).toMatchObject({
      status: 'COMPLETED',
      summary: { requestedRequests: 4, requestedTasks: expect.any(Number) },
    });
    expect(await history()).toEqual(before);
    // Its caller goes on polling the old id.
    const request = async () =>
      (
        await bench.portal.read(
          `query($id: String!) { request(requestId: $id) { status items(first: 2) { nodes { person { employeeNumber } } } } }`,
          { id: OPEN_REQUEST },
        )
      ).request;
    await expect.poll(request).toMatchObject({
      status: 'COMPLETED',
      items: { nodes: [{ person: { employeeNumber: OPEN_NUMBER } }] },
    });
    const open = () =>
      bench.db
        .selectFrom('account_task')
        .select('id')
        .where('status', 'in', ['PENDING', 'PROCESSING', 'RETRY'])
        .execute();
    await expect.poll(open).toEqual([]);
    const welink = () =>
      bench.db
        .selectFrom('account')
        .select('id')
        .where('system', '=', 'WELINK')
        .where('state', '=', 'ACTIVE')
        .execute();
    // Department D999 is not mapped.
    expect((await welink()).length).toBeGreaterThan(PEOPLE / 2);
    const { run: again } = await importing('--resubmit-open');
    expect(again.summary).toMatchObject({ openRequests: 0, openTasks: 0 });
  });

  test('an import keeps every record, however many', async () => {
    const { runs } = await bench.portal.read('query { runs(first: 100) { nodes { runId kind } } }');
    const idOf = async (kind: string) => {
      const { runId } = runs.nodes.find((run: { kind: string }) => run.kind === kind);
      const { id } = await bench.db
        .selectFrom('sync_run')
        .select('id')
        .where('run_id', '=', runId)
        .executeTakeFirstOrThrow();
      return id;
    };
    const items = Array.from({ length: 10_050 }, (_, place) => ({
      key: `many-${place}`,
      outcome: 'DIFFERING' as const,
      error: null,
      payload: {},
    }));
    const stored = async (kind: string) => {
      await storeRunItems(bench.db, { id: await idOf(kind) }, items);
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from run_item
        where run_id = ${await idOf(kind)}::bigint and item_key like 'many-%'`.execute(bench.db);
      return rows[0]?.count;
    };
    expect(await stored('FIRST_SYSTEM_IMPORT')).toBe(10_050);
    expect(await stored('TASK_CREATION')).toBeLessThanOrEqual(10_000);
  });

  test('lists what was made here', async () => {
    const made = await importing('--export-since', '1h');
    expect(made.run.length).toBeGreaterThan(PEOPLE);
  });

  test('ends with 2 when the database cannot be read', async () => {
    const { status, err } = await importing('--from', 'sqlite:/nowhere/db.sqlite3');
    expect(status).toBe(2);
    expect(err).toContain('数据库');
  });
});
