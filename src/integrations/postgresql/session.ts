import { checkServerIdentity } from 'node:tls';
import pg from 'pg';
import { z } from 'zod';
import {
  type DatabaseCall,
  type DatabaseTarget,
  LOCK_TIMEOUT_MS,
  STATEMENT_TIMEOUT_MS,
} from '../contract/database-connector.ts';
import { DatabaseError, type DatabasePhase } from '../contract/database-error.ts';
import { onAbort } from '../sql/abort.ts';
import { type Classified, classifyNetwork, detailOf, toDatabaseError } from '../sql/failures.ts';
import { sniffEngine } from '../sql/sniff-engine.ts';

/** One database, opened for reading. */
export interface PostgresSession {
  readonly tlsInUse: boolean;
  /** Rows of a statement, checked against a shape. */
  rows<Row>(text: string, shape: z.ZodType<Row>): Promise<readonly Row[]>;
  close(): Promise<void>;
}

const states: Readonly<Record<string, Classified>> = {
  '28P01': { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  '28000': { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  '3D000': { code: 'DATABASE_NOT_FOUND', failure: 'permanent' },
  '42501': { code: 'PERMISSION_DENIED', failure: 'permanent' },
  '55P03': { code: 'LOCK_TIMEOUT', failure: 'retryable' },
  '57014': { code: 'TIMEOUT', failure: 'retryable' },
  '57P01': { code: 'CONNECTION_LOST', failure: 'retryable' },
  '57P02': { code: 'CONNECTION_LOST', failure: 'retryable' },
  '57P03': { code: 'CONNECTION_REFUSED', failure: 'retryable' },
  '53300': { code: 'CONNECTION_REFUSED', failure: 'retryable' },
  '40001': { code: 'DATABASE_ERROR', failure: 'retryable' },
  '40P01': { code: 'DATABASE_ERROR', failure: 'retryable' },
};

const NO_TLS = /does not support SSL connections/;
const TLS_STRANGER = /There was an error establishing an SSL connection/;
const LOST = /Connection terminated|connection is closed|not queryable/i;
const TIMED_OUT = /timeout expired|connection timeout/i;

/** Opens a database: read only, at one moment, with limits on every statement. */
export async function openSession(
  target: DatabaseTarget,
  call: DatabaseCall,
  place: { readonly database: string; readonly phase: () => DatabasePhase },
): Promise<PostgresSession> {
  const { client, tlsInUse } = await connect(target, call, place.database);
  const off = onAbort(call.signal, () => void cancel(client, target, call));
  const fail = (error: unknown): unknown =>
    call.signal.aborted ? call.signal.reason : postgresError(error, place.phase());
  try {
    await client.query(`
      begin isolation level repeatable read, read only;
      set local statement_timeout = ${STATEMENT_TIMEOUT_MS};
      set local lock_timeout = ${LOCK_TIMEOUT_MS};
      set local idle_in_transaction_session_timeout = ${STATEMENT_TIMEOUT_MS};
      set local search_path = pg_catalog`);
  } catch (error) {
    off();
    await client.end().catch(() => {});
    throw fail(error);
  }
  return {
    tlsInUse,
    rows: async (text, shape) => {
      call.signal.throwIfAborted();
      try {
        // A statement that fails must not take the transaction with it.
        await client.query('savepoint category');
        const { rows } = await client.query(text);
        return z.array(shape).parse(rows);
      } catch (error) {
        // An answer of another shape is a mistake of ours, and the connection's fault in nothing.
        if (error instanceof z.ZodError) throw error;
        await client.query('rollback to category').catch(() => {});
        throw fail(error);
      }
    },
    close: async () => {
      off();
      await client.end().catch(() => {});
    },
  };
}

async function connect(target: DatabaseTarget, call: DatabaseCall, database: string) {
  const modes = target.tls === 'PREFERRED' ? (['REQUIRED', 'DISABLED'] as const) : ([target.tls] as const);
  for (const [index, tls] of modes.entries()) {
    call.signal.throwIfAborted();
    const client = new pg.Client({
      ...optionsOf(target, call, database),
      ssl: tlsOptions({ ...target, tls }),
    });
    // A connection that breaks between two statements is told by the next one.
    client.on('error', () => {});
    const off = onAbort(call.signal, () => void client.end().catch(() => {}));
    try {
      await client.connect();
      return { client, tlsInUse: tls !== 'DISABLED' };
    } catch (error) {
      await client.end().catch(() => {});
      if (call.signal.aborted) throw call.signal.reason;
      const mayGoOn = index + 1 < modes.length && error instanceof Error && NO_TLS.test(error.message);
      if (!mayGoOn) throw await explain(error, target);
    } finally {
      off();
    }
  }
  throw new Error('No way to connect was tried.');
}

function optionsOf(target: DatabaseTarget, call: DatabaseCall, database: string): pg.ClientConfig {
  return {
    host: target.host,
    port: target.port,
    database,
    user: target.username,
    password: target.password.reveal(),
    application_name: 'accountsync',
    connectionTimeoutMillis: call.connectTimeoutMs,
    keepAlive: true,
  };
}

function tlsOptions({ tls, caCertificate, host }: DatabaseTarget): pg.ClientConfig['ssl'] {
  const ca = caCertificate === null ? {} : { ca: caCertificate };
  switch (tls) {
    case 'DISABLED':
      return false;
    case 'PREFERRED':
    case 'REQUIRED':
      return { rejectUnauthorized: false };
    case 'VERIFY_CA':
      return { ...ca, rejectUnauthorized: true, checkServerIdentity: () => undefined };
    case 'VERIFY_FULL':
      return {
        ...ca,
        rejectUnauthorized: true,
        checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
      };
  }
}

/** Ends the query at the server; closing the socket alone would leave it running there. */
async function cancel(client: pg.Client, target: DatabaseTarget, call: DatabaseCall): Promise<void> {
  const pid: unknown = Reflect.get(client, 'processID');
  try {
    const { client: second } = await connect(
      target,
      { ...call, signal: new AbortController().signal },
      target.database ?? 'postgres',
    );
    await second.query('select pg_cancel_backend($1)', [pid]).catch(() => {});
    await second.end().catch(() => {});
  } catch {
    // The server is gone, and its query with it.
  } finally {
    await client.end().catch(() => {});
  }
}

async function explain(error: unknown, target: DatabaseTarget): Promise<DatabaseError> {
  const message = error instanceof Error ? error.message : '';
  if (NO_TLS.test(message))
    return new DatabaseError({
      code: 'TLS_UNAVAILABLE',
      phase: 'connect',
      failure: 'permanent',
      detail: detailOf(error),
      cause: error,
    });
  const known = postgresError(error, 'connect');
  const isStrange = TLS_STRANGER.test(message) || known.code === 'TIMEOUT' || known.code === 'DATABASE_ERROR';
  const engine = isStrange ? await sniffEngine(target) : null;
  if (engine === 'MYSQL' || TLS_STRANGER.test(message))
    return new DatabaseError({
      code: 'WRONG_ENGINE',
      phase: 'connect',
      failure: 'permanent',
      detail: engine ?? detailOf(error),
      cause: error,
    });
  return known;
}

/** A driver's error in our words. */
export function postgresError(error: unknown, phase: DatabasePhase): DatabaseError {
  const sqlState = sqlStateOf(error);
  const message = error instanceof Error ? error.message : '';
  const classified =
    classifyNetwork(error) ?? (sqlState === null ? byMessage(message) : (states[sqlState] ?? null));
  return toDatabaseError(error, { phase, classified, sqlState, vendorCode: sqlState ?? codeOf(error) });
}

/** The driver's own words for what it has no code for. */
function byMessage(message: string): Classified | null {
  if (TIMED_OUT.test(message)) return { code: 'TIMEOUT', failure: 'retryable' };
  return LOST.test(message) ? { code: 'CONNECTION_LOST', failure: 'retryable' } : null;
}

function sqlStateOf(error: unknown): string | null {
  const code = codeOf(error);
  return code !== null && /^[0-9A-Z]{5}$/.test(code) && error instanceof pg.DatabaseError ? code : null;
}

function codeOf(error: unknown): string | null {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : null;
  return typeof code === 'string' ? code : null;
}
