import type { Command } from 'commander';
import type { SystemFieldsFragment } from '../../../clients/typescript/src/accountsync-client.ts';
import { table } from '../columns.ts';
import { exitStatus } from '../exit-status.ts';
import { systemOf } from '../systems.ts';
import type { Terminal } from '../terminal.ts';

/** How the HR source is called here and in the API. */
const HR_SOURCE = ['HR', 'HIEDS'];

/** `systems`, `check`. */
export function addSystemCommands(program: Command, terminal: Terminal): void {
  const { client, print, report, end, say } = terminal;
  program
    .command('systems')
    .description(say('各系统与 HR 来源的状态', 'how the systems and the HR source are'))
    .action(async () => {
      const systems = await client().systems();
      print(systems, systemsText(systems, terminal));
    });
  program
    .command('check <system>')
    .description(
      say(
        '现在就试一次某个系统（idaas、welink、email、hr）；正常则恢复发送',
        'try a system now (idaas, welink, email, hr); found well, it is used again',
      ),
    )
    .action(async (name: string) => {
      const isHr = HR_SOURCE.includes(name.toUpperCase());
      const options = { throwOnUserErrors: false };
      const answer = isHr
        ? await client().checkHrSource(options)
        : await client().checkSystem({ system: systemOf(name, say) }, options);
      report(answer.userErrors);
      const { check, system } = answer;
      if (check === null) return print(answer, '');
      if (check.error !== null) end(exitStatus.failed);
      const words = [
        check.reachable ? say('可连接', 'reachable') : say('连接不上', 'not reachable'),
        check.credentialsAccepted
          ? say('凭据有效', 'credentials accepted')
          : say('凭据无效', 'credentials refused'),
        `${check.latencyMs} ms`,
      ];
      const why = check.error === null ? '' : table([[check.error.code, check.error.message]]);
      print(answer, `${table([[system.code, ...words]])}${why}`);
    });
}

/** A line each, and below it why nothing is sent. */
export function systemsText(systems: readonly SystemFieldsFragment[], { say, time }: Terminal): string {
  const rows = systems.map((system) => [
    system.code,
    system.displayName,
    stateOf(system, say),
    system.sandboxed === true ? say('沙箱', 'sandbox') : '',
    `${say('最近成功', 'last success')} ${time(system.lastSuccessAt)}`,
  ]);
  const reasons = systems.flatMap(({ code, explanation }) =>
    explanation === null ? [] : [[code, explanation]],
  );
  return table(rows) + table(reasons);
}

function stateOf(system: SystemFieldsFragment, say: Terminal['say']): string {
  if (system.configured === false) return say('未配置', 'not configured');
  if (!system.enabled) return say('已关闭', 'switched off');
  if (system.paused !== null) return say('已暂停', 'paused');
  if (system.circuit.state === 'OPEN') return say('已熔断', 'circuit open');
  return system.throttledUntil === null ? say('正常', 'fine') : say('限流中', 'throttled');
}
