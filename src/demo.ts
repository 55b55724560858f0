import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DemoClient, type DemoProgress, systemProgress } from './demo/demo-client.ts';
import { createProgressDisplay } from './demo/progress-display.ts';
import { sampleBatch } from './demo/sample-batch.ts';
import { processEnvironment } from './env.ts';
import { startProcess } from './start.ts';

const PEOPLE = 200;

const { values: flags } = parseArgs({
  options: { exit: { type: 'boolean', default: false }, people: { type: 'string', default: String(PEOPLE) } },
});
const given = processEnvironment();
// Everything of the demo is played, and lives apart from whatever else is here.
const { service, exit } = await startProcess({
  SANDBOX: 'on',
  DATABASE_URL: undefined,
  ADMIN_API_KEY: undefined,
  DATA_DIR: given['DATA_DIR'] ?? join('.accountsync', 'demo'),
  LOG_LEVEL: given['LOG_LEVEL'] ?? 'warn',
  PORT: given['PORT'] ?? '4000',
});
const url = service.server?.url ?? '';
const apiKey = service.adminKey?.reveal() ?? '';
const client = new DemoClient({ url, apiKey });
const output = process.stdout;

output.write(`\n  AccountSync demo — ${flags.people} 人 × 3 个系统 (IDaaS → WeLink, 邮箱)\n\n`);
const startedAt = Date.now();
await client.loadDepartments();
const requestId = await client.submit(`DEMO-${startedAt}`, sampleBatch(Number(flags.people), startedAt));
output.write(`  ${requestId}  已受理 accepted in ${Date.now() - startedAt} ms\n\n`);
const display = createProgressDisplay(output);
const last = await client.watch(requestId, (progress) =>
  display.show(systemProgress(progress), progress.etaSeconds),
);
display.stop();
output.write(summary(last, (Date.now() - startedAt) / 1_000));
output.write(
  `\n  GraphiQL  ${url}\n  密钥 key   ${apiKey}\n  试试 try:  request(requestId: "${requestId}") { status progress errorSummary { message } }\n\n`,
);
if (flags.exit) await exit(last.request.status === 'COMPLETED' ? 0 : 1);
output.write('  服务继续运行，Ctrl-C 结束。 Still serving; Ctrl-C to stop.\n\n');

/** What became of the batch, and why whatever failed did. */
function summary({ request }: DemoProgress, seconds: number): string {
  const accounts = request.completedUsers * request.systemList.length;
  const lines = [
    `\n  ${request.statusDisplay} ${request.status}: ${request.completedUsers} / ${request.totalUsers} 人, ` +
      `${accounts} 个账号, ${seconds.toFixed(1)} s`,
    request.errorSummary.length === 0
      ? '  失败 failures: 无 none'
      : [
          '  失败 failures:',
          ...request.errorSummary.map((e) => `    ${e.system ?? '–'}  ${e.code} × ${e.count}  ${e.message}`),
        ].join('\n'),
  ];
  return `${lines.join('\n')}\n`;
}
