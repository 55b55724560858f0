import { sql } from 'kysely';
import type { Finding } from '../../../domain/calendar/reconcile.ts';
import type { RunItemOutcome } from '../../../domain/runs/run-states.ts';
import type { NewRunItem } from '../../runs/run-record.ts';
import type { CalendarRunContext } from '../kit/run-context.ts';

const outcomes = {
  MISSING_REMOTE: 'WOULD_INSERT',
  DRIFT: 'WOULD_UPDATE',
  ORPHAN_REMOTE: 'WOULD_DELETE',
} as const satisfies Partial<Record<Finding['kind'], RunItemOutcome>>;
const counted = { MISSING_REMOTE: 'created', DRIFT: 'updated', ORPHAN_REMOTE: 'deleted' } as const;
const subjects = { CALENDAR: 'calendars', EVENT: 'events', MEMBER: 'members' } as const;

/** Stores the findings; the same difference found again keeps its row. */
export async function storeFindings(
  context: CalendarRunContext,
  findings: readonly Finding[],
  calendar: string | null = null,
): Promise<void> {
  if (findings.length === 0) return;
  const { recorder, run, term } = context;
  const rows = findings.map((finding) => ({
    ...finding,
    calendar: finding.subject === 'CALENDAR' ? finding.row : calendar,
  }));
  if (run.mode === 'DRY_RUN')
    for (const { kind, subject } of findings)
      if (kind !== 'FOREIGN') recorder.summary[subjects[subject]][counted[kind]] += 1;
  await recorder.transaction(async (tx) => {
    await sql`
      update calendar_finding f set closed_at = clock_timestamp()
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(kind text, key text)
      where f.term_id = ${term.id}::bigint and f.finding_key = r.key and f.kind <> r.kind
        and f.repaired_at is null and f.closed_at is null`.execute(tx);
    await sql`
      insert into calendar_finding as f (term_id, kind, subject, finding_key, calendar_id, remote_id, details)
      select ${term.id}::bigint, kind, subject, key, calendar, "remoteId",
        details || jsonb_build_object('run', ${run.runId}::text, 'row', row)
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as r(kind text, subject text, key text, calendar bigint, "remoteId" text, details jsonb, row text)
      on conflict (term_id, finding_key) where repaired_at is null and closed_at is null
        do update set details = excluded.details, remote_id = excluded.remote_id`.execute(tx);
    if (run.mode === 'DRY_RUN') await recorder.storeItems(tx, findings.flatMap(findingItems));
  });
}

function findingItems({ kind, key, details }: Finding): NewRunItem[] {
  return kind === 'FOREIGN' ? [] : [{ key, outcome: outcomes[kind], error: null, payload: details }];
}

/** A finding that this run did not see is over. */
export async function closeUnseen({ recorder, run, term }: CalendarRunContext): Promise<void> {
  await recorder.transaction(async (tx) => {
    await sql`
      update calendar_finding set closed_at = clock_timestamp()
      where term_id = ${term.id}::bigint and repaired_at is null and closed_at is null
        and details->>'run' is distinct from ${run.runId}`.execute(tx);
  });
}

/** Marks the findings of this run as repaired, except in calendars where something failed. */
export async function markRepaired({ recorder, run, term }: CalendarRunContext): Promise<void> {
  await recorder.transaction(async (tx) => {
    await sql`
      update calendar_finding f set repaired_at = clock_timestamp()
      where f.term_id = ${term.id}::bigint and f.repaired_at is null and f.closed_at is null and f.kind <> 'FOREIGN'
        and f.details->>'run' = ${run.runId} and not f.details ? 'kept'
        and not exists (select 1 from course_calendar c where c.id = f.calendar_id and (c.state = 'FAILED'
          or exists (select 1 from lesson_block b where b.calendar_id = c.id and b.event_state = 'FAILED')
          or exists (select 1 from calendar_member m where m.calendar_id = c.id and m.state = 'FAILED')))`.execute(
      tx,
    );
  });
}
