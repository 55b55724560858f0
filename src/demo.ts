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
import { demonstrateCalendars } from './cli/calendar/demonstrate-calendars.ts';
import { sampleBatch, sampleDepartments } from './cli/sample-batch.ts';
import { watchRequest } from './cli/terminal/watch-request.ts';
import { processEnvironment } from './environment/env.ts';

const PEOPLE = 200;
/** Most people of one call. */
const PEOPLE_MAX = 10_000;

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    exit: { type: 'boolean', default: false },
    people: { type: 'string', default: String(PEOPLE) },
    courses: { type: 'string', default: '200' },
    students: { type: 'string', default: '4000' },
  },
});
const people = countOf('people', PEOPLE_MAX);
const school = { courses: countOf('courses', PEOPLE_MAX), students: countOf('students', PEOPLE_MAX) };
const given = processEnvironment();
// The demo plays every system, in a data directory of its own.
const { application, env, exit } = await startProcess(
  {
    SANDBOX: 'on',
    ROLE: 'all',
    DATABASE_URL: undefined,
    DATABASE_DIRECT_URL: undefined,
    MIGRATE_ON_START: undefined,
    DATA_DIR: join(given['DATA_DIR'] || '.accountsync', 'demo'),
    LOG_LEVEL: given['LOG_LEVEL'] || 'warn',
  },
  { school },
);
const url = application.server?.url ?? '';
const apiKey = application.adminKey?.reveal() ?? '';
const client = new AccountSyncClient({ url, apiKey, locale: 'zh-CN' });
const output = process.stdout;
const isDone = await demonstrate(positionals[0]);
// A configured key is known to the operator and not shown.
const shownKey = env.adminApiKey === null ? apiKey : 'ADMIN_API_KEY';
output.write(`\n  GraphiQL  ${url}\n  密钥 key   ${shownKey}\n\n`);
if (flags.exit) await exit(isDone ? 0 : 1);
output.write('  服务继续运行，Ctrl-C 结束。Still serving; Ctrl-C to stop.\n\n');

/** A whole number that a flag gives. */
function countOf(flag: 'people' | 'courses' | 'students', largest: number): number {
  const count = Number(flags[flag]);
  if (Number.isInteger(count) && count >= 1 && count <= largest) return count;
  process.stderr.write(`--${flag}: given ${flags[flag]}; expected a whole number from 1 to ${largest}\n`);
  return process.exit(1);
}

/** Plays one area; false when something was not done. */
async function demonstrate(area: string | undefined): Promise<boolean> {
  if (area === 'calendar') {
    const changeTimetable = () => application.sandbox?.control.changeTimetable() ?? null;
    return await demonstrateCalendars({ client, output, changeTimetable });
  }
  if (area !== 'databases') return await demonstrateAccounts();
  await application.played;
  output.write('\n  AccountSync demo：数据库账号与权限 accounts and permissions of databases\n\n');
  const serverUrl = application.core.directUrl;
  return await demoDatabases({ client, serverUrl, output, say: sayIn('zh-CN') });
}

/** A batch of people, from their request to their accounts. */
async function demonstrateAccounts(): Promise<boolean> {
  output.write(`\n  AccountSync demo：${people} 人 people × 3 个系统 systems\n\n`);
  const startedAt = Date.now();
  await client.upsertDepartmentMappings({ mappings: sampleDepartments, skipBad: false });
  const submittedAt = Date.now();
  const requestId = await submit(startedAt);
  output.write(`  ${requestId}  已受理 accepted, ${Date.now() - submittedAt} ms\n\n`);
  const last = await watchRequest({ client, requestId, output, say: sayIn('zh-CN') });
  output.write(summary(last, (Date.now() - startedAt) / 1_000));
  return last.request.status === 'COMPLETED';
}

async function submit(startedAt: number): Promise<string> {
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
