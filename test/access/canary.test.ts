import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Sql } from '../../src/entities/tables.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Canaries, canariesIn, canariesInDatabase } from '../setup/canaries.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { Portal } from '../setup/portal.ts';
import { FAST_SETTINGS } from '../setup/provisioning.ts';
import { type Receiver, startReceiver } from '../setup/receivers.ts';
import { sqlOf } from '../setup/rows.ts';
import { PROCESS_DEADLINE, ServiceProcess } from '../setup/service-process.ts';
import { storeSettings } from '../setup/settings.ts';

const random = () => randomBytes(16).toString('hex');
const adminKey = `admin-${random()}`;
const guessedKey = `guessed-${random()}`;
const secrets = { idaas: `s1-${random()}`, welink: `s2-${random()}`, email: `s3-${random()}` };
const masterKey = randomBytes(32).toString('base64');
/** Three people: one whom everything goes well with, one whom a handler breaks over, one whom systems refuse. */
const people = [
  { employeeNumber: 'CN0000001', employeeName: '阙霁雯', phoneNumber: '13998765001' },
  { employeeNumber: 'CN0000002', employeeName: 'Qanary Ubrokenn', phoneNumber: '+8613998765002' },
  { employeeNumber: 'CN0000003', employeeName: '亓官霁雯', phoneNumber: '139 9876 5003' },
];
const refused = {
  employeeNumber: 'CN0000004',
  employeeName: '郤霁雯',
  phoneNumber: '13998765004',
  departmentCode: '',
};

/** The middle of the phone numbers, which no mask shows; of names what a mask hides. */
const personal = {
  name: ['霁雯', 'Ubrokenn', 'Qanary'],
  phone: ['99876500', '9987 6500', '9876 500'],
  email: ['canary.mailbox'],
};
/** What appears in the course of the test joins them. */
const keys = { key: [adminKey, guessedKey, masterKey], secret: [...Object.values(secrets)] };
const canaries: Canaries = { ...personal, ...keys };

/**
 * Every column that may hold them. What is not listed here may not: a new column that does is an error until somebody
 * decides that it must, and who sees it.
 */
const ALLOWED = [
  // Who somebody is: shown masked without people:pii, erased with the person.
  'person.full_name name',
  'person.search_text name',
  'person.telephone_number1 phone',
  'request_item.employee_name name',
  'request_item.phone_number phone',
  // To whom a request's end is told: purged with the request; a target is shown masked without people:pii.
  'account_request.notify email',
  'notification_delivery.target email',
];

let database: TestDatabase;
let db: Sql;
let sandbox: Sandbox;
let receiver: Receiver;
let service: ServiceProcess;
let url = '';
let admin: Portal;
let reader: Portal;
let requestId = '';

/** Everything the service said: its process, and what people without people:pii were answered. */
const answers: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  db = sqlOf(database.orm);
  sandbox = await startSandbox({ latencyMs: { min: 0, max: 2 }, secrets });
  receiver = await startReceiver();
  await storeSettings(db, { ...FAST_SETTINGS, notification_retry_delays_seconds: [0.02] });
  service = new ServiceProcess('start', {
    ...sandbox.environment,
    DATABASE_URL: database.url,
    ADMIN_API_KEY: adminKey,
    SECRETS_KEY: masterKey,
    SANDBOX: 'off',
    HIEDS_BASE_URL: '',
    HIEDS_ACCOUNT: '',
    HIEDS_SECRET: '',
    HIEDS_PROJECT: '',
    HIEDS_ENTERPRISE: '',
    HIEDS_TENANT_ID: '',
    PORT: '0',
    LOG_LEVEL: 'trace',
    LOG_FORMAT: 'json',
  });
  ({ url } = await service.ready());
  admin = new Portal(url, adminKey, { 'accept-language': 'en' });
  await play();
}, 180_000);
afterAll(async () => {
  await service?.destroy();
  await sandbox?.close();
  await receiver?.close();
  await database?.drop();
});

