import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import {
  type CalendarSubject,
  type CalendarSummary,
  type CountName,
  calendarSummary,
} from '../../../domain/calendar/runs/run-summary.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction, outsideTransaction } from '../../../entities/transaction.ts';
import { changeNotice } from '../../kit/change-feed.ts';
import type { NewRunItem } from '../../runs/run-record.ts';
import {
  type CalendarAfter,
  type EventAfter,
  type MemberAfter,
  recordCalendars,
  recordEvents,
  recordMembers,
} from './record-effects.ts';

/** Thrown when a person cancelled the run: nothing more is begun. */
export class RunCancelled extends Error {}

/** Thrown when the run is another worker's by now, or has ended: it goes on without this one, whose job is over. */
export class RunTaken extends Error {}

/** Result of a call, ready to be recorded. */
export interface Outcome {
  /** States after the call, with the ids of the answer. */
  readonly calendars?: readonly CalendarAfter[];
  readonly events?: readonly EventAfter[];
  readonly members?: readonly MemberAfter[];
  /** Statements for what is none of these. */
  readonly statements?: readonly RawBuilder<unknown>[];
  readonly items?: readonly NewRunItem[];
  readonly counts?: readonly {
    readonly subject: CalendarSubject;
    readonly name: CountName;
    readonly by?: number;
  }[];
  /** By how much the step got further. */
  readonly done?: number;
  readonly failed?: number;
}

interface Fence {
  readonly cancelled: boolean;
}

interface Waiting {
  readonly outcome: Outcome;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Outcomes within this time are written together. */
const GATHER_MS = 4;
/** As many items as a run keeps; the counts go on. */
export const CALENDAR_ITEMS_MAX = 250_000;

interface StepState {
  readonly key: string;
  done: number;
  failed: number;
  total: number | null;
}

/**
 * Records the outcomes, items, counts and progress of a run in one transaction; those of concurrent calls are
 * recorded together. Fenced: a worker that has lost the run to another writes nothing and stops.
 */
export class RunRecorder {
  readonly run: { readonly id: string; readonly runId: string };
  readonly #em: EntityManager;
  readonly #worker: number;
  readonly #firstStep: string;
  readonly summary: CalendarSummary;
  #items: number;
  #step: StepState | null = null;
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(options: {
    readonly em: EntityManager;
    readonly run: { readonly id: string; readonly runId: string };
    /** The number this worker was given when it took the run up. */
    readonly worker: number;
    /** The step whose checkpoint has it. */
    readonly firstStep: string;
    readonly summary: unknown;
    /** Items that the run has. */
    readonly items: number;
  }) {
    this.run = options.run;
    this.#em = options.em;
    this.#worker = options.worker;
    this.#firstStep = options.firstStep;
    this.summary = calendarSummary.parse(options.summary ?? {});
    this.#items = options.items;
  }

  /** Counts a call; written with the next outcome. */
  countCall(operation: string): void {
    const { calls } = this.summary;
    calls.total += 1;
    calls.byOperation[operation] = (calls.byOperation[operation] ?? 0) + 1;
  }

