import type { PermissionCategory } from '../../domain/databases/engines.ts';
import type { CategoryCoverage } from '../../domain/databases/permissions/catalog.ts';
import { DatabaseError } from '../contract/database-error.ts';

/** Categories that one reading is about. */
export interface Reading {
  readonly categories: readonly PermissionCategory[];
  /** The database; null: all. */
  readonly scope: string | null;
  /** The statement that helps when it is denied. */
  readonly grant: string | null;
}

/**
 * Reads some categories and notes the result. A denied or failed one is noted and answered by an empty list; the note
 * tells it from an empty category. An error that ends the connection is thrown.
 */
export async function readCategories<Row>(
  coverage: CategoryCoverage[],
  reading: Reading,
  read: () => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  try {
    const rows = await read();
    note(coverage, reading, { status: 'OK', grant: null, detail: null });
    return rows;
  } catch (error) {
    if (!(error instanceof DatabaseError) || endsConnection(error)) throw error;
    const status = error.code === 'PERMISSION_DENIED' ? 'DENIED' : 'ERROR';
    note(coverage, reading, {
      status,
      grant: status === 'DENIED' ? reading.grant : null,
      detail: error.detail,
    });
    return [];
  }
}

/** Notes categories that were not even asked for. */
export function note(
  coverage: CategoryCoverage[],
  { categories, scope }: Pick<Reading, 'categories' | 'scope'>,
  result: Pick<CategoryCoverage, 'status' | 'grant' | 'detail'>,
): void {
  for (const category of categories) coverage.push({ category, scope, ...result });
}

/** One entry per category and scope: what has two sources is read when both are. */
export function worstOf(coverage: readonly CategoryCoverage[]): readonly CategoryCoverage[] {
  const byPlace = Map.groupBy(coverage, ({ category, scope }) => JSON.stringify([category, scope]));
  return [...byPlace.values()].flatMap(
    (entries) => entries.find(({ status }) => status !== 'OK') ?? entries[0] ?? [],
  );
}

function endsConnection({ code }: DatabaseError): boolean {
  return (
    code === 'CONNECTION_LOST' ||
    code === 'CONNECTION_REFUSED' ||
    code === 'HOST_NOT_FOUND' ||
    code === 'TIMEOUT'
  );
}
