import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { variableOfKey } from '../../../domain/settings/former-variables.ts';
import { settingText, settingValue } from '../../../domain/settings/setting-text.ts';
import { listParameters } from '../lists/list-parameters.ts';
import { pageOfAll } from '../lists/read-page.ts';
import { restOperation } from '../wire/operation.ts';
import { FieldErrorList, invalidFields, RestProblem, refused } from '../wire/problem.ts';
import { FieldReader } from '../wire/read-fields.ts';
import { ok, type RestAnswer, type RestCall, type RestRoute } from '../wire/route.ts';
import { fill, texts } from '../wire/texts.ts';
import { assertDone, userErrors } from '../wire/user-errors.ts';

const setting = z.object({
  key: z.string(),
  value: z.unknown(),
  defaultValue: z.unknown(),
  description: z.string(),
});
type Setting = z.output<typeof setting>;

const readSettings = restOperation(
  'query RestSettings { settings { key value defaultValue description } }',
  z.object({ settings: z.array(setting) }),
);
const updateSetting = restOperation(
  `mutation RestUpdateSetting($key: String!, $value: JSON!) { updateSetting(input: { key: $key, value: $value }) {
    setting { key value defaultValue description } userErrors { code message path } } }`,
  z.object({ updateSetting: z.object({ setting: setting.nullable(), userErrors }) }),
);

/** A number for each key, as the first system's rows had. */
function numberOf(key: string): number {
  return crc32(key);
}

function show({ key, value, description }: Setting) {
  return { id: numberOf(key), key, value: settingText(key, value), description };
}

async function readAll(call: RestCall): Promise<readonly Setting[]> {
  return (await call.run(readSettings)).settings;
}

/** By number, or by key. */
async function find(call: RestCall): Promise<Setting> {
  const wanted = call.path['id'] ?? '';
  assertNoVariable(call, wanted);
  const found = (await readAll(call)).find(({ key }) => key === wanted || String(numberOf(key)) === wanted);
  if (found === undefined) throw refused(404, texts.notFound[call.scope.locale]);
  return found;
}

/** Writing what is a variable here is gone; reading it finds nothing. */
function assertNoVariable({ scope, method }: RestCall, key: string): void {
  const variable = variableOfKey(key);
  if (variable === null || method === 'GET') return;
  throw new RestProblem(410, { detail: texts.gone[scope.locale], use: variable });
}

async function store(call: RestCall, { key, defaultValue }: Setting, text: string): Promise<RestAnswer> {
  const value = settingValue(key, text, defaultValue);
  if (value === undefined) throw invalidFields({ value: [texts.badValue[call.scope.locale]] });
  return ok(show(await update(call, key, value)));
}

async function update(call: RestCall, key: string, value: unknown): Promise<Setting> {
  const { updateSetting: outcome } = await call.run(updateSetting, { key, value });
  assertDone(outcome.userErrors, { key: 'key', value: 'value' });
  if (outcome.setting === null) throw refused(404, texts.notFound[call.scope.locale]);
  return outcome.setting;
}

async function createSetting(call: RestCall): Promise<RestAnswer> {
  const { locale } = call.scope;
  const { key, value } = readInput(call, ['key', 'value']);
  assertNoVariable(call, key ?? '');
  const found = (await readAll(call)).find((known) => known.key === key);
  if (found === undefined)
    throw invalidFields({ key: [fill(texts.unknownSetting[locale], 'key', (key ?? '').slice(0, 100))] });
  return { ...(await store(call, found, value ?? '')), status: 201 };
}

/** The key identifies the Setting, and stays. */
async function changeSetting(call: RestCall, required: readonly string[]): Promise<RestAnswer> {
  const found = await find(call);
  const { value } = readInput(call, required);
  return value === undefined ? ok(show(found)) : store(call, found, value);
}

function readInput(call: RestCall, required: readonly string[]) {
  const errors = new FieldErrorList();
  const fields = new FieldReader(call.body, { errors, locale: call.scope.locale });
  for (const name of required) fields.require(name);
  const input = { key: fields.text('key'), value: fields.text('value') };
  errors.assertNone();
  return input;
}

async function resetSetting(call: RestCall): Promise<RestAnswer> {
  const { key, defaultValue } = await find(call);
  await update(call, key, defaultValue);
  return { status: 204 };
}

const one = '/sync-configs/{id}/';
const gone = { status: 410, schema: 'Gone' } as const;
const changed = [{ status: 200, schema: 'SyncConfig' }, gone] as const;

/** Settings. */
export const settingRoutes: readonly RestRoute[] = [
  {
    method: 'GET',
    path: '/sync-configs/',
    operationId: 'sync_configs_list',
    field: 'Query.settings',
    text: { ZH_CN: '配置列表', EN: 'Settings' },
    query: listParameters(null, {}),
    answers: [{ status: 200, schema: 'PaginatedSyncConfigList' }],
    answer: async (call) => ok(pageOfAll(call, (await readAll(call)).map(show))),
  },
  {
    method: 'POST',
    path: '/sync-configs/',
    operationId: 'sync_configs_create',
    field: 'Mutation.updateSetting',
    text: { ZH_CN: '设置一个已知的配置', EN: 'Sets a setting that there is' },
    body: { schema: 'SyncConfig', forms: true },
    answers: [{ status: 201, schema: 'SyncConfig' }, gone],
    answer: createSetting,
  },
  {
    method: 'GET',
    path: one,
    operationId: 'sync_configs_retrieve',
    field: 'Query.settings',
    text: { ZH_CN: '一个配置，按数字编号或键', EN: 'One setting, by its number or its key' },
    answers: [{ status: 200, schema: 'SyncConfig' }],
    answer: async (call) => ok(show(await find(call))),
  },
  {
    method: 'PUT',
    path: one,
    operationId: 'sync_configs_update',
    field: 'Mutation.updateSetting',
    text: { ZH_CN: '修改配置', EN: 'Changes a setting' },
    body: { schema: 'SyncConfig', forms: true },
    answers: changed,
    answer: (call) => changeSetting(call, ['value']),
  },
  {
    method: 'PATCH',
    path: one,
    operationId: 'sync_configs_partial_update',
    field: 'Mutation.updateSetting',
    text: { ZH_CN: '修改配置', EN: 'Changes a setting' },
    body: { schema: 'PatchedSyncConfig', forms: true },
    answers: changed,
    answer: (call) => changeSetting(call, []),
  },
  {
    method: 'DELETE',
    path: one,
    operationId: 'sync_configs_destroy',
    field: 'Mutation.updateSetting',
    text: { ZH_CN: '恢复默认值', EN: 'Gives a setting its default' },
    answers: [{ status: 204, schema: null }, gone],
    answer: resetSetting,
  },
];
