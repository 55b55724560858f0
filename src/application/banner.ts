import { table } from '../cli/terminal/columns.ts';
import type { Env } from '../environment/env.ts';
import type { Application } from './application.ts';
import { registeredSystems } from './upstreams.ts';

/** Prints that the service is ready: a banner on a terminal, one JSON line without the key elsewhere. */
export function printReady(application: Application, env: Env): void {
  const output = process.stdout;
  output.write(output.isTTY ? banner(application, env) : `${JSON.stringify(readyLine(application, env))}\n`);
}

function readyLine(application: Application, env: Env): Record<string, unknown> {
  return {
    msg: 'ready',
    url: application.url,
    role: env.role,
    database: application.databaseKind,
    sandbox: env.sandbox,
    ...(application.sandbox !== null && { sandboxControl: application.sandbox.controlUrl }),
    pid: process.pid,
  };
}

/** The banner of a person's first start: where to go, with what key, and what of it is real. */
export function banner(application: Application, env: Env): string {
  const played = (system: string) =>
    env.sandbox.includes(system) ? `${system} 沙箱 sandbox` : `${system} 真实 real`;
  const lines = [
    ['AccountSync', env.role === 'all' ? '' : `(${env.role})`],
    ...(application.server === null ? [] : [['控制台 console', consoleUrl(application.url)]]),
    ['GraphiQL', application.url],
    ...(keyLine(application, env) ?? []),
    [
      '数据库 database',
      application.databaseKind === 'embedded' ? `内嵌 Postgres, ${env.dataDir}` : 'DATABASE_URL',
    ],
    ['系统 systems', registeredSystems.map(played).join(' · ')],
    ...(application.sandbox === null
      ? []
      : [['沙箱 sandbox', `${application.sandbox.controlUrl}/__sandbox/`]]),
    ['停止 stop', 'Ctrl-C'],
  ];
  return `\n${table(lines)}\n`;
}

/** Of the console, which stands beside the API. */
export function consoleUrl(apiUrl: string): string {
  return new URL('/console', apiUrl).href;
}

/** The line of the key; a configured key is known to the operator and not shown. */
function keyLine(application: Application, env: Env): string[][] | null {
  if (application.adminKey === null) return null;
  return [['密钥 API key', env.adminApiKey === null ? application.adminKey.reveal() : 'ADMIN_API_KEY']];
}
