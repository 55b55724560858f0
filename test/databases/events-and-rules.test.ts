import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiBench } from '../setup/api.ts';
import { type Receiver, startReceiver, verified } from '../setup/receivers.ts';
import { Auditor } from './setup/auditor.ts';
import { instanceAt, type PopulatedPostgres, startPopulatedPostgres } from './setup/populated-postgres.ts';

let server: PopulatedPostgres;
let receiver: Receiver;
let bench: ApiBench;
let auditor: Auditor;

beforeAll(async () => {
  [server, receiver] = await Promise.all([startPopulatedPostgres(), startReceiver()]);
  bench = await ApiBench.start({ settings: { notify_webhook_allowlist: [receiver.url] } });
  auditor = new Auditor(bench.portal);
  for (const name of ['one', 'two', 'three'])
    await auditor.register(
      instanceAt(server, name, { systemAccounts: name === 'two' ? ['pgbouncer', '50\\%%'] : null }),
    );
});
afterAll(async () => {
  await bench.stop();
  await receiver.close();
  await server.stop();
});

test('W2: subscribers hear of changes and of new privileged accounts, and nothing of a first run', async () => {
  const { upsertWebhook } = await bench.portal.read(
    'mutation ($input: UpsertWebhookInput!) { upsertWebhook(input: $input) { secret userErrors { code message } } }',
    {
      input: {
        url: `${receiver.url}/databases`,
        events: ['DATABASE_ACCOUNT_CHANGED', 'DATABASE_PRIVILEGED_ACCOUNT_APPEARED'],
      },
    },
  );
  expect(upsertWebhook.userErrors).toEqual([]);
  await auditor.sync(['one']);
  const quiet = await auditor.sync(['one']);
  expect(quiet.items.nodes[0].details).toMatchObject({ changed: 0, created: 0 });
  await server.query(null, 'create role newcomer login createrole');
  await server.query(null, 'alter role zhang_san superuser');
  const run = await auditor.sync(['one']);
  const posts = await receiver.received('/databases', 3);
  const events = posts.map((post) => verified(post, upsertWebhook.secret));
  const of = (type: string) => events.filter((event) => event['type'] === type).map(({ data }) => data);
  expect(of('database.account.changed')).toEqual([
    { instance: 'one', runId: run.runId, counts: expect.objectContaining({ created: 1, changed: 1 }) },
  ]);
  const appeared = of('database.privileged_account.appeared');
  expect(appeared).toHaveLength(2);
  expect(appeared).toContainEqual(
    expect.objectContaining({ instance: 'one', account: 'newcomer', capabilities: ['GRANT_ADMIN'] }),
  );
  expect(appeared).toContainEqual(
    expect.objectContaining({ account: 'zhang_san', capabilities: ['SUPERUSER', 'GRANT_ADMIN'] }),
  );
  const again = await auditor.sync(['one']);
  expect(again.items.nodes[0].details).toMatchObject({ changed: 0 });
  expect(receiver.posts).toHaveLength(3);
  await server.query(null, 'alter role zhang_san nosuperuser');
  await sql`delete from webhook`.execute(bench.db);
});

