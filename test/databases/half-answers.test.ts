import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresqlConnector } from '../../src/integrations/postgresql/connector.ts';
import { ApiBench } from '../setup/api.ts';
import { Auditor } from './setup/auditor.ts';
import {
  instanceAt,
  type PopulatedPostgres,
  READER,
  startPopulatedPostgres,
} from './setup/populated-postgres.ts';
import { call } from './setup/recorded.ts';

/** A proxy that cuts every connection once the server has sent a given number of bytes in all. */
class Cut {
  readonly #server: Server;
  said = 0;
  after = Number.POSITIVE_INFINITY;

  constructor(to: { readonly host: string; readonly port: number }) {
    this.#server = createServer((ours) => {
      const theirs = connect(to);
      const end = () => {
        ours.destroy();
        theirs.destroy();
      };
      for (const socket of [ours, theirs]) socket.on('error', end).on('close', end);
      ours.pipe(theirs);
      theirs.on('data', (chunk: Buffer) => {
        const left = this.after - this.said;
        this.said += chunk.length;
        if (chunk.length < left) ours.write(chunk);
        else ours.end(chunk.subarray(0, Math.max(left, 0)), end);
      });
    });
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address: string | AddressInfo | null = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Lets this many bytes through from now on. */
  cutAfter(bytes: number): void {
    this.said = 0;
    this.after = bytes;
  }

  close(): void {
    this.#server.close();
  }
}

let server: PopulatedPostgres;
let bench: ApiBench;
let auditor: Auditor;
let cut: Cut;
let port = 0;

beforeAll(async () => {
  server = await startPopulatedPostgres();
  cut = new Cut(server.target);
  port = await cut.listen();
  bench = await ApiBench.start();
  auditor = new Auditor(bench.portal);
  await auditor.register(instanceAt(server, 'half', { host: '127.0.0.1', port }));
});
afterAll(async () => {
  await bench.stop();
  cut.close();
  await server.stop();
});

test('a server that is cut off in the middle of an answer gives no catalog, wherever it is cut', async () => {
  const target = { ...server.target, host: '127.0.0.1', port };
  cut.cutAfter(Number.POSITIVE_INFINITY);
  await postgresqlConnector.readCatalog(target, call);
  const whole = cut.said;
  expect(whole).toBeGreaterThan(10_000);
  for (const part of [0.01, 0.2, 0.4, 0.6, 0.8, 0.95]) {
    cut.cutAfter(Math.floor(whole * part));
    const failure = await postgresqlConnector.readCatalog(target, call).catch((error: unknown) => error);
    expect(failure, `after ${part}`).toMatchObject({ code: 'CONNECTION_LOST', failure: 'retryable' });
  }
});

test('half an answer fails its instance, changes nothing, and the next whole one finds nothing changed', async () => {
  cut.cutAfter(Number.POSITIVE_INFINITY);
  const first = await auditor.sync(['half']);
  expect(first.status).toBe('COMPLETED');
  const { totalCount } = await auditor.changes({ instance: ['half'] });
  cut.cutAfter(Math.floor(cut.said / 2));
  const failed = await auditor.sync(['half']);
  expect(failed.items.nodes[0]).toMatchObject({ outcome: 'FAILED', errorCode: 'CONNECTION_LOST' });
  expect((await auditor.changes({ instance: ['half'] })).totalCount).toBe(totalCount);
  expect((await auditor.account('half', 'zhang_san', 'state')).state).toBe('ACTIVE');
  cut.cutAfter(Number.POSITIVE_INFINITY);
  const again = await auditor.sync(['half']);
  expect(again.summary.accounts).toMatchObject({ created: 0, changed: 0, deactivated: 0 });
});

test('no row of our database holds a password of an instance in the clear', async () => {
  // Debian's pg_dump is older than the embedded server, so every row of every table is written out here.
  const tables = await everyRow(
    `select format('%I.%I', n.nspname, c.relname) as text from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
  );
  expect(tables).toContain('public.database_instance');
  const rows = await Promise.all(tables.map((table) => everyRow(`select t::text as text from ${table} t`)));
  const dump = rows.flat().join('\n');
  expect(dump).toContain('enc1.');
  expect(dump).toContain(READER.name);
  expect(READER.password).toContain("reader's");
  expect(dump).not.toContain("reader's");
});

async function everyRow(text: string): Promise<string[]> {
  const { rows } = await bench.db.executeQuery<{ readonly text: string }>(CompiledQuery.raw(text));
  return rows.map((row) => row.text);
}
