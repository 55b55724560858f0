import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { outsideTransaction } from '../../../entities/transaction.ts';
import type { CalendarRunContext } from '../kit/run-context.ts';
import { RunTaken } from '../kit/run-recorder.ts';

/** Something at WPS, and the row that it was made for. */
interface Made {
  readonly row: string;
  readonly remoteId: string;
}

/** How soon to look again whether the other worker has recorded its own. */
const LOOK_MS = 500;

/**
 * Records what a create made. A worker that was frozen in the middle of its call may have sent it when the run was
 * another worker's already, which made its own: this one is then deleted again.
 */
export async function recordOrUndo(
  context: CalendarRunContext,
  made: readonly Made[],
  how: {
    readonly record: () => Promise<void>;
    readonly table: 'course_calendar' | 'lesson_block';
    readonly undo: (remoteId: string) => Promise<void>;
  },
): Promise<void> {
  try {
    await how.record();
  } catch (error) {
    if (error instanceof RunTaken)
      for (const remoteId of await superfluous(context, made, how.table)) await how.undo(remoteId);
    throw error;
  }
}

/**
 * Waits until the other worker has recorded something for each row, or the run has ended, and answers with what it
 * did not take for its own. What is open then is found by the next run.
 */
async function superfluous(
  { em, run, stopping }: CalendarRunContext,
  made: readonly Made[],
  table: 'course_calendar' | 'lesson_block',
): Promise<readonly string[]> {
  const remote = sql.ref(table === 'course_calendar' ? 't.wps_calendar_id' : 't.wps_event_id');
  for (;;) {
    const { rows } = await sql<{ remoteId: string; recorded: string | null; running: boolean }>`
      select m."remoteId", ${remote} as recorded, r.status = 'RUNNING' as running
      from json_to_recordset(${JSON.stringify(made)}::json) as m(row bigint, "remoteId" text)
      join ${sql.table(table)} t on t.id = m.row join sync_run r on r.id = ${run.id}::bigint`.execute(
      outsideTransaction(em.fork()),
    );
    if (rows.every(({ recorded, running }) => recorded !== null || !running))
      return rows.flatMap(({ remoteId, recorded }) =>
        recorded === null || recorded === remoteId ? [] : [remoteId],
      );
    await delay(LOOK_MS, undefined, { signal: stopping });
  }
}
