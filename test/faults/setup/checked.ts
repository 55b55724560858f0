import type { Sql } from '../../../src/entities/tables.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';

/** What the invariants are read from: tables, and the upstreams' own ledger. */
export interface Checked {
  readonly sql: Sql;
  readonly sandbox: Sandbox;
}
