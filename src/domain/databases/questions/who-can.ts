import type { DatabaseEngine, PermissionCategory } from '../engines.ts';
import { likePattern } from '../permissions/like.ts';
import { type HeldPermission, INSTANCE_SCOPE, type Permission } from '../permissions/permission.ts';

/** A question who may do this there. Null: anywhere. */
export interface WhoCanQuestion {
  readonly engine: DatabaseEngine;
  /** In upper case. */
  readonly privilege: string;
  readonly scope: string | null;
  /** As in the normal form. */
  readonly object: string | null;
}

const READS = 'pg_read_all_data';
const WRITES = 'pg_write_all_data';
const writing: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE']);

/** Privileges that the owner of an object has in PostgreSQL, by its category. */
const ofOwner: Readonly<Partial<Record<PermissionCategory, readonly string[]>>> = {
  DATABASE: ['CONNECT', 'CREATE', 'TEMPORARY'],
  SCHEMA: ['USAGE', 'CREATE'],
  TABLE: ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'],
  SEQUENCE: ['USAGE', 'SELECT', 'UPDATE'],
  ROUTINE: ['EXECUTE'],
  TYPE: ['USAGE'],
  OBJECT: ['USAGE', 'CREATE'],
};

/** Keywords a row may have that answers the question: all that has to be read. */
export function answeringPrivileges({ engine, privilege }: WhoCanQuestion): readonly string[] {
  switch (engine) {
    case 'POSTGRESQL':
      return [privilege, 'OWNER', 'SUPERUSER', 'MEMBER'];
    case 'MYSQL':
      return [privilege];
    case 'SQLSERVER':
      return [privilege, 'OWNER', 'CONTROL', 'CONTROL SERVER', 'MEMBER'];
    case 'ORACLE':
      return [privilege, `${privilege} ANY TABLE`];
  }
}

/** True for a row that lets its holder do what is asked. */
export function answers(question: WhoCanQuestion): (row: Permission) => boolean {
  const inScope = scopeTest(question);
  return (row) => {
    if (row.state === 'DENY') return false;
    if (row.category === 'ATTRIBUTE' || row.category === 'ROLE') return byBeing(question, row);
    if (row.privilege === question.privilege)
      return (inScope(row) && onObject(question, row)) || isWider(question, row);
    return (
      implies(question, row) && (inScope(row) || row.scope === INSTANCE_SCOPE) && onObject(question, row)
    );
  };
}

/**
 * The rows of one account that answer the question, less what a DENY takes back: in MySQL a partial revoke takes from the
 * rights of the whole server of the same holder; in SQL Server any DENY that is as wide as the question takes it all.
 */
export function answersOf(
  question: WhoCanQuestion,
  rows: readonly HeldPermission[],
): readonly HeldPermission[] {
  const fits = answers(question);
  const found = rows.filter((row) => fits(row));
  const denials = rows.filter(({ state }) => state === 'DENY');
  if (found.length === 0 || denials.length === 0) return found;
  if (question.engine === 'MYSQL') return found.filter((row) => !isRevoked(question, row, denials));
  const denied = denials.some((row) => row.privilege === question.privilege && coversQuestion(question, row));
  // Members of sysadmin and owners are exempt from permission checks.
  return denied
    ? found.filter(({ category, privilege }) => category === 'ROLE' || privilege === 'OWNER')
    : found;
}

function isRevoked(
  question: WhoCanQuestion,
  row: HeldPermission,
  denials: readonly HeldPermission[],
): boolean {
  if (row.category !== 'SERVER' || question.scope === null) return false;
  return denials.some(
    (denial) =>
      denial.privilege === row.privilege &&
      denial.via.join('\0') === row.via.join('\0') &&
      matchesScope(question, denial),
  );
}

/** A denial for less than what was asked takes back less than all of it. */
function coversQuestion(question: WhoCanQuestion, row: Permission): boolean {
  if (row.scope !== INSTANCE_SCOPE && row.scope !== question.scope) return false;
  if (row.object === null) return true;
  return (
    question.object !== null &&
    (row.object === question.object || question.object.startsWith(`${row.object}.`))
  );
}

function scopeTest(question: WhoCanQuestion): (row: Permission) => boolean {
  const { scope } = question;
  if (scope === null) return () => true;
  return (row) => row.scope === scope || (question.engine === 'MYSQL' && matchesScope(question, row));
}

/** MySQL's rights on databases name them by patterns. */
function matchesScope({ scope }: WhoCanQuestion, row: Permission): boolean {
  if (scope === null || row.scope === scope) return true;
  return row.category === 'DATABASE' && likePattern(row.scope)(scope);
}

function onObject(question: WhoCanQuestion, row: Permission): boolean {
  const { object } = question;
  if (object === null || row.object === object) return true;
  if (isColumnOf(object, row)) return true;
  if (question.engine === 'MYSQL') return row.category === 'DATABASE';
  if (question.engine === 'SQLSERVER')
    return row.object === null || (row.category === 'SCHEMA' && object.startsWith(`${row.object}.`));
  return false;
}

/** A right on a table is one on each of its columns. */
function isColumnOf(object: string, row: Permission): boolean {
  if (row.category !== 'TABLE' || row.object === null || !object.startsWith(`${row.object}.`)) return false;
  return !/(?<!\\)(\\\\)*\./.test(object.slice(row.object.length + 1));
}

/** Rights of the whole server reach into every database. */
function isWider({ engine }: WhoCanQuestion, row: Permission): boolean {
  return (engine === 'MYSQL' || engine === 'SQLSERVER') && row.category === 'SERVER' && row.object === null;
}

/** Rows of another keyword that include the one asked for. */
function implies({ engine, privilege, scope }: WhoCanQuestion, row: Permission): boolean {
  switch (engine) {
    case 'POSTGRESQL':
      return row.privilege === 'OWNER' && (ofOwner[row.category] ?? []).includes(privilege);
    case 'SQLSERVER':
      return (
        row.privilege === 'OWNER' ||
        row.privilege === 'CONTROL' ||
        (row.privilege === 'CONTROL SERVER' && row.category === 'SERVER')
      );
    case 'ORACLE':
      return (
        row.category === 'SYSTEM' && row.privilege === `${privilege} ANY TABLE` && scope !== INSTANCE_SCOPE
      );
    case 'MYSQL':
      return false;
  }
}

/** Attributes and memberships that permit the asked privilege everywhere. */
function byBeing({ engine, privilege, scope, object }: WhoCanQuestion, row: Permission): boolean {
  if (privilege === 'MEMBER' && row.privilege === 'MEMBER' && (object === null || row.object === object))
    return true;
  if (engine === 'POSTGRESQL') {
    if (row.category === 'ATTRIBUTE') return row.privilege === 'SUPERUSER' || row.privilege === privilege;
    if (row.privilege !== 'MEMBER') return false;
    // Of USAGE they give that of schemas, whose names have one part.
    const onSchemas = privilege === 'USAGE' && (object === null || !/(?<!\\)\./.test(object));
    if (row.object === READS) return privilege === 'SELECT' || onSchemas;
    return row.object === WRITES && (writing.has(privilege) || onSchemas);
  }
  if (row.category !== 'ROLE' || row.privilege !== 'MEMBER') return false;
  if (engine !== 'SQLSERVER') return false;
  if (row.scope === INSTANCE_SCOPE) return row.object === 'sysadmin';
  return row.object === 'db_owner' && (scope === null || row.scope === scope);
}
