import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import pg from 'pg';
import { outsideTransaction } from '../entities/transaction.ts';
import { registerInstance, updateInstance } from '../jobs/databases/registry/change-instance.ts';
import { instanceByName } from '../jobs/databases/registry/target.ts';
import type { SecretKeys } from '../jobs/secrets/secret-keys.ts';
import type { Logger } from '../logger.ts';
import { type PopulationPart, population, populationDatabases } from '../sandbox/databases/population.ts';

/** The instance that the embedded Postgres plays. */
export const PLAYED_INSTANCE = 'sandbox-postgresql';
const READER = 'sandbox_reader';
const PRINCIPAL = 'sandbox';
/** States of statements whose effect is there already, from a start that broke off or an earlier demonstration. */
const THERE_ALREADY = new Set(['42710', '42P04', '42P06', '42P07', '42723', '42704']);

/**
 * Lets the embedded Postgres play a second, populated server, and registers it. Safe to run at every start: what is there
 * stays, and the instance follows the port, which is another each time.
 */
export async function playDatabases(options: {
  /** Of the embedded Postgres, as its superuser. */
  readonly url: string;
  readonly em: EntityManager;
  readonly secrets: SecretKeys;
  readonly logger: Logger;
}): Promise<void> {
  const { url, em, secrets, logger } = options;
  const isNew = (await rowsOf(url, `select 1 from pg_roles where rolname = '${READER}'`)) === 0;
  if (isNew) await populate(url, population);
  const password = randomBytes(24).toString('base64url');
  if (isNew)
    await populate(url, [{ database: null, statements: [`create role ${READER} login`, ...connects] }]);
  await populate(url, [{ database: null, statements: [`alter role ${READER} password '${password}'`] }]);
  const { hostname, port } = new URL(url);
  const place = { host: hostname, port: Number(port), username: READER, password };
  const context = { em, secrets, principal: PRINCIPAL };
  const known = await instanceByName(outsideTransaction(em.fork()), PLAYED_INSTANCE);
  const { userErrors } =
    known === null
      ? await registerInstance(context, {
          ...place,
          name: PLAYED_INSTANCE,
          engine: 'POSTGRESQL',
          tls: 'DISABLED',
          tags: ['sandbox'],
          systemAccounts: ['accountsync', READER],
        })
      : await updateInstance(context, PLAYED_INSTANCE, place);
  if (userErrors.length > 0) logger.warn({ userErrors }, 'the played database could not be registered');
}

const connects = populationDatabases
  .filter((name) => name !== 'closed')
  .map((name) => `grant connect on database ${pg.escapeIdentifier(name)} to ${READER}`);

/** Runs statements of the populated server, each by itself; what is there already is left. */
export async function populate(url: string, parts: readonly PopulationPart[]): Promise<void> {
  for (const { database, statements } of parts)
    await inDatabase(url, database ?? 'postgres', async (client) => {
      for (const text of statements)
        await client.query(text).catch((error: unknown) => {
          if (!(error instanceof pg.DatabaseError) || !THERE_ALREADY.has(error.code ?? '')) throw error;
        });
    });
}

async function rowsOf(url: string, text: string): Promise<number> {
  let count = 0;
  await inDatabase(url, 'postgres', async (client) => {
    count = (await client.query(text)).rowCount ?? 0;
  });
  return count;
}

async function inDatabase(
  url: string,
  database: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const place = new URL(url);
  place.pathname = `/${encodeURIComponent(database)}`;
  const client = new pg.Client({ connectionString: place.href });
  client.on('error', () => {});
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
