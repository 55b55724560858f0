import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_KEY, ApiBench } from '../setup/api.ts';
import { runProgram } from '../setup/run-program.ts';
import { Auditor } from './setup/auditor.ts';
import {
  instanceAt,
  type PopulatedPostgres,
  READER,
  startPopulatedPostgres,
} from './setup/populated-postgres.ts';

let server: PopulatedPostgres;
let bench: ApiBench;
let auditor: Auditor;

beforeAll(async () => {
  [server, bench] = await Promise.all([startPopulatedPostgres(), ApiBench.start()]);
  auditor = new Auditor(bench.portal);
  await auditor.register(instance('main'));
  await auditor.register(instance('nowhere', { port: 1 }));
  await auditor.sync(['main']);
});
afterAll(async () => {
  await bench.stop();
  await server.stop();
});

const instance = (name: string, changes: Readonly<Record<string, unknown>> = {}) =>
  instanceAt(server, name, changes);

test('what is wrong with a call is said where it is wrong, and nothing is started', async () => {
  const errors = async (input: Readonly<Record<string, unknown>>) =>
    (await auditor.start(input)).userErrors.map(({ code, path }: { code: string; path: string[] }) => [
      code,
      path.join('.'),
    ]);
  expect(await errors({ type: 'EVENT' })).toEqual([['INVALID', 'type']]);
  expect(await errors({ type: 'SCHEDULED_TASK' })).toEqual([['INVALID', 'type']]);
  expect(await errors({ type: 'MANUAL_SINGLE', instances: ['main', 'nowhere'] })).toEqual([
    ['INVALID', 'instances'],
  ]);
  expect(await errors({ type: 'MANUAL_BATCH' })).toEqual([['INVALID', 'instances']]);
  expect(await errors({ type: 'MANUAL_TASK', instances: ['main'] })).toEqual([['INVALID', 'instances']]);
  expect(await errors({ type: 'MANUAL_BATCH', instances: ['main', 'unknown'] })).toEqual([
    ['NOT_FOUND', 'instances.1'],
  ]);
  expect(await auditor.register(instance('main'))).toMatchObject({
    userErrors: [{ code: 'NAME_TAKEN', path: ['name'] }],
  });
});

test('a dry run counts and writes nothing but itself', async () => {
  await server.query(null, 'create role dry_one login');
  const dry = await auditor.sync(['main'], 'DRY_RUN');
  expect(dry).toMatchObject({ status: 'COMPLETED', mode: 'DRY_RUN' });
  expect(dry.items.nodes[0].details).toMatchObject({ created: 1 });
  expect(await auditor.account('main', 'dry_one', 'state')).toBeUndefined();
});

test('W27: accounts and changes are exported as CSV with the same key and filters', async () => {
  const get = (
    path: string,
    headers: Readonly<Record<string, string>> = { authorization: `Bearer ${API_KEY}` },
  ) => fetch(new URL(path, bench.url), { headers });
  await server.query(null, `create role "=cmd|' /c calc'!a" login`);
  await auditor.sync(['main']);
  const answer = await get('/exports/database-accounts.csv?instance=main&role=false&state=ACTIVE');
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = new TextDecoder().decode(bytes).split('\r\n');
  expect(lines[0]).toBe(
    'instance,engine,name,host,role,system,state,locked,capabilities,person,classifications,firstSeenAt,lastSeenAt,disappearedAt',
  );
  expect(lines.some((line) => line.includes(`,'=cmd|' /c calc'!a,`))).toBe(true);
  expect(
    lines.some((line) =>
      line.startsWith('main,POSTGRESQL,dba_wang,,false,false,ACTIVE,false,SUPERUSER;GRANT_ADMIN,'),
    ),
  ).toBe(true);
  expect(lines.some((line) => line.includes(',app_read,'))).toBe(false);
  const changes = await (await get('/exports/database-account-changes.csv?kind=RENAME&kind=ADD')).text();
  expect(changes).toContain('zhang_san');
  expect(changes.split('\r\n')[0]).toMatch(/^\uFEFF?at,instance,account,kind,added,removed,other,run$/);
  expect((await get('/exports/database-accounts.csv', {})).status).toBe(401);
  expect((await get('/exports/database-accounts.csv?locked=maybe')).status).toBe(400);
  await server.query(null, `drop role "=cmd|' /c calc'!a"`);
});

