/**
 * The goal for a figure (contracts/performance.md, reliability.md §6), and the limit that stands in the way of more.
 */
export interface Goal {
  readonly of: 'ratio' | 'value';
  readonly atLeast?: number;
  readonly atMost?: number;
}

const ratioAtLeast = (atLeast: number): Goal => ({ of: 'ratio', atLeast });
const ratioAtMost = (atMost: number): Goal => ({ of: 'ratio', atMost });
const atMost = (most: number): Goal => ({ of: 'value', atMost: most });

/** By the name of the figure; figures that only explain another have none. */
export const goals: Readonly<Record<string, Goal>> = {
  'read-request': ratioAtLeast(0.75),
  'read-tasks': ratioAtLeast(0.6),
  'intake-1000': ratioAtLeast(0.75),
  'intake-10000': ratioAtLeast(0.9),
  'people-first': ratioAtLeast(0.7),
  'people-unchanged': ratioAtLeast(1.4),
  'people-1pct': ratioAtLeast(1.1),
  'plan-tasks': ratioAtLeast(0.8),
  'databases-noop': ratioAtMost(1.5),
  'calendar-full': ratioAtLeast(0.9),
  // Three times the size may take so much more.
  'calendar-memory': ratioAtMost(1.3),
  'calendar-noop': ratioAtMost(1.5),
  'console-build': atMost(10_000),
  'console-first-load': atMost(400),
  'console-all': atMost(600),
  'console-largest-later-chunk': atMost(40),
  'console-rows-cold': atMost(2_000),
  'console-rows-click': atMost(1_000),
  ...Object.fromEntries(
    ['requests', 'tasks', 'people'].flatMap((list) => [
      [`console-${list}-first-page`, atMost(2_000)],
      [`console-${list}-next-page`, atMost(1_000)],
      [`console-${list}-filtered`, atMost(2_000)],
    ]),
  ),
  'console-requests-answer': atMost(100),
  'console-activity': atMost(100),
  drain: ratioAtLeast(0.85),
  'pickup-p50': atMost(15),
  'pickup-p99': atMost(60),
  'end-to-end': ratioAtMost(2.5),
  fairness: ratioAtMost(2),
  fanout: ratioAtLeast(0.65),
  'task-cost': atMost(2.5),
  'memory-idle': atMost(150),
  'memory-10000': atMost(250),
  'memory-100000-people': atMost(300),
  'start-database': atMost(3_000),
  'start-embedded': atMost(8_000),
  stop: atMost(10_000),
  'overload-goodput': ratioAtLeast(0.9),
  'overload-unexplained': atMost(0),
  'overload-memory': ratioAtMost(1.5),
  'overload-recovery': atMost(10),
  'faults-goodput': ratioAtLeast(0.6),
  'faults-rescue': atMost(20),
  'soak-memory': atMost(1),
  // "In minutes, with flat memory": five times the rows may take so much more.
  'import-minutes': atMost(5),
  'import-memory-command': ratioAtMost(1.5),
  'import-memory-service': ratioAtMost(1.5),
  'watchers-without-one-end': atMost(0),
};

/** Whether the figure is as good as it is to be; null: it is held to nothing. */
export function meets(
  name: string,
  line: { readonly value: number; readonly ratio: number | null },
): boolean | null {
  const goal = goals[name];
  if (goal === undefined) return null;
  const reached = goal.of === 'value' ? line.value : line.ratio;
  if (reached === null) return null;
  return (
    reached >= (goal.atLeast ?? Number.NEGATIVE_INFINITY) &&
    reached <= (goal.atMost ?? Number.POSITIVE_INFINITY)
  );
}
