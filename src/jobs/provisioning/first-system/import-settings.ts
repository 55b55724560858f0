import { sql } from 'kysely';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { mapSetting } from '../../../domain/provisioning/first-system/map-rows.ts';
import { rowError } from '../../../domain/provisioning/first-system/read-values.ts';
import { checkSetting } from '../../../domain/settings/check-setting.ts';
import { variableOfKey } from '../../../domain/settings/former-variables.ts';
import { settingText, settingValue } from '../../../domain/settings/setting-text.ts';
import type { NewRunItem } from '../../runs/run-record.ts';
import { differing } from '../claims/differing.ts';
import { type ImportContext, type ReadRow, tableImport } from './table-import.ts';

type Row = ReadRow<ReturnType<typeof mapSetting>>;

/**
 * Imports Settings of the same key: valid values only, where none is set here. Credentials are never taken; the
 * report names the variables to set instead. The time of the last sync is not taken either: that sync passed over
 * failures, so the first one here is full.
 */
export const settingsImport = tableImport({ table: 'syncconfig', map: mapSetting, store: storeSettings });

async function storeSettings(context: ImportContext, rows: readonly Row[]) {
  const { tx, settings, dry, principal } = context;
  const refused = new Map<string, StoredError>();
  const noted: NewRunItem[] = [];
  const variables = rows.flatMap(({ value }) => variableOfKey(value.key) ?? []);
  const unknown: string[] = [];
  for (const { key: row, value } of rows) {
    const { key } = value;
    const definition = settings.definition(key);
    if (definition === null) {
      if (variableOfKey(key) === null) unknown.push(key);
      continue;
    }
    const parsed = settingValue(key, value.value, definition.defaultValue);
    const checked = parsed === undefined ? null : checkSetting(key, definition, parsed);
    if (checked === null || !('value' in checked)) {
      refused.set(row, rowError('VALUE', { key }));
      continue;
    }
    const { rows: present } = await sql<{ value: unknown }>`
      select value from setting where key = ${key}`.execute(tx);
    const [stored] = present;
    const there = settingText(key, checked.value);
    const here = settingText(key, stored === undefined ? definition.defaultValue : stored.value);
    if (here === there) continue;
    if (stored !== undefined)
      noted.push(differing(key, 'FIRST_SYSTEM_DIFFERS', { fields: [key], here, there }));
    else if (!dry)
      await sql`
        insert into setting (key, value, version, updated_by)
        values (${key}, ${JSON.stringify(checked.value)}::jsonb, 1, ${principal}) on conflict do nothing`.execute(
        tx,
      );
  }
  return { refused, noted, facts: { variablesToSet: variables, unknownSettings: unknown } };
}
