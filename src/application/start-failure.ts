import type { Env } from '../environment/env.ts';

/** The database cannot be reached at all. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
]);
/** SQLSTATE classes of a database that answers and refuses: credentials, no such database, starting up. */
const REFUSED = /^(08|28|3D|53|57)[0-9A-Z]{3}$/;
const FOLDER = new Set(['EACCES', 'EEXIST', 'ENOENT', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS']);

/**
 * Explains why the process could not start and names the variable to blame, if there is one. There is no stack, which
 * does not help a person with a wrong URL. `env` is null when it could not be parsed. Of a URL only the driver's own
 * message is shown.
 */
export function describeStartFailure(error: unknown, env: Env | null): string {
  const hint = env === null ? null : hintFor(error, env);
  const message = messageOf(error);
  return hint === null ? message : `${message}\n  ${hint}`;
}

/** In both languages, a line each: the person who starts it may read only one. */
function hintFor(error: unknown, env: Env): string | null {
  const code = codeOf(error);
  if (code === 'EADDRINUSE') {
    return `PORT: given ${env.port}; another process listens there. Stop it, or set another PORT (0 picks a free one).\n  PORT：当前为 ${env.port}，已被其他进程占用。请停止该进程，或改用其他 PORT（0 表示自动选择）。`;
  }
  if (code === 'EADDRNOTAVAIL' || isAbout(error, env.host)) {
    return `HOST: given "${env.host}"; expected an address of this machine, such as 127.0.0.1 or 0.0.0.0.\n  HOST：当前为“${env.host}”，应为本机的地址，如 127.0.0.1 或 0.0.0.0。`;
  }
  if (code === 'EACCES' && env.port > 0 && env.port < 1_024) {
    return `PORT: given ${env.port}; ports below 1024 need special rights. Take a higher one.\n  PORT：当前为 ${env.port}，1024 以下的端口需要特殊权限。请改用更大的端口。`;
  }
  if (env.databaseUrl === null) {
    if (!FOLDER.has(code)) return null;
    return `DATA_DIR: given "${env.dataDir}"; expected a folder that this user may make and write.\n  DATA_DIR：当前为“${env.dataDir}”，应为本用户可以创建和写入的目录。`;
  }
  if (UNREACHABLE.has(code)) {
    return 'DATABASE_URL: given [redacted]; expected the address of a running Postgres, reachable from here.\n  DATABASE_URL：当前值（已隐去）连接不上，应为可从本机访问的、正在运行的 Postgres 的地址。';
  }
  if (REFUSED.test(code)) {
    return 'DATABASE_URL: given [redacted]; Postgres answers, but refuses. Check user, password and database name.\n  DATABASE_URL：Postgres 有应答但拒绝连接。请检查用户、密码和库名。';
  }
  return null;
}

/** A name that was looked up in vain. */
function isAbout(error: unknown, host: string): boolean {
  return error instanceof Error && 'hostname' in error && error.hostname === host;
}

/** The message and its causes. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const title = error.name.toLowerCase() === 'error' ? 'Cannot start' : error.name;
  return `${title}: ${[error, ...causesOf(error)].map(wordsOf).join('\n  cause: ')}`;
}

function causesOf(error: Error): unknown[] {
  const { cause } = error;
  if (cause === undefined) return [];
  return [cause, ...(cause instanceof Error ? causesOf(cause) : [])];
}

function wordsOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : codeOf(error) || String(error);
}

/** Of the error or, for those that wrap another, of its cause. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}
