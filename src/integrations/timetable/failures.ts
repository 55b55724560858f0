import { UpstreamError } from '../contract/errors.ts';
import { cleanVendorText } from '../http/vendor-text.ts';

/** Codes of drivers and servers that mean: the connection, not the statement. */
const CONNECTION_CODES =
  /^(E[A-Z]+|08\w{3}|57P0[123]|PROTOCOL_CONNECTION_LOST|ER_(CON_COUNT|SERVER_SHUTDOWN|ACCESS_DENIED|DBACCESS_DENIED|BAD_DB|HOST).*|28\w{3}|3D000)$/;
const LOGIN_CODES = /^(ER_(ACCESS_DENIED_ERROR|DBACCESS_DENIED_ERROR|BAD_DB_ERROR)|28\w{3}|3D000)$/;
/** A statement that the source itself broke off; the next one may be answered. */
const PASSING_CODES = /^(40\w{3}|57014|53\w{3}|ER_LOCK_DEADLOCK|ER_LOCK_WAIT_TIMEOUT|ER_QUERY_INTERRUPTED)$/;

/** A server's words about a statement it refused; null when it was not the statement's fault. */
export function sqlWords(error: unknown): string | null {
  const code = codeOf(error);
  if (code === null || isConnection(code)) return null;
  return cleanVendorText(error instanceof Error ? error.message : String(error));
}

function isConnection(code: string): boolean {
  return CONNECTION_CODES.test(code);
}

/** Runs a statement at the source; failures are classified as those of any other system (STYLE.md). */
export async function classified<T>(operation: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    throw failureOf(operation, error);
  }
}

function failureOf(operation: string, cause: unknown): UpstreamError {
  const code = codeOf(cause) ?? '';
  const detail = cleanVendorText(cause instanceof Error ? cause.message || code : String(cause));
  const told = { system: 'TIMETABLE', operation, detail, vendorAnswer: detail, httpStatus: null };
  const options = { system: 'TIMETABLE', parameters: told, vendor: { code, message: detail }, cause };
  const message = `TIMETABLE ${operation}: ${detail}`;
  if (LOGIN_CODES.test(code))
    return new UpstreamError(message, { ...options, failure: 'credentials', code: 'TIMETABLE_REFUSED' });
  if (PASSING_CODES.test(code) || code === '' || isConnection(code))
    return new UpstreamError(message, { ...options, failure: 'retryable', code: 'TIMETABLE_UNREACHABLE' });
  return new UpstreamError(message, { ...options, failure: 'credentials', code: 'TIMETABLE_REFUSED' });
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Several addresses were tried and each failed: the first failure counts.
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return /connect|terminated|timeout/i.test(error.message) ? 'ECONNRESET' : null;
}
