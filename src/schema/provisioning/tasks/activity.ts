import { sql } from 'kysely';
import { builder } from '../../building/builder.ts';
import { needsSightOfAll } from '../../permissions/rules.ts';
import { sqlOf } from '../../reading/loaders.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';

/** A week: beyond it days would be asked for. */
const HOURS_MAX = 168;
const HOURS = 24;

interface ActivityShape {
  readonly hour: string;
  readonly system: string;
  readonly done: number;
  readonly failed: number;
  readonly retried: number;
  readonly created: number;
  readonly ended: number;
}

const Activity = builder.objectRef<ActivityShape>('Activity').implement({
  description:
    'One hour of a system: what became of the attempts that began in it, and how its open work changed.',
  fields: (t) => ({
    hour: t.field({ type: 'DateTime', description: 'When it begins.', resolve: ({ hour }) => hour }),
    system: t.field({ type: AccountSystemEnum, description: 'Where.', resolve: ({ system }) => system }),
    done: t.exposeInt('done', { description: 'The account is there: CREATED, ADOPTED or NOT_NEEDED.' }),
    failed: t.exposeInt('failed', {
      description: 'REJECTED, CONFLICT, CREDENTIALS or ERROR: by itself it does not get better.',
    }),
    retried: t.exposeInt('retried', { description: 'Anything else that ended: it is tried again.' }),
    created: t.exposeInt('created', { description: 'Tasks that came into being.' }),
    ended: t.exposeInt('ended', {
      description:
        'Tasks that were completed, failed or were cancelled, and have not been queued again since. Open work at the end of an hour is that of now, less what was created and more what ended in later hours.',
    }),
  }),
});

builder.queryField('activity', (t) =>
  t.field({
    ...needsSightOfAll('operate'),
    type: [Activity],
    description:
      'Throughput and errors per hour and system, oldest first; hours in which nothing happened are left out.',
    args: {
      hours: t.arg.int({
        defaultValue: HOURS,
        required: true,
        description: `How many, the present one among them; from 1 to ${HOURS_MAX}.`,
      }),
    },
    resolve: async (_root, { hours }, scope) => {
      const back = Math.min(HOURS_MAX, Math.max(1, hours)) - 1;
      const { rows } = await sql<ActivityShape>`
        with window_start as (select date_trunc('hour', now()) - make_interval(hours => ${back}) as at),
        attempts as (
          select date_trunc('hour', a.started_at) as hour, t.system,
            count(*) filter (where a.outcome in ('CREATED', 'ADOPTED', 'NOT_NEEDED'))::int as done,
            count(*) filter (where a.outcome in ('REJECTED', 'CONFLICT', 'CREDENTIALS', 'ERROR'))::int as failed,
            count(*) filter (where a.outcome not in ('CREATED', 'ADOPTED', 'NOT_NEEDED', 'REJECTED', 'CONFLICT',
              'CREDENTIALS', 'ERROR'))::int as retried, 0 as created, 0 as ended
          from task_attempt a join account_task t on t.id = a.task_id
          where a.started_at >= (select at from window_start) group by 1, 2
        ), changed as (
          -- A task that came or ended in the window was updated in it: the index of updated_at finds both.
          select date_trunc('hour', e.at) as hour, t.system, 0 as done, 0 as failed, 0 as retried,
            count(*) filter (where e.is_new)::int as created, count(*) filter (where not e.is_new)::int as ended
          from account_task t cross join lateral (values (t.created_at, true), (t.completed_at, false)) e(at, is_new)
          where t.updated_at >= (select at from window_start) and e.at >= (select at from window_start)
          group by 1, 2
        )
        select hour, system, sum(done)::int as done, sum(failed)::int as failed, sum(retried)::int as retried,
          sum(created)::int as created, sum(ended)::int as ended
        from (select * from attempts union all select * from changed) as both_kinds
        group by hour, system order by hour, system`.execute(sqlOf(scope));
      return rows;
    },
  }),
);
