import { sql } from 'kysely';
import type { StoredError } from '../../domain/errors/error-entry.ts';
import {
  csvHead,
  csvItem,
  markdownReport,
  type ReportedRun,
  type ReportReader,
} from '../../domain/runs/run-report.ts';
import { localeArgument } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { formatDateTime } from '../building/date-time.ts';
import type { RequestScope } from '../context/context.ts';
import { errorText } from '../context/words.ts';
import { sqlOf } from '../reading/loaders.ts';
import { type RunItemRow, SyncRun, type SyncRunRow, selectRunItems } from './rows.ts';

const ReportFormatEnum = builder.enumType('ReportFormat', {
  description: 'Form of a report.',
  values: {
    MARKDOWN: { description: 'A document for people.' },
    CSV: { description: 'One row per item, safe against formulas.' },
  } as const,
});

/** Rows of one report; more are read from `items` in pages. */
const CSV_ROWS_MAX = 100_000;
const CSV_PART = 5_000;

builder.objectFields(SyncRun, (t) => ({
  scope: t.string({
    nullable: true,
    description:
      'What it is about: the term of a calendar run, the instance of a single database run; null where the kind says it all.',
    resolve: ({ scope }) => (scope === '' ? null : scope),
  }),
  report: t.string({
    description: 'The run as a document for people (MARKDOWN) or one row per item (CSV, at most 100,000).',
    args: {
      format: t.arg({
        type: ReportFormatEnum,
        required: true,
        defaultValue: 'MARKDOWN',
        description: 'Form of the report.',
      }),
      ...localeArgument,
    },
    complexity: 20,
    resolve: async (run, { format, locale }, scope) => {
      const reader = {
        locale: locale ?? scope.locale,
        timeZone: scope.services.displayTimeZone,
        errorText: (error: StoredError) => errorText(scope, error, locale),
      };
      return format === 'CSV'
        ? await csvOf(scope, run, reader)
        : markdownReport(await reported(scope, run), reader);
    },
  }),
}));

async function reported(scope: RequestScope, run: SyncRunRow): Promise<ReportedRun> {
  const { rows } = await sql<{ outcome: string; code: string | null; count: number }>`
    select outcome, error_code as code, count(*)::int as count from run_item
    where run_id = ${run.id}::bigint group by 1, 2 order by 3 desc, 1`.execute(sqlOf(scope));
  const until = run.finished_at === null ? Date.now() : Date.parse(formatDateTime(run.finished_at));
  const startedAt = formatDateTime(run.started_at);
  return {
    runId: run.run_id,
    kind: run.kind,
    scope: run.scope,
    mode: run.mode,
    status: run.status,
    error: run.error_code === null ? null : { code: run.error_code, parameters: run.error_parameters ?? {} },
    summary: run.summary,
    startedAt,
    finishedAt: run.finished_at === null ? null : formatDateTime(run.finished_at),
    seconds: (until - Date.parse(startedAt)) / 1_000,
    steps: run.steps,
    outcomes: rows,
  };
}

async function csvOf(scope: RequestScope, run: SyncRunRow, reader: ReportReader): Promise<string> {
  // Read by programs that take the first bytes for the encoding.
  const parts = ['\uFEFF', csvHead(reader.locale)];
  for (let after = '0', count = 0; count < CSV_ROWS_MAX; ) {
    const { rows } = await sql<RunItemRow>`
      ${selectRunItems} where i.run_id = ${run.id}::bigint and i.id > ${after}::bigint order by i.id limit ${CSV_PART}`.execute(
      sqlOf(scope),
    );
    for (const { item_key: key, outcome, error_code: code, error_parameters: parameters, payload } of rows) {
      const error = code === null ? null : { code, parameters: parameters ?? {} };
      parts.push(csvItem({ key, outcome, error, details: payload }, reader));
    }
    count += rows.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < CSV_PART) break;
    after = last.id;
  }
  return parts.join('');
}
