import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { PgBoss, TestClock } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installedSettings } from '../../src/application/upstreams.ts';
import { allAreas } from '../../src/jobs/index.ts';
import { createQueues } from '../../src/jobs/kit/job.ts';
import { LiveSettings } from '../../src/jobs/kit/live-settings.ts';
import { applySchedules } from '../../src/jobs/schedules/apply-schedules.ts';
import { createLogger } from '../../src/logger.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { inTime } from '../setup/in-time.ts';
import { TaskRuns } from '../setup/operator.ts';
import { ProvisioningBench } from '../setup/provisioning.ts';
import { sqlOf } from '../setup/rows.ts';
import { storeSettings } from '../setup/settings.ts';

const MINUTE_MS = 60_000;
/** Once a day, so that no schedule fires by the real clock while a test counts runs. */
const RARE_MINUTES = 1_440;
const OTHER_MINUTES = 1_439;
/** In force in every process within this time (provisioning.md §7). */
const EFFECTIVE_WITHIN_MS = 2_000;

describe('with two replicas whose time the test drives', () => {
  let database: TestDatabase;
  let replicas: PgBoss[] = [];
  const clock = new TestClock(new Date('2026-11-22T00:04:30Z'));
  const settings = new LiveSettings(installedSettings, createLogger({ level: 'silent', pretty: false }));
  beforeAll(async () => {
    database = await createTestDatabase();
    replicas = [await replica(), await replica()];
    for (const boss of replicas) await createQueues(boss, allAreas.queues([]));
    await apply();
  });
  afterAll(async () => {
    await stopAll();
    await database.drop();
  });

  async function replica(): Promise<PgBoss> {
    const boss = new PgBoss({
      connectionString: database.url,
      max: 4,
      clock,
      supervise: false,
      schedule: true,
      migrate: false,
    });
    boss.on('error', (error) => {
      throw error;
    });
    return boss.start();
  }

  async function stopAll(): Promise<void> {
    for (const boss of replicas.splice(0)) await boss.stop({ graceful: false });
  }

  /** As every replica does at its start, and when it hears of a change. */
  async function apply(): Promise<void> {
    await settings.reload(sqlOf(database.orm));
    for (const boss of replicas)
      await applySchedules(boss, settings, {
        ...allAreas,
        reaches: new Set(['HIEDS']),
        displayTimeZone: 'UTC',
      });
  }

  /** Queues of the jobs that were sent since the last look, without those of our upkeep. */
  async function sent(): Promise<string[]> {
    const { rows } = await sql<{ name: string }>`
      delete from pgboss.job where name like 'provisioning.%' returning name`.execute(sqlOf(database.orm));
    return rows.map(({ name }) => name.slice('provisioning.'.length)).toSorted();
  }

  test('each occurrence is fired once', async () => {
    await clock.tick(2 * MINUTE_MS);
    expect(await sent()).toEqual(['sweep']);
    await clock.tick(5 * MINUTE_MS);
    expect(await sent()).toEqual(['create-tasks', 'sweep', 'sync-people']);
  });

  test('a changed interval and a switch hold without a restart', async () => {
    await storeSettings(sqlOf(database.orm), {
      task_creation_interval_minutes: 2,
      hr_sync_enabled: false,
      task_processing_interval_minutes: 60,
    });
    await apply();
    await clock.tick(2 * MINUTE_MS);
    expect(await sent()).toEqual(['create-tasks']);
    await storeSettings(sqlOf(database.orm), { account_creation_enabled: false });
    await apply();
    await clock.tick(4 * MINUTE_MS);
    expect(await sent()).toEqual([]);
    await storeSettings(sqlOf(database.orm), { account_creation_enabled: true, hr_sync_enabled: true });
    await apply();
  });

  test('what was missed while none ran is caught up by one', async () => {
    await clock.tick(MINUTE_MS);
    await stopAll();
    await sent();
    await clock.setTime(clock.now() + 3 * 60 * MINUTE_MS);
    replicas = [await replica(), await replica()];
    await clock.tick(MINUTE_MS / 2);
    expect(await sent()).toEqual(['create-tasks', 'sweep', 'sync-people']);
  });
});

