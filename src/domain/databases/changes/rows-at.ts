import type { AccountChangeKind } from '../engines.ts';
import { normalise, type Permission } from '../permissions/permission.ts';
import { applyRows } from '../permissions/snapshot.ts';
import { renameRow } from './plan-changes.ts';

/** An entry of an account's log, oldest first. */
export interface LoggedChange {
  readonly kind: AccountChangeKind;
  readonly added: readonly Permission[];
  readonly removed: readonly Permission[];
  /** New names of roles by their old ones, of the same run: rows that name them follow without an entry. */
  readonly renamedRoles: ReadonlyMap<string, string>;
}

/** The rows an account had after these entries: the fold of its log. */
export function rowsAfter(changes: readonly LoggedChange[]): readonly Permission[] {
  return normalise(
    changes.reduce<readonly Permission[]>(
      (rows, change) =>
        applyRows(
          change,
          rows.map((row) => renameRow(row, change.renamedRoles)),
        ),
      [],
    ),
  );
}
