import type { Command } from 'commander';
import type { SystemFieldsFragment } from '../../../clients/typescript/src/accountsync-client.ts';
import { systemOf } from '../arguments/systems.ts';
import { table } from '../terminal/columns.ts';
import { exitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** How the HR source is called in the API. */
const HR_CODE = 'HIEDS';
/** Upstreams without accounts, as they may be called here. */
const sources: Readonly<Record<string, 'HIEDS' | 'WPS' | 'TIMETABLE'>> = {
  HR: HR_CODE,
  HIEDS: HR_CODE,
  WPS: 'WPS',
  TIMETABLE: 'TIMETABLE',
};

/** `systems`, `check`, `connections`. */
export function addSystemCommands(program: Command, terminal: Terminal): void {
  const { client, print, end, say } = terminal;
  program
    .command('systems')
    .description(say('各系统与 HR 来源的状态', 'how the systems and the HR source are'))
    .action(async () => {
      const systems = await client().systems();
      print(systems, systemsText(systems, terminal));
    });
  program
    .command('connections')
    .description(
      say(
        '正在运行的进程，以及它们连接到哪里（机密已遮盖）',
        'the processes that run, and where they are connected to; secrets are masked',
      ),
    )
    .action(async () => {
      const answer = await client().connections();
      print(answer, connectionsText(answer, terminal));
    });
  program
    .command('check [system]')
    .description(
      say(
        '现在就试一次某个系统（idaas、welink、email、hr、wps、timetable），不写则全部；正常则恢复发送',
        'try a system now (idaas, welink, email, hr, wps, timetable), or all of them; found well, it is used again',
      ),
    )
    .action(async (name: string | undefined) => {
      const found: Awaited<ReturnType<typeof checkOne>>[] = [];
      for (const system of await toCheck(name, terminal)) found.push(await checkOne(system, terminal));
      const failing = found.filter(({ check }) => check === null || check.error !== null);
      if (failing.length > 0) end(exitStatus.failed);
      print(name === undefined ? found : found[0], found.map((one) => checkText(one, say)).join(''));
    });
}

/** A line for each process and each connection; what is set for these only with --json. */
function connectionsText(
  { processes, connections }: Awaited<ReturnType<ReturnType<Terminal['client']>['connections']>>,
  { say, time }: Terminal,
): string {
  return (
    table(
      processes.map(({ role, version, host, pid, isAlive, lastSeenAt }) => [
        role.toLowerCase(),
        version,
        `${host} ${pid}`,
        isAlive ? say('运行中', 'runs') : say('已无消息', 'silent'),
        time(lastSeenAt),
      ]),
    ) +
    table(
      connections.map(({ code, displayName, address, sandboxed }) => [
        code,
        displayName,
        address ?? say('未配置', 'not configured'),
        sandboxed ? say('沙箱', 'sandbox') : '',
      ]),
    )
  );
}

/** One by its name, or all that are configured, those without accounts too. */
async function toCheck(name: string | undefined, { client, say }: Terminal): Promise<string[]> {
  if (name !== undefined) return [sources[name.toUpperCase()] ?? systemOf(name, say)];
  const systems = await client().systems();
  return systems.flatMap(({ code, configured, enabled }) => (configured === false || !enabled ? [] : [code]));
}

async function checkOne(system: string, { client, report }: Terminal) {
  const answer = await client().checkUpstream({ code: system }, { throwOnUserErrors: false });
  report(answer.userErrors);
  return answer;
}

function checkText({ check, system }: Awaited<ReturnType<typeof checkOne>>, say: Terminal['say']): string {
  if (check === null) return '';
  const words = [
    check.reachable ? say('可连接', 'reachable') : say('连接不上', 'not reachable'),
    credentialsText(check.credentialsAccepted, say),
    `${check.latencyMs} ms`,
  ];
  const why = check.error === null ? '' : table([[check.error.code, check.error.message]]);
  return `${table([[system.code, ...words]])}${why}`;
}

function credentialsText(accepted: boolean | null, say: Terminal['say']): string {
  if (accepted === null) return say('凭据未知', 'credentials unknown');
  return accepted ? say('凭据有效', 'credentials accepted') : say('凭据无效', 'credentials refused');
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
