import { type Selectable, sql } from 'kysely';
import type { SettingDefinition } from '../../domain/settings/setting-definition.ts';
import type { Database } from '../../entities/tables.ts';
import type { RequestScope } from '../context/context.ts';
import { sqlOf } from '../reading/loaders.ts';

export type SettingChangeRow = Selectable<Database['setting_change']>;

/** A Setting as it stands: what is stored, else its default. */
export interface SettingShape {
  readonly key: string;
  readonly definition: SettingDefinition;
  readonly value: unknown;
  readonly version: number;
  readonly updatedAt: string | null;
  readonly updatedBy: string | null;
}

/** `select … from`, to be followed by `where`. */
export const selectSettingChanges = sql<SettingChangeRow>`select c.* from setting_change c`;

/** These Settings, by key; keys that nobody knows are left out. */
export async function readSettings(scope: RequestScope, keys: readonly string[]): Promise<SettingShape[]> {
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
