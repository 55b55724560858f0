import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Application, startApplication } from '../../../src/application/application.ts';
import { outsideTransaction } from '../../../src/entities/transaction.ts';
import { parseEnv } from '../../../src/environment/env.ts';
import { connectorDefinitions } from '../../../src/integrations/registry.ts';
import { createLogger } from '../../../src/logger.ts';
import { API_KEY } from '../../setup/api.ts';
import { FAST_SETTINGS } from '../../setup/provisioning.ts';
import { storeSettings } from '../../setup/settings.ts';

/** Slow enough that a fault finds work: 30 a second. */
export const SLOW_SETTINGS = { ...FAST_SETTINGS, rate_limit_idaas_per_second: 30 };

/** Steps that undo a test, the last one first. */
export type Undo = (() => unknown)[];

/** A folder for a Postgres of the test's own, which another user has to enter. */
export function makeServerDir(undo: Undo): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'accountsync-server-'));
  chmodSync(dataDir, 0o755);
  undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

/** The whole service on this database, with `SLOW_SETTINGS`. */
export async function startOnDatabase(
  undo: Undo,
  options: {
    readonly url: string;
    readonly dataDir: string;
    readonly variables?: Readonly<Record<string, string>>;
  },
): Promise<Application> {
  const source = {
    DATABASE_URL: options.url,
    DATA_DIR: options.dataDir,
    ADMIN_API_KEY: API_KEY,
    PORT: '0',
    SANDBOX: 'on',
    ...options.variables,
  };
  const application = await startApplication({
    env: parseEnv(source, connectorDefinitions),
    source,
    logger: createLogger({ level: 'silent', pretty: false }),
    sandbox: { latencyMs: { min: 5, max: 15 } },
  });
  undo.push(() => application.stop());
  await storeSettings(outsideTransaction(application.core.orm.em.fork()), SLOW_SETTINGS);
  return application;
}
