import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type PlannedMember, planMembers, type StoredMember } from '../../../domain/calendar/plan-members.ts';
import type { EnrolmentRow } from '../../../domain/calendar/source-rows.ts';
import { type TimetableUserScope, timetableUserTypes } from '../../../domain/calendar/states.ts';
import { isNumberErased } from '../../../entities/people/erased-person.ts';
import type { Sql } from '../../../entities/tables.ts';
import { outsideTransaction } from '../../../entities/transaction.ts';
import { type CalendarRunContext, chunksOf, eachOf, readSource } from '../kit/run-context.ts';
import { type PeopleExtract, type Prints, printOf } from './extract.ts';
import type { LessonPlans } from './plan-lessons.ts';

const OFFERINGS_PER_READ = 50;
/** While one part is stored the next is read. */
const READS_AT_ONCE = 2;

/** People and enrolments as read from the source. */
export interface MemberExtract {
  readonly students: Prints;
  readonly teachers: Prints;
  readonly people: Readonly<Record<'STUDENT' | 'TEACHER', PeopleExtract>>;
}

/** Result of planning the members. */
export interface MemberPlans {
  /** Of a dry run: who would be a member, by offering. */
  readonly plans: ReadonlyMap<string, readonly PlannedMember[]>;
  /** Offerings that were planned anew. */
  readonly changed: readonly string[];
}

interface OfferingRow {
  readonly offering: string;
  readonly calendar_id: string | null;
  readonly enrolments_print: string | null;
  readonly teachers: readonly string[];
  readonly open: boolean;
}

/**
 * Plans the members of every calendar whose enrolments, teachers or people changed since: a run stores what should be,
 * a dry run keeps it. `lessons` null: this run is not about lessons. Safe to run twice.
 */
export async function planEnrolments(
  context: CalendarRunContext,
  extract: MemberExtract,
  lessons: LessonPlans | null,
): Promise<MemberPlans> {
  const { recorder, run } = context;
  const scope = run.options.userType;
  const offerings = await offeringsOf(context, lessons);
  const printNow = (row: OfferingRow) => enrolmentsPrint(row, extract, scope);
  const changed = offerings.filter(
    (row) => row.enrolments_print !== printNow(row) || (run.mode === 'DRY_RUN' && row.open),
  );
  const plans = new Map<string, readonly PlannedMember[]>();
  recorder.addTotal(changed.length);
  await eachOf(chunksOf(changed, OFFERINGS_PER_READ), READS_AT_ONCE, async (part) => {
    context.stopping.throwIfAborted();
    const names = part.map(({ offering }) => offering);
    const rows = await readSource(context, () => readEnrolments(context, names));
    const stored = await readMembers(context, names);
    const planned = part.map((row) => ({
      row,
      members: planMembers({
        rows: rows.get(row.offering) ?? [],
        stored: stored.get(row.offering) ?? [],
        teachers: row.teachers,
        isGone: (userType, userNo) => extract.people[userType].gone.has(userNo),
        scope,
      }),
    }));
    if (run.mode === 'DRY_RUN') for (const { row, members } of planned) plans.set(row.offering, members);
    else await recorder.transaction((tx) => storeMembers(tx, context, planned, printNow));
    await recorder.record({ done: part.length });
  });
  return { plans, changed: changed.map(({ offering }) => offering) };
}

/**
 * Fingerprint of the rows that an offering's members were planned from. People outside the run's scope keep their
 * previous part.
 */
function enrolmentsPrint(row: OfferingRow, extract: MemberExtract, scope: TimetableUserScope): string {
  const [before = '', orderBefore = ''] = (row.enrolments_print ?? '').split('|');
  const [studentsBefore = '', teachersBefore = ''] = before.split('/');
  const students = scope === 'TEACHER' ? studentsBefore : printOf(extract.students, row.offering);
  const teachers = scope === 'STUDENT' ? teachersBefore : printOf(extract.teachers, row.offering);
  const order = createHash('sha256').update(row.teachers.join()).digest('base64url').slice(0, 12);
  return `${students}/${teachers}|${scope === 'STUDENT' ? orderBefore : order}`;
}

