import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { installedSettings } from '../../src/application/upstreams.ts';
import { LiveSettings } from '../../src/jobs/kit/live-settings.ts';
import { updateSetting } from '../../src/jobs/settings/update-setting.ts';
import { inTime } from '../setup/in-time.ts';
import { ProvisioningBench } from '../setup/provisioning.ts';
import { type OpenSchema, openSchema } from '../setup/schema-fixture.ts';

const KEY = 'account_creation_max_retries';
/** In force in every process within this time (provisioning.md §7). */
const EFFECTIVE_WITHIN_MS = 2_000;

let api: OpenSchema;
beforeAll(async () => {
  api = await openSchema();
});
beforeEach(() => api.execute('delete from setting; delete from setting_change'));
afterAll(() => api.close());

const MUTATION = `mutation M($key: String!, $value: JSON!, $expectedVersion: Int) {
  updateSetting(input: { key: $key, value: $value, expectedVersion: $expectedVersion }) {
    setting { key value defaultValue version updatedBy updatedAt } userErrors { code message path } } }`;

async function update(key: string, value: unknown, expectedVersion: number | null = null, locale = 'EN') {
  const scope = api.scope({ locale: locale === 'EN' ? 'EN' : 'ZH_CN' });
  const { updateSetting: payload } = await api.read(MUTATION, { key, value, expectedVersion }, scope);
  return payload;
}

async function changes(filter = '') {
  const { settingChanges } = await api.read(
    `{ settingChanges(first: 10${filter}) { totalCount nodes { id key oldValue newValue changedBy changedAt } } }`,
  );
  return settingChanges;
}

describe('settings', () => {
  it('show every key with default and meaning while none is set', async () => {
    const { settings } = await api.read(
      '{ settings { key value defaultValue version updatedAt updatedBy description(locale: ZH_CN) } }',
    );
    expect(settings.map(({ key }: { key: string }) => key)).toEqual(api.services.settings.keys);
    expect(settings.find(({ key }: { key: string }) => key === KEY)).toEqual({
      key: KEY,
      value: 5,
      defaultValue: 5,
      version: 0,
      updatedAt: null,
      updatedBy: null,
      description: '首次失败后的最大重试次数',
    });
  });

  it('refuse what is well formed and means nothing here and now', async () => {
    const unknown = await update('default_person_type', '99');
    expect(unknown.userErrors).toMatchObject([
      {
        code: 'INVALID',
        path: ['value'],
        message: expect.stringMatching(/no active person type; there are: 10, 11/),
      },
    ]);
    expect((await update('default_person_type', '供应商')).userErrors).toEqual([]);
    expect((await update('default_person_type', '')).userErrors).toEqual([]);
    const past = { system: 'IDAAS', reason: 'x', until: '2020-01-01T00:00:00Z' };
    const over = await update('paused_systems', [past], null, 'ZH_CN');
    expect(over.userErrors).toMatchObject([
      { code: 'INVALID', path: ['value', '0', 'until'], message: expect.stringContaining('已经过去') },
    ]);
    const coming = { ...past, until: '2999-01-01T00:00:00Z' };
    expect((await update('paused_systems', [coming])).userErrors).toEqual([]);
    expect((await update('country_aliases', { 国: 'XX' })).userErrors).toMatchObject([{ code: 'INVALID' }]);
  });

  it('are none when none is asked for', async () => {
    expect(await api.read('{ settings(keys: []) { key } }')).toEqual({ settings: [] });
  });

  it('show what SQL stored, and what is in force where that is refused', async () => {
    await api.execute(
      `insert into setting (key, value) values ('${KEY}', '9'), ('person_name_check', '"lax"')`,
    );
    const query = `{ settings(keys: ["person_name_check", "${KEY}", "nobody"]) { key value version updatedBy } }`;
    expect((await api.read(query)).settings).toEqual([
      { key: KEY, value: 9, version: 1, updatedBy: 'sql:accountsync' },
      { key: 'person_name_check', value: 'strict', version: 1, updatedBy: 'sql:accountsync' },
    ]);
  });
});

