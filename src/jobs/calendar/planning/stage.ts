import type { CalendarRunContext } from '../kit/run-context.ts';
import type { LessonExtract, PeopleExtract, Prints } from './extract.ts';
import type { MemberPlans } from './plan-enrolments.ts';
import type { LessonPlans } from './plan-lessons.ts';

/** One stage of a run: its key, how much there is to do if that is known, and the work. */
export interface Stage {
  readonly key: string;
  readonly count?: (context: CalendarRunContext) => Promise<number>;
  readonly work: (context: CalendarRunContext, memory: RunMemory) => Promise<unknown>;
}

/** What the stages that read and plan hand on; a worker that takes a run up in the middle of them begins them anew. */
export interface RunMemory {
  lessons: LessonExtract | null;
  plans: LessonPlans | null;
  members: MemberPlans;
  students: Prints;
  teachers: Prints;
  people: Partial<Record<'STUDENT' | 'TEACHER', PeopleExtract>>;
}

export function newMemory(): RunMemory {
  return {
    lessons: null,
    plans: null,
    members: { plans: new Map(), changed: 0 },
    students: new Map(),
    teachers: new Map(),
    people: {},
  };
}

/**
 * The stages of a kind of run: those that read and plan, then those that act. `planned`: what a dry run tells is the
 * plan of the timetable (`plan`), or what its own stages find without acting (`acts`).
 */
export interface RunStages {
  readonly planned: 'plan' | 'acts';
  readonly plan: readonly Stage[];
  readonly act: readonly Stage[];
}
