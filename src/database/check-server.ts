import pg from 'pg';
import { SESSION_OPTIONS } from '../entities/session.ts';
import type { Logger } from '../logger.ts';
import { connectionTo } from './primary.ts';

/** The oldest Postgres whose SQL we write (environment.md). */
const OLDEST_VERSION = 140_000;

interface ServerFacts {
  readonly version: string;
  readonly version_num: number;
  readonly encoding: string;
  readonly database: string;
  readonly folds: boolean;
  readonly read_only: boolean;
}

/**
 * Refuses a database that cannot hold what we write, before anything is written, and warns of what only surprises.
 *
 * @throws Error with one sentence that says what is needed.
 */
export async function checkServer(directUrl: string, logger: Logger | null): Promise<void> {
  const client = new pg.Client({ ...connectionTo(directUrl), options: SESSION_OPTIONS });
  await client.connect();
  try {
    const { rows } = await client.query<ServerFacts>(`
      select current_setting('server_version') as version, current_setting('server_version_num')::int as version_num,
        current_setting('server_encoding') as encoding, current_database() as database,
        lower('I') = 'i' and upper('i') = 'I' as folds, current_setting('transaction_read_only') = 'on' as read_only`);
    const [facts] = rows;
    if (facts !== undefined) judge(facts, logger);
  } finally {
    await client.end();
  }
}

function judge(facts: ServerFacts, logger: Logger | null): void {
  const { version, version_num, encoding, database, folds, read_only } = facts;
  if (version_num < OLDEST_VERSION)
    throw new Error(`Postgres ${version} is too old: this service needs version 14 or later.`);
  if (encoding !== 'UTF8')
    throw new Error(
      `The database ${database} is encoded in ${encoding}, which cannot hold every name: it has to be UTF8 ` +
        `(createdb -E UTF8 -T template0 ${database}).`,
    );
  if (!folds)
    logger?.warn(
      { database },
      'the locale of the database folds I and i as Turkish does: searches by name and number may miss people; create it with another locale, such as C',
    );
  if (read_only)
    logger?.warn(
      { database },
      'the database takes no writes at the moment: is it a replica, or a former primary?',
    );
}
