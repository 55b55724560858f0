import type mssql from 'mssql';
import {
  type DatabaseCall,
  type DatabaseTarget,
  LOCK_TIMEOUT_MS,
  STATEMENT_TIMEOUT_MS,
} from '../contract/database-connector.ts';
import { DatabaseError, type DatabasePhase } from '../contract/database-error.ts';
import { onAbort } from '../sql/abort.ts';
import { type Classified, classifyNetwork, codesOf, detailOf, toDatabaseError } from '../sql/failures.ts';
import type { QueryRunner } from '../sql/run-query.ts';
import { sniffEngine } from '../sql/sniff-engine.ts';

const numbers: Readonly<Record<number, Classified>> = {
  18456: { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  18470: { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  18486: { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  18487: { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  18488: { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  4060: { code: 'DATABASE_NOT_FOUND', failure: 'permanent' },
  911: { code: 'DATABASE_NOT_FOUND', failure: 'permanent' },
  229: { code: 'PERMISSION_DENIED', failure: 'permanent' },
  230: { code: 'PERMISSION_DENIED', failure: 'permanent' },
  297: { code: 'PERMISSION_DENIED', failure: 'permanent' },
  300: { code: 'PERMISSION_DENIED', failure: 'permanent' },
  371: { code: 'PERMISSION_DENIED', failure: 'permanent' },
  916: { code: 'PERMISSION_DENIED', failure: 'permanent' },
  1222: { code: 'LOCK_TIMEOUT', failure: 'retryable' },
  1205: { code: 'DATABASE_ERROR', failure: 'retryable' },
  17142: { code: 'CONNECTION_REFUSED', failure: 'retryable' },
};

const words: Readonly<Record<string, Classified>> = {
  ELOGIN: { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  ETIMEOUT: { code: 'TIMEOUT', failure: 'retryable' },
  ECONNCLOSED: { code: 'CONNECTION_LOST', failure: 'retryable' },
  EENCRYPT: { code: 'TLS_UNAVAILABLE', failure: 'permanent' },
};

/** Signs in with the driver. SQL Server knows no read-only session; nothing here but SELECT is ever sent. */
export async function openSession(
  target: DatabaseTarget,
  call: DatabaseCall,
  phase: () => DatabasePhase,
): Promise<QueryRunner> {
  const { pool, tlsInUse } = await connect(target, call);
  const run: QueryRunner['run'] = async (text, values = {}) => {
    call.signal.throwIfAborted();
    const request = pool.request();
    for (const [name, value] of Object.entries(values)) request.input(name, value);
    // Sends the server an attention, which ends the statement there.
    const off = onAbort(call.signal, () => request.cancel());
    try {
      const { recordset } = await request.query(text);
      return recordset;
    } catch (error) {
      throw call.signal.aborted ? call.signal.reason : sqlserverError(error, phase());
    } finally {
      off();
    }
  };
  const close = () => pool.close().catch(() => {});
  try {
    await run(`set lock_timeout ${LOCK_TIMEOUT_MS}; select 1 as ready`);
    return { tlsInUse, version: '', run, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function connect(target: DatabaseTarget, call: DatabaseCall) {
  // Loaded at the first use: it takes some 30 MB, and few have such a server.
  const { ConnectionPool } = (await import('mssql')).default;
  const modes = target.tls === 'PREFERRED' ? (['REQUIRED', 'DISABLED'] as const) : ([target.tls] as const);
  for (const [index, tls] of modes.entries()) {
    call.signal.throwIfAborted();
    const pool = new ConnectionPool(configOf({ ...target, tls }, call));
    pool.on('error', () => {});
    const off = onAbort(call.signal, () => void pool.close().catch(() => {}));
    try {
      await pool.connect();
      return { pool, tlsInUse: tls !== 'DISABLED' };
    } catch (error) {
      await pool.close().catch(() => {});
      if (call.signal.aborted) throw call.signal.reason;
      const known = sqlserverError(error, 'connect');
      if (index + 1 < modes.length && known.code === 'TLS_UNAVAILABLE') continue;
      throw await explain(known, target);
    } finally {
      off();
    }
  }
  throw new Error('No way to connect was tried.');
}

function configOf(target: DatabaseTarget, call: DatabaseCall): mssql.config {
  const verifies = target.tls === 'VERIFY_CA' || target.tls === 'VERIFY_FULL';
  const ca = target.caCertificate === null ? {} : { ca: target.caCertificate };
  return {
    server: target.host,
    port: target.port,
    user: target.username,
    password: target.password.reveal(),
    database: target.database ?? 'master',
    connectionTimeout: call.connectTimeoutMs,
    requestTimeout: STATEMENT_TIMEOUT_MS,
    pool: { min: 0, max: 1 },
    options: {
      appName: 'accountsync',
      encrypt: target.tls !== 'DISABLED',
      trustServerCertificate: !verifies,
      // The driver always compares the name as well: VERIFY_CA is as strict as VERIFY_FULL.
      ...(verifies && { cryptoCredentialsDetails: ca }),
    },
  };
}

async function explain(error: DatabaseError, target: DatabaseTarget): Promise<DatabaseError> {
  if (
    error.code === 'CREDENTIALS_REFUSED' ||
    error.code === 'HOST_NOT_FOUND' ||
    error.code === 'CONNECTION_REFUSED'
  )
    return error;
  const engine = await sniffEngine(target);
  if (engine === null) return error;
  return new DatabaseError({
    ...error,
    code: 'WRONG_ENGINE',
    failure: 'permanent',
    detail: engine,
    cause: error,
  });
}

/** A driver's error in our words. */
export function sqlserverError(error: unknown, phase: DatabasePhase): DatabaseError {
  const inner: unknown = error instanceof Error ? (Reflect.get(error, 'originalError') ?? error) : error;
  const number =
    numberOf(error) ??
    numberOf(inner instanceof Error ? Reflect.get(inner, 'info') : null) ??
    numberOf(inner);
  const message = detailOf(error);
  const noTls = /encryption is required|server does not support encryption/i.test(message);
  const certificate = /self[- ]signed certificate|certificate|altname/i.test(message);
  const classified =
    (number === null ? undefined : numbers[number]) ??
    classifyNetwork(error) ??
    (noTls ? words['EENCRYPT'] : undefined) ??
    (certificate ? ({ code: 'CERTIFICATE_REFUSED', failure: 'permanent' } as const) : undefined) ??
    codesOf(error).flatMap((code) => words[code] ?? [])[0] ??
    null;
  const vendorCode = number === null ? (codesOf(error)[0] ?? null) : String(number);
  return toDatabaseError(error, { phase, classified, vendorCode });
}

function numberOf(value: unknown): number | null {
  const number: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'number') : null;
  return typeof number === 'number' ? number : null;
}
