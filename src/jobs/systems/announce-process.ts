import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Connection } from '../../entities/systems/service-process.ts';
import { outsideTransaction } from '../../entities/transaction.ts';
import type { Logger } from '../../logger.ts';

/** A process that was not seen for three of these is taken for gone. */
export const ANNOUNCE_EVERY_MS = 30_000;

/** Facts that a process announces about itself. */
export interface ProcessFacts {
  readonly role: 'all' | 'server' | 'worker';
  readonly version: string;
  readonly connections: readonly Connection[];
}

/** Says every half minute that this process runs, and takes the row away when it stops in order. */
export async function announceProcess(
  { em, logger }: { readonly em: EntityManager; readonly logger: Logger },
  { role, version, connections }: ProcessFacts,
): Promise<{ stop(): Promise<void> }> {
  const id = randomUUID();
  const db = outsideTransaction(em);
  const announce = () =>
    sql`with gone as (delete from service_process where last_seen_at < now() - interval '1 day')
      insert into service_process (id, role, version, host, pid, connections)
      values (${id}, ${role}, ${version}, ${hostname().slice(0, 300)}, ${process.pid}, ${JSON.stringify(connections)}::jsonb)
      on conflict (id) do update set last_seen_at = clock_timestamp()`.execute(db);
  await announce();
  let beat: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    beat = announce().catch((error: unknown) =>
      logger.warn({ error }, 'this process could not be announced'),
    );
  }, ANNOUNCE_EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await beat;
      await sql`delete from service_process where id = ${id}`.execute(db);
    },
  };
}
