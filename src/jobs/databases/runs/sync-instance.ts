import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { RemoteCatalog } from '../../../domain/databases/permissions/catalog.ts';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import type { RunMode } from '../../../domain/runs/run-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction, outsideTransaction } from '../../../entities/transaction.ts';
import {
  CONNECT_TIMEOUT_MS,
  type DatabaseConnectors,
} from '../../../integrations/contract/database-connector.ts';
import { DatabaseError } from '../../../integrations/contract/database-error.ts';
import type { Logger } from '../../../logger.ts';
import { JobInterrupted } from '../../kit/interruption.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import { type SecretKeys, SecretUnavailable } from '../../secrets/secret-keys.ts';
import { storeCatalog } from '../accounts/store-catalog.ts';
import { failureParameters, type InstanceRow, instanceById, targetOf } from '../registry/target.ts';
import { finishIfDone } from './finish-run.ts';
import { advanceStep } from './run-steps.ts';
import { watchRun } from './watch-run.ts';

export interface SyncInstanceContext {
  readonly em: EntityManager;
  readonly settings: LiveSettings;
  readonly secrets: SecretKeys;
  readonly databaseConnectors: DatabaseConnectors;
  readonly logger: Logger;
  /** Aborts when the process stops; the instance is read again elsewhere. */
  readonly stopping: AbortSignal;
}

/** An item that is to be done. */
interface Work {
  readonly item: string;
  readonly run: string;
  readonly runId: string;
  readonly mode: RunMode;
  readonly confirmed: boolean;
  readonly instance: InstanceRow | null;
}

/**
 * Reads one instance whole and then stores the differences in one transaction. Safe to run twice: a settled item is
 * left alone, and a catalog stored already has no differences.
 */
export async function syncInstance(
  { item, round }: { readonly item: string; readonly round: number },
  context: SyncInstanceContext,
): Promise<void> {
  const work = await inTransaction(context.em, (tx) => begin(tx, item, round));
  if (work === null) return;
  const { instance } = work;
  if (instance === null) {
    const error = { code: 'NOT_FOUND', parameters: { variant: 'INSTANCE', id: item } };
    return settle(context, work, (tx) => fail(tx, work, { error, details: {} }));
  }
  const watch = watchRun(context, work.run);
  try {
    const catalog = await read(instance, work, context, AbortSignal.any([watch.signal, context.stopping]));
    watch.signal.throwIfAborted();
    await settle(context, work, (tx) => store(tx, { work, instance, catalog, context }));
  } catch (error) {
    if (context.stopping.aborted) throw new JobInterrupted('the process stops');
    // The run is over, and this item with it.
    if (watch.signal.aborted) return;
    await settle(context, work, (tx) => failWith(tx, { work, instance, error, logger: context.logger }));
  } finally {
    watch.stop();
  }
}

async function begin(tx: Sql, item: string, round: number): Promise<Work | null> {
  const { rows } = await sql<Omit<Work, 'instance'> & { readonly instance_id: string }>`
    update run_item i set payload = i.payload || jsonb_build_object('startedAt', clock_timestamp())
    from sync_run r
    where i.id = ${item}::bigint and i.outcome = 'PENDING' and coalesce((i.payload->>'round')::int, 1) = ${round}::int
      and r.id = i.run_id and r.status = 'RUNNING'
    returning i.id::text as item, r.id::text as run, r.run_id as "runId", r.mode,
      coalesce((i.payload->>'confirmed')::boolean, false) as confirmed, i.subject_id::text as instance_id`.execute(
    tx,
  );
  const [row] = rows;
  if (row === undefined) return null;
  return { ...row, instance: await instanceById(tx, row.instance_id) };
}

