import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startApplication } from '../../src/application/application.ts';
import { openSecretKeys } from '../../src/application/secret-keys-file.ts';
import { EnvError, parseEnv } from '../../src/environment/env.ts';
import type { EnvSource } from '../../src/environment/problems.ts';
import { connectorDefinitions } from '../../src/integrations/registry.ts';
import { masterKeyOf } from '../../src/jobs/secrets/envelope.ts';
import { renewSecrets } from '../../src/jobs/secrets/renew-secrets.ts';
import { SecretKeys } from '../../src/jobs/secrets/secret-keys.ts';
import { API_KEY } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { hurryDeliveries } from '../setup/deliveries.ts';
import { Portal } from '../setup/portal.ts';
import { FAST_SETTINGS } from '../setup/provisioning.ts';
import { type Receiver, startReceiver, verified } from '../setup/receivers.ts';
import { sqlOf } from '../setup/rows.ts';
import { storeSettings } from '../setup/settings.ts';

const [first, second] = [randomBytes(32), randomBytes(32)];
const idOf = (key: Buffer) => masterKeyOf(key).id;
const text = (key: Buffer) => key.toString('base64');
const folder = mkdtempSync(join(tmpdir(), 'accountsync-secrets-'));
let database: TestDatabase;
let receiver: Receiver;
let stop: (() => Promise<void>) | null = null;

