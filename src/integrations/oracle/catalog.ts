import { z } from 'zod';
import type { PermissionCategory } from '../../domain/databases/engines.ts';
import type { CategoryCoverage } from '../../domain/databases/permissions/catalog.ts';
import { type Reading, readCategories } from '../sql/read-categories.ts';
import { type QueryRunner, rowsOf } from '../sql/run-query.ts';
import * as queries from './queries.ts';

const text = z.string();
const maybe = z.string().nullable();
const userShape = z.object({
  id: z.number(),
  name: text,
  status: text,
  profile: maybe,
  tablespace: maybe,
  authentication: maybe,
  common: maybe,
  maintained: maybe,
  expires: maybe,
  locked: maybe,
  last_login: maybe,
});
const roleShape = z.object({ name: text, common: maybe, maintained: maybe, authentication: maybe });
const membershipShape = z.object({ grantee: text, role: text, admin: text, is_default: maybe });
const systemShape = z.object({ grantee: text, privilege: text, admin: text });
const objectShape = z.object({
  grantee: text,
  owner: text,
  name: text,
  type: maybe,
  privilege: text,
  grantable: text,
});
const columnShape = z.object({
  grantee: text,
  owner: text,
  name: text,
  column: text,
  privilege: text,
  grantable: text,
});
const quotaShape = z.object({ grantee: text, tablespace: text, bytes: text });
const administratorShape = z.object({
  grantee: text,
  sysdba: text,
  sysoper: text,
  sysbackup: maybe,
  sysdg: maybe,
  syskm: maybe,
  sysasm: maybe,
});

export type OracleUser = z.output<typeof userShape>;
export type OracleRole = z.output<typeof roleShape>;

/** Where each part is read; the statement that helps names it. */
export const sources: readonly (readonly [readonly PermissionCategory[], string])[] = [
  [['ATTRIBUTE'], 'SYS.DBA_USERS'],
  [['ROLE'], 'SYS.DBA_ROLE_PRIVS'],
  [['SYSTEM'], 'SYS.DBA_SYS_PRIVS'],
  [['TABLE', 'ROUTINE', 'SEQUENCE', 'TYPE', 'OBJECT'], 'SYS.DBA_TAB_PRIVS'],
  [['COLUMN'], 'SYS.DBA_COL_PRIVS'],
  [['QUOTA'], 'SYS.DBA_TS_QUOTAS'],
];

/** Users and roles: without them nothing else has a meaning. */
export async function readInventory(runner: QueryRunner) {
  return {
    users: await rowsOf(runner, queries.usersQuery, userShape),
    roles: await rowsOf(runner, queries.rolesQuery, roleShape),
  };
}

/** Everything that was granted. */
export async function readRights(runner: QueryRunner, coverage: CategoryCoverage[], me: string) {
  const read = <Row>(index: number, query: string, shape: z.ZodType<Row>) => {
    const [categories, source] = sources[index] ?? [[], ''];
    return readCategories(coverage, { categories, scope: null, grant: grantOn(source, me) }, () =>
      rowsOf(runner, query, shape),
    );
  };
  const memberships = await read(1, queries.membershipsQuery, membershipShape);
  const system = await read(2, queries.systemQuery, systemShape);
  const objects = await read(3, queries.objectsQuery, objectShape);
  const columns = await read(4, queries.columnsQuery, columnShape);
  const quotas = await read(5, queries.quotasQuery, quotaShape);
  const administrators = await readCategories(coverage, administratorsReading(me), () =>
    rowsOf(runner, queries.administratorsQuery, administratorShape),
  );
  return { memberships, system, objects, columns, quotas, administrators };
}

/** SYSDBA and its like stand in a view of their own; the grant names what the public synonym stands for. */
export function administratorsReading(me: string): Reading {
  return { categories: ['SYSTEM'], scope: '*', grant: grantOn('SYS.V_$PWFILE_USERS', me) };
}

export type OracleRights = Awaited<ReturnType<typeof readRights>>;

export function grantOn(source: string, me: string): string {
  return `GRANT SELECT ON ${source} TO "${me.replaceAll('"', '""')}";`;
}
