import { z } from 'zod';
import type { PermissionCategory } from '../../domain/databases/engines.ts';
import type { CategoryCoverage } from '../../domain/databases/permissions/catalog.ts';
import { note, readCategories } from '../sql/read-categories.ts';
import type { MysqlSession } from './session.ts';

/** Whose a row of a grant table is. */
const owner = { user: z.string(), host: z.string() };
const tableShape = z.object({
  ...owner,
  db: z.string(),
  name: z.string(),
  rights: z.string(),
  columns: z.string(),
});
const columnShape = z.object({
  ...owner,
  db: z.string(),
  table: z.string(),
  name: z.string(),
  rights: z.string(),
});
const routineShape = z.object({
  ...owner,
  db: z.string(),
  type: z.string(),
  name: z.string(),
  rights: z.string(),
});
const proxyShape = z.object({
  ...owner,
  proxied_user: z.string(),
  proxied_host: z.string(),
  option: z.coerce.boolean(),
});
const edgeShape = z.object({ ...owner, role: z.string(), role_host: z.string(), admin: z.string() });
const defaultShape = z.object({ ...owner, role: z.string(), role_host: z.string() });
const dynamicShape = z.object({ ...owner, privilege: z.string(), option: z.string() });
const levelShape = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const fieldShape = z.object({ Field: z.string() });
const mariaShape = z.object({
  ...owner,
  access: z.string().nullable(),
  is_role: z.string().nullable(),
  locked: z.string().nullable(),
  plugin: z.string().nullable(),
  changed: z.string().nullable(),
  lifetime: z.string().nullable(),
  default_role: z.string().nullable(),
  max_questions: z.string().nullable(),
  max_updates: z.string().nullable(),
  max_connections: z.string().nullable(),
  max_user_connections: z.string().nullable(),
  ssl_type: z.string().nullable(),
});

export type MysqlLevel = z.output<typeof levelShape>;
export type MariaAccount = z.output<typeof mariaShape>;
export type MysqlEdge = z.output<typeof edgeShape>;
export type MysqlDynamic = z.output<typeof dynamicShape>;
export type MysqlDefault = z.output<typeof defaultShape>;

/** Grants that every product keeps in the same tables. */
export interface MysqlGrants {
  readonly databases: readonly MysqlLevel[];
  readonly tables: readonly z.output<typeof tableShape>[];
  readonly columns: readonly z.output<typeof columnShape>[];
  readonly routines: readonly z.output<typeof routineShape>[];
  readonly proxies: readonly z.output<typeof proxyShape>[];
}

/** Where each category is read, for probing what may be read; some have two sources. @param version such as 800. */
export function sourcesOf(server: {
  readonly mariaDb: boolean;
  readonly version: number;
}): readonly (readonly [PermissionCategory, string])[] {
  const accounts = server.mariaDb ? 'global_priv' : 'user';
  const roles = server.mariaDb ? ['roles_mapping'] : ['role_edges', 'default_roles'];
  return [
    ['ATTRIBUTE', accounts],
    ['SERVER', accounts],
    ...(hasRoles(server) && !server.mariaDb ? ([['SERVER', 'global_grants']] as const) : []),
    ['DATABASE', 'db'],
    ['TABLE', 'tables_priv'],
    ['COLUMN', 'tables_priv'],
    ['COLUMN', 'columns_priv'],
    ['ROUTINE', 'procs_priv'],
    ...(hasRoles(server) ? roles.map((table) => ['ROLE', table] as const) : []),
    ['PROXY', 'proxies_priv'],
  ];
}

/** MySQL 5.7 has neither roles nor dynamic privileges. */
export function hasRoles({
  mariaDb,
  version,
}: {
  readonly mariaDb: boolean;
  readonly version: number;
}): boolean {
  return mariaDb || version >= 800;
}

/** Accounts of MariaDB: its view mysql.user lacks locks and its own rights. */
export const mariaAccountsQuery = `
  select User as user, Host as host, json_value(Priv, '$.access') as access, json_value(Priv, '$.is_role') as is_role,
    json_value(Priv, '$.account_locked') as locked, json_value(Priv, '$.plugin') as plugin,
    json_value(Priv, '$.password_last_changed') as changed, json_value(Priv, '$.password_lifetime') as lifetime,
    json_value(Priv, '$.default_role') as default_role, json_value(Priv, '$.max_questions') as max_questions,
    json_value(Priv, '$.max_updates') as max_updates, json_value(Priv, '$.max_connections') as max_connections,
    json_value(Priv, '$.max_user_connections') as max_user_connections, json_value(Priv, '$.ssl_type') as ssl_type
  from mysql.global_priv`;

