import pg from 'pg';
import { wps } from '../../src/integrations/wps/definition.ts';
import { createLogger } from '../../src/logger.ts';
import { schoolTables } from '../../src/sandbox/school/tables.ts';
import { operatorOf } from '../setup/operator.ts';
import { ProvisioningBench } from '../setup/provisioning.ts';

export const TERM = '2024-2025-2';
const STARTS = ['08:00', '08:50', '09:50', '10:40', '13:30', '14:20', '15:20', '16:10', '18:00', '18:50'];
const ENDS = ['08:45', '09:35', '10:35', '11:25', '14:15', '15:05', '16:05', '16:55', '18:45', '19:35'];

const RUN = `{ runId kind mode status error summary scope
  steps { key status done total failed error } items(first: 100) { totalCount nodes { key outcome errorCode details } } }`;

/** A run as the API shows it. */
export interface ShownRun {
  readonly runId: string;
  readonly status: string;
  readonly error: string | null;
  readonly summary: Readonly<Record<string, Record<string, number>>>;
  readonly steps: readonly {
    key: string;
    status: string;
    done: number;
    total: number | null;
    error: string | null;
  }[];
  readonly items: {
    readonly totalCount: number;
    readonly nodes: readonly {
      key: string;
      outcome: string;
      errorCode: string | null;
      details: Record<string, unknown>;
    }[];
  };
}

/** A school of a test's own in the test's database, a played WPS, and a worker that reaches both. */
export class CalendarBench {
  readonly bench: ProvisioningBench;
  readonly ask: ReturnType<typeof operatorOf>;
  readonly school: pg.Client;
  readonly #url: string;

  private constructor(parts: { bench: ProvisioningBench; school: pg.Client; url: string }) {
    this.bench = parts.bench;
    this.school = parts.school;
    this.#url = parts.url;
    this.ask = operatorOf(parts.bench);
  }

  static async start(options: { readonly worker?: boolean } = {}): Promise<CalendarBench> {
    const bench = await ProvisioningBench.start({
      hr: true,
      worker: false,
      settings: { rate_limit_wps_per_second: 5_000 },
      upstreamTimeoutSeconds: 2,
    });
    const school = new pg.Client({ connectionString: bench.core.directUrl });
    await school.connect();
    await school.query('create schema timetable');
    await school.query('set search_path to timetable');
    for (const statement of schoolTables()) await school.query(statement);
    const url = new URL(bench.core.directUrl);
    url.searchParams.set('options', '-c search_path=timetable');
    const calendars = new CalendarBench({ bench, school, url: url.href });
    if (options.worker !== false) await calendars.startWorker();
    return calendars;
  }

  startWorker() {
    return this.bench.startWorker({ variables: this.variables });
  }

  /** Where a worker finds the school. */
  get variables(): { readonly TIMETABLE_DATABASE_URL: string } {
    return { TIMETABLE_DATABASE_URL: this.#url };
  }

  /** WPS as somebody reaches it who changes things by hand; `close` it. */
  byHand() {
    const system = wps.connect(wps.environment.parse(this.bench.sandbox.environment), {
      logger: createLogger({ level: 'silent', pretty: false }),
      timeoutMs: 5_000,
      maxSockets: 1,
    });
    return { system, call: { signal: new AbortController().signal, acquire: async () => {} } };
  }

  get control() {
    return this.bench.sandbox.control;
  }

  /** Adds a row of the timetable: one period. */
  async lesson(
    offering: string,
    day: string,
    period: number,
    more: Record<string, unknown> = {},
  ): Promise<void> {
    const row = {
      kkh: offering,
      xnxq: TERM,
      jxz: 1,
      zc: 2,
      jc: period,
      lq: '第一教学楼',
      room: '1223',
      ghs: '100001',
      xms: '张三',
      rq: `${day.replaceAll('-', '/')} 00:00:00.000`,
      st: `${STARTS[period - 1]}:00.000`,
      ed: `${ENDS[period - 1]}:00.000`,
      kcmc: `课程${offering}`,
      sfdk: '0',
      sj: '2025-02-20 08:00:00',
      zt: 'add',
      ...more,
    };
    await this.#insert('u_jw_kcb_cur', row);
  }

  async enrol(offering: string, student: string, more: Record<string, unknown> = {}): Promise<void> {
    const row = { kkh: offering, xh: student, xnxq: TERM, sj: '2025-02-20 08:00:00', zt: 'add', ...more };
    await this.#insert('out_jw_kcb_xs', row);
  }

  async teach(offering: string, teacher: string, more: Record<string, unknown> = {}): Promise<void> {
    const row = { kkh: offering, gh: teacher, xnxq: TERM, sj: '2025-02-20 08:00:00', zt: 'add', ...more };
    await this.#insert('out_jw_kcb_js', row);
  }

  async student(number: string, zt = 'add'): Promise<void> {
    await this.#insert('out_xsxx', { id: number, xh: number, xm: `学生${number}`, zt });
  }

  async #insert(table: string, row: Record<string, unknown>): Promise<void> {
    const names = Object.keys(row);
    const places = names.map((_, index) => `$${index + 1}`);
    await this.school.query(
      `insert into ${table} (${names.join()}) values (${places.join()})`,
      Object.values(row),
    );
  }

