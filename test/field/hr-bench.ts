import { sql } from 'kysely';
import { isFinalRun, type RunStatus } from '../../src/domain/runs/run-states.ts';
import { inTransaction } from '../../src/entities/transaction.ts';
import { startSyncPeople } from '../../src/jobs/provisioning/hr-sync/start-sync-people.ts';
import { ProvisioningBench } from '../setup/provisioning.ts';
import { type RawHr, startRawHr } from '../setup/raw-hr.ts';

/** How a sync ended. */
export interface SyncOutcome {
  readonly id: string;
  readonly status: RunStatus;
  readonly error_code: string | null;
  readonly summary: Readonly<Record<string, unknown>>;
}

/** A worker that reads its people from an HR of the test's own. */
export class HrBench {
  readonly bench: ProvisioningBench;
  readonly hr: RawHr;

  private constructor(bench: ProvisioningBench, hr: RawHr) {
    this.bench = bench;
    this.hr = hr;
  }

  static async start(
    options: { readonly pageSize?: number; readonly settings?: Readonly<Record<string, unknown>> } = {},
  ): Promise<HrBench> {
    const hr = await startRawHr({ pageSize: options.pageSize ?? 200 });
    const bench = await ProvisioningBench.start({ worker: false, settings: options.settings ?? {} });
    await bench.startWorker({ variables: hr.variables });
    return new HrBench(bench, hr);
  }

  async sync(options: { readonly full?: boolean } = {}): Promise<SyncOutcome> {
    const { run } = await startSyncPeople(this.bench.context, {
      mode: 'RUN',
      forceFullSync: options.full ?? false,
      trigger: 'MANUAL_TASK',
    });
    return this.bench.until(`run ${run} ending`, async () => {
      const { rows } = await sql<SyncOutcome>`
        select id, status, summary, error_code from sync_run where id = ${run}::bigint`.execute(
        this.bench.sql,
      );
      const [ended] = rows;
      return ended !== undefined && isFinalRun(ended.status) ? ended : null;
    });
  }

  async watermark(): Promise<string | null> {
    const { rows } = await sql<{ watermark: string | null }>`select watermark from sync_source`.execute(
      this.bench.sql,
    );
    return rows[0]?.watermark ?? null;
  }

  people() {
    return this.bench.sql.selectFrom('person').selectAll().orderBy('employee_number').execute();
  }

  /** Everybody is forgotten, with what was read so far. */
  async clear(): Promise<void> {
    // Again, where it meets what a run has left to do.
    await inTransaction(this.bench.context.em, (tx) =>
      sql`truncate person, sync_run, sync_source cascade`.execute(tx),
    );
    this.hr.asked.length = 0;
  }

  async stop(): Promise<void> {
    await this.bench.stop();
    await this.hr.close();
  }
}
