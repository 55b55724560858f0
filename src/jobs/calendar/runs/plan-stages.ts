import { sql } from 'kysely';
import { outsideTransaction } from '../../../entities/transaction.ts';
import type { CalendarRunContext } from '../kit/run-context.ts';
import { tellConflicts } from '../planning/conflicts.ts';
import { extractEnrolments, extractLessons, extractPeople } from '../planning/extract.ts';
import { lookUpUsers } from '../planning/look-up-users.ts';
import { planEnrolments } from '../planning/plan-enrolments.ts';
import { planLessons } from '../planning/plan-lessons.ts';
import type { RunMemory } from '../planning/stage.ts';

const nothing = { count: 0, gone: new Set<string>() } as const;

/** Reads the lessons of the term, all or those that may differ. */
export async function readLessons(context: CalendarRunContext, memory: RunMemory): Promise<void> {
  memory.unmarked ??= new Set();
  memory.lessons = await extractLessons(context, memory.unmarked);
  context.recorder.setTotal(memory.lessons.rows);
  context.recorder.advance(memory.lessons.rows);
}

/** Plans the blocks of the offerings that were read. */
export async function planBlocksOfTerm(context: CalendarRunContext, memory: RunMemory): Promise<void> {
  if (memory.lessons !== null) memory.plans = await planLessons(context, memory.lessons);
  await countLessons(context, memory);
}

/** Current rows and blocks of the whole term: what is planned now, and what was before. */
async function countLessons({ em, recorder, term }: CalendarRunContext, memory: RunMemory): Promise<void> {
  const { rows } = await sql<{ offering: string; lessons: number; blocks: number }>`
    select o.offering, o.lesson_count as lessons,
      (select count(*)::int from lesson_block b where b.calendar_id = c.id and b.removed_at is null) as blocks
    from timetable_offering o left join course_calendar c on c.term_id = o.term_id and c.offering = o.offering
    where o.term_id = ${term.id}::bigint`.execute(outsideTransaction(em.fork()));
  const plans = memory.plans?.plans ?? new Map<string, never>();
  const kept = rows.filter(({ offering }) => !plans.has(offering));
  const planned = [...plans.values()];
  const homeless = memory.lessons?.homeless.length ?? 0;
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  recorder.summary.lessons =
    sum([...kept.map(({ lessons }) => lessons), ...planned.map(({ lessons }) => lessons)]) + homeless;
  recorder.summary.blocks = sum([
    ...kept.map(({ blocks }) => blocks),
    ...planned.map(({ blocks }) => blocks.length),
  ]);
}

/** Reads students or teachers and their enrolments, where the run is about them. */
export function readPeople(userType: 'STUDENT' | 'TEACHER') {
  return async (context: CalendarRunContext, memory: RunMemory): Promise<void> => {
    const { userType: scope } = context.run.options;
    if (scope !== 'ALL' && scope !== userType) return;
    const people = await extractPeople(context, userType);
    memory.people[userType] = people;
    memory.unmarked ??= new Set();
    const { unmarked } = memory;
    const prints = await extractEnrolments(context, userType, { unmarked, gone: people.gone });
    memory[userType === 'STUDENT' ? 'students' : 'teachers'] = prints;
    context.recorder.addTotal(people.count);
    context.recorder.advance(people.count);
  };
}

async function planMembersOfTerm(context: CalendarRunContext, memory: RunMemory): Promise<void> {
  const { students, teachers, people, plans } = memory;
  const extract = {
    students,
    teachers,
    people: { STUDENT: people.STUDENT ?? nothing, TEACHER: people.TEACHER ?? nothing },
  };
  memory.members = await planEnrolments(context, extract, plans);
}

/** Plans who is to have which calendar, tells conflicts and looks users up. */
export async function planUsers(context: CalendarRunContext, memory: RunMemory): Promise<void> {
  await planMembersOfTerm(context, memory);
  if (memory.plans !== null) await tellConflicts(context, memory.plans, memory.members);
  if (context.run.mode === 'RUN') await lookUpUsers(context);
}

/** Counts the planned blocks. */
export async function validateBlocks(context: CalendarRunContext): Promise<void> {
  const { blocks } = context.recorder.summary;
  context.recorder.setTotal(blocks);
  context.recorder.advance(blocks);
}
