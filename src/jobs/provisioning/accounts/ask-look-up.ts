import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction, outsideTransaction } from '../../../entities/transaction.ts';
import type { RemoteAccount } from '../../../integrations/contract/connector.ts';
import type { ChangeFeed } from '../../kit/change-feed.ts';
import { enqueue } from '../../kit/job.ts';
import type { OperationContext } from '../../kit/operation.ts';
import { lookUpJob, ONE_PRIORITY } from './look-up-job.ts';

/** Answer to a question. */
export type LookUpAnswer =
  | { readonly kind: 'found'; readonly account: RemoteAccount }
  | { readonly kind: 'missing' }
  /** The system has no way to ask it. */
  | { readonly kind: 'cannot-look' }
  /** No answer for now; `error` is of code UNVERIFIED. */
  | { readonly kind: 'unknown'; readonly error: StoredError };

export interface LookUpQuestion {
  /** Primary key of the person. */
  readonly person: string;
  readonly employeeNumber: string;
  readonly system: string;
  readonly identifier: string;
}

export type AskContext = Pick<OperationContext, 'em' | 'boss' | 'settings'> & { readonly feed: ChangeFeed };

/** How long a caller waits for a worker. */
const WAIT_MS = 12_000;
/** Polling interval, in case a notification is lost. */
const LOOK_EVERY_MS = 1_000;

const foundSchema = z.object({
  identifier: z.string(),
  remoteId: z.string().nullable(),
  username: z.string().optional(),
  emailAddress: z.string().optional(),
});

/**
 * Asks a system, through a worker, whether it has an account: the process of the API may not be able to reach it.
 * Answers within twelve seconds, with `unknown` if need be.
 */
export async function askLookUp(context: AskContext, question: LookUpQuestion): Promise<LookUpAnswer> {
  const hindrance = await findHindrance(outsideTransaction(context.em.fork()), context, question);
  if (hindrance !== null) return hindrance;
  const id = await inTransaction(context.em, async (tx) => {
    const { person, system, identifier } = question;
    await sql`delete from account_look_up where created_at < now() - interval '1 day'`.execute(tx);
    const { rows } = await sql<{ id: string }>`
      insert into account_look_up (person_id, system, identifier) values (${person}::bigint, ${system}, ${identifier})
      returning id`.execute(tx);
    const [row] = rows;
    if (row === undefined) throw new Error('A question was not stored.');
    const entry = { payload: { lookUp: row.id }, priority: ONE_PRIORITY };
    await enqueue({ tx, boss: context.boss }, lookUpJob(system), [entry]);
    return row.id;
  });
  return await waitForAnswer(context, id, question);
}

/** Why asking now is useless; null when it is not. */
async function findHindrance(
  db: Sql,
  { settings }: AskContext,
  question: LookUpQuestion,
): Promise<LookUpAnswer | null> {
  const { system } = question;
  const { rows } = await sql<{ can_look_up: boolean | null; circuit: string }>`
    select can_look_up, circuit from system_state where system = ${system}`.execute(db);
  if (rows[0]?.can_look_up === false) return { kind: 'cannot-look' };
  const paused = settings.pausedSystems(Date.now()).find((pause) => pause.system === system);
  if (paused !== undefined) return unknown(question, { variant: 'PAUSED', reason: paused.reason });
  if (rows[0]?.circuit === 'OPEN') return unknown(question, { variant: 'CIRCUIT_OPEN' });
  return null;
}

async function waitForAnswer(
  context: AskContext,
  id: string,
  question: LookUpQuestion,
): Promise<LookUpAnswer> {
  const deadline = Date.now() + WAIT_MS;
  const db = outsideTransaction(context.em.fork());
  for (;;) {
    const told = Promise.withResolvers<void>();
    const stop = new AbortController();
    const unsubscribe = context.feed.subscribe({
      onChange: (change) => {
        if ('lookUp' in change && change.lookUp === id) told.resolve();
      },
      onReconnect: () => told.resolve(),
    });
    try {
      const answer = await readAnswer(db, id, question);
      if (answer !== null) return answer;
      if (Date.now() >= deadline) return unknown(question, { variant: 'TIMED_OUT' });
      await Promise.race([
        told.promise,
        delay(LOOK_EVERY_MS, undefined, { signal: stop.signal }).catch(() => {}),
      ]);
    } finally {
      stop.abort();
      unsubscribe();
    }
  }
}

async function readAnswer(db: Sql, id: string, question: LookUpQuestion): Promise<LookUpAnswer | null> {
  const { rows } = await sql<{ state: string; found: unknown; error_code: string | null }>`
    select state, found, error_code from account_look_up where id = ${id}::bigint`.execute(db);
  const [row] = rows;
  switch (row?.state) {
    case 'FOUND': {
      const { username, emailAddress, ...account } = foundSchema.parse(row.found);
      return {
        kind: 'found',
        account: {
          ...account,
          ...(username !== undefined && { username }),
          ...(emailAddress !== undefined && { emailAddress }),
        },
      };
    }
    case 'MISSING':
      return { kind: 'missing' };
    case 'FAILED':
      return unknown(question, { cause: row.error_code });
    default:
      return null;
  }
}

function unknown(question: LookUpQuestion, parameters: StoredError['parameters']): LookUpAnswer {
  const { employeeNumber, system, identifier } = question;
  const error = { code: 'UNVERIFIED', parameters: { employeeNumber, system, identifier, ...parameters } };
  return { kind: 'unknown', error };
}
