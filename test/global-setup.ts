import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../src/database/embedded-postgres.ts';
import { migrate } from '../src/database/migrate.ts';
import { createOrm } from '../src/database/orm.ts';
import { createTestBoss } from './setup/boss.ts';
import { inDatabase } from './setup/database-url.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A database of the test server that is only there to create others from. */
    adminUrl: string;
    /** Migrated, with pg-boss's schema and no queues; nobody connects to it. */
    templateDatabase: string;
  }
}

/** Nothing in a test outlives its server, so nothing waits for a disk. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
};

/** One Postgres for all flow tests, and in it one migrated template that each test clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'accountsync-test-'));
  // Postgres runs as another account when we are root, and must be able to reach its data.
  chmodSync(dataDir, 0o755);
  const removeData = () => rmSync(dataDir, { recursive: true, force: true });
  process.once('exit', removeData);
  try {
    const postgres = await startEmbeddedPostgres({ dataDir, settings: SETTINGS });
    try {
      const templateDatabase = await createTemplate(postgres.url);
      project.provide('adminUrl', postgres.url);
      project.provide('templateDatabase', templateDatabase);
    } catch (error) {
      await postgres.stop();
      throw error;
    }
    return async () => {
      await postgres.stop();
      removeData();
    };
  } catch (error) {
    removeData();
    throw error;
  }
}

async function createTemplate(adminUrl: string): Promise<string> {
  const name = `template_${randomBytes(4).toString('hex')}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`create database ${name}`);
    const url = inDatabase(adminUrl, name);
    const orm = await createOrm({ url, poolSize: 1 });
    await migrate(orm, url).finally(() => orm.close(true));
    const boss = await createTestBoss(url, { install: true }).start();
    await boss.stop({ graceful: false });
    // What connects to a template by mistake would block every clone.
    await admin.query(`alter database ${name} with is_template true allow_connections false`);
  } finally {
    await admin.end();
  }
  return name;
}
