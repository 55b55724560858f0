import type { CalendarRunKind } from '../run-kinds.ts';

const finish = ['statuses', 'report', 'notify', 'cleanup'] as const;

/** The stages of each kind of run, by the names the design gives them (calendar-schema.graphql, end). */
const trees = {
  CALENDAR_FULL: {
    prepare: ['term', 'source', 'leftovers'],
    aggregate: ['extract', 'blocks', 'validate'],
    users: ['students', 'teachers', 'view'],
    calendars: ['create', 'owner', 'members'],
    events: ['create', 'update', 'verify'],
    finish,
  },
  CALENDAR_INCREMENTAL: {
    detect: ['lessons', 'people', 'impact'],
    delete: ['events', 'members', 'archive'],
    update: ['blocks', 'calendars', 'events'],
    add: ['calendars', 'events', 'members'],
    finish,
  },
  CALENDAR_USERS: {
    extract: ['students', 'teachers', 'validate'],
    view: [],
    members: ['add', 'remove', 'roles'],
    finish,
  },
  CALENDAR_RECONCILIATION: {
    prepare: ['term'],
    compare: ['calendars', 'events', 'members'],
    repair: [],
    finish: ['report', 'notify'],
  },
  CALENDAR_DELETION: { prepare: ['term'], count: [], delete: [], finish: ['report', 'notify'] },
  CALENDAR_RESTORE: { prepare: ['term'], look: [], restore: [], finish: ['report', 'notify'] },
} as const satisfies Record<CalendarRunKind, Readonly<Record<string, readonly string[]>>>;

/** A stage and the one it is part of. */
export interface StepNode {
  readonly key: string;
  readonly parentKey: string | null;
}

/** The stages of a kind of run, parents before their parts. */
export function calendarSteps(kind: CalendarRunKind): StepNode[] {
  return Object.entries<readonly string[]>(trees[kind]).flatMap(([key, parts]) => [
    { key, parentKey: null },
    ...parts.map((part) => ({ key: `${key}.${part}`, parentKey: key })),
  ]);
}
