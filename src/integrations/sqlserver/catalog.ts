import { z } from 'zod';
import type { PermissionCategory } from '../../domain/databases/engines.ts';
import type { CategoryCoverage } from '../../domain/databases/permissions/catalog.ts';
import { readCategories } from '../sql/read-categories.ts';
import { type QueryRunner, rowsOf } from '../sql/run-query.ts';
import * as queries from './queries.ts';

const flag = z.number().nullable();
const serverShape = z.object({ version: z.string(), me: z.string(), allowed: z.number() });
const principalShape = z.object({
  id: z.number(),
  name: z.string(),
  type: z.string(),
  type_desc: z.string(),
  sid: z.string().nullable(),
  disabled: flag,
  fixed: flag,
  database_name: z.string().nullable(),
  policy: flag,
  expiration: flag,
  locked: flag,
  expired: flag,
  must_change: flag,
});
const memberShape = z.object({ role: z.number(), member: z.number() });
const serverPermissionShape = z.object({
  grantee: z.number(),
  class: z.number(),
  class_desc: z.string(),
  permission: z.string(),
  state: z.string(),
  name: z.string().nullable(),
});
const databaseShape = z.object({
  name: z.string(),
  state: z.number(),
  allowed: z.number(),
  owner: z.string().nullable(),
});
const userShape = z.object({
  id: z.number(),
  name: z.string(),
  type: z.string(),
  sid: z.string().nullable(),
  fixed: flag,
  authentication: z.string().nullable(),
});
const permissionShape = z.object({
  grantee: z.number(),
  class: z.number(),
  class_desc: z.string(),
  permission: z.string(),
  state: z.string(),
  schema_name: z.string().nullable(),
  name: z.string().nullable(),
  object_type: z.string().nullable(),
  column_name: z.string().nullable(),
  principal_name: z.string().nullable(),
  principal_type: z.string().nullable(),
  major: z.number(),
});

export type ServerPrincipal = z.output<typeof principalShape>;
export type Member = z.output<typeof memberShape>;
export type ServerPermission = z.output<typeof serverPermissionShape>;
export type SqlDatabase = z.output<typeof databaseShape>;
export type DatabaseUser = z.output<typeof userShape>;
export type DatabasePermission = z.output<typeof permissionShape>;

/** Categories that are read database by database. */
export const perDatabase: readonly PermissionCategory[] = [
  'DATABASE',
  'SCHEMA',
  'TABLE',
  'COLUMN',
  'ROUTINE',
  'SEQUENCE',
  'TYPE',
  'OBJECT',
];

/** Rows read from one database. */
export interface DatabaseReading {
  readonly database: SqlDatabase;
  readonly users: readonly DatabaseUser[];
  readonly members: readonly Member[];
  readonly permissions: readonly DatabasePermission[];
}

export async function readServer(runner: QueryRunner) {
  const [server] = await rowsOf(runner, queries.serverQuery, serverShape);
  if (server === undefined) throw new Error('The server said nothing of itself.');
  return server;
}

export async function readInventory(runner: QueryRunner) {
  return {
    principals: await rowsOf(runner, queries.principalsQuery, principalShape),
    databases: await rowsOf(runner, queries.databasesQuery, databaseShape),
  };
}

export async function readServerRights(runner: QueryRunner, coverage: CategoryCoverage[]) {
  const of = (category: PermissionCategory, scope: string | null) => ({
    categories: [category],
    scope,
    grant: null,
  });
  return {
    members: await readCategories(coverage, of('ROLE', '*'), () =>
      rowsOf(runner, queries.serverMembersQuery, memberShape),
    ),
    permissions: await readCategories(coverage, of('SERVER', null), () =>
      rowsOf(runner, queries.serverPermissionsQuery, serverPermissionShape),
    ),
  };
}

/** Users, roles and rights of one database, by three queries. */
export async function readDatabase(
  runner: QueryRunner,
  database: SqlDatabase,
  coverage: CategoryCoverage[],
): Promise<DatabaseReading> {
  const scope = database.name;
  let users: readonly DatabaseUser[] = [];
  const members = await readCategories(coverage, { categories: ['ROLE'], scope, grant: null }, async () => {
    users = await rowsOf(runner, queries.databasePrincipalsQuery(scope), userShape);
    return rowsOf(runner, queries.databaseMembersQuery(scope), memberShape);
  });
  const permissions = await readCategories(coverage, { categories: perDatabase, scope, grant: null }, () =>
    rowsOf(runner, queries.databasePermissionsQuery(scope), permissionShape),
  );
  return { database, users, members, permissions };
}
