import { type RawBuilder, sql } from 'kysely';
import { endLeases } from '../../setup/leases.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';
import { type CrashPoint, startCrashingWorker } from './crashing-worker.ts';
import { findViolations } from './invariants.ts';
import { takeForReal } from './playing.ts';

/** Kills a real worker at points of its work, lets another one finish, and looks whether everything holds. */
export class CrashSweep {
  readonly #bench: ProvisioningBench;
  #processes = 0;
  #people = 0;

  private constructor(bench: ProvisioningBench) {
    this.#bench = bench;
  }

  static async start(): Promise<CrashSweep> {
    const settings = { uncertain_second_delay_seconds: 0.05 };
    return new CrashSweep(await ProvisioningBench.start({ worker: false, settings }));
  }

  /** Operations of one person at three systems, in words and in order. */
  async operations(): Promise<string[]> {
    const worker = await this.#spawn({ at: 0, when: 'before' });
    try {
      const id = await this.#submit(1);
      await this.#bench.finished(id);
    } finally {
      await worker.end();
    }
    await this.#settle();
    return worker
      .log()
      .split('\n')
      .filter((line) => line.startsWith('operation '));
  }

  /** Returns the violations, and whether the point was reached at all. */
  async crash(point: CrashPoint, people = 1): Promise<{ reached: boolean; violations: string[] }> {
    const bench = this.#bench;
    const worker = await this.#spawn(point);
    const id = await this.#submit(people);
    const reached = await Promise.race([worker.crashed(), bench.finished(id).then(() => false)]);
    // A crash in the last transaction's wake leaves a finished request and a dead worker: both are over here.
    await worker.end();
    await this.#settle();
    await bench.finished(id);
    const violations = await findViolations(bench, { processes: this.#processes });
    const { status, items } = await bench.request(id);
    if (status !== 'COMPLETED') violations.push(`${status}: ${JSON.stringify(items)}`);
    return { reached, violations };
  }

  stop(): Promise<void> {
    return this.#bench.stop();
  }

  get bench(): ProvisioningBench {
    return this.#bench;
  }

  #submit(people: number): Promise<string> {
    return this.#bench.submit(
      Array.from({ length: people }, () => {
        this.#people += 1;
        const number = String(this.#people).padStart(5, '0');
        return { employeeNumber: `SWEEP-${number}`, phoneNumber: `139000${number}` };
      }),
    );
  }

  async #spawn(point: CrashPoint) {
    await takeForReal(this.#bench, true);
    this.#processes += 1;
    const worker = startCrashingWorker(this.#bench, point);
    await worker.ready();
    // What a worker looks for at its start is over: from here on all it does is the work, in the same order each time.
    await this.#empty(sql`name = 'provisioning.sweep'`);
    return worker;
  }

  /** Ends the dead worker's leases, which would take 15 seconds, and lets a worker of this process do what is left. */
  async #settle(): Promise<void> {
    const bench = this.#bench;
    await takeForReal(bench, false);
    await endLeases(bench, '%');
    this.#processes += 1;
    const worker = await bench.startWorker();
    await this.#empty(sql`(name like 'provisioning.run-task%' or name like 'provisioning.resolve-uncertain%'
      or name = 'provisioning.intake-request')`);
    await worker.end();
  }

  async #empty(queues: RawBuilder<unknown>): Promise<void> {
    await this.#bench.until('the queues being empty', async () => {
      const { rows } = await sql`
        select 1 from pgboss.job where state in ('created', 'retry', 'active') and ${queues} limit 1`.execute(
        this.#bench.sql,
      );
      return rows.length === 0 ? true : null;
    });
  }
}
