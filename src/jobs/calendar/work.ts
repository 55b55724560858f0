import { sql } from 'kysely';
import { outsideTransaction } from '../../entities/transaction.ts';
import type { AreaWork, WorkerContext } from '../areas/area.ts';
import { HandlerLane, implementJob } from '../kit/handler-lane.ts';
import { SharedSlots } from '../systems/shared-slots.ts';
import { calendarRunJob, calendarScheduleJob } from './calendar-run-job.ts';
import { CALENDAR_SYSTEM } from './kit/wps-access.ts';
import { runCalendar } from './runs/run-calendar.ts';
import { startScheduled } from './start-scheduled.ts';

/** Calendar runs at once in one process: of each term one, and a dry run beside it. */
const RUN_SLOTS = 3;

/** Creates a worker's part for course calendars; a worker that does not reach both systems leaves the runs alone. */
export function calendarWork(context: WorkerContext): AreaWork {
  const { em, boss, directConnection, logger, upstreams, settings, stopping } = context;
  const { calendars, attendanceUrl } = upstreams;
  // Numbered behind the systems of area 1, whose slots are the same kind of lock.
  const slots = new SharedSlots({
    connection: directConnection,
    systems: [...context.systems, CALENDAR_SYSTEM],
    logger,
  });
  const jobs = [implementJob(calendarScheduleJob, (payload) => startScheduled(payload, context))];
  const starting = async () => {
    const sandboxed = upstreams.calendarsSandboxed;
    await sql`
      insert into sync_source as s (kind, configured, sandboxed)
      select kind, ${calendars !== null}, ${sandboxed} from unnest(array['WPS', 'TIMETABLE']) as kind
      on conflict (kind, scope) do update set configured = excluded.configured, sandboxed = excluded.sandboxed,
        updated_at = clock_timestamp()
      where (s.configured, s.sandboxed) is distinct from (excluded.configured, excluded.sandboxed)`.execute(
      outsideTransaction(em.fork()),
    );
  };
  if (calendars === null) return { jobs, starting };
  const running = {
    em,
    boss,
    settings,
    logger,
    slots,
    source: calendars.timetable,
    wps: calendars.wps,
    attendanceUrl,
    stopping,
  };
  const run = implementJob(calendarRunJob, (payload) => runCalendar(payload, running));
  return {
    jobs,
    starting,
    lanes: [new HandlerLane([run], { name: 'calendars', em, boss, logger, slots: RUN_SLOTS })],
    close: () => slots.close(),
  };
}
