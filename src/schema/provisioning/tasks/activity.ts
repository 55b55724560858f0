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
}

const Activity = builder.objectRef<ActivityShape>('Activity').implement({
  description: 'What became of the attempts at a system that began within one hour.',
  fields: (t) => ({
    hour: t.field({ type: 'DateTime', description: 'When it begins.', resolve: ({ hour }) => hour }),
    system: t.field({ type: AccountSystemEnum, description: 'Where.', resolve: ({ system }) => system }),
    done: t.exposeInt('done', { description: 'The account is there: CREATED, ADOPTED or NOT_NEEDED.' }),
    failed: t.exposeInt('failed', {
      description: 'REJECTED, CONFLICT, CREDENTIALS or ERROR: by itself it does not get better.',
    }),
    retried: t.exposeInt('retried', { description: 'Anything else that ended: it is tried again.' }),
  }),
});

builder.queryField('activity', (t) =>
  t.field({
    ...needsSightOfAll('operate'),
    type: [Activity],
    description:
      'Throughput and errors per hour and system, oldest first; hours without an attempt are left out.',
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
        select date_trunc('hour', a.started_at) as hour, t.system,
          count(*) filter (where a.outcome in ('CREATED', 'ADOPTED', 'NOT_NEEDED'))::int as done,
          count(*) filter (where a.outcome in ('REJECTED', 'CONFLICT', 'CREDENTIALS', 'ERROR'))::int as failed,
          count(*) filter (where a.outcome not in ('CREATED', 'ADOPTED', 'NOT_NEEDED', 'REJECTED', 'CONFLICT',
            'CREDENTIALS', 'ERROR'))::int as retried
        from task_attempt a join account_task t on t.id = a.task_id
        where a.started_at >= date_trunc('hour', now()) - make_interval(hours => ${back})
        group by 1, 2 order by 1, 2`.execute(sqlOf(scope));
      return rows;
    },
  }),
);
