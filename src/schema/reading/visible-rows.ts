import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Visibility } from '../../domain/access/visibility.ts';
import type { RequestScope } from '../context/context.ts';

/** Tables whose rows are visible to some callers only, by how a row leads to the requests that make it visible. */
const ways = {
  account_request: (seen: Seen) => seen('v'),
  request_item: (seen: Seen) =>
    sql<SqlBool>`exists (select 1 from account_request r where r.id = v.request_id and ${seen('r')})`,
  account_task: (seen: Seen) =>
    sql<SqlBool>`exists (select 1 from request_item_task l join request_item i on i.id = l.item_id
      join account_request r on r.id = i.request_id where l.task_id = v.id and ${seen('r')})`,
  person: (seen: Seen) => throughItems('v.id', seen),
  account: (seen: Seen) => throughItems('v.person_id', seen),
} as const;

type Seen = (alias: string) => RawBuilder<SqlBool>;

function throughItems(person: string, seen: Seen): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select 1 from request_item i join account_request r on r.id = i.request_id
    where i.person_id = ${sql.ref(person)} and ${seen('r')})`;
}

/**
 * The part of a table that the viewer may see; write an alias after it. All reads of these tables for answers pass
 * here, so rows that the viewer may not see do not exist for them: in lists, by id, nested, counted.
 */
export function visibleRows({ viewer }: RequestScope, table: keyof typeof ways): RawBuilder<unknown> {
  const condition = viewer === null ? sql<SqlBool>`false` : conditionOf(viewer.sees, ways[table]);
  return condition === null
    ? sql.table(table)
    : sql`(select v.* from ${sql.table(table)} v where ${condition})`;
}

/** Whether `visibleRows` is the whole table for this viewer. */
export function seesEverything({ viewer }: RequestScope): boolean {
  return viewer?.sees.kind === 'everything';
}

/** Null: no condition. */
function conditionOf(sees: Visibility, way: (seen: Seen) => RawBuilder<SqlBool>): RawBuilder<SqlBool> | null {
  switch (sees.kind) {
    case 'everything':
      return null;
    case 'origins':
      return way(
        (alias) => sql`${sql.ref(`${alias}.origin_system`)} = any(${[...sees.originSystems]}::text[])`,
      );
    case 'request':
      return way((alias) => sql`${sql.ref(`${alias}.request_id`)} = ${sees.requestId}`);
  }
}
