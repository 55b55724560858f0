import { type Command, Option } from 'commander';
import type { RunPayloadFieldsFragment } from '../../../clients/typescript/src/accountsync-client.ts';
import { take } from '../arguments/take.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { countOf, followStarted, modeOf, startCommand } from '../commands/run-commands.ts';
import { table } from '../terminal/columns.ts';
import { exitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';

const SHOWN = 50;
const asked = { throwOnUserErrors: false };

interface Flags {
  readonly term: string;
  readonly dryRun?: boolean;
  readonly wait: boolean;
}

const kinds = { full: 'FULL', incremental: 'INCREMENTAL', users: 'USERS' } as const;
const userTypes = { student: 'STUDENT', teacher: 'TEACHER', all: 'ALL' } as const;

/** `calendar terms | sync | status | report | conflicts | reconcile | restore | delete`. */
export function addCalendarCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal;
  const calendar = program
    .command('calendar')
    .description(
      say('课表日历：同步、核对、恢复、删除', 'course calendars: sync, reconcile, restore, delete'),
    );
  addRuns(calendar, terminal);
  addTerms(calendar, terminal);
  addStatus(calendar, terminal);
  addLists(calendar, terminal);
}

function ofTerm(command: Command, { say }: Terminal): Command {
  return command.requiredOption(
    '--term <term>',
    say('学期，如 2024-2025-2', 'the term, such as 2024-2025-2'),
  );
}

function addRuns(calendar: Command, terminal: Terminal): void {
  const { client, say } = terminal;
  const follow = async (answer: Promise<RunPayloadFieldsFragment>, flags: Flags) =>
    followStarted(await answer, flags, terminal);
  ofTerm(startCommand(calendar, 'sync', terminal), terminal)
    .description(say('把课表同步为 WPS 日历', 'bring the calendars at WPS in line with the timetable'))
    .addOption(
      new Option(
        '--kind <kind>',
        say('全量、增量或仅用户', 'the whole timetable, what changed, or people only'),
      )
        .choices(Object.keys(kinds))
        .default('full'),
    )
    .addOption(
      new Option('--user-type <type>', say('用户同步的范围', 'whom a sync of users is about'))
        .choices(Object.keys(userTypes))
        .default('all'),
    )
    .action(
      (flags: Flags & { readonly kind: keyof typeof kinds; readonly userType: keyof typeof userTypes }) =>
        follow(
          client().startCalendarSync(
            {
              term: flags.term,
              kind: kinds[flags.kind],
              mode: modeOf(flags),
              userType: userTypes[flags.userType],
            },
            asked,
          ),
          flags,
        ),
    );
  ofTerm(calendar.command('reconcile'), terminal)
    .description(say('与 WPS 核对；默认只报告', 'compare with WPS; reports only, unless told to repair'))
    .option('--repair', say('同时修复', 'repair what differs'))
    .option('--no-wait', say('启动后立即返回', 'return as soon as it is started'))
    .action((flags: Flags & { readonly repair?: boolean }) => {
      const mode = flags.repair === true ? ('RUN' as const) : ('DRY_RUN' as const);
      return follow(client().reconcileCalendars({ term: flags.term, mode }, asked), flags);
    });
  ofTerm(startCommand(calendar, 'restore', terminal), terminal)
    .description(say('恢复一个人的全部日历', 'put one person back into all of their calendars'))
    .requiredOption('--user <number>', say('学号或工号', 'student or staff number'))
    .action((flags: Flags & { readonly user: string }) =>
      follow(
        client().restoreCalendarUser({ term: flags.term, userNo: flags.user, mode: modeOf(flags) }, asked),
        flags,
      ),
    );
  ofTerm(calendar.command('delete'), terminal)
    .description(
      say('删除学期的全部日历；默认只列出', 'delete every calendar of a term; lists them, unless told to'),
    )
    .option('--yes', say('真正删除', 'really delete them'))
    .option('--dry-run', say('只列出（默认）', 'only list them, as by default'))
    .option('--no-wait', say('启动后立即返回', 'return as soon as it is started'))
    .action((flags: Flags & { readonly yes?: boolean }) => {
      const deletes = flags.yes === true && flags.dryRun !== true;
      const mode = deletes ? ('RUN' as const) : ('DRY_RUN' as const);
      return follow(client().deleteTermCalendars({ term: flags.term, mode }, asked), flags);
    });
}

function addTerms(calendar: Command, terminal: Terminal): void {
  const { client, print, report, say } = terminal;
  calendar
    .command('terms')
    .description(say('列出学期，或打开、关闭一个学期', 'list terms, or open or close one'))
    .option('--open <term>', say('打开这个学期', 'open this term'))
    .option('--close <term>', say('关闭这个学期：不再同步', 'close this term: it is synced no more'))
    .action(async ({ open, close }: { readonly open?: string; readonly close?: string }) => {
      const term = open ?? close;
      if (term !== undefined) {
        const status = open === undefined ? ('CLOSED' as const) : ('OPEN' as const);
        report((await client().updateTerm({ term, status }, asked)).userErrors);
      }
      const terms = await client().terms();
      const rows = terms.map(({ code, status, blockPolicy, lessonCount, blockCount, liveRun }) => [
        code,
        status,
        blockPolicy,
        `${lessonCount} ${say('节课', 'lessons')}`,
        `${blockCount} ${say('个日程', 'events')}`,
        liveRun === null ? '' : `${liveRun.runId} ${liveRun.status}`,
      ]);
      print(terms, table(rows));
    });
}