test('the command line exports the same files, and shows the ids by which accounts are classified', async () => {
  const run = (...args: string[]) =>
    runProgram('src/accountsync.ts', ['databases', ...args], {
      ACCOUNTSYNC_URL: bench.url,
      ACCOUNTSYNC_API_KEY: API_KEY,
      DEFAULT_LOCALE: 'en',
    });
  const folder = mkdtempSync(join(tmpdir(), 'accountsync-export-'));
  const out = join(folder, 'accounts.csv');
  try {
    const written = await run('export', 'accounts', 'main', '--filter', 'capability=SUPERUSER', '--out', out);
    expect(written).toMatchObject({ status: 0, out: `written to ${out}\n` });
    const lines = readFileSync(out, 'utf8').trim().split('\r\n');
    expect(lines.slice(1).map((line) => line.split(',')[2])).toEqual(expect.arrayContaining(['dba_wang']));
    expect(lines.some((line) => line.includes('zhang_san'))).toBe(false);
    expect(await run('export', 'accounts', '--out', out)).toMatchObject({ status: 2 });
    const changes = await run('export', 'changes', 'main');
    expect(changes.out.split('\r\n').length).toBeGreaterThan(20);
    expect(await run('export', 'accounts', '--filter', 'locked=maybe')).toMatchObject({ status: 2, out: '' });
  } finally {
    rmSync(folder, { recursive: true });
  }
  const accounts = await run('accounts', 'main', '--search', 'zhang_san');
  const id = accounts.out.trim().split(/\s+/).at(-1) ?? '';
  expect(await run('classify', id, '--add', 'PAYROLL')).toMatchObject({
    status: 0,
    out: expect.stringMatching(/zhang_san\s+PAYROLL/),
  });
});

test('metrics say which databases are read, and when they were', async () => {
  const text = await (await fetch(new URL('/metrics', bench.url))).text();
  expect(text).toContain('accountsync_database_instances{engine="POSTGRESQL",state="ok"} 1');
  expect(text).toContain('accountsync_database_instances{engine="POSTGRESQL",state="unread"} 1');
  expect(text).toMatch(/accountsync_database_last_success_timestamp_seconds\{instance="main"\} 1\d{9}/);
});

test('the password is in no answer, log, job or dump', async () => {
  const secret = READER.password;
  const { rows } = await bench.db.executeQuery<Record<string, unknown>>(
    CompiledQuery.raw(
      `select (select json_agg(i)::text from database_instance i) || (select coalesce(json_agg(j)::text, '') from pgboss.job j)
        || (select json_agg(e)::text from audit_entry e) || (select json_agg(r)::text from run_item r) as text`,
    ),
  );
  expect(String(rows[0]?.['text'])).not.toContain(secret.replaceAll('"', '\\"'));
  expect(String(rows[0]?.['text'])).toContain('enc1.');
});

test('W30: an instance is removed with its accounts and history, which the audit log keeps', async () => {
  const remove = (mode: string) =>
    bench.portal.read(
      'mutation ($input: RemoveDatabaseInstanceInput!) { removeDatabaseInstance(input: $input) { accounts changes removed userErrors { code } } }',
      { input: { name: 'main', mode } },
    );
  const { removeDatabaseInstance: dry } = await remove('DRY_RUN');
  expect(dry).toMatchObject({ removed: false, userErrors: [] });
  expect(dry.accounts).toBeGreaterThan(20);
  const { removeDatabaseInstance: done } = await remove('RUN');
  expect(done).toMatchObject({ removed: true, accounts: dry.accounts, changes: dry.changes });
  const { audit } = await bench.portal
    .read(
      '{ audit(first: 5, filter: { subjectKind: [DATABASE_INSTANCE] }) { nodes { action subjectId after } } }',
    )
    .catch(() => ({ audit: null }));
  if (audit !== null)
    expect(audit.nodes[0]).toMatchObject({ action: 'database_instance.removed', subjectId: 'main' });
});
