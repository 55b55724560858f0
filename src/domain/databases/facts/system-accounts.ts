import type { DatabaseEngine } from '../engines.ts';
import { likePattern } from '../permissions/like.ts';

/** Accounts that an engine brings along or keeps for itself: marked, never hidden. LIKE patterns over their names. */
const ownPatterns: Readonly<Record<DatabaseEngine, readonly string[]>> = {
  MYSQL: ['mysql.sys', 'mysql.session', 'mysql.infoschema', 'mariadb.sys', 'PUBLIC'],
  // Names that begin with pg_ are PostgreSQL's own; pgbouncer's are not.
  POSTGRESQL: ['pg\\_%', 'PUBLIC', 'rdsadmin', 'rds\\_superuser'],
  SQLSERVER: ['public', 'guest', '##%##', 'NT SERVICE\\\\%', 'NT AUTHORITY\\\\%', 'BUILTIN\\\\%'],
  ORACLE: ['PUBLIC'],
};

/** Tells system accounts by the engine's rules; what its catalog marks as its own comes with the account. */
export function systemAccountTest(
  engine: DatabaseEngine,
  patterns: readonly string[],
): (account: { readonly name: string; readonly isSystem: boolean }) => boolean {
  const tests = [...ownPatterns[engine], ...patterns].map((pattern) =>
    likePattern(pattern, { ignoreCase: engine === 'SQLSERVER' || engine === 'ORACLE' }),
  );
  return ({ name, isSystem }) => isSystem || tests.some((matches) => matches(name));
}
