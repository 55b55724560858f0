import { sql } from 'kysely';
import type { RunKind } from '../../domain/runs/run-kinds.ts';
import type { RunStatus } from '../../domain/runs/run-states.ts';
import { allAreas } from '../../jobs/index.ts';
import type { LiveSettings } from '../../jobs/kit/live-settings.ts';
import { builder } from '../building/builder.ts';
import type { RequestScope } from '../context/context.ts';
import { needs } from '../permissions/rules.ts';
import { sqlOf } from '../reading/loaders.ts';
import { RunKindEnum } from './enums.ts';
import { runById } from './loaders.ts';
import type { SyncStatusShape } from './rows.ts';
import { SyncRun } from './rows.ts';
import { readSchedule } from './schedules.ts';

/** A kind of runs that go on from day to day. */
interface StatusKind {
  readonly kind: RunKind;
  /** Whether they do so by themselves. */
  readonly enabled: (settings: LiveSettings) => boolean;
  /** Reads a source, and is configured when a worker reaches that. */
  readonly readsSource?: boolean;
}

const statusKinds: StatusKind[] = [];

/** Shows a kind of runs in `syncStatus`, after those that were added before; said where the area starts such runs. */
export function addStatusKind(kind: StatusKind): void {
  statusKinds.push(kind);
}

interface KindRow {
  readonly kind: RunKind;
  readonly configured: boolean;
  readonly watermark: string | null;
  readonly last: string | null;
  readonly successful: string | null;
  readonly running: string | null;
  readonly awaiting: string | null;
}

async function readStatus(scope: RequestScope): Promise<SyncStatusShape[]> {
  const kinds = statusKinds.map(({ kind }) => kind);
  const ofSources = statusKinds.flatMap(({ kind, readsSource }) => (readsSource === true ? [kind] : []));
  // Compared as a pair, which only an index that begins with the kind can answer: through the index of ids, a kind
  // without runs would be looked for among all of them.
  const newest = (condition: ReturnType<typeof sql>) => sql`(
    select n.id from (
      select r.kind, r.id from sync_run r
      where (r.kind, r.id) <= (k.kind, 9223372036854775807) and r.mode = 'RUN' and ${condition}
      order by r.kind desc, r.id desc limit 1) as n
    where n.kind = k.kind)`;
  const live = (status: RunStatus) => sql`(
    select max(r.id) from sync_run r
    where r.kind = k.kind and r.mode = 'RUN' and r.status in ('RUNNING', 'AWAITING_CONFIRMATION')
      and r.status = ${status})`;
  const { rows } = await sql<KindRow>`
    select k.kind, k.kind <> all(${ofSources}::text[]) or coalesce(s.configured, false) as configured, s.watermark,
      ${newest(sql`true`)} as last,
      ${newest(sql`r.status in ('COMPLETED', 'COMPLETED_WITH_ERRORS')`)} as successful,
      ${live('RUNNING')} as running,
      ${live('AWAITING_CONFIRMATION')} as awaiting
    from unnest(${kinds}::text[]) with ordinality as k(kind, position)
    left join sync_source s on s.kind = k.kind and s.scope = ''
    order by k.position`.execute(sqlOf(scope));
  return Promise.all(rows.map((row) => withSchedule(scope, row)));
}

async function withSchedule(scope: RequestScope, row: KindRow): Promise<SyncStatusShape> {
  const definition = allAreas.schedules.find(({ kind }) => kind === row.kind);
  const schedule = definition === undefined ? null : await readSchedule(scope, definition);
  const enabled =
    statusKinds.find(({ kind }) => kind === row.kind)?.enabled(scope.services.settings) ?? false;
  return { ...row, enabled, schedule };
}

const SyncStatus = builder.objectRef<SyncStatusShape>('SyncStatus').implement({
  description: 'How one kind of runs stands. Dry runs do not count.',
  fields: (t) => ({
    kind: t.field({ type: RunKindEnum, description: 'Which kind.', resolve: (status) => status.kind }),
    enabled: t.exposeBoolean('enabled', {
      description: 'True when its schedule is on; it can be started by hand in any case.',
    }),
    configured: t.exposeBoolean('configured', {
      description: 'What it needs is configured: for HR_SYNC the connection to HR.',
    }),
    intervalMinutes: t.int({
      nullable: true,
      description: 'Minutes between two firings of its schedule; null when it has none and follows another.',
      resolve: ({ schedule }) => schedule?.intervalMinutes ?? null,
    }),
    lastRun: t.field({
      type: SyncRun,
      nullable: true,
      description: 'The newest run, however it ended or goes on.',
      resolve: ({ last }, _args, scope) => runOf(scope, last),
    }),
    lastSuccessfulRun: t.field({
      type: SyncRun,
      nullable: true,
      description: 'The newest run that did its work, though some records were refused.',
      resolve: ({ successful }, _args, scope) => runOf(scope, successful),
    }),
    watermark: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Of HR_SYNC: everything that changed before is stored.',
      resolve: (status) => status.watermark,
    }),
    nextFiringAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When its schedule fires next; null while it does not.',
      resolve: ({ schedule }) => schedule?.nextFiringAt ?? null,
    }),
    runningRun: t.field({
      type: SyncRun,
      nullable: true,
      description: 'The run that is under way.',
      resolve: ({ running }, _args, scope) => runOf(scope, running),
    }),
    awaitingConfirmation: t.field({
      type: SyncRun,
      nullable: true,
      description: 'The run that waits for confirmRun or rejectRun.',
      resolve: ({ awaiting }, _args, scope) => runOf(scope, awaiting),
    }),
  }),
});

builder.queryField('syncStatus', (t) =>
  t.field({
    ...needs('operate'),
    type: [SyncStatus],
    description: 'How the kinds of runs stand that go on from day to day.',
    args: { kind: t.arg({ type: [RunKindEnum], description: 'Only these.' }) },
    resolve: async (_root, { kind }, scope) => {
      const all = await readStatus(scope);
      return kind == null ? all : all.filter((status) => kind.includes(status.kind));
    },
  }),
);

function runOf(scope: RequestScope, id: string | null) {
  return id === null ? null : runById(scope).load(id);
}
