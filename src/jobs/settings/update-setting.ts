import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import { isBelowLegalMinimum, LEGAL_MINIMUM_DAYS } from '../../domain/maintenance/retention.ts';
import { checkSetting } from '../../domain/settings/check-setting.ts';
import { Setting } from '../../entities/settings/setting.ts';
import type { Sql } from '../../entities/tables.ts';
import { databaseTime, inTransaction } from '../../entities/transaction.ts';
import type { LiveSettings } from '../kit/live-settings.ts';

/** Dependencies of changing a Setting. */
export interface UpdateSettingContext {
  readonly em: EntityManager;
  readonly settings: LiveSettings;
  /** The signed-in principal; a trigger stores it in `setting_change`. */
  readonly principal: string;
}

/** Why a Setting was not changed. */
export interface UpdateSettingError {
  readonly code: string;
  readonly parameters: ErrorParameters;
  readonly path: readonly string[];
}

export interface UpdateSettingOutcome {
  /** False: there is no Setting of this key. */
  readonly known: boolean;
  readonly userErrors: readonly UpdateSettingError[];
}

/**
 * Sets a Setting. With `expectedVersion` only when that is its present version; one without a row has version 0. The
 * default is a value like any other and keeps a row. The value it has already changes nothing. Triggers write the
 * audit entry and notify every process.
 */
export async function updateSetting(
  context: UpdateSettingContext,
  input: { readonly key: string; readonly value: unknown; readonly expectedVersion: number | null },
): Promise<UpdateSettingOutcome> {
  const { key } = input;
  const definition = context.settings.definition(key);
  if (definition === null) {
    const parameters = { kind: 'Setting', id: key.replaceAll('\0', '').slice(0, 100) };
    return { known: false, userErrors: [{ code: 'NOT_FOUND', parameters, path: ['key'] }] };
  }
  const checked = checkSetting(key, definition, input.value);
  if (!('value' in checked)) return { known: true, userErrors: checked.problems };
  if (isBelowLegalMinimum(key, checked.value, context.settings.get('retention_below_legal_minimum'))) {
    const parameters = { variant: 'LEGAL_MINIMUM', key, field: 'value', minimum: LEGAL_MINIMUM_DAYS };
    return { known: true, userErrors: [{ code: 'INVALID', parameters, path: ['value'] }] };
  }
  const change = { ...input, value: checked.value };
  return inTransaction(context.em, async (tx, em) => {
    const nonsense = await findNonsense(tx, change);
    if (nonsense.length > 0) return { known: true, userErrors: nonsense };
    const conflict = await store({ tx, em }, context.principal, change);
    return { known: true, userErrors: conflict === null ? [] : [conflict] };
  });
}

/** Problems of a well-formed value that makes no sense here and now. */
async function findNonsense(
  tx: Sql,
  { key, value }: { readonly key: string; readonly value: unknown },
): Promise<UpdateSettingError[]> {
  switch (key) {
    case 'default_person_type':
      return typeof value === 'string' && value !== '' ? findUnknownType(tx, value) : [];
    case 'paused_systems': {
      const { rows } = await sql<{ index: number; until: string }>`
        select p.position::int - 1 as index, p.value->>'until' as until
        from jsonb_array_elements(${JSON.stringify(value)}::jsonb) with ordinality as p(value, position)
        where (p.value->>'until')::timestamptz <= clock_timestamp()
          and not exists (select 1 from setting s where s.key = 'paused_systems' and s.value @> jsonb_build_array(p.value))`.execute(
        tx,
      );
      return rows.map(({ index, until }) => ({
        code: 'INVALID',
        parameters: { variant: 'PAUSE_OVER', key, field: `value[${index}].until`, until },
        path: ['value', String(index), 'until'],
      }));
    }
    default:
      return [];
  }
}

async function findUnknownType(tx: Sql, type: string): Promise<UpdateSettingError[]> {
  const { rows } = await sql<{ type: string; same: boolean }>`
    select person_type as type, person_type = ${type} or ${type} = any(aliases) as same
    from person_type_mapping where is_active order by person_type`.execute(tx);
  if (rows.some(({ same }) => same)) return [];
  const known = rows.map((row) => row.type);
  const parameters = {
    variant: 'PERSON_TYPE_UNKNOWN',
    key: 'default_person_type',
    field: 'value',
    value: type,
    known,
  };
  return [{ code: 'INVALID', parameters, path: ['value'] }];
}

/**
 * Stores the value. When two callers set a key for the first time at once, the second insert fails and its
 * transaction runs again.
 */
async function store(
  { tx, em }: { readonly tx: Sql; readonly em: EntityManager },
  principal: string,
  change: { readonly key: string; readonly value: unknown; readonly expectedVersion: number | null },
): Promise<UpdateSettingError | null> {
  const { key, value, expectedVersion } = change;
  const setting = await em.findOne(Setting, key, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const actual = setting?.version ?? 0;
  if (expectedVersion !== null && expectedVersion !== actual) {
    const parameters = { kind: 'Setting', id: key, expected: expectedVersion, actual };
    return { code: 'VERSION_CONFLICT', parameters, path: ['expectedVersion'] };
  }
  const at = await databaseTime(tx);
  if (setting === null) em.create(Setting, { key, value, version: 1, updatedBy: principal, updatedAt: at });
  else setting.change(value, principal, at);
  await em.flush();
  return null;
}
