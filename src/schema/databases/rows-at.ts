import { sql } from 'kysely';
import { type LoggedChange, rowsAfter } from '../../domain/databases/changes/rows-at.ts';
import type { Permission } from '../../domain/databases/permissions/permission.ts';
import type { RequestScope } from '../context/context.ts';
import { sqlOf } from '../reading/loaders.ts';

interface EntryRow {
  readonly own: boolean;
  readonly kind: LoggedChange['kind'];
  readonly added: readonly Permission[];
  readonly removed: readonly Permission[];
  readonly before: string | null;
  readonly after: string | null;
}

/** Rights of an account at that moment: its log folded up to then, with the names that roles had by then. */
export async function rowsAt(
  scope: RequestScope,
  account: { readonly id: string; readonly instance_id: string },
  at: Date | string,
): Promise<readonly Permission[]> {
  // Within one run the new names come first: the differences were computed from rows that had them.
  const { rows } = await sql<EntryRow>`
    select c.account_id = ${account.id}::bigint as own, c.kind, c.added, c.removed,
      c.other->'name'->>'before' as before, c.other->'name'->>'after' as after
    from database_account_change c
    where c.at <= ${at}::timestamptz
      and (c.account_id = ${account.id}::bigint or (c.instance_id = ${account.instance_id}::bigint and c.kind = 'RENAME'))
    order by c.at, c.kind <> 'RENAME', c.id`.execute(sqlOf(scope));
  return rowsAfter(
    rows.map(({ own, kind, added, removed, before, after }) => ({
      kind,
      added: own ? added : [],
      removed: own ? removed : [],
      renamedRoles:
        kind === 'RENAME' && before !== null && after !== null ? new Map([[before, after]]) : new Map(),
    })),
  );
}
