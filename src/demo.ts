import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  AccountSyncClient,
  RefusedError,
  type RequestProgress,
} from '../clients/typescript/src/accountsync-client.ts';
import { demoDatabases } from './application/demo-databases.ts';
import { startProcess } from './application/start.ts';
import { sayIn } from './cli/arguments/locale.ts';
import { sampleBatch, sampleDepartments } from './cli/sample-batch.ts';
import { watchRequest } from './cli/terminal/watch-request.ts';
import { processEnvironment } from './environment/env.ts';

const PEOPLE = 200;
/** Most people of one call. */
const PEOPLE_MAX = 10_000;

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { exit: { type: 'boolean', default: false }, people: { type: 'string', default: String(PEOPLE) } },
});
const people = Number(flags.people);
if (!Number.isInteger(people) || people < 1 || people > PEOPLE_MAX) {
  process.stderr.write(`--people: given ${flags.people}; expected a whole number from 1 to ${PEOPLE_MAX}\n`);
  process.exit(1);
}
const given = processEnvironment();
// The demo plays every system, in a data directory of its own.
const { application, env, exit } = await startProcess({
  SANDBOX: 'on',
  ROLE: 'all',
  DATABASE_URL: undefined,
  DATABASE_DIRECT_URL: undefined,
  MIGRATE_ON_START: undefined,
  DATA_DIR: join(given['DATA_DIR'] || '.accountsync', 'demo'),
  LOG_LEVEL: given['LOG_LEVEL'] || 'warn',
});
const url = application.server?.url ?? '';
const apiKey = application.adminKey?.reveal() ?? '';
const client = new AccountSyncClient({ url, apiKey, locale: 'zh-CN' });
const output = process.stdout;

if (positionals[0] === 'databases') {
  await application.played;
  output.write('\n  AccountSync demo：数据库账号与权限 accounts and permissions of databases\n\n');
  const serverUrl = application.core.directUrl;
  const done = await demoDatabases({ client, serverUrl, output, say: sayIn('zh-CN') });
  output.write(`\n  GraphiQL  ${url}\n\n`);
  if (flags.exit) await exit(done ? 0 : 1);
  output.write('  服务继续运行，Ctrl-C 结束。Still serving; Ctrl-C to stop.\n\n');
  await new Promise(() => {});
}

output.write(`\n  AccountSync demo：${people} 人 people × 3 个系统 systems\n\n`);
const startedAt = Date.now();
await client.upsertDepartmentMappings({ mappings: sampleDepartments, skipBad: false });
const submittedAt = Date.now();
const requestId = await submit();
output.write(`  ${requestId}  已受理 accepted, ${Date.now() - submittedAt} ms\n\n`);
const last = await watchRequest({ client, requestId, output, say: sayIn('zh-CN') });
output.write(summary(last, (Date.now() - startedAt) / 1_000));
// A configured key is known to the operator and not shown.
const shownKey = env.adminApiKey === null ? apiKey : 'ADMIN_API_KEY';
output.write(`\n  GraphiQL  ${url}\n  密钥 key   ${shownKey}\n\n`);
if (flags.exit) await exit(last.request.status === 'COMPLETED' ? 0 : 1);
output.write('  服务继续运行，Ctrl-C 结束。Still serving; Ctrl-C to stop.\n\n');

async function submit(): Promise<string> {
  try {
    const { request } = await client.createAccounts({
      originSystem: 'DEMO',
      businessKey: `DEMO-${startedAt}`,
      accountType: '供应商',
      employeeType: '1',
      systemList: ['IDAAS', 'WELINK', 'EMAIL'],
      userList: sampleBatch(people, startedAt),
    });
    if (request !== null) return request.requestId;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    for (const { message } of error.userErrors) process.stderr.write(`  ${message}\n`);
  }
  return exit(1);
}

/** The result of the batch, with the reasons of failures. */
function summary({ request }: RequestProgress, seconds: number): string {
  const accounts = request.completedUsers * request.systemList.length;
  const failures = request.errorSummary.map(
    ({ system, code, count, message }) => `    ${(system ?? '–').padEnd(7)} ${code} × ${count}  ${message}`,
  );
  return [
    '',
    `  ${request.statusDisplay} ${request.status}：${request.completedUsers}/${request.totalUsers} 人 people, ${accounts} 个账号 accounts, ${seconds.toFixed(1)} s`,
    ...(failures.length === 0 ? ['  失败 failures：无 none'] : ['  失败 failures：', ...failures]),
    '',
  ].join('\n');
}