type StateCounts = readonly { readonly state: string; readonly count: number }[];

function addStatus(calendar: Command, terminal: Terminal): void {
  const { client, end, print, say, time } = terminal;
  calendar
    .command('status')
    .description(
      say('学期的同步状态；有需要处理的则退出 1', 'how terms are; exits 1 when something wants attention'),
    )
    .option('--term <term>', say('只看这个学期', 'only this term'))
    .action(async ({ term: only }: { readonly term?: string }) => {
      const terms = (await client().terms()).filter(({ code }) => only === undefined || code === only);
      if (only !== undefined && terms.length === 0)
        throw new UsageError(say(`没有学期 ${only}。`, `No run has named a term ${only}.`));
      const counted = await Promise.all(
        terms.map(async (term) => ({ term, findings: await client().openFindings(term.code) })),
      );
      const text = (counts: StateCounts) => counts.map(({ state, count }) => `${state} ${count}`).join('  ');
      const rows = counted.flatMap(({ term, findings }) => [
        [term.code, term.status, say('最近全量', 'last full'), lastText(term.lastFullSync, time)],
        ['', '', say('最近增量', 'last incremental'), lastText(term.lastIncrementalSync, time)],
        ['', '', say('日历', 'calendars'), text(term.calendarCounts)],
        ['', '', say('日程', 'events'), text(term.eventCounts)],
        ['', '', say('成员', 'members'), text(term.memberCounts)],
        ['', '', say('未处理差异', 'open findings'), String(findings)],
      ]);
      print(
        counted.map(({ term, findings }) => ({ ...term, openFindings: findings })),
        table(rows),
      );
      if (counted.some(({ term, findings }) => findings > 0 || wantsAttention(term))) end(exitStatus.failed);
    });
}

interface TermState {
  readonly eventCounts: StateCounts;
  readonly memberCounts: StateCounts;
  readonly calendarCounts: StateCounts;
  readonly liveRun: { readonly status: string } | null;
  readonly lastFullSync: { readonly status: string } | null;
  readonly lastIncrementalSync: { readonly status: string } | null;
}

/** True when a term has failed work, or work that waits for a person or for an account to be opened. */
function wantsAttention(term: TermState): boolean {
  const open = new Set(['FAILED', 'USER_MISSING']);
  const counts = [...term.calendarCounts, ...term.eventCounts, ...term.memberCounts];
  const runs = [term.lastFullSync, term.lastIncrementalSync];
  return (
    counts.some(({ state, count }) => open.has(state) && count > 0) ||
    term.liveRun?.status === 'AWAITING_CONFIRMATION' ||
    runs.some((run) => run?.status === 'FAILED')
  );
}

function lastText(
  run: { readonly runId: string; readonly status: string; readonly startedAt: string } | null,
  time: Terminal['time'],
): string {
  return run === null ? '–' : `${time(run.startedAt)}  ${run.status}  ${run.runId}`;
}

function addLists(calendar: Command, terminal: Terminal): void {
  const { client, print, say, time } = terminal;
  calendar
    .command('report <run-id>')
    .description(say('一次运行的报告', 'the report of a run'))
    .addOption(
      new Option('--format <format>', say('格式', 'its form'))
        .choices(['markdown', 'csv'])
        .default('markdown'),
    )
    .action(async (runId: string, { format }: { readonly format: 'markdown' | 'csv' }) => {
      const report = await client().runReport(runId, format === 'csv' ? 'CSV' : 'MARKDOWN');
      if (report === null) throw new UsageError(say(`没有运行 ${runId}。`, `There is no run ${runId}.`));
      print({ runId, format, report }, report);
    });
  ofTerm(calendar.command('conflicts'), terminal)
    .description(say('同一时间两处安排', 'what is in two places at once'))
    .option('--first <count>', say('列出多少个', 'how many'), countOf, SHOWN)
    .action(async ({ term, first }: Flags & { readonly first: number }) => {
      const conflicts = await take(client().calendarConflicts(term), first);
      const rows = conflicts.map(({ kind, subject, startsAt, students, blocks }) => [
        kind,
        subject,
        time(startsAt),
        students === null ? '' : `${students} ${say('人', 'students')}`,
        blocks.map(({ offering, courseName }) => `${courseName} ${offering}`).join(' | '),
      ]);
      print(conflicts, table(rows));
    });
  ofTerm(calendar.command('findings'), terminal)
    .description(say('核对发现的差异', 'what reconciliations found'))
    .option('--all', say('包括已处理的', 'those that are over, too'))
    .option('--first <count>', say('列出多少个', 'how many'), countOf, SHOWN)
    .action(async ({ term, first, all }: Flags & { readonly first: number; readonly all?: boolean }) => {
      const findings = await take(client().calendarFindings(term, all === true ? undefined : true), first);
      print(
        findings,
        table(findings.map(({ kind, subject, message, foundAt }) => [kind, subject, time(foundAt), message])),
      );
    });
}
