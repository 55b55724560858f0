import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeDataDir, removeDataDir } from '../setup/data-dir.ts';
import { descendantsOf, ServiceProcess, untilGone } from '../setup/service-process.ts';

let dataDir: string;
const started: ServiceProcess[] = [];
beforeAll(() => {
  dataDir = makeDataDir();
});
afterEach(async () => {
  for (const demo of started.splice(0)) await demo.destroy();
});
afterAll(() => removeDataDir(dataDir));

function startDemo(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): ServiceProcess {
  const demo = new ServiceProcess('demo', { PORT: '0', DATA_DIR: dataDir, ...variables }, args);
  started.push(demo);
  return demo;
}

test('npm run demo makes 60 accounts for 20 people, tells so, and leaves nothing running', async () => {
  const demo = startDemo(['--exit', '--people', '20'], {
    // Whatever is set for the real service does not touch the demo.
    SANDBOX: 'off',
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    IDAAS_BASE_URL: 'https://idaas.example.com',
    ROLE: 'worker',
    MIGRATE_ON_START: 'false',
  });
  await demo.saying('accepted');
  const processes = descendantsOf(demo.npmPid);
  expect(await demo.exitStatus()).toBe(0);
  expect(demo.stdout).toMatch(/req_\d{8}_[0-9a-f]{12} {2}已受理 accepted/);
  expect(demo.stdout).toContain('IDAAS 20/20   WELINK 20/20   EMAIL 20/20');
  expect(demo.stdout).toMatch(/已完成 COMPLETED：20\/20 人 people, 60 个账号 accounts, [\d.]+ s/);
  expect(demo.stdout).toContain('失败 failures：无 none');
  expect(demo.stdout).toMatch(/GraphiQL {2}http:\/\/127\.0\.0\.1:\d+\/graphql/);
  await untilGone(processes);
});

test('a number of people that one call cannot have is refused before anything starts', async () => {
  const demo = startDemo(['--exit', '--people', '10001']);
  expect(await demo.exitStatus()).toBe(1);
  expect(demo.stderr).toContain('--people: given 10001; expected a whole number from 1 to 10000');
});
