import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient } from './api-client.ts';
import { UsageError } from './usage-error.ts';

/** Flags every command takes. */
export interface ConnectionFlags {
  readonly url?: string;
  readonly apiKey?: string;
  readonly locale?: string;
}

/** File of the key that the embedded default made, in its data directory. */
const KEY_FILE = 'admin-api-key';
const DEFAULT_URL = 'http://127.0.0.1:4000/graphql';

/** Connects by flags, else by environment, else to the embedded default of this folder. */
export function connect(
  flags: ConnectionFlags,
  environment: Readonly<Record<string, string | undefined>>,
): ApiClient {
  const keyFile = join(environment['DATA_DIR'] ?? '.accountsync', KEY_FILE);
  const apiKey =
    flags.apiKey ?? environment['ACCOUNTSYNC_API_KEY'] ?? environment['ADMIN_API_KEY'] ?? readKey(keyFile);
  if (apiKey === null) {
    throw new UsageError(
      `No API key: give --api-key, set ACCOUNTSYNC_API_KEY, or start the service here first (it keeps its key in ${keyFile}).`,
    );
  }
  const url = flags.url ?? environment['ACCOUNTSYNC_URL'] ?? DEFAULT_URL;
  return new ApiClient({ url, apiKey, locale: flags.locale ?? environment['DEFAULT_LOCALE'] ?? 'zh-CN' });
}

function readKey(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}
