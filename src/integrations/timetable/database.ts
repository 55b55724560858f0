/** A database as the timetable source speaks to it: one statement with `?` for each value, rows in batches. */
export interface TimetableDatabase {
  /** Operator that compares two values when both may be null. */
  readonly sameAs: string;
  /** Streams rows; of those that the caller does not take, one batch at most is read. */
  read(statement: string, values: readonly Value[]): AsyncIterable<readonly Row[]>;
  /** Runs statements in one transaction and says how many rows they changed. */
  change(statements: readonly Statement[]): Promise<number>;
  close(): Promise<void>;
}

export type Value = string | number | null;

export interface Statement {
  readonly text: string;
  readonly values: readonly Value[];
}

/** A row with the names of the columns as they were asked for. */
export type Row = Readonly<Record<string, unknown>>;

/** Rows that go together: few enough to be small, enough to be cheap. */
export const ROWS_PER_BATCH = 1_000;
export const CONNECT_TIMEOUT_MS = 10_000;
/** Reads for one run, one after another, and a check by hand beside them. */
export const CONNECTIONS_MAX = 3;
