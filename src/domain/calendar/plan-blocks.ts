import { aggregateBlocks, type Block, courseTitle } from './blocks.ts';
import { contentHash, type EventContent, eventContent } from './event-content.ts';
import { newExternalId } from './external-id.ts';
import { type Lesson, type LessonProblem, readLesson, refusedLessonKey } from './read-lesson.ts';
import { isDeleted, type LessonRow } from './source-rows.ts';
import type { BlockPolicy, CalendarEventState } from './states.ts';

/** A block as it is stored, with the facts known about its event. */
export interface StoredBlock {
  readonly id: string;
  readonly date: string;
  /** `HH:MM:SS`. */
  readonly start: string;
  readonly externalId: string;
  readonly eventState: CalendarEventState;
  /** Hash of the content last pushed to WPS; null when there is no event. */
  readonly pushedHash: string | null;
  /** True when an event is there, or may be: it was sent and the answer is not known. */
  readonly mayExist: boolean;
}

/** A block as it should be. */
export interface PlannedBlock extends Block {
  readonly externalId: string;
  readonly content: EventContent;
  readonly hash: string;
  /** Primary key of the block that it is, where it was there before. */
  readonly id: string | null;
  readonly action: 'CREATE' | 'UPDATE' | 'NOOP';
}

/** A row of the timetable that is not taken. */
export interface RefusedLesson {
  readonly key: string;
  readonly problem: LessonProblem;
  readonly row: LessonRow;
}

/** The plan for one offering. */
export interface BlockPlan {
  readonly offering: string;
  /** Title the calendar should have; null when there is no lesson. */
  readonly title: string | null;
  readonly blocks: readonly PlannedBlock[];
  /** Blocks that are no more; `remote`: an event has to go, too. */
  readonly removed: readonly { readonly id: string; readonly externalId: string; readonly remote: boolean }[];
  readonly refused: readonly RefusedLesson[];
  /** Current rows, refused ones included. */
  readonly lessons: number;
  /** In the order in which they teach. */
  readonly teachers: readonly string[];
}

/** Plans the blocks of one offering from all of its rows: what to create, change in place and remove. */
export function planBlocks(input: {
  readonly term: string;
  readonly offering: string;
  readonly policy: BlockPolicy;
  readonly attendanceUrl: string | null;
  readonly rows: readonly LessonRow[];
  readonly stored: readonly StoredBlock[];
}): BlockPlan {
  const { rows, stored } = input;
  const current = rows.filter(({ change }) => !isDeleted(change));
  const { lessons, refused } = readLessons(current);
  const wanted = aggregateBlocks(lessons, input.policy);
  const taken = new Set(stored.map(({ externalId }) => externalId));
  const matched = matchBlocks(wanted, stored);
  const blocks = wanted.map((block): PlannedBlock => {
    const before = matched.get(block) ?? null;
    const externalId = before?.externalId ?? newExternalId(input, block, taken);
    const content = eventContent({ ...block, externalId }, input.attendanceUrl);
    const hash = contentHash(content);
    const action =
      before === null || !before.mayExist ? 'CREATE' : before.pushedHash === hash ? 'NOOP' : 'UPDATE';
    return { ...block, externalId, content, hash, id: before?.id ?? null, action };
  });
  const kept = new Set([...matched.values()].map(({ id }) => id));
  const removed = stored
    .filter(({ id }) => !kept.has(id))
    .map(({ id, externalId, mayExist }) => ({ id, externalId, remote: mayExist }));
  return {
    offering: input.offering,
    title: lessons.length === 0 ? null : courseTitle(lessons),
    blocks,
    removed,
    refused,
    lessons: current.length,
    teachers: [...new Set(wanted.flatMap(({ teachers }) => teachers.map(({ userNo }) => userNo)))],
  };
}

function readLessons(rows: readonly LessonRow[]): { lessons: Lesson[]; refused: RefusedLesson[] } {
  const lessons: Lesson[] = [];
  const refused: RefusedLesson[] = [];
  const seen = new Map<string, number>();
  for (const row of rows) {
    const lesson = readLesson(row);
    if (typeof lesson !== 'string') {
      lessons.push(lesson);
      continue;
    }
    const key = refusedLessonKey(row);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    refused.push({ key: count === 1 ? key : `${key}#${count}`, problem: lesson, row });
  }
  return { lessons, refused };
}

/**
 * Which stored block each wanted one is: those of equal start first, so that their events keep their ids, then those
 * of the same day in order. Whatever is left on either side is new, or gone.
 */
function matchBlocks(wanted: readonly Block[], stored: readonly StoredBlock[]): Map<Block, StoredBlock> {
  const matched = new Map<Block, StoredBlock>();
  const free = new Set(stored.toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1)));
  const take = (block: Block, fits: (candidate: StoredBlock) => boolean) => {
    if (matched.has(block)) return;
    const found = [...free].find(fits);
    if (found === undefined) return;
    matched.set(block, found);
    free.delete(found);
  };
  for (const block of wanted) take(block, (candidate) => startOf(candidate) === startOf(block));
  for (const block of wanted) take(block, ({ date }) => date === block.date);
  return matched;
}

function startOf({ date, start }: { readonly date: string; readonly start: string }): string {
  return `${date} ${start}`;
}
