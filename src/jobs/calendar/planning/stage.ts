import type { CalendarRunContext } from '../kit/run-context.ts';
import type { LessonExtract, PeopleExtract, Prints } from './extract.ts';
import type { MemberPlans } from './plan-enrolments.ts';
import type { LessonPlans } from './plan-lessons.ts';

/** One stage of a run: its key, the amount of work if that is known, and the work. */
export interface Stage {
  readonly key: string;
  readonly count?: (context: CalendarRunContext) => Promise<number>;
  readonly work: (context: CalendarRunContext, memory: RunMemory) => Promise<unknown>;
}

/**
 * Results that the stages of reading and planning hand on. A worker that takes up a run in the middle of them repeats
 * them.
 */
export interface RunMemory {
  lessons: LessonExtract | null;
  plans: LessonPlans | null;
  members: MemberPlans;
  students: Prints;
  teachers: Prints;
  /** Offerings with a row that the source does not show as taken up; null: they were not read by this worker. */
  unmarked: Set<string> | null;
  /** The write-back to the source, beside the stages that follow; null: not begun. */
  marking: Promise<void> | null;
  people: Partial<Record<'STUDENT' | 'TEACHER', PeopleExtract>>;
}

export function newMemory(): RunMemory {
  return {
    lessons: null,
    plans: null,
    members: { plans: new Map(), changed: [] },
    students: new Map(),
    teachers: new Map(),
    unmarked: null,
    marking: null,
    people: {},
  };
}

/**
 * The stages of a kind of run: those that read and plan, then those that act. `planned`: whether a dry run reports
 * the plan of the timetable (`plan`), or the findings of the stages that act, without acting (`acts`).
 */
export interface RunStages {
  readonly planned: 'plan' | 'acts';
  readonly plan: readonly Stage[];
  readonly act: readonly Stage[];
}
