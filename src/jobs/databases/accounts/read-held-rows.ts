import { sql } from 'kysely';
import type { HeldPermission } from '../../../domain/databases/permissions/permission.ts';
import type { Sql } from '../../../entities/tables.ts';

interface HeldRow extends HeldPermission {
  readonly account: string;
}

/** Rows of accounts: their own, and with `inherited` those of their roles with the path to them. */
export async function readHeldRows(
  db: Sql,
  of: {
    readonly accounts: readonly string[];
    readonly inherited: boolean;
    /** Only rows of these keywords. */
    readonly privileges?: readonly string[];
    /** Also what roles are and are members of, where it counts for their members. */
    readonly being?: boolean;
  },
): Promise<ReadonlyMap<string, readonly HeldPermission[]>> {
  const ids = sql`${[...of.accounts]}::bigint[]`;
  const asked =
    of.privileges === undefined ? sql`true` : sql`p.privilege = any(${[...of.privileges]}::text[])`;
  const columns = sql`p.category, p.scope, p.object, p.privilege, p.state, p.grantable`;
  const handedOn =
    of.being === true
      ? sql`(p.category not in ('ATTRIBUTE') or h.becomes)`
      : sql`p.category not in ('ROLE', 'ATTRIBUTE')`;
  const inherited = sql`
    union all
    select h.account_id::text as account, ${columns}, h.via from database_held_role h
    join database_permission p on p.account_id = h.holder_id
    where h.account_id = any(${ids}) and ${asked} and ${handedOn} and (h.scope is null or h.scope = p.scope)`;
  const { rows } = await sql<HeldRow>`
    select p.account_id::text as account, ${columns}, '{}'::text[] as via from database_permission p
    where p.account_id = any(${ids}) and ${asked} ${of.inherited ? inherited : sql``}`.execute(db);
  return new Map(
    [...Map.groupBy(rows, ({ account }) => account)].map(([account, held]) => [
      account,
      held.map(({ account: _, ...row }) => row),
    ]),
  );
}
