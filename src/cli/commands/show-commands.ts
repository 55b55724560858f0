import type { Command } from 'commander';
import { UsageError } from '../arguments/usage-error.ts';
import { table } from '../terminal/columns.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** `task`, `stats`. */
export function addShowCommands(program: Command, { client, print, say, time }: Terminal): void {
  program
    .command('task <task-id>')
    .description(say('查看一个任务及其每次尝试', 'show a task and its attempts'))
    .action(async (taskId: string) => {
      const task = await client().task(taskId);
      if (task === null) throw new UsageError(say(`没有任务 ${taskId}。`, `There is no task ${taskId}.`));
      const { person, system, statusDisplay, accountIdentifier, explanation, nextAttemptAt } = task;
      const head = [
        [task.taskId, system, statusDisplay, `${person?.employeeNumber ?? '–'} ${person?.fullName ?? ''}`],
      ];
      const facts = [
        [say('账号', 'account'), accountIdentifier],
        [say('原因', 'why'), explanation],
        [say('下次尝试', 'next attempt'), nextAttemptAt === null ? null : time(nextAttemptAt)],
        [say('尝试次数', 'attempts'), `${task.attemptCount} / ${task.maxAttempts}`],
      ].filter((row): row is [string, string] => row[1] !== null);
      const attempts = task.attempts.map((attempt) => [
        `#${attempt.executionAttempt}`,
        attempt.outcome ?? '…',
        time(attempt.startedAt),
        attempt.errorMessage ?? '',
      ]);
      print(task, `${table(head)}${table(facts)}${table(attempts)}`);
    });
  program
    .command('stats')
    .description(say('按系统和状态统计任务', 'tasks by system and state, requests by state'))
    .action(async () => {
      const answer = await client().statistics();
      const counts = (list: readonly { readonly status: string; readonly count: number }[]) =>
        list.map(({ status, count }) => `${status} ${count}`).join('  ');
      const rows = answer.taskStats.map((entry) => [entry.system, String(entry.total), counts(entry.counts)]);
      const requests = answer.requestCounts.reduce((sum, { count }) => sum + count, 0);
      print(
        answer,
        table([...rows, [say('请求', 'requests'), String(requests), counts(answer.requestCounts)]]),
      );
    });
}