async function read(
  instance: InstanceRow,
  { run }: Work,
  context: SyncInstanceContext,
  signal: AbortSignal,
): Promise<RemoteCatalog> {
  const db = outsideTransaction(context.em.fork());
  let told: Promise<unknown> = Promise.resolve();
  const catalog = await context.databaseConnectors[instance.engine].readCatalog(
    targetOf(instance, context.secrets),
    {
      signal,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      onPhase: (phase) => {
        const done = phase === 'inventory' ? 'connect' : phase === 'collection' ? 'inventory' : null;
        if (done !== null) told = told.then(() => advanceStep(db, run, done));
      },
    },
  );
  await told;
  await advanceStep(db, run, 'collection');
  return catalog;
}

/** Settles the item in one transaction, unless the run has ended meanwhile or another process settled it first. */
async function settle(
  context: SyncInstanceContext,
  work: Work,
  work_: (tx: Sql) => Promise<void>,
): Promise<void> {
  await inTransaction(context.em, async (tx) => {
    // The run first: everything that ends a run locks it first.
    const { rows } = await sql`
      select 1 from sync_run where id = ${work.run}::bigint and status = 'RUNNING' for no key update`.execute(
      tx,
    );
    if (rows.length === 0) return;
    const { rows: items } = await sql`
      select 1 from run_item where id = ${work.item}::bigint and outcome = 'PENDING' for update`.execute(tx);
    if (items.length === 0) return;
    await work_(tx);
    await finishIfDone(tx, work.run);
  });
}

async function store(
  tx: Sql,
  {
    work,
    instance,
    catalog,
    context,
  }: {
    readonly work: Work;
    readonly instance: InstanceRow;
    readonly catalog: RemoteCatalog;
    readonly context: SyncInstanceContext;
  },
): Promise<void> {
  const { settings } = context;
  const limits = {
    percent: settings.get('disappearance_threshold_percent'),
    count: settings.get('disappearance_threshold_count'),
  };
  const stored = await storeCatalog(tx, { ...work, instance, catalog, limits });
  if (stored.outcome === 'COMPLETED') await advanceStep(tx, work.run, 'classify');
  await sql`
    update run_item set outcome = ${stored.outcome}, payload = payload || ${JSON.stringify({ ...stored.counts, ...stored.facts })}::jsonb,
      settled_at = case when ${stored.outcome} = 'COMPLETED' then clock_timestamp() end
    where id = ${work.item}::bigint`.execute(tx);
}

async function failWith(
  tx: Sql,
  {
    work,
    instance,
    error,
    logger,
  }: {
    readonly work: Work;
    readonly instance: InstanceRow;
    readonly error: unknown;
    readonly logger: Logger;
  },
): Promise<void> {
  if (error instanceof SecretUnavailable)
    return fail(tx, work, {
      error: { code: error.code, parameters: error.parameters },
      details: { phase: 'connect' },
    });
  if (!(error instanceof DatabaseError)) throw error;
  const { code, phase, sqlState, vendorCode, coverage } = error;
  logger.warn(
    { instance: instance.name, code, phase, sqlState, vendorCode },
    'an instance could not be read',
  );
  // The coverage is newer than the stored one; the accounts stay as they were.
  if (coverage.length > 0 && work.mode === 'RUN')
    await sql`
      update database_instance set coverage = ${JSON.stringify(coverage)}::jsonb where id = ${instance.id}::bigint`.execute(
      tx,
    );
  const parameters = failureParameters(instance, error, CONNECT_TIMEOUT_MS / 1_000);
  const step = phase === 'write' ? 'classify' : phase;
  await advanceStep(tx, work.run, step, { failed: true });
  await fail(tx, work, { error: { code, parameters }, details: { phase, sqlState, vendorCode } });
}

async function fail(
  tx: Sql,
  { item }: Work,
  failure: { readonly error: StoredError; readonly details: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { code, parameters } = failure.error;
  await sql`
    update run_item set outcome = 'FAILED', error_code = ${code}, error_parameters = ${JSON.stringify(parameters)}::jsonb,
      payload = payload || ${JSON.stringify({ code, ...failure.details })}::jsonb, settled_at = clock_timestamp()
    where id = ${item}::bigint`.execute(tx);
}
