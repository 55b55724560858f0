import { IsolationLevel } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settingsCatalogue } from '../../src/domain/settings-catalogue.ts';
import { SettingChange } from '../../src/entities/settings/setting.ts';
import type { Sql } from '../../src/entities/tables.ts';
import { outsideTransaction } from '../../src/entities/transaction.ts';
import { LiveSettings } from '../../src/jobs/kit/live-settings.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { listenTo, type Notifications } from '../setup/notifications.ts';
import { sqlOf } from '../setup/rows.ts';

let database: TestDatabase;
let db: Sql;
let notifications: Notifications;
beforeEach(async () => {
  database = await createTestDatabase();
  db = sqlOf(database.orm);
  notifications = await listenTo(database.url);
});
afterEach(async () => {
  await notifications.close();
  await database.drop();
});

async function store(key: string, value: unknown, by: string | null = 'admin'): Promise<void> {
  await sql`
    insert into setting (key, value, updated_by) values (${key}, ${JSON.stringify(value)}::jsonb, ${by})
    on conflict (key) do update set value = excluded.value, updated_by = excluded.updated_by`.execute(db);
}

const KEY = 'account_creation_max_retries';

describe('a change of a setting', () => {
  test('is notified to every process and stored with who, from what and to what', async () => {
    await store(KEY, 3);
    await store(KEY, 7, 'operator');
    await db.deleteFrom('setting').where('key', '=', KEY).execute();
    await notifications.caughtUp();
    expect(notifications.heard).toEqual([{ setting: KEY }, { setting: KEY }, { setting: KEY }]);
    const changes = await database.orm.em.fork().find(SettingChange, {}, { orderBy: { id: 'asc' } });
    expect(changes).toMatchObject([
      { key: KEY, oldValue: null, newValue: 3, changedBy: 'admin' },
      { key: KEY, oldValue: 3, newValue: 7, changedBy: 'operator' },
      { key: KEY, oldValue: 7, newValue: null },
    ]);
  });

  test('by plain SQL names the database user', async () => {
    await store(KEY, 3, null);
    const [change] = await database.orm.em.fork().find(SettingChange, {});
    expect(change?.changedBy).toBe('sql:accountsync');
  });

  test('that is rolled back is neither told nor kept', async () => {
    const rolledBack = database.orm.em.fork().transactional(async (tx) => {
      await sql`insert into setting (key, value) values (${KEY}, '3')`.execute(tx.getKysely());
      throw new Error('planted');
    });
    await expect(rolledBack).rejects.toThrow('planted');
    await notifications.caughtUp();
    expect(notifications.heard).toEqual([]);
    expect(await database.orm.em.fork().count(SettingChange)).toBe(0);
  });
});

describe('live settings', () => {
  const catalogue = settingsCatalogue([
    { system: 'IDAAS', ratePerSecond: 10, maxConcurrency: 8, dependsOn: [], patterns: {} },
  ]);

  function setup() {
    const warnings: unknown[] = [];
    const logger = pino({ level: 'warn' }, { write: (line) => warnings.push(JSON.parse(line)) });
    const settings = new LiveSettings(catalogue, logger);
    const changes: string[][] = [];
    const end = settings.onChange((keys) => changes.push([...keys]));
    return { settings, warnings, changes, end };
  }

  test('take stored values over the defaults, and say which changed', async () => {
    const { settings, changes } = setup();
    await store(KEY, 7);
    await store('enabled_account_types', []);
    await settings.reload(db);
    expect(settings.get(KEY)).toBe(7);
    expect(settings.enabledSystems).toEqual([]);
    expect(changes.map((keys) => keys.toSorted())).toEqual([[KEY, 'enabled_account_types']]);
  });

  test('say nothing when nothing changed', async () => {
    const { settings, changes } = setup();
    await store(KEY, 5);
    await settings.reload(db);
    await settings.reload(db);
    expect(changes).toEqual([]);
  });

  test('do not call a listener that has unsubscribed', async () => {
    const { settings, changes, end } = setup();
    end();
    await store(KEY, 7);
    await settings.reload(db);
    expect(changes).toEqual([]);
    expect(settings.get(KEY)).toBe(7);
  });

  test('return to the default when the row is gone', async () => {
    const { settings, changes } = setup();
    await store(KEY, 7);
    await settings.reload(db);
    await db.deleteFrom('setting').execute();
    await settings.reload(db);
    expect(settings.get(KEY)).toBe(5);
    expect(changes).toEqual([[KEY], [KEY]]);
  });

  test('refuse a stored value of no use with one warning, and keep the one before it', async () => {
    const { settings, warnings } = setup();
    await store(KEY, 7);
    await settings.reload(db);
    await store(KEY, 'many');
    await settings.reload(db);
    expect(settings.get(KEY)).toBe(7);
    expect(warnings).toMatchObject([{ setting: KEY }]);
  });

  test('ignore keys of another build', async () => {
    const { settings, warnings, changes } = setup();
    await store('of_a_later_version', true);
    await settings.reload(db);
    expect([...warnings, ...changes]).toEqual([]);
  });

  test('never return to an older value when an earlier reading arrives last', async () => {
    const { settings } = setup();
    await store(KEY, 7);
    const holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    await holder.query('select pg_advisory_lock(1)');
    // A reading that sees the settings as they are now, and whose answer comes when the holder lets go.
    const em = database.orm.em.fork();
    await em.begin({ isolationLevel: IsolationLevel.REPEATABLE_READ });
    const slow = outsideTransaction(em);
    await slow.selectFrom('setting').selectAll().execute();
    const blocked = sql`select pg_advisory_xact_lock(1)`.execute(slow);
    const early = settings.reload(slow);

    await store(KEY, 9);
    await settings.reload(db);
    await holder.end();
    await Promise.all([blocked, early]);
    await em.rollback();
    expect(settings.get(KEY)).toBe(9);
  });
});
