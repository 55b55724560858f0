import { sql } from 'kysely';
import { needsConfirmation, removalLimit } from '../../../domain/calendar/runs/removal-limit.ts';
import { outsideTransaction } from '../../../entities/transaction.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import { countCalendarWork, createCalendars, renameCalendars } from '../effects/calendars.ts';
import { createEvents, deleteEvents, updateEvents } from '../effects/events.ts';
import { addMembers, addOwners, changeRoles, removeMembers } from '../effects/members.ts';
import { countMembers } from '../effects/read-members.ts';
import { countEventWork } from '../effects/wanted-events.ts';
import { clearLeftovers } from '../kit/clear-leftovers.ts';
import { notifyFinished } from '../kit/notify.ts';
import type { CalendarRunContext } from '../kit/run-context.ts';
import type { RunMemory, RunStages, Stage } from '../planning/stage.ts';
import { countUnchanged, storeTermCounts } from './finish.ts';
import { planBlocksOfTerm, planUsers, readLessons, readPeople, validateBlocks } from './plan-stages.ts';
import { checkSource, checkTerm } from './prepare.ts';
import { writeBack } from './write-back.ts';

const one = async () => 1;

/** Every block has exactly one event, and each carries what the block says, by the ids that came back. */
async function verifyEvents(context: CalendarRunContext): Promise<void> {
  const { rows } = await sql<{ verified: number; open: number }>`
    select count(*) filter (where event_state = 'SYNCED' and pushed_hash = content_hash)::int as verified,
      count(*) filter (where event_state <> 'SYNCED' or pushed_hash <> content_hash)::int as open
    from lesson_block where term_id = ${context.term.id}::bigint and removed_at is null`.execute(
    outsideTransaction(context.em.fork()),
  );
  const { verified = 0, open = 0 } = rows[0] ?? {};
  context.recorder.setTotal(verified + open);
  await context.recorder.record({ done: verified, failed: open });
}

/** How much a run would take away; null when that is nothing unusual. */
export async function unusualRemovals(context: CalendarRunContext): Promise<Record<string, number> | null> {
  const { rows } = await sql<{ events: number; all_events: number; members: number; all_members: number }>`
    select r.events, r.members,
      case when r.events + r.members > 0 then
        (select count(*)::int from lesson_block where term_id = t.id and wps_event_id is not null) else 0 end as all_events,
      case when r.events + r.members > 0 then
        (select count(*)::int from calendar_member m join course_calendar c on c.id = m.calendar_id
          where c.term_id = t.id and m.actual_role is not null) else 0 end as all_members
    from term t cross join lateral (select
      (select count(*)::int from lesson_block where term_id = t.id and removed_at is not null
        and event_state in ('STALE', 'FAILED')) as events,
      (select count(*)::int from calendar_member m join course_calendar c on c.id = m.calendar_id
        where c.term_id = t.id and m.desired_role is null and m.state in ('REMOVING', 'FAILED')) as members) r
    where t.id = ${context.term.id}::bigint`.execute(outsideTransaction(context.em.fork()));
  const [found] = rows;
  if (found === undefined) return null;
  const events = { removed: found.events, total: found.all_events };
  const members = { removed: found.members, total: found.all_members };
  if (!needsConfirmation(events) && !needsConfirmation(members)) return null;
  const asked = needsConfirmation(events) ? events : members;
  return {
    count: asked.removed,
    limit: removalLimit(asked.total),
    events: events.removed,
    eventsOf: events.total,
    members: members.removed,
    membersOf: members.total,
  };
}

/**
 * Begins to mark the source while events are made: lessons are taken up and members settled by now. A failure is
 * thrown when the run finishes.
 */
function beginMarking(context: CalendarRunContext, memory: RunMemory): void {
  memory.marking = writeBack(context, memory);
  memory.marking.catch(() => {});
}

const finish: readonly Stage[] = [
  {
    key: 'finish.statuses',
    count: one,
    work: async (context, memory) => {
      await countUnchanged(context);
      await (memory.marking ?? writeBack(context, memory));
      context.recorder.advance(1);
    },
  },
  { key: 'finish.report', count: one, work: async (context) => context.recorder.advance(1) },
  { key: 'finish.notify', count: one, work: notifyFinished },
  { key: 'finish.cleanup', count: one, work: async (context) => context.recorder.advance(1) },
];

const createAndRename = async (context: CalendarRunContext) => {
  await createCalendars(context);
  await renameCalendars(context);
};
const membersCount =
  (...works: readonly Parameters<typeof countMembers>[1][]) =>
  async (context: CalendarRunContext) => {
    const counts = await Promise.all(works.map((work) => countMembers(context, work)));
    return counts.reduce((total, count) => total + count, 0);
  };
const eventsCount =
  (...works: readonly Parameters<typeof countEventWork>[1][]) =>
  async (context: CalendarRunContext) => {
    const counts = await Promise.all(works.map((work) => countEventWork(context, work)));
    return counts.reduce((total, count) => total + count, 0);
  };
