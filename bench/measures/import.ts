import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openFirstSystem } from '../../src/integrations/first-system/read-tables.ts';
import { makeOldDatabase } from '../../test/first-system/old-database.ts';
import type { Harness } from '../harness.ts';
import type { Figure, Measure } from '../measure.ts';

/** Two accounts of each person and some requests come on top. */
const PEOPLE = 100_000;
const FEWER = 20_000;
const PAGE = 1_000;
const LOOK_MS = 100;

/** Figures of one import. */
interface Import {
  readonly rows: number;
  readonly seconds: number;
  /** The most that the command and the service held at a time. */
  readonly commandMegabytes: number;
  readonly serviceMegabytes: number;
}

/**
 * The command that takes the first system's data over, from its start to the end of the last batch, against reading
 * the same rows and inserting each as JSON; its memory for five times as many rows.
 */
export const importData: Measure = async (harness) => {
  const folder = mkdtempSync(join(tmpdir(), 'accountsync-bench-import-'));
  try {
    const files = { many: join(folder, 'many.sqlite3'), few: join(folder, 'few.sqlite3') };
    makeOldDatabase(files.many, { people: PEOPLE, requests: PEOPLE / 50 });
    makeOldDatabase(files.few, { people: FEWER, requests: FEWER / 50 });
    const few = await importFrom(harness, files.few);
    const limit = await insertOf(harness, files.many);
    const many = await importFrom(harness, files.many);
    const figure = (name: string, unit: string, value: number, of: number | null): Figure => ({
      name,
      unit,
      values: [value],
      limits: of === null ? null : [of],
      cpuMsPerUnit: null,
    });
    return [
      figure('import', 'rows/s', many.rows / many.seconds, limit),
      figure('import-minutes', 'min', many.seconds / 60, null),
      figure('import-memory-command', 'MB', many.commandMegabytes, few.commandMegabytes),
      figure('import-memory-service', 'MB', many.serviceMegabytes, few.serviceMegabytes),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
};

function importFrom(harness: Harness, file: string): Promise<Import> {
  const settings = { account_creation_enabled: false };
  return harness.withService({ latencyMs: 0, people: 10, settings }, async (service) => {
    const args = [
      'src/accountsync.ts',
      'import-first-system',
      '--from',
      `sqlite:${file}`,
      '--no-wait',
      '--json',
    ];
    const startedAt = performance.now();
    const command = spawn(process.execPath, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ACCOUNTSYNC_URL: service.url, ACCOUNTSYNC_API_KEY: service.apiKey },
    });
    let commandMegabytes = 0;
    const watch = setInterval(() => {
      commandMegabytes = Math.max(commandMegabytes, peakOf(command.pid ?? 0));
    }, LOOK_MS);
    await once(command, 'exit').finally(() => clearInterval(watch));
    const seconds = (performance.now() - startedAt) / 1_000;
    const { rows } = await service.sql.query<{ rows: number; people: number }>(
      'select (select count(*)::int from first_system_row) as rows, (select count(*)::int from person) as people',
    );
    const [counted] = rows;
    if (counted === undefined || counted.people < FEWER)
      throw new Error('The import did not take its people.');
    return { rows: counted.rows, seconds, commandMegabytes, serviceMegabytes: peakOf(service.pid) };
  });
}

/** Megabytes at most so far; 0 of a process that has ended. */
function peakOf(pid: number): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes ?? 0) / 1_024;
  } catch {
    return 0;
  }
}

/** Rows a second that are only read and inserted as they are. */
function insertOf(harness: Harness, file: string): Promise<number> {
  return harness.withDatabase(async (url) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const source = await openFirstSystem(`sqlite:${file}`);
    try {
      await client.query(
        'create table bench_row (name text, key text, content jsonb, primary key (name, key))',
      );
      const startedAt = performance.now();
      let count = 0;
      for (const table of source.tables)
        for (let after: string | null = null; ; ) {
          const rows = await source.page(table, { after, limit: PAGE });
          const last = rows.at(-1);
          if (last === undefined) break;
          const key = table === 'hrperson' ? 'person_id' : 'id';
          await client.query(
            'insert into bench_row select $1, value->>$2, value from json_array_elements($3::json)',
            [table, key, JSON.stringify(rows)],
          );
          count += rows.length;
          after = String(last[key]);
        }
      return (count * 1_000) / (performance.now() - startedAt);
    } finally {
      await source.close();
      await client.end();
    }
  });
}
