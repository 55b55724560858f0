/**
 * Whether an error says that the database is unavailable, for any statement: classes 08, 53 (disk full, too many
 * connections) and 57P of SQLSTATE, 25006 (a former primary, which takes no writes any more), and errors of the driver
 * without a socket. Such a statement can be retried.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    /^(08|53|57P|25006)[0-9A-Z]*$/.test(code) ||
    /^(ECONN[A-Z]+|EPIPE|ETIMEDOUT)$/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  );
}
