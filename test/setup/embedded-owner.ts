import { startEmbeddedPostgres } from '../../src/database/embedded-postgres.ts';

/** A process of its own that starts an embedded Postgres, says so in one line, and stays until it is killed. */
const [dataDir = ''] = process.argv.slice(2);
const { url, adopted } = await startEmbeddedPostgres({ dataDir });
console.log(JSON.stringify({ url, adopted }));
process.stdin.resume();
