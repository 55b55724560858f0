import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../secret.ts';

/** File in `DATA_DIR` that holds the key made for the embedded default; the command line reads it too. */
export const ADMIN_KEY_FILE = 'admin-api-key';

/** The key of the embedded default: made once, kept readable by its owner only. */
export function ownAdminKey(dataDir: string): Secret {
  const file = join(dataDir, ADMIN_KEY_FILE);
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, `ask_${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  }
  return new Secret(readFileSync(file, 'utf8').trim());
}
