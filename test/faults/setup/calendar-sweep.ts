import { sql } from 'kysely';
import { CalendarBench, type ShownRun } from '../../calendar/bench.ts';
import { endLeases } from '../../setup/leases.ts';
import { type CrashPoint, startCrashingWorker } from './crashing-worker.ts';
import { SweptSchool, type SweptStage } from './swept-school.ts';

/** A worker's first look at a run, with which the work begins. */
const WORK_BEGINS = 'select kind, scope, options';
const RESTED = ['COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED', 'CANCELLED'];

/** What is done to one stage of a term: where its worker dies, and what WPS does meanwhile. */
export interface Blow {
  readonly point: CrashPoint;
  readonly fault: Parameters<CalendarBench['control']['addFault']>[0] | null;
}

/** Kills real workers in the middle of calendar runs, lets another one finish, and asks WPS what came of it. */
export class CalendarSweep {
  readonly #calendars: CalendarBench;
  readonly #school: SweptSchool;

  private constructor(calendars: CalendarBench) {
    this.#calendars = calendars;
    this.#school = new SweptSchool(calendars);
  }

  static async start(): Promise<CalendarSweep> {
    return new CalendarSweep(await CalendarBench.start({ worker: false }));
  }

  /** A term of its own, which goes through all stages. */
  newTerm(): Promise<string> {
    return this.#school.newTerm();
  }

  /** Operations of a stage, in words and in order; nothing happens to it. */
  async operations(term: string, stage: SweptStage): Promise<string[]> {
    const worker = await this.#spawn({ at: 0, when: 'before' });
    try {
      await this.#school.prepare(term, stage);
      await this.#rested(await this.#school.begin(term, stage));
    } finally {
      await worker.end();
    }
    return worker
      .log()
      .split('\n')
      .filter((line) => line.startsWith('operation '));
  }

  /** Returns what does not hold afterwards, and whether the worker died where it was to. */
  async strike(
    term: string,
    stage: SweptStage,
    blow: Blow,
  ): Promise<{ reached: boolean; violations: string[] }> {
    const calendars = this.#calendars;
    await this.#school.prepare(term, stage);
    const worker = await this.#spawn(blow.point);
    if (blow.fault !== null) await calendars.control.addFault(blow.fault);
    const runId = await this.#school.begin(term, stage);
    const reached = await Promise.race([worker.crashed(), this.#rested(runId).then(() => false)]);
    await worker.end();
    const run = await this.#goOn(runId);
    await calendars.control.removeFaults();
    const violations = this.#school.violations(term, stage);
    if (run.status !== 'COMPLETED')
      violations.push(`${run.status}: ${run.error} ${JSON.stringify(run.items.nodes)}`);
    return { reached, violations };
  }

  /**
   * Freezes a worker in the middle of an HTTP operation for longer than its lease, and wakes it when another one has
   * finished the run. Returns what does not hold afterwards, and the deletions that put it right.
   */
  async freeze(
    term: string,
    stage: SweptStage,
    point: CrashPoint,
  ): Promise<{ violations: string[]; undone: string[] }> {
    const before = this.#calendars.writes().length;
    await this.#school.prepare(term, stage);
    const worker = await this.#spawn(point, { CRASH_SIGNAL: 'SIGSTOP', CRASH_ONLY: '^HTTP$' });
    const run = await this.#outlive(worker, await this.#school.begin(term, stage)).finally(() =>
      worker.end(),
    );
    const violations = this.#school.violations(term, stage);
    if (run.status !== 'COMPLETED') violations.push(`${run.status}: ${run.error}`);
    const undone = this.#calendars
      .writes()
      .slice(before)
      .filter((operation) => operation.endsWith('-delete'));
    return { violations, undone };
  }

  async #outlive(worker: ReturnType<typeof startCrashingWorker>, runId: string): Promise<ShownRun> {
    await worker.logged('frozen');
    const run = await this.#goOn(runId);
    worker.wake();
    await worker.logged('the run goes on without this worker');
    return run;
  }

  stop(): Promise<void> {
    return this.#calendars.close();
  }

  async #spawn(point: CrashPoint, more: Readonly<Record<string, string>> = {}) {
    const variables = { ...this.#calendars.variables, CRASH_FIRST: WORK_BEGINS, ...more };
    await this.#takeForReal(true);
    const worker = startCrashingWorker(this.#calendars.bench, point, variables);
    await worker.ready();
    return worker;
  }

  /** Ends the dead worker's lease, which would take 15 seconds, and lets a worker of this process go on. */
  async #goOn(runId: string): Promise<ShownRun> {
    await this.#takeForReal(false);
    await endLeases(this.#calendars.bench, 'calendar.%');
    const worker = await this.#calendars.startWorker();
    const run = await this.#rested(runId);
    await worker.end();
    return run;
  }

  async #rested(runId: string): Promise<ShownRun> {
    const { bench } = this.#calendars;
    await bench.until(`${runId} coming to rest`, async () => {
      const { rows } = await sql<{ status: string }>`
        select status from sync_run where run_id = ${runId}`.execute(bench.sql);
      return RESTED.includes(rows[0]?.status ?? '') ? true : null;
    });
    return await this.#calendars.read(runId);
  }

  /** A worker process takes the played WPS for a real one, a worker in the process of the test knows better. */
  async #takeForReal(real: boolean): Promise<void> {
    await sql`update system_state set sandboxed = ${!real}`.execute(this.#calendars.bench.sql);
  }
}
