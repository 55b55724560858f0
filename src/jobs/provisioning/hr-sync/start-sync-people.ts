import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { RunMode, RunTrigger } from '../../../domain/runs/run-states.ts';
import { shanghaiWallTime } from '../../../domain/shanghai-time.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { type OperationError, operationError } from '../../kit/operation.ts';
import { enqueueRun } from '../../runs/run-job.ts';
import { startRun } from '../../runs/start-run.ts';
import { syncPeopleJob } from './sync-people-job.ts';

/** The one step of a sync of people. */
export const PEOPLE_STEP = 'people';
/**
 * How far an incremental sync reaches back before the watermark: clocks differ, and HR commits later than it stamps.
 */
const OVERLAP_MS = 5 * 60_000;

export interface StartSyncOutcome {
  /** Primary key of the run; null when none was started. */
  readonly run: string | null;
  readonly joined: boolean;
  readonly userErrors: readonly OperationError[];
}

/**
 * Starts a sync of people from HR, or joins the running one, and returns at once. Incremental since the watermark;
 * full when there is none or `forceFullSync`. A full sync asked for while an incremental one runs is INVALID_STATE.
 */
export function startSyncPeople(
  context: {
    readonly em: EntityManager;
    readonly boss: PgBoss;
    readonly principal: string | null;
    readonly displayTimeZone: string;
  },
  input: { readonly mode: RunMode; readonly forceFullSync: boolean; readonly trigger: RunTrigger },
): Promise<StartSyncOutcome> {
  return inTransaction(context.em, async (tx) => {
    const source = await readSource(tx);
    if (source.configured === false) {
      const error = operationError('SYSTEM_NOT_CONFIGURED', { path: [], parameters: { system: 'HIEDS' } });
      return { run: null, joined: false, userErrors: [error] };
    }
    const full = input.forceFullSync || source.watermark === null;
    const since =
      full || source.watermark === null ? null : shanghaiWallTime(Date.parse(source.watermark) - OVERLAP_MS);
    const run = await startRun(tx, {
      kind: 'HR_SYNC',
      scope: '',
      mode: input.mode,
      trigger: input.trigger,
      options: { full, since },
      createdBy: context.principal,
      displayTimeZone: context.displayTimeZone,
      steps: [{ key: PEOPLE_STEP, parentKey: null }],
    });
    if (run.joined && input.forceFullSync && run.options['full'] !== true) {
      const parameters = { kind: 'run', id: run.runId, status: run.status };
      const error = operationError('INVALID_STATE', { path: ['forceFullSync'], parameters });
      return { run: null, joined: false, userErrors: [error] };
    }
    await enqueueRun({ tx, boss: context.boss }, syncPeopleJob, run);
    return { run: run.id, joined: run.joined, userErrors: [] };
  });
}

/** The stored state of the HR source; times as Postgres prints them. */
export interface HrSourceState {
  readonly configured: boolean | null;
  readonly watermark: string | null;
  readonly last_full_count: number | null;
}

export async function readSource(tx: Sql): Promise<HrSourceState> {
  const { rows } = await sql<HrSourceState>`
    select configured, watermark, last_full_count from sync_source where kind = 'HR_SYNC' and scope = ''`.execute(
    tx,
  );
  return rows[0] ?? { configured: null, watermark: null, last_full_count: null };
}

/** Stores whether this worker can reach HR, and which one, so that every replica of the API knows. */
export async function noteConfigured(
  tx: Sql,
  source: { readonly configured: boolean; readonly sandboxed: boolean },
): Promise<void> {
  const { configured, sandboxed } = source;
  await sql`
    insert into sync_source as s (kind, configured, sandboxed) values ('HR_SYNC', ${configured}, ${sandboxed})
    on conflict (kind, scope) do update set configured = excluded.configured, sandboxed = excluded.sandboxed,
      updated_at = clock_timestamp()
    where (s.configured, s.sandboxed) is distinct from (excluded.configured, excluded.sandboxed)`.execute(tx);
}
