import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { outsideTransaction } from '../../../entities/transaction.ts';
import type { Logger } from '../../../logger.ts';

/** How soon a cancelled run ends the queries that it has running. */
const LOOK_EVERY_MS = 500;

/** A signal that aborts when the run is over for any reason: cancelled, rejected, given up. */
export function watchRun(
  context: { readonly em: EntityManager; readonly logger: Logger },
  run: string,
): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const db = outsideTransaction(context.em.fork());
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    try {
      const { rows } = await sql`
        select 1 from sync_run where id = ${run}::bigint and status = 'RUNNING' and cancel_requested_at is null`.execute(
        db,
      );
      if (rows.length === 0) controller.abort(new Error('the run is over'));
    } catch (error) {
      context.logger.warn(
        { error, run },
        'the state of a run could not be read; the next look reads it again',
      );
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  return { signal: controller.signal, stop: () => clearInterval(timer) };
}
