import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../../src/database/embedded-postgres.ts';
import type { DatabaseTarget } from '../../../src/integrations/contract/database-connector.ts';
import { type PopulationPart, population } from '../../../src/sandbox/databases/population.ts';
import { Secret } from '../../../src/secret.ts';
import { inDatabase } from '../../setup/database-url.ts';

/** A PostgreSQL server of the test's own, with the awkward population. */
export interface PopulatedPostgres {
  readonly url: string;
  /** How a connector signs in. */
  readonly target: DatabaseTarget;
  run(parts: readonly PopulationPart[]): Promise<void>;
  query(
    database: string | null,
    text: string,
    values?: readonly unknown[],
  ): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** What a reader of the catalog is given by `accountsync databases grants`. */
export const READER = { name: 'accountsync_reader', password: 'reader\'s "secret"' };

/** Input that registers the server under a name, read by its reader. */
export function instanceAt(
  { target: { host, port } }: Pick<PopulatedPostgres, 'target'>,
  name: string,
  changes: Readonly<Record<string, unknown>> = {},
) {
  const { name: username, password } = READER;
  return { name, engine: 'POSTGRESQL', host, port, username, password, ...changes };
}

export async function startPopulatedPostgres(
  options: { readonly empty?: boolean } = {},
): Promise<PopulatedPostgres> {
  const dataDir = mkdtempSync(join(tmpdir(), 'accountsync-populated-'));
  chmodSync(dataDir, 0o755);
  const server = await startEmbeddedPostgres({
    dataDir,
    settings: {
      fsync: 'off',
      wal_level: 'minimal',
      max_wal_senders: '0',
      listen_addresses: '127.0.0.1,127.0.0.2',
    },
  });
  const { url } = server;
  const query = async (database: string | null, text: string, values: readonly unknown[] = []) => {
    const client = new pg.Client({
      connectionString: inDatabase(url, encodeURIComponent(database ?? 'postgres')),
    });
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(text, [...values]);
      return rows;
    } finally {
      await client.end();
    }
  };
  const run = async (parts: readonly PopulationPart[]) => {
    for (const { database, statements } of parts) for (const text of statements) await query(database, text);
  };
  const at = new URL(url);
  try {
    await query(null, `create role ${READER.name} login password '${READER.password.replaceAll("'", "''")}'`);
    if (options.empty !== true) {
      await run(population);
      await query(null, `grant connect on database shop to ${READER.name}`);
    }
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    url,
    target: {
      host: at.hostname,
      port: Number(at.port),
      database: null,
      username: READER.name,
      password: new Secret(READER.password),
      tls: 'PREFERRED',
      caCertificate: null,
    },
    run,
    query,
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
