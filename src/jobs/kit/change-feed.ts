import { type RawBuilder, sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { anyKey } from '../../entities/keys.ts';
import type { Executor } from '../../entities/transaction.ts';
import type { Logger } from '../../logger.ts';

/** The one channel of this service; payloads carry ids only. */
const CHANNEL = 'accountsync';

const newJobsSchema = z.object({
  job: z.string(),
  afterMs: z.number(),
  /** Their number and highest priority; absent: unknown. */
  count: z.int().optional(),
  priority: z.number().optional(),
});
/** Jobs that were sent to the queue `job`. */
export type NewJobs = z.output<typeof newJobsSchema>;

const changeSchema = z.union([
  newJobsSchema,
  z.object({ request: z.string() }),
  z.object({ run: z.string() }),
  z.object({ setting: z.string() }),
  z.object({ system: z.string() }),
  z.object({ event: z.string() }),
  z.object({ lookUp: z.string() }),
  z.object({ apiKey: z.string() }),
]);

/** A change that other processes are told about: a job to take, or a row to read again. */
export type Change = z.output<typeof changeSchema>;

/** Notifies every process when the transaction commits. */
export async function notifyChange(tx: Executor, ...changes: readonly Change[]): Promise<void> {
  if (changes.length > 0) await changeNotice(changes).execute(tx);
}

/** The statement that notifies of the requests that want these tasks. */
export function requestsOfTasksNotice(taskIds: readonly string[]): RawBuilder<unknown> {
  return sql`
    select pg_notify(${CHANNEL}, format('{"request":"%s"}', q.request)) from (
      select distinct q.request_id as request from request_item_task l
      join request_item i on i.id = l.item_id join account_request q on q.id = i.request_id
      where l.task_id = ${anyKey(taskIds)}) q`;
}

/** The statement of `notifyChange`. */
export function changeNotice(changes: readonly Change[]): RawBuilder<unknown> {
  const payloads = changes.map((change) => JSON.stringify(change));
  return sql`
    select pg_notify(${CHANNEL}, payload) from unnest(${payloads}::text[]) as payload`;
}

export interface ChangeListener {
  onChange(change: Change): void;
  /** The connection was lost and is back: anything may have been missed. */
  onReconnect(): void;
}

/** LISTENs on a connection of its own (pg-boss keeps it alive) and passes changes to subscribers. */
export class ChangeFeed {
  readonly #listeners = new Set<ChangeListener>();
  readonly #logger: Logger;
  #close: (() => Promise<void>) | null = null;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Starts listening; `boss` must be started, on a connection that is not pooled by transaction. */
  async start(boss: PgBoss): Promise<void> {
    const db = boss.getDb();
    if (db.listen === undefined) throw new Error('This database connection cannot LISTEN.');
    const handle = await db.listen(
      CHANNEL,
      (payload) => this.#dispatch(payload),
      () => {
        for (const listener of this.#listeners) listener.onReconnect();
      },
    );
    this.#close = () => handle.close();
  }

  /** Returns a function that ends the subscription. */
  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    await this.#close?.();
    this.#listeners.clear();
  }

  #dispatch(payload: string): void {
    const change = changeSchema.safeParse(parseJson(payload));
    if (!change.success) {
      this.#logger.warn(
        { payload: payload.slice(0, 200) },
        'a notification of an unknown kind, perhaps of an older or newer build',
      );
      return;
    }
    for (const listener of this.#listeners) listener.onChange(change.data);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
