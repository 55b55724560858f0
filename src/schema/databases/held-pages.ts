import type { PermissionCategory } from '../../domain/databases/engines.ts';
import { compareCodePoints, comparePermissions } from '../../domain/databases/permissions/permission.ts';
import {
  type ConnectionOf,
  connectionOf,
  PAGE_MAX,
  type PageArguments,
  parsePage,
} from '../reading/connection.ts';
import type { DatabasePermissionRow } from './rows.ts';

/** Conditions on a list of rights. */
export interface RightsFilter {
  readonly category?: readonly PermissionCategory[] | null | undefined;
  readonly search?: string | null | undefined;
}

/** True for rights that the filter lets through; the search is part of privilege, scope or object. */
export function rightsFilter({ category, search }: RightsFilter): (row: DatabasePermissionRow) => boolean {
  const text = search?.toLowerCase() ?? '';
  return (row) =>
    (category == null || category.includes(row.category)) &&
    (text === '' ||
      [row.privilege, row.scope, row.object ?? ''].some((part) => part.toLowerCase().includes(text)));
}

/** Order of rights: those of an account itself first, then by their path. */
export function compareHeld(a: DatabasePermissionRow, b: DatabasePermissionRow): number {
  return (
    comparePermissions(a, b) ||
    a.via.length - b.via.length ||
    compareCodePoints(a.via.join('\0'), b.via.join('\0'))
  );
}

/** One page of rights that are all in memory; cursors are places in the list. */
export function pageOfRights(
  list: string,
  rows: readonly DatabasePermissionRow[],
  args: PageArguments,
): ConnectionOf<DatabasePermissionRow> {
  const page = parsePage(args, { list, max: PAGE_MAX });
  const placed = rows.map((row, index) => ({ row, place: index + 1 }));
  const after = Number(page.after ?? 0);
  const before = page.before === null ? Number.POSITIVE_INFINITY : Number(page.before);
  const between = placed.filter(({ place }) => place > after && place < before);
  const some = page.backward ? between.slice(-(page.size + 1)) : between.slice(0, page.size + 1);
  const { edges, ...rest } = connectionOf(some, page, {
    list,
    keyOf: ({ place }) => String(place),
    countAll: () => Promise.resolve(rows.length),
  });
  return { ...rest, edges: edges.map(({ cursor, node }) => ({ cursor, node: node.row })) };
}
