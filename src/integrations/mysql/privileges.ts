import type { PermissionCategory } from '../../domain/databases/engines.ts';
import { grant, type Permission } from '../../domain/databases/permissions/permission.ts';

/** Keywords of the bits of `access` in MariaDB's mysql.global_priv; bit 10 is the grant option. */
const mariaBits: readonly (string | null)[] = [
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'CREATE',
  'DROP',
  'RELOAD',
  'SHUTDOWN',
  'PROCESS',
  'FILE',
  null,
  'REFERENCES',
  'INDEX',
  'ALTER',
  'SHOW DATABASES',
  'SUPER',
  'CREATE TEMPORARY TABLES',
  'LOCK TABLES',
  'EXECUTE',
  'REPLICATION SLAVE',
  'BINLOG MONITOR',
  'CREATE VIEW',
  'SHOW VIEW',
  'CREATE ROUTINE',
  'ALTER ROUTINE',
  'CREATE USER',
  'EVENT',
  'TRIGGER',
  'CREATE TABLESPACE',
  'DELETE HISTORY',
  'SET USER',
  'FEDERATED ADMIN',
  'CONNECTION ADMIN',
  'READ_ONLY ADMIN',
  'REPLICATION SLAVE ADMIN',
  'REPLICATION MASTER ADMIN',
  'BINLOG ADMIN',
  'BINLOG REPLAY',
  'SLAVE MONITOR',
  'SHOW CREATE ROUTINE',
];
const GRANT_BIT = 1n << 10n;
/** The first bits that came with a version: an administrator's `access` has all of them set, known or not. */
const bitsSince: readonly (readonly [version: number, bits: number])[] = [
  [1103, 40],
  [1005, 39],
  [0, 30],
];

/** Rights of the whole server of a MariaDB account. @param version such as 1011 for 10.11. */
export function mariaGlobals(
  access: bigint,
  version: number,
): { readonly privileges: string[]; readonly option: boolean } {
  const known = bitsSince.find(([since]) => version >= since)?.[1] ?? 0;
  const privileges = mariaBits.slice(0, known).flatMap((name, bit) => {
    if (name === null || (access & (1n << BigInt(bit))) === 0n) return [];
    return [name === 'BINLOG MONITOR' && version < 1005 ? 'REPLICATION CLIENT' : name];
  });
  return { privileges, option: (access & GRANT_BIT) !== 0n };
}

const oddColumns: Readonly<Record<string, string>> = {
  SHOW_DB: 'SHOW DATABASES',
  CREATE_TMP_TABLE: 'CREATE TEMPORARY TABLES',
  REPL_SLAVE: 'REPLICATION SLAVE',
  REPL_CLIENT: 'REPLICATION CLIENT',
  DELETE_VERSIONING_ROWS: 'DELETE HISTORY',
};

/** The keyword of a column such as `Show_db_priv`; null when it is none of a right, the grant option among them. */
export function privilegeOfColumn(column: string): string | null {
  const name = /^(\w+)_priv$/i.exec(column)?.[1]?.toUpperCase();
  if (name === undefined || name === 'GRANT') return null;
  return oddColumns[name] ?? name.replaceAll('_', ' ');
}

/** Keywords of a set column such as `Select,Grant,Create View`, and whether the grant option is among them. */
export function parsePrivilegeSet(value: string): {
  readonly privileges: string[];
  readonly option: boolean;
} {
  const words = value.split(',').filter((word) => word !== '');
  const upper = words.map((word) => word.toUpperCase());
  return {
    privileges: upper
      .filter((word) => word !== 'GRANT')
      .map((word) => (word === 'DELETE VERSIONING ROWS' ? 'DELETE HISTORY' : word)),
    option: upper.includes('GRANT'),
  };
}

/**
 * Rows of one level. One with nothing but its grant option is a single `USAGE`, unless columns carry that.
 */
export function levelRows(
  category: PermissionCategory,
  level: {
    readonly scope: string;
    readonly object?: string | null;
    readonly privileges: readonly string[];
    readonly option: boolean;
    readonly carried?: boolean;
  },
): readonly Permission[] {
  const { scope, object = null, privileges, option, carried = false } = level;
  if (privileges.length === 0)
    return option && !carried
      ? [grant(category, { scope, object, privilege: 'USAGE', grantable: true })]
      : [];
  return privileges.map((privilege) => grant(category, { scope, object, privilege, grantable: option }));
}
