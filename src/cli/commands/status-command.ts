import type { Command } from 'commander';
import type { OverviewQuery } from '../../../clients/typescript/src/accountsync-client.ts';
import { momentOf } from '../arguments/since.ts';
import { table } from '../terminal/columns.ts';
import { healthExitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { systemsText } from './system-commands.ts';

type Overview = OverviewQuery['overview'];

/** `status`: what is wrong now, and who can put it right. */
export function addStatusCommand(program: Command, terminal: Terminal): void {
  const { client, print, end, say } = terminal;
  program
    .command('status')
    .description(
      say(
        '总体状态与需要处理的事；退出状态 0 正常，1 需要注意，2 故障',
        'how it is and what wants attention; exits 0 fine, 1 attention, 2 broken',
      ),
    )
    .option(
      '--since <moment>',
      say('只看此后的失败，如 24h、7d', 'only failures after this, such as 24h or 7d'),
    )
    .action(async (flags: { readonly since?: string }) => {
      const since = flags.since === undefined ? null : momentOf(flags.since, Date.now(), say);
      const overview = await client().overview(since);
      end(healthExitStatus(overview.health));
      print(overview, statusText(overview, terminal));
    });
}

function statusText(overview: Overview, terminal: Terminal): string {
  const { say, time } = terminal;
  const { lastHrSync, oldestReady, failures } = overview;
  const reasons = overview.reasons.flatMap(({ level, code, message, fixBy, whatToDo }) => [
    [level, code, `${message} (${fixBy})`],
    ['', '', `→ ${whatToDo}`],
  ]);
  const tasks = overview.taskCounts.map(({ system, status, count }) => `${system} ${status} ${count}`);
  const facts = [
    [say('未完成的任务', 'open tasks'), tasks.join('  ') || say('无', 'none')],
    ...(oldestReady === null
      ? []
      : [[say('等待最久', 'ready longest'), `${oldestReady.taskId}  ${time(oldestReady.since)}`]]),
    [say('最近的 HR 同步', 'last HR sync'), time(lastHrSync?.finishedAt)],
    ...(overview.switchesOff.length === 0
      ? []
      : [[say('已关闭的开关', 'switched off'), overview.switchesOff.join(' ')]]),
  ];
  const failed = failures.flatMap((group) => [
    [group.system ?? '–', `${group.code} × ${group.tasks + group.retrying}`, group.fixBy, group.message],
    ['', '', '', `→ ${group.whatToDo}`],
  ]);
  return [
    `  ${headline(overview.health, say)}  ${time(overview.at)}\n`,
    table(reasons),
    `\n${systemsText(overview.systems, terminal)}`,
    `\n${table(facts)}`,
    failed.length === 0 ? '' : `\n  ${say('失败', 'failures')}\n${table(failed)}`,
  ].join('');
}

function headline(health: string, say: Terminal['say']): string {
  if (health === 'OK') return say('正常', 'Fine');
  return health === 'BROKEN' ? say('故障', 'Broken') : say('需要注意', 'Attention');
}