/** A day of the service at which much goes wrong. */
async function play(): Promise<void> {
  await admin.mapDepartments(['D001']);
  reader = new Portal(url, await keyOf(['requests:read', 'people:read', 'operate']), {
    'accept-language': 'en',
  });
  const hook = await admin.read(
    `mutation M($url: String!) { upsertWebhook(input: { url: $url, events: [REQUEST_FINISHED, TASK_FAILED] }) { webhook { id } secret } }`,
    { url: `${receiver.url}/hook` },
  );
  keys.secret.push(hook.upsertWebhook.secret, hook.upsertWebhook.secret.slice(6));
  receiver.answers.set('/hook', { status: 500 });
  await breakHandlers();
  await letSystemsEcho();
  requestId = await admin.submit({
    originSystem: 'OA',
    businessKey: 'CANARY',
    accountType: '供应商',
    employeeType: '1',
    systemList: ['IDAAS', 'WELINK', 'EMAIL'],
    onInvalid: 'ACCEPT_VALID',
    notify: { emails: ['canary.mailbox@example.com'] },
    userList: [...people, refused].map((person) => ({
      departmentCode: 'D001',
      partnerCompany: '示例公司',
      country: '中国',
      ...person,
    })),
  });
  for (const code of ['22P02', '23502']) await service.logged(`"code":"${code}"`);
  await sql`drop trigger canary on person`.execute(db);
  await admin.finished(requestId);
  await vi.waitUntil(async () => (await givenUp()) > 0, PROCESS_DEADLINE);
  await askWrongly();
  await look();
}

async function givenUp(): Promise<number> {
  const query = '{ webhookDeliveries(first: 9, filter: { status: [DEAD_LETTER] }) { totalCount } }';
  return (await admin.read(query)).webhookDeliveries.totalCount;
}

async function keyOf(scopes: readonly string[]): Promise<string> {
  const { createApiKey } = await admin.read(
    'mutation M($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret userErrors { message } } }',
    { input: { name: 'canary', scopes } },
  );
  keys.key.push(createApiKey.secret);
  return createApiKey.secret;
}

/** Postgres quotes the value that was wrong and, the second time, the row. */
async function breakHandlers(): Promise<void> {
  await sql`create sequence canary`.execute(db);
  await sql`create function canary() returns trigger language plpgsql as $$ begin
    if new.employee_number = 'CN0000002' then
      if nextval('canary') % 2 = 1 then perform new.full_name::int; end if;
      new.employee_status := null;
    end if;
    return new;
  end $$`.execute(db);
  await sql`create trigger canary before insert or update on person for each row execute function canary()`.execute(
    db,
  );
}

/** Everything a system was told comes back in its refusals, our credentials for it among that. */
async function letSystemsEcho(): Promise<void> {
  const { control } = sandbox;
  for (const { employeeNumber: match, employeeName, phoneNumber } of people) {
    const echo = `refused ${employeeName} ${phoneNumber} (${phoneNumber.replace(/\D/g, '')}) canary.mailbox@example.com`;
    const [idaas, welink] = [`${echo} ${secrets.idaas}`, `${echo} ${secrets.welink}`];
    await control.addFault({ system: 'IDAAS', operation: 'create', fault: 'status', match, message: idaas });
    const answer = {
      system: 'WELINK',
      fault: 'business-error',
      code: '98765',
      match,
      message: welink,
    } as const;
    await control.addFault({ ...answer, operation: 'create' });
    await control.addFault({ ...answer, operation: 'find' });
  }
}

