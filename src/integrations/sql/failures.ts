import type { ConnectionErrorCode } from '../../domain/databases/database-errors.ts';
import { scrubErrorText } from '../../domain/text/scrub-text.ts';
import { DatabaseError, type DatabasePhase } from '../contract/database-error.ts';

/** How an engine's code is told in ours. */
export interface Classified {
  readonly code: ConnectionErrorCode;
  readonly failure: DatabaseError['failure'];
}

const DETAIL_MAX = 300;

const network: Readonly<Record<string, Classified>> = {
  ENOTFOUND: { code: 'HOST_NOT_FOUND', failure: 'retryable' },
  EAI_AGAIN: { code: 'HOST_NOT_FOUND', failure: 'retryable' },
  ECONNREFUSED: { code: 'CONNECTION_REFUSED', failure: 'retryable' },
  EHOSTUNREACH: { code: 'CONNECTION_REFUSED', failure: 'retryable' },
  ENETUNREACH: { code: 'CONNECTION_REFUSED', failure: 'retryable' },
  ECONNRESET: { code: 'CONNECTION_LOST', failure: 'retryable' },
  EPIPE: { code: 'CONNECTION_LOST', failure: 'retryable' },
  ETIMEDOUT: { code: 'TIMEOUT', failure: 'retryable' },
};

const certificates = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Classifies failures common to all drivers: sockets and certificates. Null: ask the engine's own table. */
export function classifyNetwork(error: unknown): Classified | null {
  for (const code of codesOf(error)) {
    if (certificates.has(code)) return { code: 'CERTIFICATE_REFUSED', failure: 'permanent' };
    const known = network[code];
    if (known !== undefined) return known;
  }
  return null;
}

/** `code` of an error and of its causes, the outermost first. */
export function codesOf(error: unknown): readonly string[] {
  const codes: string[] = [];
  let at: unknown = error;
  for (let depth = 0; depth < 4 && at instanceof Error; depth += 1) {
    const code: unknown = Reflect.get(at, 'code');
    if (typeof code === 'string') codes.push(code);
    const inner: unknown =
      at instanceof AggregateError ? at.errors[0] : (at.cause ?? Reflect.get(at, 'originalError'));
    at = inner;
  }
  return codes;
}

/** Makes our error of a driver's; one of ours stays as it is. */
export function toDatabaseError(
  error: unknown,
  context: {
    readonly phase: DatabasePhase;
    readonly classified: Classified | null;
    readonly sqlState?: string | null;
    readonly vendorCode?: string | null;
  },
): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const { code, failure } = context.classified ?? { code: 'DATABASE_ERROR', failure: 'unknown' };
  return new DatabaseError({
    code,
    failure,
    phase: context.phase,
    sqlState: context.sqlState ?? null,
    vendorCode: context.vendorCode ?? null,
    detail: detailOf(error),
    cause: error,
  });
}

/** Message of a driver's error, without secrets, of a sane length. */
export function detailOf(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  return scrubErrorText(message).slice(0, DETAIL_MAX);
}
