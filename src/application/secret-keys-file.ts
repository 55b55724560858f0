import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Env, EnvError } from '../environment/env.ts';
import { KEY_BYTES } from '../jobs/secrets/envelope.ts';
import { SecretKeys } from '../jobs/secrets/secret-keys.ts';

/** File in `DATA_DIR` that holds the master key made for the embedded default. */
const SECRETS_KEY_FILE = 'secrets-key';

/**
 * The master keys of this process: SECRETS_KEY, else the one made for the embedded database, then those of
 * SECRETS_KEY_PREVIOUS. A made key goes on opening what it sealed when SECRETS_KEY is set later.
 * @throws EnvError when the made key's file holds something else.
 */
export function openSecretKeys(env: Pick<Env, 'secretsKeys' | 'databaseUrl' | 'dataDir'>): SecretKeys {
  const { current, previous } = env.secretsKeys;
  const given = [...(current === null ? [] : [current]), ...previous].map((key) => bytesOf(key.reveal()));
  if (env.databaseUrl !== null) return new SecretKeys(given);
  const file = join(env.dataDir, SECRETS_KEY_FILE);
  if (current === null) return new SecretKeys([ownKey(file), ...given]);
  return new SecretKeys(existsSync(file) ? [...given, ownKey(file)] : given);
}

/** Creates the file once and completely, also when several processes start at once; readable by its owner only. */
function ownKey(file: string): Buffer {
  if (!existsSync(file)) {
    mkdirSync(join(file, '..'), { recursive: true });
    const fresh = `${file}.${randomUUID()}`;
    writeFileSync(fresh, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flush: true });
    try {
      linkSync(fresh, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(fresh);
    }
  }
  const key = bytesOf(readFileSync(file, 'utf8').trim());
  if (key.length === KEY_BYTES) return key;
  throw new EnvError([
    `${file}: is not the key that was made here; expected ${KEY_BYTES} bytes in base64. Bring it back from a backup, or give the key in SECRETS_KEY and move the file away`,
  ]);
}

function bytesOf(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}
