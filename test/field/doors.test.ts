import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { hurryDeliveries } from '../setup/deliveries.ts';
import { type MailServer, startMailServer } from '../setup/receivers.ts';
import { insertPerson } from '../setup/rows.ts';
import { startIssuer } from './issuer.ts';

// What other tests of this folder judge piece by piece, tried through the door it comes by.
let bench: ApiBench;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
let mail: MailServer;
const open: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  issuer = await startIssuer('/');
  open.push(issuer.close);
  mail = await startMailServer({ onlyFrom: 'notice@example.cn' });
  open.push(mail.close);
  bench = await ApiBench.start({
    variables: {
      OIDC_ISSUER: `${issuer.origin}/application`,
      OIDC_AUDIENCE: 'accountsync',
      SMTP_URL: mail.url,
    },
    settings: {
      account_dependencies: { IDAAS: [], WELINK: [], EMAIL: [] },
      notification_retry_delays_seconds: [0.02, 0.02],
      notification_email_from: 'ops@example.cn',
    },
  });
  open.push(() => bench.stop());
  await bench.portal.mapDepartments(['D001']);
});
afterAll(async () => {
  for (const close of open.toReversed()) await close();
});

const setting = (key: string, value: unknown) =>
  bench.portal.read(
    `mutation($input: UpdateSettingInput!) { updateSetting(input: $input) { userErrors { code } } }`,
    { input: { key, value } },
  );

/** The only task of a request of one person in one system. */
async function taskOf(requestId: string) {
  const { request } = await bench.portal.read(
    `query($id: String!) { request(requestId: $id) { items(first: 1) { nodes { tasks {
      status attemptCount lastError { code } attempts { outcome errorMessage } } } } } }`,
    { id: requestId },
  );
  return request.items.nodes[0].tasks[0];
}

test('DP01: mail with a refused sender waits, the overview tells the operator, and a correction sends it', async () => {
  const id = await bench.portal.submit(
    batchOf(1, { systemList: ['IDAAS'], notify: { emails: ['boss@example.com'] } }),
  );
  await bench.portal.finished(id);
  const reasons = async () =>
    (await bench.portal.read('{ overview { reasons { code message(locale: EN) } } }')).overview.reasons;
  await expect
    .poll(async () => (await reasons()).find(({ code }: { code: string }) => code === 'MAIL_WAITS')?.message)
    .toContain('ops@example.cn');
  await setting('notification_email_from', 'notice@example.cn');
  await expect
    .poll(async () => {
      await hurryDeliveries(bench.db);
      return mail.mails.flatMap(({ to }) => to);
    })
    .toEqual(['boss@example.com']);
});

describe('DP02', () => {
  const ask = async (claims: Readonly<Record<string, unknown>>) => {
    const caller = bench.as({ key: await issuer.sign(claims), language: 'en' });
    return caller.post({ query: '{ requests(first: 1) { totalCount } }' });
  };

  test.for([
    { scp: 'requests:read requests:write' },
    { scp: ['requests:read'] },
    { roles: ['requests:read', 'requests:write'] },
    { scope: 'openid requests:read' },
    { aud: ['account', 'accountsync'], scp: 'requests:read' },
  ])('a token with %o reads requests', async (claims) => {
    expect(await ask(claims)).toMatchObject({ status: 200, body: { data: { requests: {} } } });
  });

  test('groups permit what the Setting says, and without any scope the refusal names the Settings', async () => {
    const refused = await ask({ groups: ['readers'] });
    expect(refused.status).toBe(403);
    expect(JSON.stringify(refused.body)).toMatch(/token.*oidc_scope_claims and oidc_group_scopes/);
    await setting('oidc_group_scopes', { readers: ['requests:read'] });
    await expect.poll(async () => (await ask({ groups: ['readers'] })).status).toBe(200);
  });
});

describe('names over the API', () => {
  const warned = async (employeeNumber: string, employeeName: string) => {
    const batch = batchOf(1, { systemList: ['IDAAS'] });
    const userList = batch.userList.map((user) => ({ ...user, employeeNumber, employeeName }));
    const { createAccounts } = await bench.portal.read(
      'mutation($input: CreateAccountsInput!) { createAccounts(input: $input) { warnings { code } } }',
      { input: { ...batch, userList, mode: 'DRY_RUN' } },
    );
    return createAccounts.warnings.map(({ code }: { code: string }) => code);
  };

  test.for(['LYU LUE DE', 'Lü Lüè Dé', 'LV LVE DE', null])(
    'NM07: of HR’s spelling %s the portal’s Lyu Luede is the same person',
    async (pinyin) => {
      const number = `LV${pinyin?.replaceAll(/[^A-Za-z]/g, '') ?? ''}`;
      await insertPerson(bench.db, {
        employee_number: number,
        full_name: '吕略德',
        person_pinyin_name: pinyin,
        source: 'HR',
      });
      for (const name of ['Lyu Luede', 'Lü Lüede', 'LU LUE DE', 'Lv Lvede'])
        expect(await warned(number, name)).toEqual([]);
      expect(await warned(number, '鲁略德')).toEqual(['PERSON_MISMATCH']);
    },
  );

  test('NM09: another person whose name begins with the same characters is another person', async () => {
    await insertPerson(bench.db, { employee_number: 'JP1', full_name: '髙橋はるか', source: 'HR' });
    expect(await warned('JP1', '髙橋ゆうこ')).toEqual(['PERSON_MISMATCH']);
    expect(await warned('JP1', '髙橋 はるか')).toEqual(['NAME_NOT_SPELLED']);
  });
});

test('UP07: a sign-in page in place of an answer is named, looked up, and makes nobody twice', async () => {
  const { control } = bench.sandbox;
  await control.addFault({ system: 'IDAAS', operation: 'create', fault: 'html' });
  const batch = batchOf(1, { systemList: ['IDAAS'] });
  const id = await bench.portal.submit(batch);
  await bench.portal.finished(id);
  const { status, attempts } = await taskOf(id);
  expect([status, attempts[0].outcome]).toEqual(['COMPLETED', 'UNCERTAIN']);
  expect(attempts[0].errorMessage).toContain('Login');
  const key = batch.userList[0]?.employeeNumber ?? '';
  expect(control.ledger({ system: 'IDAAS', key }).filter(({ applied }) => applied)).toHaveLength(1);
});

test.for([
  [503, '30,120'],
  [429, '120s'],
] as const)(
  'UP04: %i with Retry-After %s is a pause of two minutes and costs no attempt',
  async ([status, retryAfter]) => {
    const system = status === 503 ? 'WELINK' : 'EMAIL';
    const { control } = bench.sandbox;
    await control.addFault({
      system,
      operation: 'create',
      fault: 'throttle',
      status,
      retryAfter,
      times: 'forever',
    });
    const id = await bench.portal.submit(batchOf(1, { systemList: [system] }));
    await expect
      .poll(() => taskOf(id))
      .toMatchObject({ status: 'RETRY', attemptCount: 0, lastError: { code: 'UPSTREAM_THROTTLED' } });
    const { systems } = await bench.portal.read('{ systems { code throttledUntil } }');
    const { throttledUntil } = systems.find(({ code }: { code: string }) => code === system);
    // More than the shorter of its values, however slow the machine is; the longest bounds it.
    const seconds = (Date.parse(throttledUntil) - Date.now()) / 1_000;
    expect(seconds).toBeGreaterThan(31);
    expect(seconds).toBeLessThanOrEqual(121);
    await control.removeFaults();
  },
);
