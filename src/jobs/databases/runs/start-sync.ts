import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { RunMode, RunTrigger } from '../../../domain/runs/run-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { type OperationError, operationError } from '../../kit/operation.ts';
import { enqueueRun } from '../../runs/run-job.ts';
import { startRun } from '../../runs/start-run.ts';
import { instanceNotFound } from '../registry/change-instance.ts';
import { findInFlight, INSTANCE_SUBJECT } from '../registry/in-flight.ts';
import { finishIfDone } from './finish-run.ts';
import { DATABASE_STEPS, syncDatabasesJob } from './jobs.ts';

export interface StartDatabaseSyncOutcome {
  /** Primary key of the run; null when none was started. */
  readonly id: string | null;
  readonly joined: boolean;
  readonly userErrors: readonly OperationError[];
}

interface StartContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly principal: string | null;
  readonly displayTimeZone: string;
}

interface NamedInstance {
  readonly id: string;
  readonly name: string;
}

/** Instances of one call. */
const INSTANCES_MAX = 1_000;

/**
 * Begins a run over these instances. One that another run has in hand is left to it: when that is so of all of them, the
 * other run is joined. Dry runs join nothing.
 */
export function startDatabaseSync(
  context: StartContext,
  input: { readonly type: RunTrigger; readonly instances: readonly string[] | null; readonly mode: RunMode },
): Promise<StartDatabaseSyncOutcome> {
  const problem = checkType(input.type, input.instances);
  if (problem !== null) return Promise.resolve(refused([problem]));
  return inTransaction(context.em, async (tx) => {
    const { found, userErrors } = await findInstances(tx, input.instances);
    if (userErrors.length > 0) return refused(userErrors);
    return begin(tx, context, { trigger: input.type, mode: input.mode, instances: found });
  });
}

/** Begins the daily run over all that are ACTIVE. */
export async function startScheduledSync(tx: Sql, context: Omit<StartContext, 'em'>): Promise<void> {
  const { found } = await findInstances(tx, null);
  if (found.length === 0) return;
  await begin(tx, context, { trigger: 'SCHEDULED_TASK', mode: 'RUN', instances: found });
}

async function begin(
  tx: Sql,
  context: Omit<StartContext, 'em'>,
  start: {
    readonly trigger: RunTrigger;
    readonly mode: RunMode;
    readonly instances: readonly NamedInstance[];
  },
): Promise<StartDatabaseSyncOutcome> {
  const { trigger, mode, instances } = start;
  // Of simultaneous starts the second sees the instances that the first has taken.
  await sql`select pg_advisory_xact_lock(hashtextextended('databases.start', 0))`.execute(tx);
  const taken =
    mode === 'RUN'
      ? await findInFlight(
          tx,
          instances.map(({ id }) => id),
        )
      : [];
  const others = new Set(taken.map(({ instanceId }) => instanceId));
  const own = instances.filter(({ id }) => !others.has(id));
  const [live] = taken;
  if (own.length === 0 && live !== undefined) return { id: live.run, joined: true, userErrors: [] };
  const run = await startRun(tx, {
    kind: 'DATABASE_ACCOUNTS',
    // Of scheduled runs at most one is live, and each is compared with the one before.
    scope: trigger === 'SCHEDULED_TASK' ? 'schedule' : randomUUID(),
    mode,
    trigger,
    options: { instances: own.map(({ name }) => name) },
    createdBy: context.principal,
    displayTimeZone: context.displayTimeZone,
    steps: DATABASE_STEPS.map((key) => ({ key, parentKey: null })),
  });
  if (run.joined) return { id: run.id, joined: true, userErrors: [] };
  await sql`
    insert into run_item (run_id, item_key, subject_kind, subject_id, outcome, payload)
    select ${run.id}::bigint, d.name, ${INSTANCE_SUBJECT}, d.id, 'PENDING', '{}' from database_instance d
    where d.id = any(${own.map(({ id }) => id)}::bigint[]) order by d.name`.execute(tx);
  await sql`
    update run_step set total = ${own.length}::int where run_id = ${run.id}::bigint`.execute(tx);
  if (own.length === 0) await finishIfDone(tx, run.id);
  else await enqueueRun({ tx, boss: context.boss }, syncDatabasesJob, run);
  return { id: run.id, joined: false, userErrors: [] };
}

function checkType(type: RunTrigger, instances: readonly string[] | null): OperationError | null {
  const count = instances?.length ?? 0;
  switch (type) {
    case 'SCHEDULED_TASK':
    case 'EVENT':
      return operationError('INVALID', {
        path: ['type'],
        parameters: { variant: 'TRIGGER', field: 'type', value: type },
      });
    case 'MANUAL_SINGLE':
      return count === 1 ? null : wrongNumber(type);
    case 'MANUAL_BATCH':
      if (count > INSTANCES_MAX) {
        const parameters = { variant: 'LIST', field: 'instances', count, limit: INSTANCES_MAX };
        return operationError('TOO_MANY', { path: ['instances'], parameters });
      }
      return count >= 1 ? null : wrongNumber(type);
    case 'MANUAL_TASK':
      return count === 0 ? null : wrongNumber(type);
  }
}

function wrongNumber(type: RunTrigger): OperationError {
  const parameters = { variant: 'INSTANCES_OF_TYPE', field: 'instances', type };
  return operationError('INVALID', { path: ['instances'], parameters });
}

async function findInstances(tx: Sql, names: readonly string[] | null) {
  if (names === null || names.length === 0) {
    const { rows } = await sql<NamedInstance>`
      select id::text, name from database_instance where state = 'ACTIVE' order by name`.execute(tx);
    return { found: rows, userErrors: [] };
  }
  const { rows } = await sql<NamedInstance>`
    select id::text, name from database_instance where name = any(${[...names]}::text[]) order by name`.execute(
    tx,
  );
  const known = new Set(rows.map(({ name }) => name));
  const userErrors = names.flatMap((name, index) =>
    known.has(name) ? [] : [instanceNotFound(name, ['instances', String(index)])],
  );
  return { found: rows, userErrors };
}

function refused(userErrors: readonly OperationError[]): StartDatabaseSyncOutcome {
  return { id: null, joined: false, userErrors };
}
