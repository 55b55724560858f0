/**
 * Whether an error says that the database cannot be asked at the moment, whatever was asked: classes 08, 53 (disk full,
 * too many connections) and 57P of SQLSTATE, and what the driver throws without a socket. To be tried again.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    /^(08|53|57P)[0-9A-Z]*$/.test(code) ||
    /^(ECONN[A-Z]+|EPIPE|ETIMEDOUT)$/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  );
}
