import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN_KEY_FILE } from '../../src/application/admin-key.ts';

/** A folder for `DATA_DIR` that the account Postgres runs as can reach. */
export function makeDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'accountsync-process-'));
  chmodSync(folder, 0o755);
  return folder;
}

export function removeDataDir(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** The key that the embedded default made for itself. */
export function madeKey(dataDir: string): string {
  return readFileSync(join(dataDir, ADMIN_KEY_FILE), 'utf8').trim();
}

/** Where the embedded Postgres of a running process is reached. */
export function embeddedUrl(dataDir: string): string {
  const home = join(dataDir, 'postgres');
  const password = readFileSync(join(home, 'password'), 'utf8').trim();
  const port = readFileSync(join(home, 'data/postmaster.pid'), 'utf8').split('\n')[3];
  return `postgres://accountsync:${password}@127.0.0.1:${port}/accountsync`;
}

export function isPostgresRunning(dataDir: string): boolean {
  return existsSync(join(dataDir, 'postgres/data/postmaster.pid'));
}
