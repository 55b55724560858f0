import { sql } from 'kysely';
import { z } from 'zod';
import type { SettingDefinition } from '../../domain/settings/setting-definition.ts';
import { settingGroup } from '../../domain/settings/setting-group.ts';
import { updateSetting } from '../../jobs/settings/update-setting.ts';
import { localeArgument } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { addMutation } from '../building/mutation.ts';
import type { RequestScope } from '../context/context.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';
import { sqlOf } from '../reading/loaders.ts';

/** A Setting as it stands: what is stored, else its default. */
interface SettingShape {
  readonly key: string;
  readonly definition: SettingDefinition;
  readonly value: unknown;
  readonly version: number;
  readonly updatedAt: string | null;
  readonly updatedBy: string | null;
}

const Setting = builder.objectRef<SettingShape>('Setting').implement({
  description:
    'A typed, validated, audited value that operators change at run time; in force everywhere within 2 seconds.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Its name; unique.' }),
    value: t.field({
      type: 'JSON',
      description: 'The value in force.',
      resolve: (setting) => setting.value,
    }),
    defaultValue: t.field({
      type: 'JSON',
      description: 'The value of a Setting that was never set.',
      resolve: (setting) => setting.definition.defaultValue,
    }),
    description: t.string({
      description: 'What it means.',
      args: localeArgument,
      resolve: ({ definition }, { locale }, scope) =>
        (locale ?? scope.locale) === 'ZH_CN' ? definition.zh : definition.en,
    }),
    group: t.string({
      description: 'What it is about, to show those of a kind together: `schedules`, `systems`, `names`, …',
      resolve: ({ key }) => settingGroup(key),
    }),
    schema: t.field({
      type: 'JSON',
      description: 'JSON Schema of its value.',
      resolve: ({ definition }) => z.toJSONSchema(definition.schema, { unrepresentable: 'any', io: 'input' }),
    }),
    version: t.exposeInt('version', {
      description: 'Grows with every change; 0: never set. For `expectedVersion`.',
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was set last; null: never set.',
      resolve: (setting) => setting.updatedAt,
    }),
    updatedBy: t.exposeString('updatedBy', {
      nullable: true,
      description: 'Who set it last: a principal, `environment`, or `sql:` and a database user.',
    }),
  }),
});

builder.queryField('settings', (t) =>
  t.field({
    ...needs('operate'),
    type: [Setting],
    description: 'Every Setting, by key.',
    args: {
      keys: t.arg.stringList({ description: 'Only these; unknown ones are left out.' }),
    },
    resolve: (_root, { keys }, scope) => {
      const known = scope.services.settings.keys;
      return readSettings(scope, keys == null ? known : known.filter((key) => keys.includes(key)));
    },
  }),
);

addMutation('updateSetting', {
  rule: needs('operate'),
  description:
    'Sets a Setting; in force in every process within 2 seconds, and what waited for it moves at once.',
  about: 'What to set.',
  input: (t) => ({
    key: t.string({ required: true, description: 'Key of the Setting.' }),
    value: t.field({
      type: 'JSON',
      required: true,
      description: 'Its new value; the default is a value like any other.',
    }),
    expectedVersion: t.int({
      description: 'Sets it only if this is its present version; 0: only if it was never set.',
    }),
  }),
  run: async ({ key, value, expectedVersion }, scope) => {
    const change = { key, value, expectedVersion: expectedVersion ?? null };
    return { key, ...(await updateSetting(operationContext(scope), change)) };
  },
  payload: (t) => ({
    setting: t.field({
      type: Setting,
      nullable: true,
      description: 'The Setting as it stands now, changed or not; null when there is none of this key.',
      resolve: async ({ known, key }, _args, scope) => {
        const [setting = null] = known ? await readSettings(scope, [key]) : [];
        return setting;
      },
    }),
  }),
});

/** These Settings, by key; unknown keys are left out. */
async function readSettings(scope: RequestScope, keys: readonly string[]): Promise<SettingShape[]> {
  const { settings } = scope.services;
  const stored = await sqlOf(scope)
    .selectFrom('setting')
    .selectAll()
    .where('key', '=', sql<string>`any(${[...keys]}::text[])`)
    .execute();
  const rows = new Map(stored.map((row) => [row.key, row]));
  return keys.toSorted().flatMap((key): SettingShape[] => {
    const definition = settings.definition(key);
    if (definition === null) return [];
    const row = rows.get(key);
    if (row === undefined) {
      const value = definition.defaultValue;
      return [{ key, definition, value, version: 0, updatedAt: null, updatedBy: null }];
    }
    // A value that SQL stored and the service refuses: what is in force is shown.
    const parsed = definition.schema.safeParse(row.value);
    const value = parsed.success ? parsed.data : settings.raw(key);
    const { version, updated_at: updatedAt, updated_by: updatedBy } = row;
    return [{ key, definition, value, version, updatedAt, updatedBy }];
  });
}
