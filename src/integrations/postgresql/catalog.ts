import { z } from 'zod';
import { categoryStatuses, type PermissionCategory } from '../../domain/databases/engines.ts';
import type { CategoryCoverage } from '../../domain/databases/permissions/catalog.ts';
import { note, readCategories } from '../sql/read-categories.ts';
import * as queries from './queries.ts';
import type { PostgresSession } from './session.ts';

/** Categories that are read database by database. */
export const perDatabase: readonly PermissionCategory[] = [
  'SCHEMA',
  'TABLE',
  'SEQUENCE',
  'COLUMN',
  'ROUTINE',
  'TYPE',
  'DEFAULT',
  'OBJECT',
];

const sessionShape = z.object({
  number: z.int(),
  version: z.string(),
  banner: z.string(),
  me: z.string(),
});
const roleShape = z.object({
  oid: z.string(),
  name: z.string(),
  rolsuper: z.boolean(),
  rolinherit: z.boolean(),
  rolcreaterole: z.boolean(),
  rolcreatedb: z.boolean(),
  rolcanlogin: z.boolean(),
  rolreplication: z.boolean(),
  rolbypassrls: z.boolean(),
  connlimit: z.int(),
  valid_until: z.string().nullable(),
  expired_always: z.boolean().nullable(),
});
const membershipShape = z.object({
  role: z.string(),
  member: z.string(),
  admin: z.boolean(),
  inherits: z.boolean(),
  sets: z.boolean(),
});
const databaseShape = z.object({
  name: z.string(),
  open: z.boolean(),
  allowed: z.boolean(),
  owner: z.string(),
});
const rightShape = z.object({
  kind: z.string(),
  names: z.array(z.string()),
  grantee: z.string(),
  privilege: z.string(),
  grantable: z.boolean(),
});

export type PostgresRole = z.output<typeof roleShape>;
export type PostgresMembership = z.output<typeof membershipShape>;
export type PostgresDatabase = z.output<typeof databaseShape>;
export type PostgresRight = z.output<typeof rightShape>;
export type PostgresServer = z.output<typeof sessionShape>;

/** A right and the database it was read in; null: it belongs to none. */
export interface PlacedRight extends PostgresRight {
  readonly scope: string | null;
}

/** Who we are and what the server is. */
export async function readServer(session: PostgresSession): Promise<PostgresServer> {
  const [server] = await session.rows(queries.sessionQuery, sessionShape);
  if (server === undefined) throw new Error('The server said nothing of itself.');
  return server;
}

/** Roles and databases: without them nothing else has a meaning, so a failure is the instance's. */
export async function readInventory(session: PostgresSession) {
  return {
    roles: await session.rows(queries.rolesQuery, roleShape),
    databases: await session.rows(queries.databasesQuery, databaseShape),
  };
}

/** Memberships, and the rights of databases, tablespaces and parameters. */
export async function readShared(
  session: PostgresSession,
  server: PostgresServer,
  coverage: CategoryCoverage[],
) {
  note(coverage, { categories: ['ATTRIBUTE'], scope: null }, { status: 'OK', grant: null, detail: null });
  const memberships = await readCategories(coverage, { categories: ['ROLE'], scope: null, grant: null }, () =>
    session.rows(queries.membershipsQuery(server.number), membershipShape),
  );
  const shared = await readCategories(coverage, { categories: ['DATABASE'], scope: null, grant: null }, () =>
    session.rows(queries.sharedQuery(server.number), rightShape),
  );
  const [noted] = coverage.filter(({ category }) => category === 'DATABASE');
  coverage.push({
    category: 'OBJECT',
    scope: '*',
    status: categoryStatuses.find((status) => status === noted?.status) ?? 'OK',
    grant: null,
    detail: noted?.detail ?? null,
  });
  return { memberships, shared: shared.map((right): PlacedRight => ({ ...right, scope: null })) };
}

/** Rights of one database, by seven queries. */
export async function readDatabase(
  session: PostgresSession,
  database: string,
  coverage: CategoryCoverage[],
): Promise<readonly PlacedRight[]> {
  const parts: readonly (readonly [readonly PermissionCategory[], string])[] = [
    [['SCHEMA'], queries.schemasQuery],
    [['TABLE', 'SEQUENCE'], queries.relationsQuery],
    [['COLUMN'], queries.columnsQuery],
    [['ROUTINE'], queries.routinesQuery],
    [['TYPE'], queries.typesQuery],
    [['DEFAULT'], queries.defaultsQuery],
    [['OBJECT'], queries.objectsQuery],
  ];
  const rights: PlacedRight[] = [];
  for (const [categories, text] of parts) {
    const rows = await readCategories(coverage, { categories, scope: database, grant: null }, () =>
      session.rows(text, rightShape),
    );
    for (const row of rows) rights.push({ ...row, scope: database });
  }
  return rights;
}
