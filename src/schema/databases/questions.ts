import { sql } from 'kysely';
import { compareCodePoints } from '../../domain/databases/permissions/permission.ts';
import { answeringPrivileges, answersOf } from '../../domain/databases/questions/who-can.ts';
import { normaliseCompatibleText } from '../../domain/text/text.ts';
import { readHeldRows } from '../../jobs/databases/accounts/read-held-rows.ts';
import { byPageSize, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import type { RequestScope } from '../context/context.ts';
import { needs } from '../permissions/rules.ts';
import { sqlOf } from '../reading/loaders.ts';
import { canBeStored } from '../reading/text-filter.ts';
import { compareHeld, pageOfRights } from './held-pages.ts';
import { findInstance } from './loaders.ts';
import { PermissionConnection } from './permission.ts';
import type { DatabasePermissionRow } from './rows.ts';

interface NamedAccount {
  readonly id: string;
  readonly name: string;
}

builder.queryFields((t) => ({
  whoCan: t.field({
    ...needs('databases:read'),
    type: PermissionConnection,
    description:
      'Accounts that may do this there, directly or through roles, each with the right that lets it: the same right, OWNER, what is wider, and what an account is (PostgreSQL SUPERUSER, pg_read_all_data), less what is denied.',
    args: {
      ...pageArguments,
      instance: t.arg.string({ required: true, description: 'The name of the instance; unknown: nobody.' }),
      privilege: t.arg.string({ required: true, description: "The engine's keyword, whatever its case." }),
      scope: t.arg.string({ description: 'The database; absent: anywhere.' }),
      object: t.arg.string({
        description: 'As in `DatabasePermission.object`; absent: anywhere in the scope.',
      }),
    },
    complexity: byPageSize,
    resolve: async (_root, args, scope) => pageOfRights('whoCan', await whoCan(scope, args), args),
  }),
  permissionsOf: t.field({
    ...needs('databases:read'),
    type: PermissionConnection,
    description: 'All that one person may do in all databases, by accounts matched to them.',
    args: {
      ...pageArguments,
      employeeNumber: t.arg.string({ required: true, description: 'Whose; unknown: nothing.' }),
    },
    complexity: byPageSize,
    resolve: async (_root, { employeeNumber, ...args }, scope) =>
      pageOfRights('permissionsOf', await permissionsOf(scope, employeeNumber), args),
  }),
}));

async function whoCan(
  scope: RequestScope,
  asked: {
    readonly instance: string;
    readonly privilege: string;
    readonly scope?: string | null | undefined;
    readonly object?: string | null | undefined;
  },
): Promise<readonly DatabasePermissionRow[]> {
  const instance = canBeStored(asked.instance) ? await findInstance(scope, asked.instance) : null;
  if (instance === null) return [];
  const question = {
    engine: instance.engine,
    privilege: asked.privilege.trim().toUpperCase(),
    scope: asked.scope ?? null,
    object: asked.object ?? null,
  };
  const { rows: accounts } = await sql<NamedAccount>`
    select id::text, display_name as name from database_account
    where instance_id = ${instance.id}::bigint and state = 'ACTIVE'`.execute(sqlOf(scope));
  const held = await readHeldRows(sqlOf(scope), {
    accounts: accounts.map(({ id }) => id),
    inherited: true,
    being: true,
    privileges: answeringPrivileges(question),
  });
  return inOrder(accounts, (id) => answersOf(question, held.get(id) ?? []));
}

async function permissionsOf(
  scope: RequestScope,
  employeeNumber: string,
): Promise<readonly DatabasePermissionRow[]> {
  if (!canBeStored(employeeNumber)) return [];
  const { rows: accounts } = await sql<NamedAccount>`
    select a.id::text, i.name || '/' || a.display_name as name
    from database_account a join database_instance i on i.id = a.instance_id join person p on p.id = a.person_id
    where a.state = 'ACTIVE' and a.person_match = 'MATCHED'
      and lower(p.employee_number) = lower(${normaliseCompatibleText(employeeNumber)})`.execute(sqlOf(scope));
  const held = await readHeldRows(sqlOf(scope), { accounts: accounts.map(({ id }) => id), inherited: true });
  return inOrder(accounts, (id) => held.get(id) ?? []);
}

/** By account, then by right. */
function inOrder(
  accounts: readonly NamedAccount[],
  rowsOf: (account: string) => readonly Omit<DatabasePermissionRow, 'account'>[],
): readonly DatabasePermissionRow[] {
  return accounts
    .toSorted((a, b) => compareCodePoints(a.name, b.name))
    .flatMap(({ id }) =>
      rowsOf(id)
        .map((row) => ({ ...row, account: id }))
        .sort(compareHeld),
    );
}
