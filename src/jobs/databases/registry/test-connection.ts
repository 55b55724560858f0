import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { z } from 'zod';
import { categoryStatuses, permissionCategories } from '../../../domain/databases/engines.ts';
import { inTransaction, outsideTransaction } from '../../../entities/transaction.ts';
import type { DatabaseConnectors } from '../../../integrations/contract/database-connector.ts';
import { DatabaseError } from '../../../integrations/contract/database-error.ts';
import { defineJob, enqueue } from '../../kit/job.ts';
import type { OperationContext } from '../../kit/operation.ts';
import { type SecretKeys, SecretUnavailable } from '../../secrets/secret-keys.ts';
import { failureParameters, type InstanceRow, instanceById, targetOf } from './target.ts';

/** A test gives up after this; the operation that waits for it has 10 s. */
const TEST_TIMEOUT_MS = 8_000;
/** Short enough to tell a silent server from one of another engine within the time of a test. */
const CONNECT_TIMEOUT_MS = 5_500;
const ANSWER_WITHIN_MS = 8_800;
const LOOK_EVERY_MS = 100;

/** Signs in at one instance and reports which categories can be read. A person waits for the answer. */
export const testConnectionJob = defineJob({
  name: 'databases.test-connection',
  payload: z.object({ test: z.string() }),
  key: ({ test }) => test,
});

export const coverageSchema = z.array(
  z.object({
    category: z.enum(permissionCategories),
    scope: z.string().nullable(),
    status: z.enum(categoryStatuses),
    grant: z.string().nullable(),
    detail: z.string().nullable(),
  }),
);

const resultSchema = z.object({
  reachable: z.boolean(),
  product: z.string().nullable(),
  version: z.string().nullable(),
  tlsInUse: z.boolean().nullable(),
  latencyMs: z.number().nullable(),
  coverage: coverageSchema,
  error: z
    .object({
      code: z.string(),
      parameters: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      sqlState: z.string().nullable(),
      vendorCode: z.string().nullable(),
      phase: z.string().nullable(),
    })
    .nullable(),
});

/** Result of a test; stored as it is shown. */
export type ConnectionTestResult = z.output<typeof resultSchema>;

export interface TestConnectionContext {
  readonly em: EntityManager;
  readonly secrets: SecretKeys;
  readonly databaseConnectors: DatabaseConnectors;
}

/** Asks the server and stores its answer. Safe to run twice: it changes nothing there. */
export async function testConnection(
  { test }: { readonly test: string },
  context: TestConnectionContext,
): Promise<void> {
  const db = outsideTransaction(context.em.fork());
  const { rows } = await sql<{ instance_id: string }>`
    select instance_id from database_connection_test where id = ${test}::bigint and result is null`.execute(
    db,
  );
  const [row] = rows;
  const instance = row === undefined ? null : await instanceById(db, row.instance_id);
  if (instance === null) return;
  const result = await ask(instance, context);
  await inTransaction(context.em, async (tx) => {
    await sql`
      update database_connection_test set result = ${JSON.stringify(result)}::jsonb where id = ${test}::bigint`.execute(
      tx,
    );
    if (result.product === null) return;
    await sql`
      update database_instance set product = ${result.product}, version = ${result.version}
      where id = ${instance.id}::bigint and (product, version) is distinct from (${result.product}, ${result.version})`.execute(
      tx,
    );
  });
}

async function ask(instance: InstanceRow, context: TestConnectionContext): Promise<ConnectionTestResult> {
  const startedMs = performance.now();
  const signal = AbortSignal.timeout(TEST_TIMEOUT_MS);
  const nothing = {
    reachable: false,
    product: null,
    version: null,
    tlsInUse: null,
    latencyMs: null,
    coverage: [],
  };
  try {
    const target = targetOf(instance, context.secrets);
    const connector = context.databaseConnectors[instance.engine];
    const report = await connector.testConnection(target, { signal, connectTimeoutMs: CONNECT_TIMEOUT_MS });
    const latencyMs = Math.round(performance.now() - startedMs);
    return { reachable: true, ...report, coverage: [...report.coverage], latencyMs, error: null };
  } catch (error) {
    if (error instanceof SecretUnavailable) {
      const parameters = Object.fromEntries(
        Object.entries(error.parameters).map(([key, value]) => [key, String(value)]),
      );
      return {
        ...nothing,
        error: { code: error.code, parameters, sqlState: null, vendorCode: null, phase: null },
      };
    }
    const failure = signal.aborted ? timedOut(error) : error;
    if (!(failure instanceof DatabaseError)) throw error;
    const { code, sqlState, vendorCode, phase } = failure;
    const parameters = z
      .record(z.string(), z.union([z.string(), z.number(), z.null()]))
      .parse(failureParameters(instance, failure, TEST_TIMEOUT_MS / 1_000));
    return {
      ...nothing,
      coverage: [...failure.coverage],
      error: { code, parameters, sqlState, vendorCode, phase },
    };
  }
}

function timedOut(cause: unknown): DatabaseError {
  return new DatabaseError({
    code: 'TIMEOUT',
    phase: 'connect',
    failure: 'retryable',
    detail: 'no answer',
    cause,
  });
}

/** Lets a worker test a connection and waits for the result; null when none answered in time. */
export async function askForTest(
  context: Pick<OperationContext, 'em' | 'boss'>,
  instanceId: string,
): Promise<ConnectionTestResult | null> {
  const test = await inTransaction(context.em, async (tx) => {
    await sql`delete from database_connection_test where created_at < now() - interval '10 minutes'`.execute(
      tx,
    );
    const { rows } = await sql<{ id: string }>`
      insert into database_connection_test (instance_id) values (${instanceId}::bigint) returning id`.execute(
      tx,
    );
    const id = rows[0]?.id ?? '';
    await enqueue({ tx, boss: context.boss }, testConnectionJob, [{ payload: { test: id }, priority: 1 }]);
    return id;
  });
  const db = outsideTransaction(context.em.fork());
  const deadlineMs = performance.now() + ANSWER_WITHIN_MS;
  while (performance.now() < deadlineMs) {
    await delay(LOOK_EVERY_MS);
    const { rows } = await sql<{ result: unknown }>`
      select result from database_connection_test where id = ${test}::bigint`.execute(db);
    const { data } = resultSchema.safeParse(rows[0]?.result);
    if (data !== undefined) return data;
  }
  return null;
}