  /** Two courses: A on two days with periods 3 and 4, B on one; one teacher and three students each. */
  async smallSchool(): Promise<void> {
    for (const day of ['2025-03-04', '2025-03-11'])
      for (const period of [3, 4]) await this.lesson('A', day, period);
    await this.lesson('B', '2025-03-05', 5, { ghs: '100002', xms: '李四', room: '2101', sfdk: '1' });
    await this.teach('A', '100001');
    await this.teach('B', '100002');
    for (const student of ['s1', 's2', 's3']) {
      await this.student(student);
      await this.enrol('A', student);
    }
    await this.enrol('B', 's1');
  }

  async start(kind: 'FULL' | 'INCREMENTAL' | 'USERS', more: Record<string, unknown> = {}) {
    const { startCalendarSync } = await this.ask(
      `mutation ($input: StartCalendarSyncInput!) { startCalendarSync(input: $input) {
        joined run { runId } userErrors { code message path } } }`,
      { input: { term: TERM, kind, ...more } },
    );
    return startCalendarSync;
  }

  /** Starts a run and waits until it rests. */
  async sync(kind: 'FULL' | 'INCREMENTAL' | 'USERS', more: Record<string, unknown> = {}): Promise<ShownRun> {
    const started = await this.start(kind, more);
    if (started.run === null) throw new Error(JSON.stringify(started.userErrors));
    return await this.rest(started.run.runId);
  }

  async mutate(name: string, input: Record<string, unknown>): Promise<ShownRun> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const data = await this.ask(
      `mutation ($input: ${type}!) { ${name}(input: $input) { run { runId } userErrors { code message } } }`,
      { input },
    );
    return await this.rest(data[name].run.runId);
  }

  async read(runId: string): Promise<ShownRun> {
    return (await this.ask(`query ($runId: String!) { run(runId: $runId) ${RUN} }`, { runId })).run;
  }

  async rest(runId: string): Promise<ShownRun> {
    for (let waited = 0; waited < 60_000; waited += 20) {
      const run = await this.read(runId);
      if (run.status !== 'RUNNING') return run;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`${runId} does not end: ${JSON.stringify(await this.read(runId))}`);
  }

  /** Calls that write, as the ledger of WPS has them. */
  writes(): string[] {
    return this.control
      .ledger({ system: 'WPS' })
      .map(({ operation }) => operation)
      .filter((operation) => /-(create|update|delete)$/.test(operation));
  }

  /** What WPS has, by title. */
  remote(title: string) {
    const found = this.control.calendars().filter((calendar) => calendar.summary === title);
    if (found.length !== 1) throw new Error(`${found.length} calendars are called ${title}`);
    const [calendar] = found;
    const members = new Map(calendar?.members.map(({ user, role }) => [user, role]));
    const events = [...(calendar?.events ?? [])].map(({ id, fields }) => ({
      id,
      ...JSON.parse(JSON.stringify(fields)),
    }));
    return { id: calendar?.id ?? '', members, events };
  }

  /** Lets calls to WPS through again at once, after refused credentials. */
  async closeCircuit(): Promise<void> {
    await this.bench.sql
      .updateTable('system_state')
      .set({ circuit: 'CLOSED', next_trial_at: null })
      .where('system', '=', 'WPS')
      .execute();
  }

  async close(): Promise<void> {
    await this.school.end();
    await this.bench.stop();
  }
}