  /** Begins a step; later records belong to it. One without work is written once, as it ends. */
  async beginStep(key: string, total: number | null): Promise<void> {
    this.#step = { key, done: 0, failed: 0, total };
    if (total === 0) return;
    const parent = key.split('.')[0] ?? key;
    await this.#transaction(async (tx) => {
      await sql`
        update run_step set status = 'RUNNING', started_at = coalesce(started_at, clock_timestamp()),
          done = case when key = ${key} then 0 else done end, failed = case when key = ${key} then 0 else failed end,
          total = case when key = ${key} then ${total}::int else total end
        where run_id = ${this.run.id}::bigint and key in (${key}, ${parent}) and status <> 'COMPLETED'`.execute(
        tx,
      );
    });
  }

  /** Ends the step that was begun last, and the one it is part of when it was the last of it. */
  async endStep(remark: { readonly code: string; readonly parameters: object } | null = null): Promise<void> {
    const step = this.#step;
    if (step === null) return;
    const parent = step.key.split('.')[0] ?? step.key;
    await this.#transaction(async (tx) => {
      const written = this.#writeStep(tx);
      const ended = sql`
        update run_step set status = 'COMPLETED', started_at = coalesce(started_at, clock_timestamp()),
          finished_at = clock_timestamp(), total = coalesce(total, done),
          error_code = ${remark?.code ?? null},
          error_parameters = ${remark === null ? null : JSON.stringify(remark.parameters)}::jsonb
        where run_id = ${this.run.id}::bigint and key = ${step.key}`.execute(tx);
      const parentEnded = sql`
        update run_step p set done = c.done, total = c.total, started_at = coalesce(p.started_at, clock_timestamp()),
          status = case when c.done = c.total then 'COMPLETED' else 'RUNNING' end,
          finished_at = case when c.done = c.total then clock_timestamp() end
        from (select count(*) filter (where status = 'COMPLETED')::int as done, count(*)::int as total from run_step
          where run_id = ${this.run.id}::bigint and parent_key = ${parent}) c
        where p.run_id = ${this.run.id}::bigint and p.key = ${parent} and c.total > 0`.execute(tx);
      await Promise.all([written, ended, parentEnded]);
    });
    this.#step = null;
  }

  /** Sets the amount of work in the step, once it is known. */
  setTotal(total: number): void {
    if (this.#step !== null) this.#step.total = total;
  }

  /** Adds to the amount of work in the step. */
  addTotal(more: number): void {
    if (this.#step !== null) this.#step.total = (this.#step.total ?? 0) + more;
  }

  /** Counts progress that the end of the step writes: for work that has no outcome of its own. */
  advance(done: number): void {
    if (this.#step !== null) this.#step.done += done;
  }

  /** Resolves when the outcome is stored. */
  record(outcome: Outcome): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ outcome, resolve, reject });
    if (!this.#writing) void this.#write();
    return promise;
  }

  /** Runs `work` in a transaction of this run: fenced, and with its counts and progress. */
  async transaction(work: (tx: Sql) => Promise<void>): Promise<void> {
    await this.#transaction(async (tx) => {
      await work(tx);
      await this.#writeStep(tx);
    });
  }

  /** Throws when this worker may do nothing more: the run was cancelled, has ended or is another worker's. */
  async mayGoOn(): Promise<void> {
    const { rows } = await this.#fence().execute(outsideTransaction(this.#em.fork()));
    if (this.#judge(rows)) throw new RunCancelled('cancelled');
  }

  /** Stores items in a transaction that `transaction` opened. */
  async storeItems(tx: Sql, items: readonly NewRunItem[]): Promise<void> {
    const kept = items.slice(0, Math.max(0, CALENDAR_ITEMS_MAX - this.#items));
    this.#items += kept.length;
    if (kept.length > 0) await insertItems(this.run.id, kept).execute(tx);
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
      const batch = this.#waiting.splice(0);
      const step = this.#step;
      for (const { outcome } of batch) {
        if (step !== null) step.done += outcome.done ?? 0;
        if (step !== null) step.failed += outcome.failed ?? 0;
        for (const { subject, name, by } of outcome.counts ?? []) this.summary[subject][name] += by ?? 1;
      }
      try {
        await this.#transaction(async (tx) => {
          const all = gather(batch.map(({ outcome }) => outcome));
          // Sent together: none needs the answer of another.
          await Promise.all([
            ...all.statements.map((statement) => statement.execute(tx)),
            this.storeItems(tx, all.items),
            this.#writeStep(tx, all.statements.length > 0),
          ]);
        });
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = false;
  }

  async #transaction(work: (tx: Sql) => Promise<void>): Promise<void> {
    let cancelled = false;
    await inTransaction(this.#em, async (tx) => {
      const { rows } = await sql<Fence>`${this.#fence()} for no key update of r`.execute(tx);
      cancelled = this.#judge(rows);
      await work(tx);
    });
    if (cancelled) throw new RunCancelled('cancelled');
  }

  /** The row of the run, as long as it is this worker's. */
  #fence(): RawBuilder<Fence> {
    return sql`
      select r.cancel_requested_at is not null as cancelled
      from sync_run r join run_step s on s.run_id = r.id and s.key = ${this.#firstStep}
      where r.id = ${this.run.id}::bigint and r.status = 'RUNNING'
        and s.checkpoint->>'worker' = ${String(this.#worker)}`;
  }

  /** Whether the run was cancelled. */
  #judge([run]: readonly Fence[]): boolean {
    if (run === undefined) throw new RunTaken('the run is another worker’s, or has ended');
    return run.cancelled;
  }

  /** `progressed`: the step made progress that the next worker need not repeat. */
  async #writeStep(tx: Sql, progressed = false): Promise<void> {
    const step = this.#step;
    const written =
      step !== null &&
      sql`
        update run_step set done = ${step.done}::int, failed = ${step.failed}::int, total = ${step.total}::int
        where run_id = ${this.run.id}::bigint and key = ${step.key}`.execute(tx);
    const counted = sql`
      update sync_run set summary = summary || ${JSON.stringify(this.summary)}::jsonb,
        attempts = case when ${progressed} then 0 else attempts end, updated_at = clock_timestamp()
      where id = ${this.run.id}::bigint`.execute(tx);
    await Promise.all([written, counted, changeNotice([{ run: this.run.runId }]).execute(tx)]);
  }
}

/** The outcomes of several calls: one statement for all calendars, one for all events, one for all members. */
function gather(outcomes: readonly Outcome[]) {
  const calendars = outcomes.flatMap((outcome) => outcome.calendars ?? []);
  const events = outcomes.flatMap((outcome) => outcome.events ?? []);
  const members = outcomes.flatMap((outcome) => outcome.members ?? []);
  return {
    statements: [
      ...(calendars.length > 0 ? [recordCalendars(calendars)] : []),
      ...(events.length > 0 ? [recordEvents(events)] : []),
      ...(members.length > 0 ? [recordMembers(members)] : []),
      ...outcomes.flatMap((outcome) => outcome.statements ?? []),
    ],
    items: outcomes.flatMap((outcome) => outcome.items ?? []),
  };
}

function insertItems(run: string, items: readonly NewRunItem[]): RawBuilder<unknown> {
  const rows = items.map(({ key, outcome, error, payload }) => ({
    item_key: key.slice(0, 200),
    outcome,
    error_code: error?.code ?? null,
    error_parameters: error?.parameters ?? null,
    payload,
  }));
  return sql`
    insert into run_item (run_id, item_key, outcome, error_code, error_parameters, payload)
    select ${run}::bigint, item_key, outcome, error_code, error_parameters, payload
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(item_key text, outcome text, error_code text, error_parameters jsonb, payload jsonb)`;
}