export function readMariaAccounts(session: MysqlSession): Promise<readonly MariaAccount[]> {
  return session.rows(mariaAccountsQuery, mariaShape);
}

/** Columns of mysql.user that may be read without seeing what passwords are made of. */
const plainColumns = new Set([
  'user',
  'host',
  'plugin',
  'account_locked',
  'password_expired',
  'password_last_changed',
  'password_lifetime',
  'max_questions',
  'max_updates',
  'max_connections',
  'max_user_connections',
  'ssl_type',
]);

/** Accounts of MySQL 5.7 and later, whose columns differ by version: never the hash, only whether there is one. */
export async function readMysqlAccounts(session: MysqlSession): Promise<readonly MysqlLevel[]> {
  const fields = await session.rows('show columns from mysql.user', fieldShape);
  const names = fields.map(({ Field }) => Field);
  const columns = names
    .filter((name) => plainColumns.has(name.toLowerCase()) || /_priv$/i.test(name))
    .map((name) => `cast(\`${name}\` as char) as \`${name.toLowerCase()}\``);
  const attributes = names.includes('User_attributes')
    ? `cast(json_extract(User_attributes, '$.Restrictions') as char) as restrictions`
    : 'null as restrictions';
  return session.rows(
    `select ${columns.join(', ')}, ${attributes}, if(authentication_string = '', 'N', 'Y') as has_password from mysql.user`,
    levelShape,
  );
}

export async function readGrants(session: MysqlSession, coverage: CategoryCoverage[]): Promise<MysqlGrants> {
  const read = <Row>(category: PermissionCategory, text: string, shape: z.ZodType<Row>) =>
    readCategories(coverage, { categories: [category], scope: null, grant: null }, () =>
      session.rows(text, shape),
    );
  const databases = await read('DATABASE', 'select * from mysql.db', levelShape);
  const tables = await read(
    'TABLE',
    'select User as user, Host as host, Db as db, Table_name as name, Table_priv as rights, Column_priv as columns from mysql.tables_priv',
    tableShape,
  );
  const columns = await read(
    'COLUMN',
    'select User as user, Host as host, Db as db, Table_name as `table`, Column_name as name, Column_priv as rights from mysql.columns_priv',
    columnShape,
  );
  // Whether a column's right may be passed on stands with its table.
  const ofTables = coverage.find(({ category, status }) => category === 'TABLE' && status !== 'OK');
  if (ofTables !== undefined) coverage.push({ ...ofTables, category: 'COLUMN' });
  return {
    databases,
    tables,
    columns,
    routines: await read(
      'ROUTINE',
      'select User as user, Host as host, Db as db, Routine_type as type, Routine_name as name, Proc_priv as rights from mysql.procs_priv',
      routineShape,
    ),
    proxies: await read(
      'PROXY',
      'select User as user, Host as host, Proxied_user as proxied_user, Proxied_host as proxied_host, With_grant as `option` from mysql.proxies_priv',
      proxyShape,
    ),
  };
}

/** Who is in which role, and dynamic privileges. */
export async function readRoles(
  session: MysqlSession,
  coverage: CategoryCoverage[],
  server: { readonly mariaDb: boolean; readonly version: number },
) {
  const reading = { categories: ['ROLE'], scope: null, grant: null } as const;
  if (!hasRoles(server)) {
    note(coverage, reading, { status: 'UNSUPPORTED', grant: null, detail: null });
    return { edges: [], defaults: [], dynamic: [] };
  }
  if (server.mariaDb) {
    const edges = await readCategories(coverage, reading, () =>
      session.rows(
        `select User as user, Host as host, Role as role, '' as role_host, Admin_option as admin from mysql.roles_mapping`,
        edgeShape,
      ),
    );
    return { edges, defaults: [], dynamic: [] };
  }
  let defaults: readonly MysqlDefault[] = [];
  const edges = await readCategories(coverage, reading, async () => {
    defaults = await session.rows(
      'select USER as user, HOST as host, DEFAULT_ROLE_USER as role, DEFAULT_ROLE_HOST as role_host from mysql.default_roles',
      defaultShape,
    );
    return session.rows(
      'select TO_USER as user, TO_HOST as host, FROM_USER as role, FROM_HOST as role_host, WITH_ADMIN_OPTION as admin from mysql.role_edges',
      edgeShape,
    );
  });
  const dynamic = await readCategories(coverage, { categories: ['SERVER'], scope: null, grant: null }, () =>
    session.rows(
      'select USER as user, HOST as host, PRIV as privilege, WITH_GRANT_OPTION as `option` from mysql.global_grants',
      dynamicShape,
    ),
  );
  return { edges, defaults, dynamic };
}
