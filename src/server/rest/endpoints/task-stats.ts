import { z } from 'zod';
import { restOperation } from '../wire/operation.ts';
import { ok, type RestCall, type RestRoute } from '../wire/route.ts';
import { rateOf, taskStates, taskStatesBehind } from '../wire/values.ts';

const readStatistics = restOperation(
  'query RestTaskStatistics { taskStats { system total counts { status count } } }',
  z.object({
    taskStats: z.array(
      z.object({
        system: z.string(),
        total: z.int(),
        counts: z.array(z.object({ status: z.string(), count: z.int() })),
      }),
    ),
  }),
);

async function statistics(call: RestCall) {
  const { taskStats } = await call.run(readStatistics);
  const types = taskStats.map(({ system, total, counts }) => {
    const [pending, processing, completed, failed, retry] = taskStates.map((state) =>
      sum(counts.filter(({ status }) => taskStatesBehind[state].includes(status)).map(({ count }) => count)),
    );
    return { type: system.toLowerCase(), total, pending, processing, completed, failed, retry };
  });
  const all = (state: Exclude<keyof (typeof types)[number], 'type'>) =>
    sum(types.map((type) => type[state] ?? 0));
  return {
    total_tasks: all('total'),
    pending_tasks: all('pending'),
    processing_tasks: all('processing'),
    completed_tasks: all('completed'),
    failed_tasks: all('failed'),
    retry_tasks: all('retry'),
    overall_completion_rate: rateOf(all('completed'), all('total')),
    stats_by_type: Object.fromEntries(
      types.map(({ type, ...counts }) => [
        type,
        { ...counts, completion_rate: rateOf(counts.completed ?? 0, counts.total) },
      ]),
    ),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** How many tasks are in which state. */
export const taskStatsRoutes: readonly RestRoute[] = [
  {
    method: 'GET',
    path: '/account-creation/task_stats/',
    operationId: 'account_creation_task_stats_retrieve',
    field: 'Query.taskStats',
    text: { ZH_CN: '任务统计', EN: 'Tasks by state' },
    answers: [{ status: 200, schema: 'TaskStats' }],
    answer: async (call) => ok(await statistics(call)),
  },
];
