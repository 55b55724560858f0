import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { type CalendarRunKind, calendarRunKinds } from '../../domain/calendar/run-kinds.ts';
import { calendarSteps } from '../../domain/calendar/runs/steps.ts';
import { isTermCode, type TimetableUserScope } from '../../domain/calendar/states.ts';
import type { RunMode, RunTrigger } from '../../domain/runs/run-states.ts';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction } from '../../entities/transaction.ts';
import { type OperationError, operationError } from '../kit/operation.ts';
import { enqueueRun } from '../runs/run-job.ts';
import { startRun } from '../runs/start-run.ts';
import { calendarRunJob } from './calendar-run-job.ts';

/** A calendar run to begin. */
export interface CalendarRunInput {
  readonly term: string;
  readonly kind: CalendarRunKind;
  readonly mode: RunMode;
  readonly trigger: RunTrigger;
  readonly userType: TimetableUserScope;
  /** The person to restore. */
  readonly userNo: string | null;
}

export interface CalendarRunStarted {
  /** Primary key of the run; null when none was begun or found. */
  readonly id: string | null;
  readonly joined: boolean;
  readonly userErrors: readonly OperationError[];
}

/** Dependencies of starting a run; `principal` null: a schedule. */
export interface StartContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly principal: string | null;
  readonly displayTimeZone: string;
}

/**
 * Begins a calendar run. A term has at most one live run, of any kind: a start of the same kind joins it, and one of
 * another kind is refused with the kind of the live one. A dry run neither joins nor is joined nor refused.
 */
export async function startCalendarRun(
  context: StartContext,
  input: CalendarRunInput,
): Promise<CalendarRunStarted> {
  if (!isTermCode(input.term))
    return refusal(operationError('INVALID', { path: ['term'], parameters: { variant: 'TERM' } }));
  const missing = await missingSystems(context.em);
  if (missing.length > 0)
    return refusal(
      operationError('FEATURE_DISABLED', { path: [], parameters: { variant: 'CALENDAR', missing } }),
    );
  return inTransaction(context.em, async (tx) => {
    const term = await lockTerm(tx, input.term);
    if (term.status === 'CLOSED') return refusal(closedTerm(input.term));
    const live = input.mode === 'RUN' ? await findLive(tx, input.term) : null;
    if (live !== null && live.kind !== input.kind)
      return { ...refusal(busyTerm(input.term, live)), id: live.id };
    const run = await startRun(tx, {
      kind: input.kind,
      scope: input.term,
      mode: input.mode,
      trigger: input.trigger,
      options: { userType: input.userType, userNo: input.userNo },
      createdBy: context.principal,
      displayTimeZone: context.displayTimeZone,
      steps: calendarSteps(input.kind),
    });
    await enqueueRun({ tx, boss: context.boss }, calendarRunJob, run);
    return { id: run.id, joined: run.joined, userErrors: [] };
  });
}

function refusal(error: OperationError): CalendarRunStarted {
  return { id: null, joined: false, userErrors: [error] };
}

/** A term is known from the first run that names it; its row makes starts wait for one another. */
async function lockTerm(tx: Sql, code: string): Promise<{ readonly status: string }> {
  await sql`insert into term (code) values (${code}) on conflict (code) do nothing`.execute(tx);
  const { rows } = await sql<{ status: string }>`
    select status from term where code = ${code} for no key update`.execute(tx);
  return rows[0] ?? { status: 'OPEN' };
}

interface LiveRun {
  readonly id: string;
  readonly runId: string;
  readonly kind: string;
  readonly status: string;
}

/** The live run of a term, whatever its kind. */
export async function findLive(tx: Sql, term: string): Promise<LiveRun | null> {
  const { rows } = await sql<LiveRun>`
    select id, run_id as "runId", kind, status from sync_run
    where scope = ${term} and kind = any(${[...calendarRunKinds]}::text[]) and mode = 'RUN'
      and status in ('RUNNING', 'AWAITING_CONFIRMATION')`.execute(tx);
  return rows[0] ?? null;
}

function closedTerm(term: string): OperationError {
  const parameters = { variant: 'TERM_CLOSED', kind: 'term', id: term, status: 'CLOSED' };
  return operationError('INVALID_STATE', { path: ['term'], parameters });
}

function busyTerm(term: string, live: LiveRun): OperationError {
  const { runId: other, kind: otherKind, status } = live;
  const parameters = { variant: 'TERM_BUSY', kind: 'term', id: term, other, otherKind, status };
  return operationError('INVALID_STATE', { path: ['term'], parameters });
}

/** Systems of this area that no worker is connected to, as the worker that started last has it. */
async function missingSystems(em: EntityManager): Promise<string[]> {
  const { rows } = await sql<{ kind: string; configured: boolean | null }>`
    select kind, configured from sync_source where kind in ('WPS', 'TIMETABLE')`.execute(
    em.fork().getKysely(),
  );
  const configured = new Map(rows.map((row) => [row.kind, row.configured]));
  return ['WPS', 'TIMETABLE'].filter((kind) => configured.get(kind) === false);
}
