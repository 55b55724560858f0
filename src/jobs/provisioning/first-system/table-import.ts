import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { RefusedRow } from '../../../domain/provisioning/first-system/read-values.ts';
import type { FirstSystemRow, FirstSystemTable } from '../../../domain/provisioning/first-system/tables.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import type { NewRunItem } from '../../runs/run-record.ts';

/** A row that is new, or whose content there changed since the last import. */
export interface ReadRow<Mapped> {
  /** The first system's key of the row. */
  readonly key: string;
  readonly value: Mapped;
  /** The key of the row that has the same number or identifier and comes first; null: there is none. */
  readonly first: string | null;
  /** Imported before, and as it was then. */
  readonly isChanged: boolean;
}

export interface ImportContext {
  readonly tx: Sql;
  readonly settings: LiveSettings;
  /** Nothing is written; the results are only reported. */
  readonly dry: boolean;
  /** Primary key of the run. */
  readonly runId: string;
  readonly principal: string;
}

export interface Imported {
  /** Rows that could not be taken, by key. */
  readonly refused: ReadonlyMap<string, StoredError>;
  /** Items that an operator should look at. */
  readonly noted: readonly NewRunItem[];
  /** Facts for the summary; lists are merged. */
  readonly facts?: Readonly<Record<string, readonly string[]>>;
}

/** Facts stored about a row besides its hash, for the report. */
export interface Remembered {
  readonly subject: string;
  readonly was: string;
}

/** How rows of one table are taken over. */
export interface TableImport {
  readonly table: FirstSystemTable;
  /** Reads rows and takes them over; those that cannot be read are handed to `refuse`. */
  readonly read: (
    context: ImportContext,
    rows: readonly { readonly key: string; readonly row: FirstSystemRow; readonly isChanged: boolean }[],
  ) => Promise<Imported & { readonly remembered: ReadonlyMap<string, Remembered> }>;
}

/** Declares how a table is taken over, with the types of its rows held together. */
export function tableImport<Mapped>(declared: {
  readonly table: FirstSystemTable;
  /** @throws {RefusedRow} */
  readonly map: (row: FirstSystemRow) => Mapped;
  readonly remember?: (value: Mapped) => Remembered;
  readonly store: (context: ImportContext, rows: readonly ReadRow<Mapped>[]) => Promise<Imported>;
}): TableImport {
  const { table, map, remember, store } = declared;
  return {
    table,
    read: async (context, rows) => {
      const unreadable = new Map<string, StoredError>();
      const remembered = new Map<string, Remembered>();
      const mapped = rows.flatMap(({ key, row, isChanged }) => {
        try {
          const value = map(row);
          if (remember !== undefined) remembered.set(key, remember(value));
          return [{ key, value, first: otherThan(key, row['_first']), isChanged }];
        } catch (thrown) {
          if (!(thrown instanceof RefusedRow)) throw thrown;
          unreadable.set(key, thrown.error);
          return [];
        }
      });
      const imported = await store(context, mapped);
      return { ...imported, refused: new Map([...unreadable, ...imported.refused]), remembered };
    },
  };
}

function otherThan(key: string, first: unknown): string | null {
  return first === null || first === undefined || String(first) === key ? null : String(first);
}

/** Nothing to say. */
export const nothingNoted: Imported = { refused: new Map(), noted: [] };
