import type { ConnectionAttributes } from 'oracledb';
import {
  type DatabaseCall,
  type DatabaseTarget,
  STATEMENT_TIMEOUT_MS,
} from '../contract/database-connector.ts';
import { DatabaseError, type DatabasePhase } from '../contract/database-error.ts';
import { onAbort } from '../sql/abort.ts';
import { type Classified, classifyNetwork, detailOf, toDatabaseError } from '../sql/failures.ts';
import type { QueryRunner } from '../sql/run-query.ts';
import { sniffEngine } from '../sql/sniff-engine.ts';
import { walletOf } from './wallet.ts';

const DEFAULT_SERVICE = 'ORCL';

const codes: Readonly<Record<string, Classified>> = {
  'ORA-01017': { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  'ORA-01005': { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  'ORA-28000': { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  'ORA-28001': { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  'ORA-01045': { code: 'CREDENTIALS_REFUSED', failure: 'permanent' },
  'ORA-12514': { code: 'DATABASE_NOT_FOUND', failure: 'permanent' },
  'ORA-12505': { code: 'DATABASE_NOT_FOUND', failure: 'permanent' },
  'NJS-518': { code: 'DATABASE_NOT_FOUND', failure: 'permanent' },
  'NJS-517': { code: 'DATABASE_NOT_FOUND', failure: 'permanent' },
  'NJS-514': { code: 'HOST_NOT_FOUND', failure: 'retryable' },
  // A view we may not read is, to Oracle, one that does not exist.
  'ORA-00942': { code: 'PERMISSION_DENIED', failure: 'permanent' },
  'ORA-01031': { code: 'PERMISSION_DENIED', failure: 'permanent' },
  'ORA-41900': { code: 'PERMISSION_DENIED', failure: 'permanent' },
  'ORA-12541': { code: 'CONNECTION_REFUSED', failure: 'retryable' },
  'NJS-503': { code: 'CONNECTION_REFUSED', failure: 'retryable' },
  'NJS-511': { code: 'CONNECTION_REFUSED', failure: 'retryable' },
  'NJS-500': { code: 'CONNECTION_LOST', failure: 'retryable' },
  'NJS-501': { code: 'CONNECTION_LOST', failure: 'retryable' },
  'ORA-03113': { code: 'CONNECTION_LOST', failure: 'retryable' },
  'ORA-03114': { code: 'CONNECTION_LOST', failure: 'retryable' },
  'ORA-12170': { code: 'TIMEOUT', failure: 'retryable' },
  'NJS-123': { code: 'TIMEOUT', failure: 'retryable' },
  'NJS-510': { code: 'TIMEOUT', failure: 'retryable' },
  'DPI-1067': { code: 'TIMEOUT', failure: 'retryable' },
  'ORA-00054': { code: 'LOCK_TIMEOUT', failure: 'retryable' },
  'NJS-505': { code: 'CERTIFICATE_REFUSED', failure: 'permanent' },
  'NJS-506': { code: 'TLS_UNAVAILABLE', failure: 'permanent' },
  'NJS-507': { code: 'CERTIFICATE_REFUSED', failure: 'permanent' },
  'NJS-508': { code: 'CERTIFICATE_REFUSED', failure: 'permanent' },
};

/** Signs in with the driver's thin mode: read only, with a limit on every statement. */
export async function openSession(
  target: DatabaseTarget,
  call: DatabaseCall,
  phase: () => DatabasePhase,
): Promise<QueryRunner> {
  // Loaded at the first use: few have such a server.
  const { default: oracledb } = await import('oracledb');
  call.signal.throwIfAborted();
  const connection = await oracledb.getConnection(optionsOf(target, call)).catch(async (error: unknown) => {
    if (call.signal.aborted) throw call.signal.reason;
    throw await explain(oracleError(error, 'connect'), target);
  });
  connection.callTimeout = STATEMENT_TIMEOUT_MS;
  const off = onAbort(call.signal, () => void connection.break().catch(() => {}));
  const run: QueryRunner['run'] = async (text, values = {}) => {
    call.signal.throwIfAborted();
    try {
      const { rows } = await connection.execute<Record<string, unknown>>(
        text,
        { ...values },
        {
          outFormat: oracledb.OUT_FORMAT_OBJECT,
          fetchArraySize: 1_000,
        },
      );
      return rows ?? [];
    } catch (error) {
      throw call.signal.aborted ? call.signal.reason : oracleError(error, phase());
    }
  };
  const close = async () => {
    off();
    await connection.close().catch(() => {});
  };
  try {
    await connection.execute('set transaction read only');
    return { tlsInUse: isTls(target), version: connection.oracleServerVersionString, run, close };
  } catch (error) {
    await close();
    throw oracleError(error, phase());
  }
}

/** Thin mode cannot ask for encryption that the listener's port does not demand: PREFERRED is none. */
function isTls({ tls }: DatabaseTarget): boolean {
  return tls !== 'DISABLED' && tls !== 'PREFERRED';
}

function optionsOf(target: DatabaseTarget, call: DatabaseCall): ConnectionAttributes {
  const { host, port, database, tls, caCertificate } = target;
  const seconds = Math.ceil(call.connectTimeoutMs / 1_000);
  const protocol = isTls(target) ? 'tcps' : 'tcp';
  return {
    user: target.username,
    password: target.password.reveal(),
    connectString: `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}/${encodeURIComponent(database ?? DEFAULT_SERVICE)}`,
    connectTimeout: seconds,
    transportConnectTimeout: seconds,
    retryCount: 0,
    ...(isTls(target) && { sslServerDNMatch: tls === 'VERIFY_FULL' }),
    ...(caCertificate !== null && { walletContent: walletOf(caCertificate) }),
  };
}

async function explain(error: DatabaseError, target: DatabaseTarget): Promise<DatabaseError> {
  if (
    error.code === 'CREDENTIALS_REFUSED' ||
    error.code === 'HOST_NOT_FOUND' ||
    error.code === 'DATABASE_NOT_FOUND'
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
export function oracleError(error: unknown, phase: DatabasePhase): DatabaseError {
  const message = detailOf(error);
  const found = [...message.matchAll(/\b(?:ORA-\d{5}|NJS-\d{3}|DPI-\d{4})\b/g)].map(([code]) => code);
  // A handshake fails by the certificate, or because nobody there speaks TLS; the driver's number is the same.
  const refused = found.includes('NJS-506') && /certificate/i.test(message) ? codes['NJS-505'] : undefined;
  const classified = refused ?? found.flatMap((code) => codes[code] ?? [])[0] ?? classifyNetwork(error);
  return toDatabaseError(error, { phase, classified, vendorCode: found[0] ?? null });
}
