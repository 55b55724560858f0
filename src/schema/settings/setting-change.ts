import type { Selectable } from 'kysely';
import { type SqlBool, sql } from 'kysely';
import type { Database } from '../../entities/tables.ts';
import { byPageSize, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { addNode } from '../building/node.ts';
import { needs } from '../permissions/rules.ts';
import { PAGE_MAX, parsePage } from '../reading/connection.ts';
import { encodeGlobalId } from '../reading/global-id.ts';
import { type Condition, type Listing, readListing } from '../reading/listing.ts';
import { rowById, sqlOf } from '../reading/loaders.ts';
import { canBeStored } from '../reading/text-filter.ts';

type SettingChangeRow = Selectable<Database['setting_change']>;

/** `select … from`, to be followed by `where`. */
const selectSettingChanges = sql<SettingChangeRow>`select c.* from setting_change c`;

const changeListing: Listing<SettingChangeRow> = {
  list: 'settingChanges',
  select: selectSettingChanges,
  key: 'c.id',
  keyColumn: 'id',
  order: 'desc',
  keyOf: (change) => change.id,
};

/** Changes by primary key. */
const settingChangeById = rowById<SettingChangeRow>(async (scope, ids) => {
  const { rows } = await sql<SettingChangeRow>`
    ${selectSettingChanges} where c.id = any(${[...ids]}::bigint[])`.execute(sqlOf(scope));
  return rows;
});

export const SettingChange = builder.objectRef<SettingChangeRow>('SettingChange').implement({
  description: 'Who changed which Setting from what to what, and when; also by SQL.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: (change) => encodeGlobalId('SettingChange', change.id),
    }),
    key: t.exposeString('key', { description: 'Key of the Setting.' }),
    oldValue: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The value before; null: it had the default.',
      resolve: (change) => change.old_value,
    }),
    newValue: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What it became; null: its row was deleted and the default rules again.',
      resolve: (change) => change.new_value,
    }),
    changedBy: t.exposeString('changed_by', {
      description: 'A principal, `environment` (first value), or `sql:` and a database user.',
    }),
    changedAt: t.field({
      type: 'DateTime',
      description: 'When.',
      resolve: (change) => change.changed_at,
    }),
  }),
});

addNode('SettingChange', { rule: ['operate'], loader: settingChangeById });
const SettingChangeConnection = builder.connectionObject(
  {
    type: SettingChange,
    name: 'SettingChangeConnection',
    description: 'A page of changes of Settings.',
  },
  { name: 'SettingChangeEdge', description: 'A change and its cursor.' },
);

builder.queryField('settingChanges', (t) =>
  t.field({
    ...needs('operate'),
    type: SettingChangeConnection,
    description: 'Changes of Settings, newest first.',
    args: { ...pageArguments, key: t.arg.string({ description: 'Only of this Setting.' }) },
    complexity: byPageSize,
    resolve: (_root, { key, ...args }, scope) => {
      const page = parsePage(args, { list: changeListing.list, max: PAGE_MAX });
      return readListing(scope, changeListing, { page, conditions: keyConditions(key) });
    },
  }),
);

function keyConditions(key: string | null | undefined): Condition[] {
  if (key == null) return [];
  return canBeStored(key) ? [sql<SqlBool>`c.key = ${key}`] : [sql<SqlBool>`false`];
}