describe('in two workers', () => {
  let bench: ProvisioningBench;
  let runs: TaskRuns;
  beforeAll(async () => {
    bench = await ProvisioningBench.start({
      hr: true,
      sandbox: { company: { people: 12, changesPerSync: 0 } },
      settings: { hr_sync_interval_minutes: RARE_MINUTES, task_creation_interval_minutes: RARE_MINUTES },
    });
    await bench.startWorker();
    runs = new TaskRuns(bench);
  });
  afterAll(() => bench.stop());

  const update = async (key: string, value: unknown) => {
    const { updateSetting } = await runs.ask(
      `mutation ($key: String!, $value: JSON!) { updateSetting(input: { key: $key, value: $value }) {
        userErrors { code message path } } }`,
      { key, value },
    );
    const { userErrors } = updateSetting;
    if (userErrors.length === 0)
      await bench.until(`${key} being as it was set`, async () =>
        isDeepStrictEqual(bench.settings.raw(key), value) ? true : null,
      );
    return userErrors;
  };
  const schedules = async () => {
    const { schedules: list } = await runs.ask(
      '{ schedules { name kind intervalMinutes enabled lastFiredAt nextFiringAt } }',
    );
    return Object.fromEntries(list.map(({ name, ...schedule }: { name: string }) => [name, schedule]));
  };
  const statusOf = async (kind: string) => {
    const { syncStatus } = await runs.ask(
      `query ($kind: [RunKind!]) { syncStatus(kind: $kind) { kind enabled configured intervalMinutes watermark
        nextFiringAt lastRun { status trigger } lastSuccessfulRun { trigger summary } runningRun { runId }
        awaitingConfirmation { runId } } }`,
      { kind: [kind] },
    );
    return syncStatus[0];
  };

  test('turning a switch on begins at once, once, what waited for it: the sync, then the tasks for whom it brought', async () => {
    expect(await schedules()).toMatchObject({
      hr_sync: { kind: 'HR_SYNC', enabled: false, nextFiringAt: null },
      task_creation: { kind: 'TASK_CREATION', enabled: false, intervalMinutes: RARE_MINUTES },
      task_processing: { kind: 'TASK_PROCESSING', enabled: true, intervalMinutes: 5 },
    });
    expect(await statusOf('HR_SYNC')).toMatchObject({ enabled: false, configured: true, watermark: null });
    await update('task_processing_enabled', false);
    await update('task_auto_creation_enabled', true);
    await bench.until('the run that finds nobody yet', async () =>
      (await statusOf('TASK_CREATION')).lastSuccessfulRun === null ? null : true,
    );
    await update('hr_sync_enabled', true);
    const status = await bench.until('the tasks for whom the sync brought', async () => {
      const found = await statusOf('TASK_CREATION');
      return found.lastSuccessfulRun?.summary.people > 0 ? found : null;
    });
    expect(status).toMatchObject({ enabled: true, lastRun: { trigger: 'EVENT' } });
    expect(await statusOf('HR_SYNC')).toMatchObject({
      enabled: true,
      watermark: expect.any(String),
      nextFiringAt: expect.any(String),
      lastSuccessfulRun: { trigger: 'EVENT', summary: { inserted: 12 } },
      runningRun: null,
    });
    // Both workers heard of the switches; each run was begun once.
    expect(await runs.of('HR_SYNC')).toHaveLength(1);
    const creations = await runs.of('TASK_CREATION');
    const people = creations.map(({ summary }: { summary: { people: number } }) => summary.people);
    expect(people).toEqual([status.lastSuccessfulRun.summary.people, 0]);
  });

  test('a changed interval is in force within two seconds, and a firing is remembered', async () => {
    const started = Date.now();
    await update('task_creation_interval_minutes', OTHER_MINUTES);
    const follows = async () => {
      const { task_creation: found } = await schedules();
      return Date.parse(found.nextFiringAt) % (OTHER_MINUTES * MINUTE_MS) === 0;
    };
    expect(await inTime(bench.sql, EFFECTIVE_WITHIN_MS, follows)).toBe(true);
    const { task_creation: changed } = await schedules();
    expect(changed).toMatchObject({ enabled: true, intervalMinutes: OTHER_MINUTES, lastFiredAt: null });
    await bench.core.boss.send('provisioning.create-tasks', { schedule: 'task_creation' });
    const fired = await bench.until(
      'the firing',
      async () => (await schedules())['task_creation'].lastFiredAt,
    );
    expect(Date.parse(fired)).toBeGreaterThan(started);
    expect(await update('task_creation_interval_minutes', 0)).toMatchObject([{ code: 'INVALID' }]);
    await update('account_creation_enabled', false);
    await bench.until('the schedule going', async () =>
      (await schedules())['task_creation'].enabled ? null : true,
    );
    const before = (await runs.of('TASK_CREATION')).length;
    await update('account_creation_enabled', true);
    await bench.until('the run that the master switch begins', async () => {
      const all = await runs.of('TASK_CREATION');
      return all.length === before + 1 && all[0].status !== 'RUNNING' ? true : null;
    });
  });

  test('a circle of dependencies is refused by name; a change is of tasks planned from then on', async () => {
    const circle = { IDAAS: ['EMAIL'], WELINK: [], EMAIL: ['IDAAS'] };
    const [refused] = await update('account_dependencies', circle);
    expect(refused).toMatchObject({ code: 'INVALID', path: ['value'] });
    expect(refused.message).toContain('IDAAS → EMAIL → IDAAS');
    const planned = () =>
      sql<{ number: string; text: string }>`
      select p.employee_number as number, string_agg(concat_ws(' ', t.system, t.status, t.depends_on_systems), ', ' order by t.id) as text
      from account_task t join person p on p.id = t.person_id group by 1 order by 1`.execute(bench.sql);
    const before = (await planned()).rows;
    expect(await update('account_dependencies', { IDAAS: ['WELINK'], WELINK: [], EMAIL: ['IDAAS'] })).toEqual(
      [],
    );
    await sql`
      insert into person (employee_number, full_name, person_type, employee_status, source)
      values ('ZZ1', '张三', '10', '1', 'HR')`.execute(bench.sql);
    await runs.rested(await runs.create());
    expect((await planned()).rows).toEqual([
      ...before,
      { number: 'ZZ1', text: 'WELINK PENDING {}, IDAAS WAITING {WELINK}, EMAIL WAITING {IDAAS}' },
    ]);
  });
});
