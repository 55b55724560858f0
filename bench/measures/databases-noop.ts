import { performance } from 'node:perf_hooks';
import pg from 'pg';
import * as queries from '../../src/integrations/postgresql/queries.ts';
import type { Service } from '../application.ts';
import { interleave, type Measure } from '../measure.ts';

const ACCOUNTS = 10_000;
const ROUNDS = 9;
const INSTANCE = 'bench';

/** Accounts in groups that may read and write tables, as a server of many people has them. */
const accounts = `
  do $$ begin
    for g in 1..20 loop
      execute format('create role bench_group_%s', g);
      execute format('create table bench_table_%s (id int)', g);
      execute format('grant select, insert on bench_table_%s to bench_group_%s', g, g);
    end loop;
    for i in 1..${ACCOUNTS} loop
      execute format('create role bench_account_%s login in role bench_group_%s', i, 1 + i % 20);
    end loop;
  end $$`;

const REGISTER = `mutation ($input: RegisterDatabaseInstanceInput!) {
  registerDatabaseInstance(input: $input) { instance { name } userErrors { code } } }`;
const START = `mutation { startDatabaseSync(input: { type: MANUAL_SINGLE, instances: ["${INSTANCE}"] }) { run { runId } } }`;

/** Milliseconds of a run over ${ACCOUNTS} accounts in which nothing has changed, against the bare catalog queries. */
export const databasesNoop: Measure = (harness) =>
  harness.withService(
    { latencyMs: 0, environment: { SECRETS_KEY: Buffer.alloc(32, 'bench').toString('base64') } },
    async (service) => {
      await service.sql.query(accounts);
      const at = new URL(service.databaseUrl);
      const input = {
        name: INSTANCE,
        engine: 'POSTGRESQL',
        host: at.hostname,
        port: Number(at.port),
        username: decodeURIComponent(at.username),
        password: decodeURIComponent(at.password),
        tls: 'DISABLED',
      };
      await service.http.post(JSON.stringify({ query: REGISTER, variables: { input } }));
      await sync(service);
      let cpuMs = 0;
      const rounds = await interleave({
        rounds: ROUNDS,
        limit: () => bareReads(service.databaseUrl),
        ours: async () => {
          const before = service.processorMs() + harness.postgresMs();
          const ms = await sync(service);
          cpuMs += service.processorMs() + harness.postgresMs() - before;
          return ms;
        },
      });
      return [{ name: 'databases-noop', unit: 'ms', ...rounds, cpuMsPerUnit: cpuMs / (ROUNDS * ACCOUNTS) }];
    },
  );

/** From when a worker takes the instance up to when it is settled. */
async function sync(service: Service): Promise<number> {
  const answer = await service.http.post(JSON.stringify({ query: START }));
  const [runId] = /run_\d{8}_[0-9a-f]{12}/.exec(answer) ?? [];
  if (runId === undefined) throw new Error(`No run was started: ${answer}`);
  const item = `
    select i.outcome = 'COMPLETED' as done,
      extract(epoch from i.settled_at - (i.payload->>'startedAt')::timestamptz) * 1000 as ms
    from run_item i join sync_run r on r.id = i.run_id where r.run_id = $1`;
  await service.until(item, [runId]);
  const { rows } = await service.sql.query<{ ms: number }>(item, [runId]);
  return Number(rows[0]?.ms);
}

/** The same statements over the same connections, their answers thrown away. */
async function bareReads(url: string): Promise<number> {
  const startedAt = performance.now();
  const databases: string[] = [];
  await inDatabase(url, 'postgres', async (client) => {
    const {
      rows: [server],
    } = await client.query<{ number: number }>(queries.sessionQuery);
    const number = server?.number ?? 0;
    await client.query(queries.rolesQuery);
    await client.query(queries.membershipsQuery(number));
    await client.query(queries.sharedQuery(number));
    const { rows } = await client.query<{ name: string; open: boolean; allowed: boolean }>(
      queries.databasesQuery,
    );
    databases.push(...rows.filter(({ open, allowed }) => open && allowed).map(({ name }) => name));
  });
  for (const database of databases)
    await inDatabase(url, database, async (client) => {
      for (const text of [
        queries.schemasQuery,
        queries.relationsQuery,
        queries.columnsQuery,
        queries.routinesQuery,
        queries.typesQuery,
        queries.defaultsQuery,
        queries.objectsQuery,
      ])
        await client.query(text);
    });
  return performance.now() - startedAt;
}

async function inDatabase(
  url: string,
  database: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const place = new URL(url);
  place.pathname = `/${encodeURIComponent(database)}`;
  const client = new pg.Client({ connectionString: place.href });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