beforeAll(async () => {
  database = await createTestDatabase();
  receiver = await startReceiver();
  await storeSettings(sqlOf(database.orm), {
    ...FAST_SETTINGS,
    notify_webhook_allowlist: [`${receiver.url}/named`],
  });
});
afterEach(async () => {
  await stop?.();
  stop = null;
});
afterAll(async () => {
  await receiver.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const UPSERT = `mutation M($input: UpsertWebhookInput!) { upsertWebhook(input: $input) {
  webhook { id secretKeyId previousSecretUntil } secret userErrors { code message path } } }`;
const ROTATE = `mutation { rotateSecrets { keyId renewed counts { keyId count readable } userErrors { code message } } }`;
const TEST = 'mutation M($id: ID!) { testWebhook(input: { id: $id }) { delivery { id } } }';
const DELIVERIES = `{ webhookDeliveries(first: 50) { nodes { id type status attempts errorCode errorMessage } } }`;

/** The whole service on the same database as before, with these keys. */
async function serve(keys: EnvSource) {
  await stop?.();
  const lines: Record<string, unknown>[] = [];
  const logger = pino({ level: 'info', base: null }, { write: (line) => lines.push(JSON.parse(line)) });
  const source = {
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    ADMIN_API_KEY: API_KEY,
    PORT: '0',
    SANDBOX: 'on',
    ...keys,
  };
  const env = parseEnv(source, connectorDefinitions);
  const application = await startApplication({ env, source, logger });
  stop = () => application.stop();
  const portal = new Portal(application.url, API_KEY, { 'accept-language': 'en' });
  const upsert = async (input: Readonly<Record<string, unknown>>) =>
    (await portal.read(UPSERT, { input })).upsertWebhook;
  const deliveries = async () => (await portal.read(DELIVERIES)).webhookDeliveries.nodes;
  return { application, portal, lines, upsert, deliveries, em: application.core.orm.em.fork() };
}

/** Everything the table of webhooks holds, as a dump shows it. */
async function dump(): Promise<string> {
  const { rows } = await sql<{ dump: string }>`
    select coalesce(string_agg(w::text, ';'), '') as dump from webhook w`.execute(sqlOf(database.orm));
  return rows[0]?.dump ?? '';
}

const secretOfFirst = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
let hook = '';

it('what was stored in plain text is encrypted by the first start with a key, and signs as before', async () => {
  const without = await serve({});
  await sql`insert into webhook (url, secret, created_by) values (${`${receiver.url}/old`}, ${secretOfFirst}, 'test')`.execute(
    sqlOf(database.orm),
  );
  const refused = await without.upsert({ url: `${receiver.url}/refused` });
  expect(refused).toMatchObject({ webhook: null, secret: null });
  expect(refused.userErrors).toMatchObject([{ code: 'SECRETS_KEY_MISSING', path: [] }]);
  expect(refused.userErrors[0].message).toContain('SECRETS_KEY');
  expect((await without.portal.read(ROTATE)).rotateSecrets).toMatchObject({
    keyId: null,
    renewed: 0,
    counts: [{ keyId: null, count: 1, readable: true }],
    userErrors: [{ code: 'SECRETS_KEY_MISSING' }],
  });

  const { portal, upsert } = await serve({ SECRETS_KEY: text(first) });
  expect(await dump()).not.toContain('whsec');
  const found = await upsert({ url: `${receiver.url}/old` });
  expect(found).toMatchObject({ webhook: { secretKeyId: idOf(first) }, secret: null, userErrors: [] });
  hook = found.webhook.id;
  await portal.read(TEST, { id: hook });
  const [post] = await receiver.received('/old');
  expect(post && verified(post, secretOfFirst)).toMatchObject({ type: 'webhook.test' });
});

it('a rotation of the master key changes what is stored and not what signs', async () => {
  const { portal, upsert } = await serve({ SECRETS_KEY: text(first) });
  const rotated = await upsert({ id: hook, rotateSecret: true });
  const before = await dump();
  expect(before.match(new RegExp(`enc1\\.${idOf(first)}\\.`, 'g'))).toHaveLength(2);
  // A process with the other key beside it, as in a rolling update: each opens what the other sealed.
  await renewSecrets(database.orm.em.fork(), new SecretKeys([second, first]));
  expect((await dump()).match(new RegExp(`enc1\\.${idOf(second)}\\.`, 'g'))).toHaveLength(2);
  expect((await portal.read(ROTATE)).rotateSecrets).toMatchObject({
    keyId: idOf(first),
    renewed: 0,
    counts: [{ keyId: idOf(second), count: 2, readable: false }],
  });

  const next = await serve({ SECRETS_KEY: text(first), SECRETS_KEY_PREVIOUS: text(second) });
  expect(next.lines).toContainEqual(expect.objectContaining({ keyId: idOf(first), renewed: 2 }));
  await next.portal.read(TEST, { id: hook });
  const [, post] = await receiver.received('/old', 2);
  if (post === undefined) throw new Error('nothing came');
  for (const secret of [secretOfFirst, rotated.secret])
    expect(verified(post, secret)).toMatchObject({ type: 'webhook.test' });
});

it('a rotation that broke off anywhere is finished by the next', async () => {
  const [db, em] = [sqlOf(database.orm), database.orm.em.fork()];
  const [from, to] = [new SecretKeys([first]), new SecretKeys([second, first])];
  await sql`insert into webhook (url, secret, created_by)
    select 'https://portal.example.com/' || n, 'whsec_' || n, 'many' from generate_series(1, 1200) n`.execute(
    db,
  );
  await renewSecrets(em, from);
  // Broken off: a part is under the new key already; one was copied to another row, and is left alone.
  await sql`update webhook set secret = (select secret from webhook where url like '%/old')
    where url = 'https://portal.example.com/3'`.execute(db);
  await Promise.all([renewSecrets(em, to), renewSecrets(em.fork(), to)]);
  const { renewed, counts } = await renewSecrets(em, to);
  expect(renewed).toBe(0);
  expect(counts).toEqual(
    [
      { keyId: idOf(first), count: 1, readable: true },
      { keyId: idOf(second), count: 1201, readable: true },
    ].sort((a, b) => (a.keyId < b.keyId ? -1 : 1)),
  );
  const { rows } = await sql<{ id: string; secret: string }>`
    select id, secret from webhook where url = 'https://portal.example.com/1200'`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('no row');
  const place = { table: 'webhook', column: 'secret', row: row.id };
  expect(to.open(row.secret, place).reveal()).toBe('whsec_1200');
  await sql`delete from webhook where created_by = 'many'`.execute(db);
  await renewSecrets(em, new SecretKeys([first, second]));
});

it('with another key deliveries wait, everything else goes on, and with the right one nothing was lost', async () => {
  const wrong = await serve({ SECRETS_KEY: text(second) });
  expect(wrong.lines).toContainEqual(
    expect.objectContaining({
      level: 50,
      needed: idOf(first),
      secrets: 2,
      msg: expect.stringContaining(`need the master key ${idOf(first)}`),
    }),
  );
  await wrong.portal.read(TEST, { id: hook });
  await expect
    .poll(async () => (await wrong.deliveries())[0], { interval: 10 })
    .toMatchObject({ status: 'PENDING', attempts: 0, errorCode: 'SECRETS_KEY_UNKNOWN' });
  const [waiting] = await wrong.deliveries();
  expect(waiting.errorMessage).toContain(idOf(first));
  await wrong.portal.mapDepartments(['D001']);
  const finished = await wrong.portal.finished(await wrong.portal.submit(batchOf(1)));
  expect(finished.request.status).toBe('COMPLETED');
  expect(await wrong.upsert({ url: `${receiver.url}/new` })).toMatchObject({
    webhook: { secretKeyId: idOf(second) },
    secret: expect.stringMatching(/^whsec_/),
  });
  const seen = receiver.posts.length;
  expect(receiver.posts.filter(({ path }) => path === '/old')).toHaveLength(2);

  const right = await serve({ SECRETS_KEY: text(first), SECRETS_KEY_PREVIOUS: text(second) });
  await hurryDeliveries(sqlOf(database.orm));
  const posts = await receiver.received('/old', 3);
  expect(receiver.posts.length).toBe(seen + 1);
  expect(posts[2] && verified(posts[2], secretOfFirst)).toMatchObject({ type: 'webhook.test' });
  await expect
    .poll(async () => (await right.deliveries())[0], { interval: 10 })
    .toMatchObject({ id: waiting.id, status: 'DELIVERED', attempts: 1, errorCode: null });
});

it('a lost key is left behind by a new secret', async () => {
  const { upsert, portal } = await serve({ SECRETS_KEY: text(second) });
  const rotated = await upsert({ id: hook, rotateSecret: true });
  expect(rotated).toMatchObject({ webhook: { secretKeyId: idOf(second), previousSecretUntil: null } });
  await portal.read(TEST, { id: hook });
  const posts = await receiver.received('/old', 4);
  expect(posts[3] && verified(posts[3], rotated.secret)).toMatchObject({ type: 'webhook.test' });
});

it('what a request wants told to its own URL waits for the first key', async () => {
  const without = await serve({});
  await without.portal.mapDepartments(['D001']);
  const batch = batchOf(1, { notify: { emails: [], webhookUrl: `${receiver.url}/named/1` } });
  const requestId = await without.portal.submit(batch);
  await without.portal.finished(requestId);
  await expect
    .poll(async () => (await without.deliveries())[0], { interval: 10 })
    .toMatchObject({ type: 'request.finished', attempts: 0, errorCode: 'SECRETS_KEY_MISSING' });

  await serve({ SECRETS_KEY: text(second) });
  await hurryDeliveries(sqlOf(database.orm));
  const [post] = await receiver.received('/named/1');
  expect(JSON.parse(post?.body ?? '')).toMatchObject({ type: 'request.finished', data: { requestId } });
  expect(await dump()).not.toContain('whsec');
});

it('beside the embedded database a key is made once, for its owner only', () => {
  const env = (keys: EnvSource) => {
    const { secretsKeys, dataDir } = parseEnv(
      { DATA_DIR: join(folder, 'made'), ...keys },
      connectorDefinitions,
    );
    return { secretsKeys, dataDir, databaseUrl: null };
  };
  const made = openSecretKeys(env({})).currentId;
  expect(openSecretKeys(env({})).currentId).toBe(made);
  const file = join(folder, 'made', 'secrets-key');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toMatch(/^[\w+/]{43}=\n$/);
  expect(openSecretKeys(env({ SECRETS_KEY: text(first) })).ids).toEqual([idOf(first), made]);
  writeFileSync(file, 'something else');
  expect(() => openSecretKeys(env({}))).toThrow(EnvError);
});
