import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccountSyncClient } from '../../../clients/typescript/src/accountsync-client.ts';
import type { CliLocale, Say } from './locale.ts';
import { UsageError } from './usage-error.ts';

/** Flags every command takes. */
export interface ConnectionFlags {
  readonly url?: string;
  readonly apiKey?: string;
}

/** File of the key that the embedded default made, in its data directory. */
const KEY_FILE = 'admin-api-key';
const DEFAULT_PORT = '4000';
/** Few, because a person waits: a service that does not run should be known in two seconds. */
const RETRY = { retries: 2 };

/** Connects by flags, else by environment, else to the embedded default of this folder. */
export function connect(options: {
  readonly flags: ConnectionFlags;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly locale: CliLocale;
  readonly say: Say;
}): AccountSyncClient {
  const { flags, environment, locale, say } = options;
  const keyFile = join(environment['DATA_DIR'] || '.accountsync', KEY_FILE);
  const apiKey =
    flags.apiKey ||
    environment['ACCOUNTSYNC_API_KEY'] ||
    environment['ADMIN_API_KEY'] ||
    (existsSync(keyFile) ? readFileSync(keyFile, 'utf8').trim() : null);
  if (apiKey === null) {
    throw new UsageError(
      say(
        `没有 API 密钥：用 --api-key 或 ACCOUNTSYNC_API_KEY 指定，或先在本目录启动服务（密钥保存在 ${keyFile}）。`,
        `No API key: give --api-key, set ACCOUNTSYNC_API_KEY, or start the service here first (it keeps its key in ${keyFile}).`,
      ),
    );
  }
  const port = environment['PORT'] || DEFAULT_PORT;
  const embeddedUrl = `http://127.0.0.1:${port}/graphql`;
  const url = flags.url || environment['ACCOUNTSYNC_URL'] || embeddedUrl;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new UsageError(
      say(
        `${url} 不是地址；应如 ${embeddedUrl}。`,
        `${url} is no address; expected one like ${embeddedUrl}.`,
      ),
    );
  return new AccountSyncClient({ url: withPath(url), apiKey, locale, form: 'command', retry: RETRY });
}

/** The address of the service alone means its API. */
function withPath(url: string): string {
  const parsed = new URL(url);
  if (parsed.pathname === '/') parsed.pathname = '/graphql';
  return parsed.href;
}
