import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Sql } from '../../../entities/tables.ts';
import type { InstanceRow } from '../registry/target.ts';
import type { AccountMarks } from './marks.ts';

/** Rows per statement. */
const BATCH = 10_000;

/** Stores the roles whose rights every account has besides its own; written only when any of them changed. */
export async function storeHeldRoles(
  tx: Sql,
  options: {
    readonly instance: Pick<InstanceRow, 'id' | 'roles_hash'>;
    readonly marks: ReadonlyMap<string, AccountMarks>;
    readonly ids: ReadonlyMap<string, string>;
  },
): Promise<void> {
  const { instance, marks, ids } = options;
  const rows = [...marks].flatMap(([identity, { roles }]) =>
    roles.flatMap(({ holder, via, scope, set }) => {
      const account = ids.get(identity);
      const role = ids.get(holder);
      return account === undefined || role === undefined ? [] : [{ account, role, via, scope, becomes: set }];
    }),
  );
  const hash = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  if (hash === instance.roles_hash) return;
  await sql`
    delete from database_held_role where account_id in (
      select id from database_account where instance_id = ${instance.id}::bigint)`.execute(tx);
  for (let from = 0; from < rows.length; from += BATCH)
    await sql`
      insert into database_held_role (account_id, holder_id, via, scope, becomes)
      select account, role, via, scope, becomes
      from json_to_recordset(${JSON.stringify(rows.slice(from, from + BATCH))}::json)
        as r(account bigint, role bigint, via text[], scope text, becomes boolean)`.execute(tx);
  await sql`update database_instance set roles_hash = ${hash} where id = ${instance.id}::bigint`.execute(tx);
}