/** Operations that are refused, with the values in them; by nobody, by a wrong key and by one without the right. */
async function askWrongly(): Promise<void> {
  const [person] = people;
  const user = { ...person, departmentCode: 7, country: [person?.employeeName] };
  const CREATE =
    'mutation M($input: CreateAccountsInput!) { createAccounts(input: $input) { request { requestId } } }';
  const wrong = [
    { query: CREATE, variables: { input: { userList: [user], priority: person?.employeeName } } },
    { query: CREATE, variables: { input: person?.phoneNumber } },
    { query: `{ request(requestId: ${person?.phoneNumber.slice(0, 11)}) { requestId } }` },
    {
      query: `{ people(first: 1, filter: { search: "${person?.employeeName}", nothing: "${person?.phoneNumber}" }) { nodes { id } } }`,
    },
    { query: `{ requests(first: "${person?.employeeName}") { nodes { id } } }` },
    { query: `query { request(requestId: "${person?.phoneNumber}" ` },
  ];
  for (const key of [null, guessedKey, keys.key.at(-1) ?? '']) {
    for (const body of wrong) {
      const response = await fetch(`${url}?access_token=${guessedKey}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-request-id': person?.phoneNumber ?? '',
          ...(key !== null && { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify(body),
      });
      answers.push(`${response.status} ${await response.text()} ${JSON.stringify([...response.headers])}`);
    }
    const get = new URLSearchParams({
      query: `{ request(requestId: "${person?.employeeName}") { requestId } }`,
    });
    const answer = await fetch(`${url}?${get}`, {
      headers: { 'x-accountsync-csrf': '1', ...(key !== null && { authorization: `Bearer ${key}` }) },
    });
    answers.push(await answer.text());
  }
  const broken = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"query": "${person?.employeeName}`,
  });
  answers.push(await broken.text());
}

const ATTEMPTS =
  'taskId accountIdentifier explanation result lastError { message } attempts { outcome errorMessage errorDetails executionContext }';
/** Everything that tells of people, as somebody without people:pii reads it. */
async function look(): Promise<void> {
  const asked = [
    [
      `query Q($id: String!) { request(requestId: $id) { requestId explanation rejectedUsers errorSummary { count } } }`,
      { id: requestId },
    ],
    [
      `query Q($id: String!) { request(requestId: $id) { items(first: 9) { nodes { employeeNumber employeeName phoneNumber error { message } } } } }`,
      { id: requestId },
    ],
    [`{ tasks(first: 50) { nodes { ${ATTEMPTS} } } }`, {}],
    [
      '{ people(first: 9) { nodes { employeeNumber fullName phoneNumber emailAddress englishName pinyinName } } }',
      {},
    ],
    ['{ overview { health failures { system } } }', {}],
    ['{ systems { code lastError { message } } }', {}],
    ['{ webhookDeliveries(first: 50) { nodes { target data errorMessage } } }', {}],
    ...people.map(
      ({ employeeNumber: number }) =>
        [
          `query Q($number: String!) { person(employeeNumber: $number) { fullName timeline(first: 50) { nodes { text errorCode accountIdentifier } } }
        whyNot(employeeNumber: $number, system: WELINK) { explanation whatToDo } }`,
          { number },
        ] as const,
    ),
  ] as const;
  for (const [query, variables] of asked)
    answers.push(JSON.stringify((await reader.post({ query, variables })).body));
  answers.push(await (await fetch(new URL('/metrics', url))).text());
  answers.push(await (await fetch(new URL('/readyz', url))).text());
}

describe('values that occur nowhere else', () => {
  it('went through the whole service', async () => {
    expect(answers.filter((answer) => answer.includes('errors')).join('\n')).not.toMatch(
      /Cannot query|must not have|INTERNAL/,
    );
    const shown = answers.join('\n');
    expect(shown).toContain('阙*');
    expect(shown).toContain('139****5001');
    expect(shown).toContain('98765');
    expect(shown).toContain('c***@example.com');
    expect(sandbox.control.accounts('EMAIL').length).toBeGreaterThan(0);
    expect(service.stderr).toContain('upstream answered');
    const { rows: audited } = await sql`select 1 from audit_entry limit 1`.execute(db);
    expect(audited).toHaveLength(1);
    const { rows } = await sql<{ outcomes: string[] }>`
      select array_agg(distinct outcome) as outcomes from task_attempt`.execute(db);
    expect(rows[0]?.outcomes.length).toBeGreaterThan(2);
    expect(
      JSON.stringify(await admin.read('{ people(first: 9) { nodes { fullName phoneNumber } } }')),
    ).toMatch(/阙霁雯.*13998765001|13998765001.*阙霁雯/);
  });

  it('are nowhere in what the process says', () => {
    expect(canariesIn(service.stdout + service.stderr, canaries)).toEqual([]);
  });

  it('are in no answer to callers who may not see them', () => {
    expect(answers.flatMap((answer) => (canariesIn(answer, canaries).length > 0 ? [answer] : []))).toEqual(
      [],
    );
  });

  it('are in no column but those that are there for them', async () => {
    expect(await canariesInDatabase(db, canaries)).toEqual(ALLOWED.toSorted());
  });

  it('are found where they are planted', async () => {
    await sql`update task_attempt set error_details = jsonb_build_object('stack', ${`Error: ${people[0]?.employeeName}`}::text)
      where id = (select min(id) from task_attempt)`.execute(db);
    await sql`insert into pgboss.job (name, data) select name, jsonb_build_object('phone', ${people[0]?.phoneNumber}::text)
      from pgboss.queue where name = 'maintenance.purge.dead'`.execute(db);
    await sql`update webhook set secret = ${keys.secret.at(-1) ?? ''}`.execute(db);
    const planted = (await canariesInDatabase(db, canaries)).filter((found) => !ALLOWED.includes(found));
    expect(planted).toEqual([
      'pgboss.job.data phone',
      'task_attempt.error_details name',
      'webhook.secret secret',
    ]);
    expect(canariesIn(`{"msg":"${adminKey} ${people[1]?.employeeName}"}`, canaries)).toEqual(['name', 'key']);
  });
});
