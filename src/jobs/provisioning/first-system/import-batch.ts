import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import {
  type FirstSystemRow,
  type FirstSystemTable,
  firstSystemTables,
  keyColumnOf,
} from '../../../domain/provisioning/first-system/tables.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import { type NewRunItem, type OpenRun, recordProgress, storeRunItems } from '../../runs/run-record.ts';
import {
  counts,
  type ImportSummary,
  importSummary,
  kindsAfter,
  type ReadCounts,
} from '../claims/import-summary.ts';
import { comparePlans } from './compare-plans.ts';
import { accountsImport } from './import-claims.ts';
import { logsImport, tasksImport } from './import-history.ts';
import { departmentsImport, personTypesImport } from './import-mappings.ts';
import { peopleImport } from './import-people.ts';
import { itemsImport, requestsImport } from './import-requests.ts';
import { settingsImport } from './import-settings.ts';
import type { Imported, Remembered, TableImport } from './table-import.ts';

const imports: Readonly<Record<FirstSystemTable, TableImport>> = {
  departmentmapping: departmentsImport,
  persontypemapping: personTypesImport,
  syncconfig: settingsImport,
  hrperson: peopleImport,
  hrpersonaccount: accountsImport,
  accountcreationtask: tasksImport,
  accountcreationlog: logsImport,
  accountcreationrequest: requestsImport,
  accountcreationrequestitem: itemsImport,
};

const mappedCheckpoint = z.object({ mapped: z.array(z.string()) });

interface Batch {
  readonly table: FirstSystemTable;
  readonly rows: readonly FirstSystemRow[];
  readonly dry: boolean;
  readonly compare: boolean;
  readonly principal: string;
  readonly settings: LiveSettings;
}

interface Keyed {
  readonly key: string;
  readonly row: FirstSystemRow;
  readonly hash: string;
}

/**
 * Imports rows of one table, in the transaction that moves the run's place. A row that is unchanged since the last
 * import is left alone; a dry run only counts and reports.
 */
export async function importBatch(tx: Sql, run: OpenRun, batch: Batch): Promise<void> {
  const { table, dry } = batch;
  const keyed = batch.rows.map((row) => keyedRow(table, row));
  const known = await readHashes(tx, table, keyed);
  const fresh = keyed.filter(({ key, hash }) => known.get(key) !== hash);
  const context = { tx, settings: batch.settings, dry, runId: run.id, principal: batch.principal };
  const rows = fresh.map(({ key, row }) => ({ key, row, isChanged: known.has(key) }));
  const imported = await imports[table].read(context, rows);
  const taken = fresh.filter(({ key }) => !imported.refused.has(key));
  if (!dry) await storeHashes(tx, table, taken, imported.remembered);
  const compared = batch.compare && table === 'accountcreationtask' ? await comparePlans(context, keyed) : [];
  const items = [...refusedItems(table, fresh, imported), ...imported.noted, ...compared];
  await storeRunItems(tx, run, items);
  const more = {
    read: keyed.length,
    new: taken.filter(({ key }) => !known.has(key)).length,
    changed: taken.filter(({ key }) => known.has(key)).length,
    same: keyed.length - fresh.length,
    refused: fresh.length - taken.length,
  };
  const summary = summaryAfter(run.summary, {
    table,
    more,
    items,
    last: keyed.at(-1)?.key,
    facts: imported.facts ?? {},
  });
  const { read = 0, refused = 0 } = summary.tables[table] ?? {};
  await recordProgress(tx, run, {
    done: read,
    total: null,
    failed: refused,
    checkpoint: { after: summary.places[table] ?? null, ...(dry && { mapped: mappedSoFar(run, imported) }) },
    summary,
  });
}

/** Departments that a dry run would map: those that the rows after them name are not unmapped. */
function mappedSoFar({ step: { checkpoint } }: OpenRun, { facts }: Imported): readonly string[] {
  const before = mappedCheckpoint.safeParse(checkpoint).data?.mapped ?? [];
  return [...before, ...(facts?.['mappedDepartments'] ?? [])];
}

function keyedRow(table: FirstSystemTable, row: FirstSystemRow): Keyed {
  const sorted = Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
  return { key: String(row[keyColumnOf(table)]), row, hash };
}

async function readHashes(tx: Sql, table: string, rows: readonly Keyed[]): Promise<Map<string, string>> {
  const { rows: known } = await sql<{ key: string; hash: string }>`
    select old_key as key, content_hash as hash from first_system_row
    where table_name = ${table} and old_key = any(${rows.map(({ key }) => key)}::text[])`.execute(tx);
  return new Map(known.map(({ key, hash }) => [key, hash]));
}

async function storeHashes(
  tx: Sql,
  table: string,
  rows: readonly Keyed[],
  remembered: ReadonlyMap<string, Remembered>,
): Promise<void> {
  const json = JSON.stringify(rows.map(({ key, hash }) => ({ key, hash, ...remembered.get(key) })));
  await sql`
    insert into first_system_row (table_name, old_key, content_hash, subject, was)
    select ${table}, key, hash, subject, was from json_to_recordset(${json}::json)
      as r(key text, hash text, subject text, was text)
    on conflict (table_name, old_key) do update set content_hash = excluded.content_hash, subject = excluded.subject,
      was = excluded.was, imported_at = clock_timestamp()`.execute(tx);
}

/** Rows that were not taken, under the number of their person where they have one. */
function refusedItems(table: string, rows: readonly Keyed[], { refused }: Imported): NewRunItem[] {
  return rows.flatMap(({ key, row }) => {
    const error = refused.get(key);
    if (error === undefined) return [];
    const number = row['employee_number'] ?? row['_employee_number'];
    const itemKey = typeof number === 'string' && number !== '' ? number.slice(0, 100) : `${table} ${key}`;
    return [{ key: itemKey, outcome: 'FAILED', error, payload: { table, row: key } }];
  });
}

interface Step {
  readonly table: FirstSystemTable;
  readonly more: ReadCounts;
  readonly items: readonly NewRunItem[];
  readonly last: string | undefined;
  readonly facts: Readonly<Record<string, readonly string[]>>;
}

function summaryAfter(before: unknown, { table, more, items, last, facts }: Step): ImportSummary {
  const summary = importSummary.parse(before);
  const now = summary.tables[table] ?? counts.parse({});
  return {
    ...summary,
    tables: {
      ...summary.tables,
      [table]: {
        read: now.read + more.read,
        new: now.new + more.new,
        changed: now.changed + more.changed,
        same: now.same + more.same,
        refused: now.refused + more.refused,
      },
    },
    places: last === undefined ? summary.places : { ...summary.places, [table]: last },
    kinds: kindsAfter(summary.kinds, items),
    variablesToSet: [...new Set([...summary.variablesToSet, ...(facts['variablesToSet'] ?? [])])],
    unknownSettings: [...new Set([...summary.unknownSettings, ...(facts['unknownSettings'] ?? [])])],
  };
}

/** The steps that read tables, in order. */
export const tableSteps: readonly string[] = firstSystemTables;
