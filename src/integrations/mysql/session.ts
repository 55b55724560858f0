import { connect as connectSocket, isIP } from 'node:net';
import type { Connection, SslOptions } from 'mysql2/promise';
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

/** A server, opened for reading. */
export interface MysqlSession {
  readonly tlsInUse: boolean;
  readonly version: string;
  readonly comment: string;
  rows<Row>(text: string, shape: z.ZodType<Row>): Promise<readonly Row[]>;
  close(): Promise<void>;
}

const numbers: Readonly<Record<number, Classified>> = {
  1045: { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  1130: { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  1129: { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  1251: { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  1820: { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  1862: { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  3118: { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  4151: { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  1044: { code: 'PERMISSION_DENIED', failure: 'permanent' },
  1142: { code: 'PERMISSION_DENIED', failure: 'permanent' },
  1143: { code: 'PERMISSION_DENIED', failure: 'permanent' },
  1227: { code: 'PERMISSION_DENIED', failure: 'permanent' },
  1049: { code: 'DATABASE_NOT_FOUND', failure: 'permanent' },
  1040: { code: 'CONNECTION_REFUSED', failure: 'retryable' },
  1053: { code: 'CONNECTION_LOST', failure: 'retryable' },
  1205: { code: 'LOCK_TIMEOUT', failure: 'retryable' },
  1213: { code: 'DATABASE_ERROR', failure: 'retryable' },
  1969: { code: 'TIMEOUT', failure: 'retryable' },
  3024: { code: 'TIMEOUT', failure: 'retryable' },
};

const words: Readonly<Record<string, Classified>> = {
  PROTOCOL_CONNECTION_LOST: { code: 'CONNECTION_LOST', failure: 'retryable' },
  PROTOCOL_SEQUENCE_TIMEOUT: { code: 'TIMEOUT', failure: 'retryable' },
  HANDSHAKE_NO_SSL_SUPPORT: { code: 'TLS_UNAVAILABLE', failure: 'permanent' },
  HANDSHAKE_SSL_ERROR: { code: 'CERTIFICATE_REFUSED', failure: 'permanent' },
  AUTH_SWITCH_PLUGIN_ERROR: { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
};

const serverShape = z.object({ version: z.string(), comment: z.string() });

/** Signs in: read only, with limits on every statement. */
export async function openSession(
  target: DatabaseTarget,
  call: DatabaseCall,
  phase: () => DatabasePhase,
): Promise<MysqlSession> {
  const { connection, tlsInUse } = await connect(target, call);
  const off = onAbort(call.signal, () => void cancel(connection, target, call));
  const rows: MysqlSession['rows'] = async (text, shape) => {
    call.signal.throwIfAborted();
    try {
      const [answer] = await connection.query({ sql: text, timeout: STATEMENT_TIMEOUT_MS });
      return z.array(shape).parse(answer);
    } catch (error) {
      if (error instanceof z.ZodError) throw error;
      throw call.signal.aborted ? call.signal.reason : mysqlError(error, phase());
    }
  };
  try {
    const [server] = await rows('select version() as version, @@version_comment as comment', serverShape);
    if (server === undefined) throw new Error('The server said nothing of itself.');
    const limit = isMariaDb(server.version)
      ? `max_statement_time = ${STATEMENT_TIMEOUT_MS / 1_000}`
      : `max_execution_time = ${STATEMENT_TIMEOUT_MS}`;
    await connection.query(`set session ${limit}, lock_wait_timeout = ${LOCK_TIMEOUT_MS / 1_000}`);
    await connection.query('set session transaction read only');
    await connection.query('start transaction read only');
    const close = async () => {
      off();
      await connection.end().catch(() => connection.destroy());
    };
    return { ...server, tlsInUse, rows, close };
  } catch (error) {
    off();
    connection.destroy();
    throw call.signal.aborted ? call.signal.reason : mysqlError(error, phase());
  }
}

/** Recognised by the server's name for its version. */
export function isMariaDb(version: string): boolean {
  return /mariadb/i.test(version);
}

async function connect(target: DatabaseTarget, call: DatabaseCall) {
  // Loaded at the first use: not everybody has such a server.
  const { createConnection } = await import('mysql2/promise');
  const modes = target.tls === 'PREFERRED' ? (['REQUIRED', 'DISABLED'] as const) : ([target.tls] as const);
  for (const [index, tls] of modes.entries()) {
    call.signal.throwIfAborted();
    try {
      const connection = await createConnection(optionsOf({ ...target, tls }, call));
      connection.on('error', () => {});
      return { connection, tlsInUse: tls !== 'DISABLED' };
    } catch (error) {
      if (call.signal.aborted) throw call.signal.reason;
      const known = mysqlError(error, 'connect');
      if (index + 1 < modes.length && known.code === 'TLS_UNAVAILABLE') continue;
      throw await explain(known, target);
    }
  }
  throw new Error('No way to connect was tried.');
}

function optionsOf(target: DatabaseTarget, call: DatabaseCall) {
  const ssl = tlsOptions(target);
  return {
    ...placeOf(target),
    ...(target.database !== null && { database: target.database }),
    user: target.username,
    password: target.password.reveal(),
    charset: 'utf8mb4',
    connectTimeout: call.connectTimeoutMs,
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    // A server that asks for a local file is told no.
    flags: ['-LOCAL_FILES'],
    ...(ssl !== null && { ssl }),
  };
}

/**
 * The driver compares the certificate with `localhost` when it is given an IP address, so that any certificate of that name
 * would do and none of the address. With a final dot, which Node takes off again, it compares the address.
 */
function placeOf({ host, port, tls }: DatabaseTarget) {
  if (tls !== 'VERIFY_FULL' || isIP(host) === 0) return { host, port };
  return {
    host: `${host}.`,
    port,
    stream: () => connectSocket({ host, port, noDelay: true, keepAlive: true }),
  };
}

function tlsOptions({ tls, caCertificate }: DatabaseTarget): SslOptions | null {
  const ca = caCertificate === null ? {} : { ca: caCertificate };
  switch (tls) {
    case 'DISABLED':
      return null;
    case 'PREFERRED':
    case 'REQUIRED':
      return { rejectUnauthorized: false };
    case 'VERIFY_CA':
      return { ...ca, rejectUnauthorized: true, verifyIdentity: false };
    case 'VERIFY_FULL':
      return { ...ca, rejectUnauthorized: true, verifyIdentity: true };
  }
}

/** Ends the query at the server; closing the socket alone would leave it running there. */
async function cancel(connection: Connection, target: DatabaseTarget, call: DatabaseCall): Promise<void> {
  try {
    const { connection: second } = await connect(target, { ...call, signal: new AbortController().signal });
    await second.query(`kill query ${Number(connection.threadId)}`).catch(() => {});
    await second.end();
  } catch {
    // The server is gone, and its query with it.
  } finally {
    connection.destroy();
  }
}

/** Names the real engine: a client that waits for MySQL's greeting at a PostgreSQL only times out. */
async function explain(error: DatabaseError, target: DatabaseTarget): Promise<DatabaseError> {
  if (error.code !== 'TIMEOUT' && error.code !== 'CONNECTION_LOST' && error.code !== 'DATABASE_ERROR')
    return error;
  const engine = await sniffEngine(target);
  if (engine === null || engine === 'MYSQL') return error;
  return new DatabaseError({
    ...error,
    code: 'WRONG_ENGINE',
    failure: 'permanent',
    detail: engine,
    cause: error,
  });
}

/** A driver's error in our words. */
export function mysqlError(error: unknown, phase: DatabasePhase): DatabaseError {
  const number: unknown = error instanceof Error ? Reflect.get(error, 'errno') : null;
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : null;
  const sqlState: unknown = error instanceof Error ? Reflect.get(error, 'sqlState') : null;
  const timedOut = /timeout/i.test(detailOf(error)) && typeof sqlState !== 'string';
  const classified =
    (typeof number === 'number' ? numbers[number] : undefined) ??
    classifyNetwork(error) ??
    (typeof code === 'string' ? words[code] : undefined) ??
    (timedOut ? ({ code: 'TIMEOUT', failure: 'retryable' } as const) : null);
  return toDatabaseError(error, {
    phase,
    classified,
    sqlState: typeof sqlState === 'string' && sqlState !== '' ? sqlState : null,
    vendorCode:
      typeof number === 'number' && number > 0 ? String(number) : typeof code === 'string' ? code : null,
  });
}
