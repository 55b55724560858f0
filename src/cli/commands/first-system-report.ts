import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { AccountSyncClient, Run } from '../../../clients/typescript/src/accountsync-client.ts';
import { take } from '../arguments/take.ts';
import { csvLine, UTF8_MARK } from '../files/csv-line.ts';
import { table as columns } from '../terminal/columns.ts';
import { exitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { FirstSystemReader } from './first-system-reader.ts';

/** Records that are printed; the file has all. */
const SHOWN = 20;
const HEAD = ['kind', 'key', 'outcome', 'here', 'there', 'message'] as const;

interface ReportOptions {
  /** Null: no file is wanted. */
  readonly file: string | null;
  /** Opens the first system's database again, for what a run does not keep. */
  readonly open: () => Promise<FirstSystemReader>;
  readonly terminal: Terminal;
}

/** Prints counts by table and by kind, writes the report, and ends with 0, 1 (something to look at) or 2 (failed). */
export async function reportImport(run: Run, options: ReportOptions): Promise<void> {
  const { file, terminal } = options;
  const { client, print, say, end } = terminal;
  const records = await take(client().runItems(run.runId), SHOWN);
  const reported = file === null ? null : await writeReport(run.runId, file, options);
  const tables = Object.entries(Object(fieldOf(run.summary, 'tables'))).map(([name, counts]) => [
    name,
    ...['read', 'new', 'changed', 'same', 'refused'].map(
      (count) => `${count} ${fieldOf(counts, count) ?? 0}`,
    ),
  ]);
  const kinds = Object.entries(Object(fieldOf(run.summary, 'kinds'))).map(([kind, count]) => [
    kind,
    String(count),
  ]);
  const variables = listOf(run.summary, 'variablesToSet');
  const unknown = listOf(run.summary, 'unknownColumns');
  const line = (text: string, list: readonly unknown[]) =>
    list.length === 0 ? '' : `  ${text}: ${list.join(' ')}\n`;
  const text = [
    columns([[run.runId, run.kind, run.mode === 'DRY_RUN' ? `${run.status} (DRY_RUN)` : run.status]]),
    columns(tables),
    columns(kinds),
    columns(
      records.map(({ key, outcome, errorCode, message }) => [key, outcome, errorCode ?? '', message ?? '']),
    ),
    line(say('需要设置的环境变量', 'variables to set'), variables),
    line(say('未导入的列', 'columns that are not taken over'), unknown),
    reported === null ? '' : `  ${file}: ${reported}\n`,
    run.status === 'AWAITING_CONFIRMATION'
      ? `  ${say('确认后才会创建缺失的账号', 'missing accounts are made once you say so')}: accountsync confirm ${run.runId} | reject ${run.runId}\n`
      : '',
  ];
  print(
    { ...run, records, ...(reported !== null && { report: { file, records: reported } }) },
    text.join(''),
  );
  if (run.status === 'FAILED' || run.status === 'CANCELLED') end(exitStatus.broken);
  else if (run.status !== 'COMPLETED' && !(run.status === 'RUNNING' && kinds.length === 0))
    end(exitStatus.failed);
}

/** Writes every record of the run as they come, so that any number fits; returns how many. */
async function writeReport(runId: string, file: string, options: ReportOptions): Promise<number> {
  const client = options.terminal.client();
  const stream = createWriteStream(file, { mode: 0o600 });
  const names = new NamesBeside(client, options.open);
  let count = 0;
  try {
    stream.write(`${UTF8_MARK}${csvLine(HEAD)}`);
    for await (const item of client.runItems(runId)) {
      const { key, outcome, errorCode, message, details } = item;
      const { here, there } =
        fieldOf(details, 'field') === 'full_name'
          ? await names.of(key, textOf(details, 'row'))
          : valuesOf(details);
      count += 1;
      const line = csvLine([errorCode ?? '', key, outcome, here, there, message ?? '']);
      if (!stream.write(line)) await once(stream, 'drain');
    }
  } finally {
    stream.end();
    await names.close();
  }
  await finished(stream);
  return count;
}

interface Values {
  readonly here: string;
  readonly there: string;
}

function valuesOf(details: unknown): Values {
  return { here: textOf(details, 'here'), there: textOf(details, 'there') };
}

/** Names of people here and there: a run keeps no personal data, so both are read where they are. */
class NamesBeside {
  readonly #client: AccountSyncClient;
  readonly #open: () => Promise<FirstSystemReader>;
  #source: FirstSystemReader | null = null;

  constructor(client: AccountSyncClient, open: () => Promise<FirstSystemReader>) {
    this.#client = client;
    this.#open = open;
  }

  async of(employeeNumber: string, row: string): Promise<Values> {
    this.#source ??= await this.#open();
    const before = String(Number(row) - 1);
    const [there] = await this.#source.page('hrperson', { after: before, limit: 1 });
    const here = await this.#client.person(employeeNumber);
    return { here: here?.fullName ?? '', there: textOf(there, 'full_name') };
  }

  async close(): Promise<void> {
    await this.#source?.close();
  }
}

/** A field of something whose shape is not known. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function textOf(value: unknown, name: string): string {
  const found = fieldOf(value, name);
  if (found === null || found === undefined) return '';
  return typeof found === 'object' ? JSON.stringify(found) : String(found);
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const found = fieldOf(value, name);
  return Array.isArray(found) ? found : [];
}
