import { sql } from 'kysely';
import { finishedMessage } from '../../../domain/calendar/runs/run-message.ts';
import { effectsOf } from '../../../domain/calendar/runs/run-summary.ts';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import type { Sql } from '../../../entities/tables.ts';
import { UpstreamError } from '../../../integrations/contract/errors.ts';
import type { CalendarRunContext } from './run-context.ts';
import { CALENDAR_SYSTEM } from './wps-access.ts';

/** Notifies the receivers in the Setting `calendar_notify` of a run that changed something. */
export async function notifyFinished(context: CalendarRunContext): Promise<void> {
  const { recorder, run, term, settings } = context;
  const { users, webhook } = settings.get('calendar_notify');
  const effects = effectsOf(recorder.summary);
  if (effects > 0 && webhook)
    await recorder.transaction((tx) =>
      recordEvent(tx, 'calendar.run_finished', `${run.id}:${run.startedAt}`, {
        runId: run.runId,
        kind: run.kind,
        term: term.code,
        effects,
        summary: recorder.summary,
      }),
    );
  if (effects > 0 && users.length > 0) await sendMessage(context, users);
  recorder.advance(1);
}

/** A message that cannot be sent fails nothing: the calendars are as they should be. */
async function sendMessage(context: CalendarRunContext, users: readonly string[]): Promise<void> {
  const { access, logger, recorder, run, term, wps } = context;
  const text = finishedMessage({
    runId: run.runId,
    kind: run.kind,
    term: term.code,
    summary: recorder.summary,
  });
  try {
    await access.call('message', (call) => wps.sendMessage(users, text, call));
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn({ error, runId: run.runId }, 'the message about a calendar run could not be sent');
  }
}

/** Notifies that a run stopped at a problem that a person must solve. */
export function notifySystemError(
  tx: Sql,
  run: { readonly id: string; readonly runId: string; readonly round: string },
  stopped: { readonly term: string; readonly error: StoredError },
): Promise<void> {
  return recordEvent(tx, 'calendar.system_error', `${run.id}:${run.round}`, {
    runId: run.runId,
    term: stopped.term,
    system: stopped.error.code.startsWith('TIMETABLE') ? 'TIMETABLE' : CALENDAR_SYSTEM,
    code: stopped.error.code,
  });
}

async function recordEvent(
  tx: Sql,
  type: string,
  subject: string,
  data: Readonly<Record<string, unknown>>,
): Promise<void> {
  await sql`select record_event(${type}, ${subject.slice(0, 300)}, ${JSON.stringify(data)}::jsonb)`.execute(
    tx,
  );
}
