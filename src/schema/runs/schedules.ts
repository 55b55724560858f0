import { sql } from 'kysely';
import type { Schedule as StoredSchedule } from 'pg-boss';
import { allAreas } from '../../jobs/index.ts';
import { nextFiring, type ScheduleDefinition } from '../../jobs/schedules/schedule.ts';
import { builder } from '../building/builder.ts';
import type { RequestScope } from '../context/context.ts';
import { needs } from '../permissions/rules.ts';
import { perOperation, sqlOf } from '../reading/loaders.ts';
import { RunKindEnum } from './enums.ts';
import type { ScheduleShape } from './rows.ts';

/** Schedules as pg-boss knows them, and when each last fired; read once per operation. */
const scheduleFacts = perOperation((scope) => {
  let facts: Promise<ScheduleFacts> | null = null;
  return {
    read: (): Promise<ScheduleFacts> => {
      facts ??= readFacts(scope);
      return facts;
    },
  };
});

interface ScheduleFacts {
  readonly rows: readonly StoredSchedule[];
  readonly firedAt: ReadonlyMap<string, string>;
}

async function readFacts(scope: RequestScope): Promise<ScheduleFacts> {
  const [rows, fired] = await Promise.all([
    scope.services.boss.getSchedules(),
    sql<{ name: string; fired_at: string }>`select name, fired_at from schedule_firing`.execute(sqlOf(scope)),
  ]);
  return { rows, firedAt: new Map(fired.rows.map((row) => [row.name, row.fired_at])) };
}

/** One schedule as it is at present. */
export async function readSchedule(
  scope: RequestScope,
  definition: ScheduleDefinition,
): Promise<ScheduleShape> {
  const { rows, firedAt } = await scheduleFacts(scope).read();
  const { boss, settings } = scope.services;
  const nextFiringAt = nextFiring(boss, rows, definition);
  return {
    name: definition.name,
    kind: definition.kind,
    intervalMinutes: definition.intervalMinutes(settings),
    enabled: nextFiringAt !== null,
    lastFiredAt: firedAt.get(definition.name) ?? null,
    nextFiringAt,
  };
}

export const Schedule = builder.objectRef<ScheduleShape>('Schedule').implement({
  description:
    'Work that is started at an interval, once for all replicas; occurrences missed while none ran are made up for by one.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Stable; for programs.' }),
    kind: t.field({
      type: RunKindEnum,
      description: 'What it starts, or looks after.',
      resolve: (schedule) => schedule.kind,
    }),
    intervalMinutes: t.exposeInt('intervalMinutes', { description: 'Minutes between two firings.' }),
    enabled: t.exposeBoolean('enabled', {
      description: 'False while a switch is off, or what it needs is not configured.',
    }),
    lastFiredAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When a worker took it up last; null when none ever did.',
      resolve: (schedule) => schedule.lastFiredAt,
    }),
    nextFiringAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it fires next; null while it does not.',
      resolve: (schedule) => schedule.nextFiringAt,
    }),
  }),
});

builder.queryField('schedules', (t) =>
  t.field({
    ...needs('operate'),
    type: [Schedule],
    description: 'The schedules.',
    resolve: (_root, _args, scope) =>
      Promise.all(allAreas.schedules.map((definition) => readSchedule(scope, definition))),
  }),
);
