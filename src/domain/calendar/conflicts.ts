import type { ConflictKind } from './states.ts';

/** A block as far as conflicts go. */
export interface PlacedBlock {
  /** How the block is found again. */
  readonly key: string;
  readonly offering: string;
  readonly date: string;
  /** `HH:MM:SS`. */
  readonly start: string;
  readonly end: string;
  readonly building: string;
  readonly rooms: readonly string[];
  readonly teachers: readonly string[];
}

/** One teacher, one room, or students of two offerings in two places at once. */
export interface Conflict {
  readonly kind: ConflictKind;
  /** A staff number, a room, a student's number; of several students the two offerings. */
  readonly subject: string;
  readonly date: string;
  readonly start: string;
  readonly end: string;
  readonly blocks: readonly [string, string];
  /** Of a conflict of students: how many. */
  readonly students: number | null;
}

/**
 * Finds every pair of blocks of different offerings that overlap and share a teacher in different rooms, a room with
 * different teachers, or students. One teacher in one room with two offerings teaches them together: no conflict.
 * `studentsOf` gives the sorted numbers of an offering's students.
 */
export function findConflicts(
  blocks: readonly PlacedBlock[],
  studentsOf: (offering: string) => readonly string[],
): Conflict[] {
  const conflicts: Conflict[] = [];
  const common = new Map<string, readonly string[]>();
  const shared = (a: string, b: string) => {
    const key = `${a} ${b}`;
    const known = common.get(key) ?? intersection(studentsOf(a), studentsOf(b));
    common.set(key, known);
    return known;
  };
  const byDate = Map.groupBy(blocks, ({ date }) => date);
  for (const date of [...byDate.keys()].sort()) {
    const ofDay = (byDate.get(date) ?? []).toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
    for (const [index, block] of ofDay.entries())
      for (let next = index + 1; next < ofDay.length; next += 1) {
        const other = ofDay[next];
        if (other === undefined || other.start >= block.end) break;
        if (other.offering !== block.offering) conflicts.push(...between(block, other, shared));
      }
  }
  return conflicts;
}

function orderOf({ start, offering, key }: PlacedBlock): string {
  return `${start} ${offering} ${key}`;
}

function between(
  a: PlacedBlock,
  b: PlacedBlock,
  shared: (a: string, b: string) => readonly string[],
): Conflict[] {
  const at = {
    date: a.date,
    start: a.start > b.start ? a.start : b.start,
    end: a.end < b.end ? a.end : b.end,
    blocks: [a.key, b.key] as const,
  };
  const rooms = intersection(places(a), places(b));
  const teachers = intersection(a.teachers.toSorted(), b.teachers.toSorted());
  const found: Conflict[] = [];
  if (rooms.length === 0)
    for (const subject of teachers) found.push({ kind: 'TEACHER', subject, ...at, students: null });
  if (teachers.length === 0)
    for (const subject of rooms) found.push({ kind: 'ROOM', subject, ...at, students: null });
  // Taught together, students sit in one room with one teacher.
  if (rooms.length > 0 && teachers.length > 0) return found;
  const [first = a.offering, second = b.offering] = [a.offering, b.offering].sort();
  const students = shared(first, second);
  const [only] = students;
  if (only !== undefined)
    found.push({
      kind: 'STUDENT',
      subject: students.length === 1 ? only : `${first} / ${second}`,
      ...at,
      students: students.length,
    });
  return found;
}

/** Rooms with their building, sorted; periods without a room are nowhere. */
function places({ building, rooms }: PlacedBlock): string[] {
  const names = rooms.flatMap((room) => room.split('、')).filter((room) => room !== '');
  return [...new Set(names)].map((room) => `${building}${room}`).sort();
}

/** Elements that two sorted lists share. */
function intersection(a: readonly string[], b: readonly string[]): string[] {
  const both: string[] = [];
  let left = 0;
  let right = 0;
  while (left < a.length && right < b.length) {
    const [one, other] = [a[left] ?? '', b[right] ?? ''];
    if (one === other) both.push(one);
    if (one <= other) left += 1;
    if (other <= one) right += 1;
  }
  return both;
}