test('W10: rules through the API: mistakes are told where they are, a dry run counts, what is by hand stands', async () => {
  const upsert = async (input: Readonly<Record<string, unknown>>) =>
    (
      await bench.portal.read(
        `mutation ($input: UpsertClassificationRuleInput!) { upsertClassificationRule(input: $input) {
          matches rule { code name(locale: ZH_CN) engines enabled accounts } userErrors { code path } } }`,
        { input: { code: 'WRITERS', nameZh: '可写', nameEn: 'writers', ...input } },
      )
    ).upsertClassificationRule;
  const wrong = await upsert({
    when: { all: [{ privilege: { privilege: ' ' } }, { locked: true, system: true }, {}, { any: [] }] },
  });
  expect(wrong.userErrors.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([
    'when.all.0.privilege',
    'when.all.1',
    'when.all.2',
    'when.all.3.any',
  ]);
  const when = {
    all: [
      { privilege: { privilege: 'insert', scope: 'shop', object: 'sales.orders' } },
      { not: { nameLike: 'app\\_%' } },
    ],
  };
  await auditor.sync(['two']);
  const dry = await upsert({ when, mode: 'DRY_RUN' });
  expect(dry).toMatchObject({ matches: 4, rule: null, userErrors: [] });
  const stored = await upsert({ when });
  expect(stored).toMatchObject({ matches: 4, rule: { code: 'WRITERS', name: '可写', accounts: 4 } });
  const classes = 'id classifications { code manual rule }';
  expect((await auditor.account('one', 'zhang_san', classes)).classifications).toEqual([
    { code: 'WRITERS', manual: false, rule: 'WRITERS' },
  ]);
  const camel = await auditor.account('one', 'CamelCase', classes);
  const byHand = `mutation ($input: ClassifyDatabaseAccountInput!) { classifyDatabaseAccount(input: $input) {
    account { classifications { code manual } } userErrors { code path } } }`;
  const { classifyDatabaseAccount: classified } = await bench.portal.read(byHand, {
    input: { accountId: camel.id, add: ['REVIEWED'], remove: ['WRITERS'] },
  });
  expect(classified.account.classifications).toEqual([{ code: 'REVIEWED', manual: true }]);
  await server.query('shop', 'revoke insert on sales.orders from app_write');
  await auditor.sync(['one']);
  expect((await auditor.account('one', 'zhang_san', classes)).classifications).toEqual([]);
  await server.query('shop', 'grant insert on sales.orders to app_write');
  await auditor.sync(['one']);
  expect((await auditor.account('one', 'zhang_san', classes)).classifications).toHaveLength(1);
  const kept = (await auditor.account('one', 'CamelCase', classes)).classifications;
  expect(kept.map(({ code }: { code: string }) => code)).toEqual(['REVIEWED']);
  const { deleteClassificationRule } = await bench.portal.read(
    'mutation { deleteClassificationRule(code: "WRITERS") { matches userErrors { code } } }',
  );
  expect(deleteClassificationRule).toEqual({ matches: 3, userErrors: [] });
  expect((await auditor.account('one', 'zhang_san', classes)).classifications).toEqual([]);
});

test('W14: system accounts are marked by patterns of the instance too, never hidden', async () => {
  const fields = 'isSystem';
  expect(await auditor.account('one', 'pgbouncer', fields)).toMatchObject({ isSystem: false });
  expect(await auditor.account('two', 'pgbouncer', fields)).toMatchObject({ isSystem: true });
  expect(await auditor.account('two', '50%_off', fields)).toMatchObject({ isSystem: true });
  expect(await auditor.account('two', 'zhang_san', fields)).toMatchObject({ isSystem: false });
});

test('W13: that the clock has locked an account is logged once, and roles of groups are not locked', async () => {
  await server.query(null, "create role temporary login valid until '2099-01-01'");
  await auditor.sync(['one']);
  expect(await auditor.account('one', 'temporary', 'locked')).toMatchObject({ locked: false });
  // The day has come.
  await sql`update database_account set locks_at = now() where name = 'temporary'`.execute(bench.db);
  expect(await auditor.account('one', 'temporary', 'locked capabilities')).toMatchObject({
    locked: true,
    capabilities: ['LOCKED'],
  });
  for (const logged of [1, 0]) {
    const run = await auditor.sync(['one']);
    const { nodes } = await auditor.changes({ runId: run.runId });
    expect(nodes).toHaveLength(logged);
    if (logged === 1)
      expect(nodes[0]).toMatchObject({
        kind: 'MODIFY_OTHER',
        account: { displayName: 'temporary' },
        other: { locked: { before: false, after: true } },
      });
  }
  expect(await auditor.account('one', 'app_read', 'locked isRole')).toEqual(
    expect.objectContaining({ locked: false, isRole: true }),
  );
  await server.query(null, 'drop role temporary');
});

test('W21: a snapshot that was lost is read again, and nobody is told of changes that were none', async () => {
  await auditor.sync(['one']);
  const { snapshotHash } = await auditor.account('one', 'zhang_san', 'snapshotHash');
  await sql`update database_account set snapshot_hash = null, marks_hash = null`.execute(bench.db);
  await sql`update database_instance set catalog_hash = null, roles_hash = null`.execute(bench.db);
  const run = await auditor.sync(['one']);
  expect(run).toMatchObject({ status: 'COMPLETED', summary: { accounts: { changed: 0, created: 0 } } });
  expect((await auditor.changes({ runId: run.runId })).totalCount).toBe(0);
  expect(await auditor.account('one', 'zhang_san', 'snapshotHash')).toMatchObject({ snapshotHash });
});

test('several instances wait together: one is confirmed, all are, or the run is rejected', async () => {
  const names = ['one', 'two', 'three'];
  const many = (text: string) =>
    server.query(null, `do $$ begin for i in 1..20 loop execute format('${text}', i); end loop; end $$`);
  const lost = async () => {
    await many('create role gone_%s login');
    await auditor.sync(names);
    await many('drop role gone_%s');
    const run = await auditor.sync(names);
    expect(run).toMatchObject({
      status: 'AWAITING_CONFIRMATION',
      summary: { instances: { total: 3, completed: 0, awaiting: 3 } },
    });
    return run;
  };
  const act = async (field: string, type: string, input: Readonly<Record<string, unknown>>) =>
    (
      await bench.portal.read(
        `mutation ($input: ${type}!) { ${field}(input: $input) { run { status } userErrors { code path } } }`,
        { input },
      )
    )[field];
  const outcomes = ({ items }: { items: { nodes: { key: string; outcome: string }[] } }) =>
    Object.fromEntries(items.nodes.map(({ key, outcome }) => [key, outcome]));

  const first = await lost();
  const health = await bench.portal.read('{ overview { health reasons { message } } }');
  expect(health.overview.health).not.toBe('OK');
  const { runId } = first;
  expect(
    (await act('confirmDisappearance', 'ConfirmDisappearanceInput', { runId, instance: 'one' })).userErrors,
  ).toEqual([]);
  await expect.poll(async () => (await auditor.run(runId)).status).toBe('AWAITING_CONFIRMATION');
  expect(outcomes(await auditor.run(runId))).toEqual({
    one: 'COMPLETED',
    two: 'AWAITING_CONFIRMATION',
    three: 'AWAITING_CONFIRMATION',
  });
  const twice = await act('confirmDisappearance', 'ConfirmDisappearanceInput', { runId, instance: 'one' });
  expect(twice.userErrors).toEqual([{ code: 'INVALID_STATE', path: ['instance'] }]);
  expect((await act('rejectRun', 'RejectRunInput', { runId })).userErrors).toEqual([]);
  const rejected = await auditor.settled(runId);
  expect(rejected.status).toBe('CANCELLED');
  expect(outcomes(rejected)).toEqual({ one: 'COMPLETED', two: 'CANCELLED', three: 'CANCELLED' });
  expect((await auditor.account('two', 'gone_7', 'state')).state).toBe('ACTIVE');

  const second = await auditor.sync(names);
  expect(outcomes(second)).toMatchObject({ one: 'COMPLETED', two: 'AWAITING_CONFIRMATION' });
  expect((await act('confirmRun', 'ConfirmRunInput', { runId: second.runId })).userErrors).toEqual([]);
  const confirmed = await auditor.settled(second.runId);
  expect(confirmed.status).toBe('COMPLETED');
  expect(confirmed.summary.accounts).toMatchObject({ deactivated: 40 });
  expect((await auditor.account('three', 'gone_7', 'state')).state).toBe('DISAPPEARED');
});
