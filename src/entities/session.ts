/**
 * Settings that every session of ours makes at connect, so that no default of a role, a database or a server changes
 * our reads and writes: formats of times and bytes, string escapes, the isolation we count on, and no time limits but
 * ours.
 */
const SETTINGS = {
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  standard_conforming_strings: 'on',
  backslash_quote: 'safe_encoding',
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
} as const;
/** Not through a pooler, whose connections they would stay with. */
const DIRECT_ONLY = { lock_timeout: '0', transform_null_equals: 'off' } as const;

/** For the startup packet of a direct connection: it rules over `ALTER ROLE … SET`. */
export const SESSION_OPTIONS = Object.entries({ ...SETTINGS, ...DIRECT_ONLY })
  .map(([name, value]) => `-c ${name}=${value.replaceAll(' ', '\\ ')}`)
  .join(' ');

/** The same as statements; `statementTimeoutMs` 0: as long as it takes. A `search_path` that leads nowhere leads to public. */
export function sessionStatements(options: {
  readonly direct: boolean;
  readonly statementTimeoutMs: number;
}): string {
  const settings = options.direct
    ? { ...SETTINGS, ...DIRECT_ONLY, statement_timeout: String(options.statementTimeoutMs) }
    : SETTINGS;
  const said = Object.entries(settings).map(([name, value]) => `set ${name} = '${value}'`);
  const path = `select set_config('search_path', 'public', false) where current_schema() is null`;
  return [...said, path].join('; ');
}
