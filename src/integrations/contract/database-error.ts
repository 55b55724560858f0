import type { ConnectionErrorCode } from '../../domain/databases/database-errors.ts';
import type { CategoryCoverage } from '../../domain/databases/permissions/catalog.ts';

/** Where a reading stood when it failed. */
export const databasePhases = ['connect', 'inventory', 'collection', 'write'] as const;
export type DatabasePhase = (typeof databasePhases)[number];

/** A failure of a remote database, classified once at the driver's edge. */
export class DatabaseError extends Error {
  readonly code: ConnectionErrorCode;
  readonly phase: DatabasePhase;
  readonly failure: 'retryable' | 'permanent' | 'unknown';
  readonly sqlState: string | null;
  /** The driver's own number or name, as text. */
  readonly vendorCode: string | null;
  /** The message of the server or the driver, scrubbed. */
  readonly detail: string;
  /** Readable and unreadable categories, where they are why it failed; empty: not known. */
  readonly coverage: readonly CategoryCoverage[];

  constructor(options: {
    readonly code: ConnectionErrorCode;
    readonly phase: DatabasePhase;
    readonly failure: 'retryable' | 'permanent' | 'unknown';
    readonly sqlState?: string | null;
    readonly vendorCode?: string | null;
    readonly detail: string;
    readonly coverage?: readonly CategoryCoverage[];
    readonly cause?: unknown;
  }) {
    super(`${options.code} in phase ${options.phase}: ${options.detail}`, { cause: options.cause });
    this.name = 'DatabaseError';
    this.code = options.code;
    this.phase = options.phase;
    this.failure = options.failure;
    this.sqlState = options.sqlState ?? null;
    this.vendorCode = options.vendorCode ?? null;
    this.detail = options.detail;
    this.coverage = options.coverage ?? [];
  }

  /** The same failure, with what may be read and what not. */
  withCoverage(coverage: readonly CategoryCoverage[]): DatabaseError {
    return new DatabaseError({ ...this, cause: this.cause, coverage });
  }
}