describe('updateSetting', () => {
  it('sets, counts versions, and keeps who changed what', async () => {
    expect(await update(KEY, 7, 0)).toEqual({
      setting: {
        key: KEY,
        value: 7,
        defaultValue: 5,
        version: 1,
        updatedBy: 'admin',
        updatedAt: expect.any(String),
      },
      userErrors: [],
    });
    expect((await update(KEY, 8, 1)).setting).toMatchObject({ value: 8, version: 2 });
    await update('task_processing_enabled', false);
    const { nodes, totalCount } = await changes();
    expect(totalCount).toBe(3);
    expect(nodes).toMatchObject([
      { key: 'task_processing_enabled', oldValue: null, newValue: false, changedBy: 'admin' },
      { key: KEY, oldValue: 7, newValue: 8, changedBy: 'admin' },
      { key: KEY, oldValue: null, newValue: 7, changedBy: 'admin' },
    ]);
    expect((await changes(`, key: "${KEY}"`)).totalCount).toBe(2);
    expect((await changes(', key: "a\\u0000"')).totalCount).toBe(0);
    const { node } = await api.read(
      `{ node(id: "${nodes[0].id}") { __typename ... on SettingChange { key } } }`,
    );
    expect(node).toEqual({ __typename: 'SettingChange', key: 'task_processing_enabled' });
  });

  it('keeps a row for the default, and writes nothing for the value it has', async () => {
    expect((await update(KEY, 5)).setting).toMatchObject({ value: 5, version: 1 });
    expect((await update(KEY, 5)).setting).toMatchObject({ value: 5, version: 1 });
    expect((await changes()).totalCount).toBe(1);
  });

  it('refuses an outdated version, naming the present one', async () => {
    await update(KEY, 7);
    const { setting, userErrors } = await update(KEY, 8, 0);
    expect(setting).toMatchObject({ value: 7, version: 1 });
    expect(userErrors).toEqual([
      {
        code: 'VERSION_CONFLICT',
        path: ['expectedVersion'],
        message: expect.stringContaining('you saw version 0, it is 1 now'),
      },
    ]);
    expect((await update(KEY, 8, 5, 'ZH_CN')).userErrors[0].message).toContain('现在是版本 1');
    expect((await changes()).totalCount).toBe(1);
  });

  it('lets one of two win who set a key for the first time at once', async () => {
    const payloads = await Promise.all([update(KEY, 7, 0), update(KEY, 8, 0)]);
    const codes = payloads.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code));
    expect(codes).toEqual(['VERSION_CONFLICT']);
    expect((await changes()).totalCount).toBe(1);
  });

  it('notices changes by SQL, and does not attribute them to an earlier principal', async () => {
    await update(KEY, 7);
    await api.execute(`update setting set value = '9' where key = '${KEY}'`);
    expect((await update(KEY, 10, 1)).userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
    expect((await update(KEY, 10, 2)).userErrors).toEqual([]);
    await api.execute(`delete from setting where key = '${KEY}'`);
    expect((await changes()).nodes).toMatchObject([
      { oldValue: 10, newValue: null, changedBy: 'sql:accountsync' },
      { oldValue: 9, newValue: 10, changedBy: 'admin' },
      { oldValue: 7, newValue: 9, changedBy: 'sql:accountsync' },
      { oldValue: null, newValue: 7, changedBy: 'admin' },
    ]);
  });

  it('refuses what is no value of it, saying where and what is expected', async () => {
    const { setting, userErrors } = await update('account_creation_retry_delays_seconds', [1, 'soon']);
    expect(setting).toMatchObject({ version: 0 });
    expect(userErrors).toEqual([
      { code: 'INVALID', path: ['value', '1'], message: expect.stringContaining('expected number') },
    ]);
    const [error] = (await update(KEY, '7', null, 'ZH_CN')).userErrors;
    expect(error).toMatchObject({ path: ['value'], message: expect.stringContaining('应为数字') });
    const nul = (await update('reserved_local_parts', ['a\0'])).userErrors;
    expect(nul).toMatchObject([{ code: 'INVALID', path: ['value', '0'] }]);
    expect((await changes()).totalCount).toBe(0);
  });

  it('refuses a circle of dependencies, naming it', async () => {
    const graph = { IDAAS: ['EMAIL'], WELINK: [], EMAIL: ['IDAAS'] };
    expect((await update('account_dependencies', graph)).userErrors).toEqual([
      { code: 'INVALID', path: ['value'], message: expect.stringContaining('IDAAS → EMAIL → IDAAS') },
    ]);
  });

  it.for(['no_such_setting', 'constructor', 'a\0b'])('knows no key %j', async (key) => {
    expect(await update(key, 1)).toEqual({
      setting: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['key'], message: expect.any(String) }],
    });
  });

  it('takes literals in the document too', async () => {
    const { updateSetting: payload } = await api.read(`mutation { updateSetting(input: {
      key: "account_dependencies", value: { EMAIL: ["WELINK"] } }) { setting { value } userErrors { message } } }`);
    expect(payload).toEqual({ setting: { value: { EMAIL: ['WELINK'] } }, userErrors: [] });
  });
});

it('a change is in force in another process within two seconds', async () => {
  const bench = await ProvisioningBench.start({ worker: false });
  try {
    const here = new LiveSettings(installedSettings, pino({ level: 'silent' }));
    const context = { em: bench.core.orm.em.fork(), settings: here, principal: 'admin' };
    const outcome = await updateSetting(context, { key: KEY, value: 9, expectedVersion: null });
    expect(outcome.userErrors).toEqual([]);
    expect(await inTime(bench.sql, EFFECTIVE_WITHIN_MS, () => bench.settings.get(KEY) === 9)).toBe(true);
  } finally {
    await bench.stop();
  }
});
