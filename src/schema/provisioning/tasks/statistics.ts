import { sql } from 'kysely';
import { builder } from '../../building/builder.ts';
import { needs } from '../../permissions/rules.ts';
import { sqlOf } from '../../reading/loaders.ts';
import { visibleRows } from '../../reading/visible-rows.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import type { SystemTaskStatsShape, TaskCountShape } from '../rows/shapes.ts';
import { TaskCount } from './count-types.ts';

export const SystemTaskStats = builder.objectRef<SystemTaskStatsShape>('SystemTaskStats').implement({
  description: 'Tasks of one system.',
  fields: (t) => ({
    system: t.field({
      type: AccountSystemEnum,
      description: 'The system.',
      resolve: (entry) => entry.system,
    }),
    total: t.exposeInt('total', { description: 'Tasks in any state.' }),
    counts: t.field({
      type: [TaskCount],
      description: 'By state; states without any are left out.',
      resolve: (entry) => entry.counts,
    }),
  }),
});
builder.queryField('taskStats', (t) =>
  t.field({
    ...needs('requests:read'),
    type: [SystemTaskStats],
    description: 'Tasks by system and state, every registered system.',
    resolve: async (_root, _args, scope) => {
      const { rows } = await sql<TaskCountShape>`
        select t.system, t.status, count(*)::int as count from ${visibleRows(scope, 'account_task')} t
        group by t.system, t.status order by t.system, t.status`.execute(sqlOf(scope));
      return scope.services.systems.map(({ system }) => {
        const counts = rows.filter((row) => row.system === system);
        return { system, counts, total: counts.reduce((sum, row) => sum + row.count, 0) };
      });
    },
  }),
);
