import { z } from 'zod';
import type { Locale, StoredError } from '../errors/error-entry.ts';
import { csvLine } from '../text/csv.ts';
import { formatMoment } from '../text/format-moment.ts';
import type { RunKind } from './run-kinds.ts';
import { displayRunKind } from './run-kinds.ts';
import type { RunMode, RunStatus, StepStatus } from './run-states.ts';
import { codeText, countText, inOrder } from './run-words.ts';
import { stepName } from './step-names.ts';

/** A run as a report tells of it. */
export interface ReportedRun {
  readonly runId: string;
  readonly kind: RunKind;
  readonly scope: string;
  readonly mode: RunMode;
  readonly status: RunStatus;
  readonly error: StoredError | null;
  readonly summary: Readonly<Record<string, unknown>>;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly seconds: number | null;
  readonly steps: readonly {
    readonly key: string;
    readonly status: StepStatus;
    readonly done: number;
    readonly total: number | null;
    readonly failed: number;
  }[];
  /** How many items have an outcome, by code of their error. */
  readonly outcomes: readonly {
    readonly outcome: string;
    readonly code: string | null;
    readonly count: number;
  }[];
}

/** One record of a run, for a row of CSV. */
export interface ReportedItem {
  readonly key: string;
  readonly outcome: string;
  readonly error: StoredError | null;
  readonly details: Readonly<Record<string, unknown>>;
}

const calls = z.object({ calls: z.object({ total: z.number() }) });

/** Who reads a report: in which language and time zone, and how errors are told in it. */
export interface ReportReader {
  readonly locale: Locale;
  readonly timeZone: string;
  readonly errorText: (error: StoredError) => string;
}

/** The run as a document for people. */
export function markdownReport(run: ReportedRun, { locale, timeZone, errorText }: ReportReader): string {
  const zh = locale === 'ZH_CN';
  const say = (chinese: string, english: string) => (zh ? chinese : english);
  const total = calls.safeParse(run.summary).data?.calls.total ?? null;
  const facts: [string, string][] = [
    [say('运行', 'Run'), run.runId],
    ...(run.scope === '' ? [] : ([[say('范围', 'Scope'), run.scope]] as [string, string][])),
    [say('方式', 'Mode'), codeText(run.mode, locale)],
    [say('状态', 'Status'), codeText(run.status, locale)],
    [say('开始', 'Started'), formatMoment(run.startedAt, timeZone)],
    [say('结束', 'Finished'), run.finishedAt === null ? '–' : formatMoment(run.finishedAt, timeZone)],
    [say('用时（秒）', 'Duration (s)'), run.seconds === null ? '–' : run.seconds.toFixed(1)],
  ];
  if (total !== null && run.seconds !== null && run.seconds > 0)
    facts.push([say('调用/秒', 'Calls per second'), (total / run.seconds).toFixed(1)]);
  const lines = [
    `# ${displayRunKind(run.kind, locale)}`,
    '',
    ...table([say('项目', 'What'), say('值', 'Value')], facts),
    ...(run.error === null ? [] : ['', errorText(run.error)]),
    '',
    `## ${say('结果', 'Results')}`,
    '',
    ...summaryLines(run.summary, locale),
    '',
    `## ${say('记录', 'Records')}`,
    '',
    ...table(
      [say('结果', 'Outcome'), say('原因', 'Reason'), say('数量', 'Count')],
      run.outcomes.map(({ outcome, code, count }) => [codeText(outcome, locale), code ?? '', String(count)]),
    ),
    '',
    `## ${say('阶段', 'Stages')}`,
    '',
    ...table(
      [say('阶段', 'Stage'), say('状态', 'Status'), say('完成', 'Done'), say('失败', 'Failed')],
      run.steps.map(({ key, status, done, total: of, failed }) => [
        stepName(key, locale),
        codeText(status, locale),
        of === null || (of === 0 && status === 'COMPLETED') ? String(done) : `${done}/${of}`,
        String(failed),
      ]),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** Counts that stand in a table of their own, and those that are one number. */
function summaryLines(summary: Readonly<Record<string, unknown>>, locale: Locale): string[] {
  const say = (chinese: string, english: string) => (locale === 'ZH_CN' ? chinese : english);
  const name = (count: string) => countText(count, locale);
  const numbers = z.record(z.string(), z.number());
  const names = inOrder(Object.keys(summary));
  const plain = names.filter((each) => typeof summary[each] === 'number');
  const grouped = names.flatMap((each) => {
    const counts = numbers.safeParse(summary[each]).data;
    return counts === undefined ? [] : [{ name: each, counts }];
  });
  const columns = inOrder([...new Set(grouped.flatMap(({ counts }) => Object.keys(counts)))]);
  return [
    ...table(
      [say('项目', 'What'), say('数量', 'Count')],
      plain.map((each) => [name(each), String(summary[each])]),
    ),
    ...(grouped.length === 0
      ? []
      : [
          '',
          ...table(
            [say('对象', 'What'), ...columns.map(name)],
            grouped.map(({ name: group, counts }) => [
              name(group),
              ...columns.map((column) => String(counts[column] ?? '')),
            ]),
          ),
        ]),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** The head of the CSV: one row per item follows. */
export function csvHead(locale: Locale): string {
  return csvLine(
    locale === 'ZH_CN'
      ? ['记录', '结果', '错误代码', '说明', '详情']
      : ['key', 'outcome', 'errorCode', 'message', 'details'],
  );
}

/** One item as a row of CSV. */
export function csvItem({ key, outcome, error, details }: ReportedItem, { errorText }: ReportReader): string {
  const message = error === null ? null : errorText(error);
  const told = Object.keys(details).length === 0 ? null : JSON.stringify(details);
  return csvLine([key, outcome, error?.code ?? null, message, told]);
}