const done = async (context: CalendarRunContext) => context.recorder.advance(1);

/** Records removals in the audit log; the rows that the timetable took away stay too. */
async function auditRemovals(context: CalendarRunContext): Promise<void> {
  const { recorder, run, term } = context;
  const { events, members } = recorder.summary;
  if (events.deleted + members.deleted > 0)
    await recorder.transaction((tx) =>
      recordAudit(tx, {
        action: 'calendar.archived',
        subjectKind: 'TERM',
        subjectId: term.code,
        after: { runId: run.runId, events: events.deleted, members: members.deleted },
      }),
    );
  recorder.advance(1);
}

/** The stages of full, incremental and users runs. */
export const syncStages: Readonly<
  Record<'CALENDAR_FULL' | 'CALENDAR_INCREMENTAL' | 'CALENDAR_USERS', RunStages>
> = {
  CALENDAR_FULL: {
    planned: 'plan',
    plan: [
      { key: 'prepare.term', work: checkTerm },
      { key: 'prepare.source', work: checkSource },
      { key: 'prepare.leftovers', work: clearLeftovers },
      { key: 'aggregate.extract', work: readLessons },
      { key: 'aggregate.blocks', work: planBlocksOfTerm },
      { key: 'aggregate.validate', work: validateBlocks },
      { key: 'users.students', work: readPeople('STUDENT') },
      { key: 'users.teachers', work: readPeople('TEACHER') },
      { key: 'users.view', work: planUsers },
    ],
    act: [
      { key: 'calendars.create', count: countCalendarWork, work: createAndRename },
      { key: 'calendars.owner', count: membersCount('owner'), work: addOwners },
      {
        key: 'calendars.members',
        count: membersCount('remove', 'role', 'add'),
        work: async (context) => {
          await removeMembers(context);
          await changeRoles(context);
          await addMembers(context);
        },
      },
      {
        key: 'events.create',
        count: eventsCount('create'),
        work: (context, memory) => {
          beginMarking(context, memory);
          return createEvents(context);
        },
      },
      {
        key: 'events.update',
        count: eventsCount('update', 'delete'),
        work: async (context) => {
          await updateEvents(context);
          await deleteEvents(context);
        },
      },
      { key: 'events.verify', work: verifyEvents },
      ...finish,
    ],
  },
  CALENDAR_INCREMENTAL: {
    planned: 'plan',
    plan: [
      {
        key: 'detect.lessons',
        work: async (context, memory) => {
          await checkTerm(context);
          await clearLeftovers(context);
          await readLessons(context, memory);
        },
      },
      {
        key: 'detect.people',
        work: async (context, memory) => {
          await readPeople('STUDENT')(context, memory);
          await readPeople('TEACHER')(context, memory);
        },
      },
      {
        key: 'detect.impact',
        work: async (context, memory) => {
          await planBlocksOfTerm(context, memory);
          await planUsers(context, memory);
        },
      },
    ],
    act: [
      { key: 'delete.events', count: eventsCount('delete'), work: deleteEvents },
      { key: 'delete.members', count: membersCount('remove'), work: removeMembers },
      { key: 'delete.archive', count: one, work: auditRemovals },
      { key: 'update.blocks', work: validateBlocks },
      { key: 'update.calendars', work: renameCalendars },
      { key: 'update.events', count: eventsCount('update'), work: updateEvents },
      { key: 'add.calendars', count: countCalendarWork, work: createAndRename },
      { key: 'add.events', count: eventsCount('create'), work: createEvents },
      {
        key: 'add.members',
        count: membersCount('owner', 'role', 'add'),
        work: async (context) => {
          await addOwners(context);
          await changeRoles(context);
          await addMembers(context);
        },
      },
      ...finish,
    ],
  },
  CALENDAR_USERS: {
    planned: 'plan',
    plan: [
      {
        key: 'extract.students',
        work: async (context, memory) => {
          await checkTerm(context);
          await clearLeftovers(context);
          await readPeople('STUDENT')(context, memory);
        },
      },
      { key: 'extract.teachers', work: readPeople('TEACHER') },
      { key: 'extract.validate', work: done },
      { key: 'view', work: planUsers },
    ],
    act: [
      {
        key: 'members.add',
        count: membersCount('owner', 'add'),
        work: async (context) => {
          await addOwners(context);
          await addMembers(context);
        },
      },
      { key: 'members.remove', count: membersCount('remove'), work: removeMembers },
      { key: 'members.roles', count: membersCount('role'), work: changeRoles },
      ...finish,
    ],
  },
};

/** Keeps what a run that read the whole timetable found of its term. */
export async function keepTermCounts(context: CalendarRunContext): Promise<void> {
  const { kind } = context.run;
  if (kind === 'CALENDAR_FULL' || kind === 'CALENDAR_INCREMENTAL') await storeTermCounts(context);
}