/** Offerings that have a calendar, or in a dry run would have one. */
async function offeringsOf(context: CalendarRunContext, lessons: LessonPlans | null): Promise<OfferingRow[]> {
  const { rows } = await sql<OfferingRow>`
    select c.offering, c.id as calendar_id, o.enrolments_print, coalesce(o.teachers, '{}') as teachers,
      exists (select 1 from calendar_member m where m.calendar_id = c.id and m.state not in ('ACTIVE', 'REMOVED')) as open
    from course_calendar c
    left join timetable_offering o on o.term_id = c.term_id and o.offering = c.offering
    where c.term_id = ${context.term.id}::bigint and c.state <> 'DELETED' order by c.offering`.execute(
    outsideTransaction(context.em.fork()),
  );
  const known = new Map(rows.map((row) => [row.offering, row]));
  for (const plan of lessons?.plans.values() ?? []) {
    const { offering, teachers, title } = plan;
    const row = known.get(offering);
    if (row !== undefined) known.set(offering, { ...row, teachers });
    else if (title !== null)
      known.set(offering, { offering, calendar_id: null, enrolments_print: null, teachers, open: true });
  }
  return [...known.values()];
}

async function readEnrolments(
  context: CalendarRunContext,
  offerings: readonly string[],
): Promise<Map<string, EnrolmentRow[]>> {
  const all: EnrolmentRow[] = [];
  for (const userType of timetableUserTypes)
    for await (const batch of context.source.enrolments({ term: context.term.code, offerings }, userType))
      all.push(...batch);
  return Map.groupBy(all, (row) => row.offering);
}

async function readMembers(
  context: CalendarRunContext,
  offerings: readonly string[],
): Promise<Map<string, StoredMember[]>> {
  const { rows } = await sql<StoredMember & { readonly offering: string }>`
    select m.id, c.offering, m.user_no as "userNo", m.user_type as "userType", m.desired_role as "desiredRole",
      m.actual_role as "actualRole", m.state, m.owner_refused as "ownerRefused",
      m.actual_role is not null or m.state in ('PENDING', 'REMOVING')
        or (m.state = 'FAILED' and m.desired_role is null) as "mayExist"
    from calendar_member m join course_calendar c on c.id = m.calendar_id
    where c.term_id = ${context.term.id}::bigint and c.offering = any(${[...offerings]}::text[])
    order by m.id`.execute(outsideTransaction(context.em.fork()));
  return Map.groupBy(rows, (row) => row.offering);
}

async function storeMembers(
  tx: Sql,
  context: CalendarRunContext,
  planned: readonly { readonly row: OfferingRow; readonly members: readonly PlannedMember[] }[],
  printNow: (row: OfferingRow) => string,
): Promise<void> {
  const members = planned.flatMap(({ row, members: ofOffering }) =>
    ofOffering.map(({ userNo, userType, desiredRole, action }) => ({
      calendar_id: row.calendar_id,
      user_no: userNo,
      user_type: userType,
      desired_role: desiredRole,
      state: stateFor(desiredRole !== null, action),
    })),
  );
  await sql`
    insert into calendar_member as m (calendar_id, user_no, user_type, desired_role, state)
    select calendar_id, user_no, user_type, desired_role, state
    from json_to_recordset(${JSON.stringify(members)}::json)
      as r(calendar_id bigint, user_no text, user_type text, desired_role text, state text)
    where not ${isNumberErased(sql.ref('r.user_no'))}
    on conflict (calendar_id, user_no) do update set desired_role = excluded.desired_role,
      user_type = excluded.user_type, state = excluded.state, updated_at = clock_timestamp()
    where (m.desired_role, m.user_type, m.state) is distinct from (excluded.desired_role, excluded.user_type, excluded.state)
      and not (m.state = 'USER_MISSING' and excluded.state = 'PENDING' and m.desired_role = excluded.desired_role)`.execute(
    tx,
  );
  const prints = planned.map(({ row }) => ({ offering: row.offering, print: printNow(row) }));
  await sql`
    update timetable_offering o set enrolments_print = r.print
    from json_to_recordset(${JSON.stringify(prints)}::json) as r(offering text, print text)
    where o.term_id = ${context.term.id}::bigint and o.offering = r.offering`.execute(tx);
}

function stateFor(wanted: boolean, action: PlannedMember['action']): string {
  if (wanted) return action === 'NOOP' ? 'ACTIVE' : 'PENDING';
  return action === 'DELETE' ? 'REMOVING' : 'REMOVED';
}
