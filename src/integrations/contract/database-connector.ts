import type { DatabaseEngine, TlsMode } from '../../domain/databases/engines.ts';
import type { CategoryCoverage, RemoteCatalog } from '../../domain/databases/permissions/catalog.ts';
import type { Secret } from '../../secret.ts';
import type { DatabasePhase } from './database-error.ts';

/** Where a server is and how to sign in there. */
export interface DatabaseTarget {
  readonly host: string;
  readonly port: number;
  /** Maintenance database or service name; null: the engine's own. */
  readonly database: string | null;
  readonly username: string;
  readonly password: Secret;
  readonly tls: TlsMode;
  /** PEM; null: the authorities Node knows. */
  readonly caCertificate: string | null;
}

/** Handed to every call by its caller. */
export interface DatabaseCall {
  /** Ends the running query at the server, then the connection. */
  readonly signal: AbortSignal;
  /** Time to connect in. */
  readonly connectTimeoutMs: number;
  /** Told when a phase begins. */
  readonly onPhase?: (phase: DatabasePhase) => void;
}

/** Result of a test of a connection; failures are thrown. */
export interface ConnectionReport {
  readonly product: string;
  readonly version: string;
  readonly tlsInUse: boolean;
  readonly coverage: readonly CategoryCoverage[];
}

/** Speaks to servers of one engine. Every method throws `DatabaseError`, or the reason of the signal. */
export interface DatabaseConnector {
  readonly engine: DatabaseEngine;
  /** Reads every account and what it may do, by a number of queries that does not depend on how many there are. */
  readCatalog(target: DatabaseTarget, call: DatabaseCall): Promise<RemoteCatalog>;
  /** Signs in and asks what may be read, without reading it. */
  testConnection(target: DatabaseTarget, call: DatabaseCall): Promise<ConnectionReport>;
}

/** The connector of every engine. */
export type DatabaseConnectors = Readonly<Record<DatabaseEngine, DatabaseConnector>>;

/** Of every session: a statement that takes longer is ended. */
export const STATEMENT_TIMEOUT_MS = 300_000;
/** Of every session: the catalog is read, never waited for. */
export const LOCK_TIMEOUT_MS = 5_000;
/** Default of `connectTimeoutMs`. */
export const CONNECT_TIMEOUT_MS = 20_000;
