import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { hurryDeliveries } from '../setup/deliveries.ts';
import {
  type MailServer,
  type Receiver,
  readMail,
  startMailServer,
  startReceiver,
  verified,
} from '../setup/receivers.ts';
import { insertRow, insertTask, unique } from '../setup/rows.ts';
import { storeSettings } from '../setup/settings.ts';

let bench: ApiBench;
let receiver: Receiver;
let post: MailServer;

beforeAll(async () => {
  receiver = await startReceiver();
  post = await startMailServer();
  bench = await ApiBench.start({
    variables: { SMTP_URL: post.url, DEFAULT_LOCALE: 'zh-CN' },
    settings: {
      notification_retry_delays_seconds: [0.02, 0.02],
      notify_webhook_allowlist: [`${receiver.url}/portal`],
      notification_email_from: 'accountsync@example.com',
    },
  });
  await bench.portal.mapDepartments(['D001']);
});
afterAll(async () => {
  await bench.stop();
  await receiver.close();
  await post.close();
});
afterEach(async () => {
  await sql`delete from webhook`.execute(bench.db);
  await storeSettings(bench.db, { operator_emails: [] });
});

const UPSERT = `mutation M($input: UpsertWebhookInput!) { upsertWebhook(input: $input) {
  webhook { id url events isActive previousSecretUntil createdBy } secret notice userErrors { code path message } } }`;
const REDELIVER = `mutation M($input: RedeliverInput!) { redeliver(input: $input) {
  requeued delivery { id status attempts } userErrors { code path message } } }`;
const DELIVERIES = `query Q($filter: WebhookDeliveryFilter) { webhookDeliveries(first: 50, filter: $filter) { totalCount
  nodes { id eventId type data channel target status attempts responseStatus errorCode errorMessage webhook { url } } } }`;

async function upsert(input: Readonly<Record<string, unknown>>) {
  return (await bench.portal.read(UPSERT, { input })).upsertWebhook;
}

async function redeliver(input: Readonly<Record<string, unknown>>) {
  return (await bench.portal.read(REDELIVER, { input })).redeliver;
}

async function deliveries(filter: Readonly<Record<string, unknown>>) {
  return (await bench.portal.read(DELIVERIES, { filter })).webhookDeliveries.nodes;
}

/** A webhook at a path of its own. */
async function webhook(events: readonly string[], input: Readonly<Record<string, unknown>> = {}) {
  const path = `/${unique('hook')}`;
  const outcome = await upsert({ url: receiver.url + path, events, ...input });
  return { path, id: String(outcome.webhook.id), secret: String(outcome.secret) };
}

/** How long after a failed attempt the next ones come, in force when it resolves. */
async function setDelays(seconds: readonly number[]): Promise<void> {
  const key = 'notification_retry_delays_seconds';
  await storeSettings(bench.db, { [key]: seconds });
  await expect.poll(() => bench.application.core.settings.get(key)).toEqual(seconds);
}

/** Until the deliveries of a filter satisfy the condition; woken by polling, since nothing tells of deliveries. */
async function until(
  filter: Readonly<Record<string, unknown>>,
  done: (found: readonly { status: string }[]) => boolean,
) {
  return expect.poll(async () => (done(await deliveries(filter)) ? true : null), { interval: 10 }).toBe(true);
}

describe('a finished request', () => {
  it('is sent once per round, signed, with counts and without people', async () => {
    const { path, secret } = await webhook(['REQUEST_FINISHED']);
    const batch = batchOf(2);
    const [, unmapped] = batch.userList;
    if (unmapped !== undefined) unmapped.departmentCode = 'D404';
    const requestId = await bench.portal.submit(batch);
    const [first] = await receiver.received(path);
    if (first === undefined) throw new Error('nothing came');
    const message = verified(first, secret);
    expect(message).toEqual({
      id: first.headers['webhook-id'],
      type: 'request.finished',
      occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      data: {
        requestId,
        originSystem: 'OA',
        businessKey: batch.businessKey,
        status: 'PARTIAL_FAILED',
        round: 1,
        totalUsers: 2,
        completedUsers: 1,
        failedUsers: 1,
        cancelledUsers: 0,
        rejectedUsers: 0,
      },
    });
    expect(first.body).not.toMatch(/138\d{8}|张三/);
    // The mapping revives what failed for want of it: the second round.
    await bench.portal.mapDepartments(['D404']);
    const posts = await receiver.received(path, 2);
    expect(posts.map((one) => verified(one, secret)['data'])).toMatchObject([
      { round: 1 },
      { round: 2, status: 'COMPLETED', completedUsers: 2 },
    ]);
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from notification_event where data->>'requestId' = ${requestId}`.execute(
      bench.db,
    );
    expect(rows).toEqual([{ count: 2 }]);
  });

  it('is sent to the receivers that the request names, by webhook and by mail', async () => {
    const { id, secret } = await webhook([], { url: `${receiver.url}/portal` });
    const emails = ['Wang@example.com', 'wang@example.com', 'li@refused.example.com'];
    const requestId = await bench.portal.submit(
      batchOf(1, { notify: { emails, webhookUrl: `${receiver.url}/portal/7?form=1` } }),
    );
    const [message] = await receiver.received('/portal/7?form=1');
    expect(message && verified(message, secret)).toMatchObject({
      type: 'request.finished',
      data: { requestId },
    });
    const [mail] = await post.received('wang@example.com');
    expect(mail?.from).toBe('accountsync@example.com');
    expect(mail && readMail(mail)).toMatchObject({
      subject: `[AccountSync] 请求 ${requestId} 已完成`,
      text: expect.stringContaining('共 1 人：完成 1，失败 0'),
    });
    await until({ requestId }, (found) => found.every(({ status }) => status !== 'PENDING'));
    expect(await deliveries({ requestId, webhookId: id })).toMatchObject([{ status: 'DELIVERED' }]);
    expect(await deliveries({ requestId, status: ['DEAD_LETTER'] })).toMatchObject([
      {
        channel: 'EMAIL',
        attempts: 1,
        errorCode: 'MAIL_REFUSED',
        errorMessage: expect.stringContaining('550'),
      },
    ]);
  });

  it('is signed for a portal without a webhook by one made for its origin, whose secret rotation shows', async () => {
    await bench.portal.submit(batchOf(1, { notify: { webhookUrl: `${receiver.url}/portal/made` } }));
    await receiver.received('/portal/made');
    const { webhooks } = await bench.portal.read('{ webhooks { id url events createdBy } }');
    expect(webhooks).toEqual([
      { id: expect.any(String), url: `${receiver.url}/`, events: [], createdBy: 'notify' },
    ]);
    const { secret } = await upsert({ id: webhooks[0].id, rotateSecret: true });
    await bench.portal.submit(batchOf(1, { notify: { webhookUrl: `${receiver.url}/portal/made` } }));
    const [, second] = await receiver.received('/portal/made', 2);
    expect(second && verified(second, secret)).toMatchObject({ type: 'request.finished' });
  });

  it('writes no event without a receiver', async () => {
    const requestId = await bench.portal.submit(batchOf(1));
    await bench.portal.finished(requestId);
    expect(await deliveries({ requestId })).toEqual([]);
    const { rows } =
      await sql`select 1 from notification_event where data->>'requestId' = ${requestId}`.execute(bench.db);
    expect(rows).toEqual([]);
  });

  it('refuses receivers that are not permitted, naming each', async () => {
    const notify = { emails: ['ops@example.com', 'nobody'], webhookUrl: `${receiver.url}/portal-of-others` };
    const { request, userErrors } = await bench.portal.createAccounts(batchOf(1, { notify }));
    expect(request).toBeNull();
    expect(userErrors).toMatchObject([
      {
        code: 'INVALID',
        path: ['notify', 'emails', '1'],
        message: expect.stringContaining('no e-mail address'),
      },
      {
        code: 'INVALID',
        path: ['notify', 'webhookUrl'],
        message: expect.stringContaining('notify_webhook_allowlist'),
      },
    ]);
  });

  it('belongs to what makes two calls the same', async () => {
    const batch = batchOf(1, { notify: { emails: ['a@example.com'] } });
    const requestId = await bench.portal.submit(batch);
    await bench.portal.finished(requestId);
    expect(await bench.portal.createAccounts(batch)).toMatchObject({
      replayed: true,
      request: { requestId },
    });
    expect(await bench.portal.createAccounts({ ...batch, notify: null })).toMatchObject({
      request: null,
      existingRequestId: requestId,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }],
    });
  });
});

describe('delivery', () => {
  it('is tried again under the same id, and given up when the delays are used up', async () => {
    const { path, id } = await webhook(['REQUEST_FINISHED']);
    receiver.answers.set(path, { status: 500 });
    await bench.portal.submit(batchOf(1));
    const posts = await receiver.received(path, 3);
    expect(new Set(posts.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    await until({ webhookId: id }, ([found]) => found?.status === 'DEAD_LETTER');
    const [dead] = await deliveries({ webhookId: id });
    expect(dead).toMatchObject({
      attempts: 3,
      responseStatus: 500,
      errorCode: 'WEBHOOK_ANSWERED',
      errorMessage: expect.stringMatching(/HTTP 500.*after 3 attempts it was given up.*redeliver/),
      webhook: { url: receiver.url + path },
    });
    expect(receiver.posts.filter((one) => one.path === path)).toHaveLength(3);

    receiver.answers.delete(path);
    expect(await redeliver({ deliveryId: dead.id })).toMatchObject({
      requeued: 1,
      delivery: { id: dead.id },
      userErrors: [],
    });
    await until({ webhookId: id }, ([found]) => found?.status === 'DELIVERED');
    expect(await deliveries({ webhookId: id })).toMatchObject([
      { attempts: 4, errorCode: null, responseStatus: 204 },
    ]);
  });

  it('is repeated for everything since a moment', async () => {
    const { path, id } = await webhook(['REQUEST_FINISHED']);
    const since = new Date().toISOString();
    for (const requestId of [await bench.portal.submit(batchOf(1)), await bench.portal.submit(batchOf(1))])
      await bench.portal.finished(requestId);
    await receiver.received(path, 2);
    await until({ webhookId: id }, (found) => found.every(({ status }) => status === 'DELIVERED'));
    expect(await redeliver({ webhookId: id, since, status: ['DEAD_LETTER'] })).toMatchObject({ requeued: 0 });
    expect(await redeliver({ webhookId: id, since })).toMatchObject({ requeued: 2, userErrors: [] });
    const posts = await receiver.received(path, 4);
    expect(new Set(posts.map(({ headers }) => headers['webhook-id'])).size).toBe(2);
    const later = new Date(Date.now() + 60_000).toISOString();
    expect(await redeliver({ webhookId: id, since: later })).toMatchObject({ requeued: 0 });
  });

  it('refuses a redelivery of nothing in particular, and of what is not there', async () => {
    expect((await redeliver({ webhookId: 'x' })).userErrors).toMatchObject([{ code: 'INVALID' }]);
    expect((await redeliver({ deliveryId: 'x' })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['deliveryId'] },
    ]);
  });

  it('waits for a worker: an event whose process died before the relay is not lost', async () => {
    const { path, secret } = await webhook(['SYSTEM_CIRCUIT_OPENED']);
    // As a crash leaves it: the event is committed, and nobody heard of it.
    await sql`
      insert into notification_event (type, subject, data, occurred_at) values ('system.circuit_opened', 'crash',
        '{"system": "IDAAS", "reason": null, "openedAt": "2026-11-22T00:00:00Z"}', clock_timestamp())`.execute(
      bench.db,
    );
    await sql`select pg_notify('accountsync', '{"event": "system.circuit_opened"}')`.execute(bench.db);
    const [message] = await receiver.received(path);
    expect(message && verified(message, secret)).toMatchObject({ type: 'system.circuit_opened' });
  });
});

describe('a delivery whose worker died in the attempt', () => {
  it('is found without its job, and sent', async () => {
    const { path, id } = await webhook([]);
    const { rows } = await sql<{ id: string }>`select max(id)::text as id from webhook`.execute(bench.db);
    const event = await insertRow(bench.db, 'notification_event', {
      type: 'webhook.test',
      subject: unique('s'),
      data: { webhookUrl: receiver.url },
      relayed_at: new Date(),
    });
    await insertRow(bench.db, 'notification_delivery', {
      event_id: event,
      channel: 'WEBHOOK',
      webhook_id: rows[0]?.id,
      target: receiver.url + path,
      attempts: 1,
      next_attempt_at: new Date(Date.now() - 120_000),
    });
    await sql`select pg_notify('accountsync', '{"event": "any"}')`.execute(bench.db);
    await receiver.received(path);
    await until({ webhookId: id }, ([found]) => found?.status === 'DELIVERED');
    expect(await deliveries({ webhookId: id })).toMatchObject([{ attempts: 2 }]);
  });
});

describe('operators', () => {
  it('hear of circuits once when they open and once when they close', async () => {
    const { path } = await webhook(['SYSTEM_CIRCUIT_OPENED', 'SYSTEM_CIRCUIT_CLOSED']);
    await storeSettings(bench.db, { operator_emails: ['circuit@example.com'] });
    await expect
      .poll(() => bench.application.core.settings.get('operator_emails'))
      .toEqual(['circuit@example.com']);
    await sql`insert into system_state (system) values ('PLAYED')`.execute(bench.db);
    const set = (circuit: string, openedAt: string | null) =>
      sql`update system_state set circuit = ${circuit}, opened_at = ${openedAt}::timestamptz,
        circuit_reason = 'UPSTREAM_TIMEOUT' where system = 'PLAYED'`.execute(bench.db);
    for (const [circuit, openedAt] of [
      ['OPEN', '2026-11-22T01:00:00Z'],
      ['OPEN', '2026-11-22T01:00:00Z'],
      ['CLOSED', null],
    ] as const)
      await set(circuit, openedAt);
    const posts = await receiver.received(path, 2);
    expect(posts.map(({ body }) => JSON.parse(body).type).toSorted()).toEqual([
      'system.circuit_closed',
      'system.circuit_opened',
    ]);
    const mails = await post.received('circuit@example.com', 2);
    expect(mails.map((mail) => readMail(mail).subject).toSorted()).toEqual([
      '[AccountSync] PLAYED 已恢复',
      '[AccountSync] PLAYED 熔断打开',
    ]);
  });

  it('hear that a source begins to fail and that it works again, not of every run', async () => {
    const { path } = await webhook(['RUN_FINISHED', 'RUN_AWAITING_CONFIRMATION']);
    for (const status of ['COMPLETED', 'FAILED', 'FAILED', 'COMPLETED'])
      await endRun(status, { created_by: null });
    await endRun('FAILED', { mode: 'DRY_RUN' });
    await endRun('AWAITING_CONFIRMATION', {
      summary: { fetched: 7, since: null, confirmation: { people: 42 } },
    });
    const posts = (await receiver.received(path, 5)).map(({ body }) => JSON.parse(body));
    posts.sort((a, b) => Number(a.occurredAt > b.occurredAt) - Number(a.occurredAt < b.occurredAt));
    expect(
      posts.map(({ type, data }) => [type, data.mode ?? '', data.status ?? '', data.stateChanged ?? '']),
    ).toEqual([
      ['run.finished', 'RUN', 'COMPLETED', false],
      ['run.finished', 'RUN', 'FAILED', true],
      ['run.finished', 'RUN', 'COMPLETED', true],
      ['run.finished', 'DRY_RUN', 'FAILED', false],
      ['run.awaiting_confirmation', '', '', ''],
    ]);
    expect(posts.at(-1).data).toMatchObject({ counts: { fetched: 7, people: 42 } });
    expect(receiver.posts.filter((one) => one.path === path)).toHaveLength(5);
  });

  it('get failed tasks as one digest per system and code and quarter of an hour', async () => {
    const { path } = await webhook(['TASK_FAILED']);
    const fail = async (code: string) => {
      const id = await insertTask(bench.db, { status: 'PROCESSING' });
      await sql`update account_task set status = 'FAILED', error_code = ${code} where id = ${id}::bigint`.execute(
        bench.db,
      );
      return id;
    };
    await storeSettings(bench.db, { operator_emails: ['digest@example.com'] });
    await expect
      .poll(() => bench.application.core.settings.get('operator_emails'))
      .toEqual(['digest@example.com']);
    await sql`delete from task_failure`.execute(bench.db);
    // One that failed twice counts once, and one that was mended before anybody is told is no news.
    const twice = await fail('PHONE_NOT_MOBILE');
    await sql`update account_task set status = 'PROCESSING' where id = ${twice}::bigint`.execute(bench.db);
    await sql`update account_task set status = 'FAILED' where id = ${twice}::bigint`.execute(bench.db);
    const mended = await fail('MENDED');
    await sql`update account_task set status = 'COMPLETED', error_code = null where id = ${mended}::bigint`.execute(
      bench.db,
    );
    for (let count = 0; count < 11; count += 1) await fail('PHONE_NOT_MOBILE');
    await fail('LOGIN_TOO_LONG');
    const relayNow = () => sql`select pg_notify('accountsync', '{"event": "task.failed"}')`.execute(bench.db);
    await sql`update task_failure set failed_at = failed_at - interval '15 minutes'`.execute(bench.db);
    await relayNow();
    const digests = (await receiver.received(path, 2)).map(({ body }) => JSON.parse(body).data);
    expect(digests.toSorted((a, b) => a.count - b.count)).toMatchObject([
      { system: 'IDAAS', code: 'LOGIN_TOO_LONG', count: 1, taskIds: [expect.any(String)] },
      { system: 'IDAAS', code: 'PHONE_NOT_MOBILE', count: 12 },
    ]);
    expect(digests.find(({ count }) => count === 12).taskIds).toHaveLength(10);
    const [mail] = await post.received('digest@example.com');
    const { text: words } = mail === undefined ? { text: '' } : readMail(mail);
    expect(words).toContain('原因：');
    expect(words).toContain('accountsync retry --system IDAAS --error-code');
    expect(words).not.toMatch(/lastError|filter:|retryTask/);
    // Within the same quarter the next one waits, and keeps.
    await fail('LOGIN_TOO_LONG');
    await sql`update task_failure set failed_at = failed_at - interval '15 minutes'`.execute(bench.db);
    await relayNow();
    const other = await webhook(['SYSTEM_CIRCUIT_OPENED']);
    await sql`select record_event('system.circuit_opened', 'after', '{}')`.execute(bench.db);
    await receiver.received(other.path);
    expect(receiver.posts.filter((one) => one.path === path)).toHaveLength(2);
    const { rows } = await sql`select 1 from task_failure`.execute(bench.db);
    expect(rows).toHaveLength(1);
  });

  it('are not written for a change that is rolled back', async () => {
    const { path } = await webhook(['RUN_FINISHED']);
    const run = await endRun('COMPLETED', { kind: 'ACCOUNT_VERIFICATION' });
    await receiver.received(path);
    await expect(
      bench.db.transaction().execute(async (tx) => {
        await sql`update sync_run set status = 'FAILED', round = round + 1 where id = ${run}::bigint`.execute(
          tx,
        );
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    const { rows } =
      await sql`select 1 from notification_event where type = 'run.finished' and subject like ${`${run}:%`}`.execute(
        bench.db,
      );
    expect(rows).toHaveLength(1);
  });
});

/** A run that began and came to this. */
async function endRun(status: string, values: Readonly<Record<string, unknown>>): Promise<string> {
  const { summary = {}, ...given } = values;
  const id = await insertRow(bench.db, 'sync_run', {
    run_id: unique('run_'),
    kind: 'CALENDAR_FULL',
    mode: 'RUN',
    trigger: 'SCHEDULED_TASK',
    created_by: 'admin',
    ...given,
  });
  await sql`
    update sync_run set status = ${status}, summary = ${JSON.stringify(summary)}::jsonb,
      finished_at = case when ${status} <> 'AWAITING_CONFIRMATION' then now() end
    where id = ${id}::bigint`.execute(bench.db);
  return id;
}

describe('a webhook', () => {
  it('shows its secret once, keeps the one before for a day after a rotation, and goes with its deliveries', async () => {
    const url = `${receiver.url}/${unique('rotated')}`;
    const added = await upsert({ url });
    expect(added).toMatchObject({
      webhook: { url, isActive: true, previousSecretUntil: null, createdBy: 'admin' },
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      userErrors: [],
    });
    expect(added.webhook.events).toHaveLength(10);
    const { id } = added.webhook;
    expect(added.notice).toBeNull();
    expect(await upsert({ url, events: [], description: 'portal' })).toMatchObject({
      webhook: { id, events: [] },
      secret: null,
      notice: expect.stringContaining('rotateSecret'),
    });
    const rotated = await upsert({ id, rotateSecret: true });
    expect(rotated.secret).not.toBe(added.secret);
    expect(rotated.webhook.previousSecretUntil).not.toBeNull();

    const { testWebhook } = await bench.portal.read(
      `mutation M($id: ID!) { testWebhook(input: { id: $id }) { delivery { id type status } userErrors { code } } }`,
      { id },
    );
    expect(testWebhook).toMatchObject({ delivery: { type: 'webhook.test' }, userErrors: [] });
    const [message] = await receiver.received(new URL(url).pathname);
    for (const secret of [added.secret, rotated.secret])
      expect(message && verified(message, secret)).toMatchObject({ type: 'webhook.test' });

    const remove = () =>
      bench.portal.read(
        'mutation M($id: ID!) { deleteWebhook(input: { id: $id }) { deleted userErrors { code } } }',
        { id },
      );
    expect((await remove()).deleteWebhook).toEqual({ deleted: true, userErrors: [] });
    expect((await remove()).deleteWebhook).toEqual({ deleted: false, userErrors: [{ code: 'NOT_FOUND' }] });
    expect(await deliveries({ webhookId: id })).toEqual([]);
  });

  it('that is switched off is skipped, with a row that says so', async () => {
    const { id, path } = await webhook(['REQUEST_FINISHED']);
    receiver.answers.set(path, { status: 500 });
    await setDelays([600]);
    await bench.portal.submit(batchOf(1));
    await until({ webhookId: id }, ([found]) => found?.status === 'RETRY');
    await upsert({ id, isActive: false });
    await hurryDeliveries(bench.db);
    await until({ webhookId: id }, ([found]) => found?.status === 'SKIPPED');
    expect(await deliveries({ webhookId: id })).toMatchObject([{ errorCode: 'WEBHOOK_INACTIVE' }]);
    expect(receiver.posts.filter((one) => one.path === path)).toHaveLength(1);
    await setDelays([0.02, 0.02]);
  });

  it('that is switched off keeps its deliveries, and sends them when asked afterwards', async () => {
    const { id, path, secret } = await webhook(['REQUEST_FINISHED']);
    await upsert({ id, isActive: false });
    const since = new Date(Date.now() - 60_000).toISOString();
    const requestId = await bench.portal.submit(batchOf(1));
    await until({ webhookId: id }, ([found]) => found?.status === 'SKIPPED');
    expect(await deliveries({ webhookId: id })).toMatchObject([
      { attempts: 0, errorCode: 'WEBHOOK_INACTIVE', errorMessage: expect.stringContaining('redeliver') },
    ]);
    expect(receiver.posts.filter((one) => one.path === path)).toEqual([]);
    await upsert({ id, isActive: true });
    expect(await redeliver({ webhookId: id, since, status: ['SKIPPED'] })).toMatchObject({ requeued: 1 });
    const [message] = await receiver.received(path);
    expect(message && verified(message, secret)).toMatchObject({ data: { requestId } });
  });

  it('DP04: unencrypted, is sent to only as long as a Setting names its host', async () => {
    const permit = async (hosts: readonly string[]) => {
      await storeSettings(bench.db, { webhook_http_hosts: hosts });
      await expect.poll(() => bench.application.core.settings.get('webhook_http_hosts')).toEqual(hosts);
    };
    const url = 'http://hooks.corp.invalid:8080/events';
    expect((await upsert({ url, events: ['REQUEST_FINISHED'] })).userErrors).toMatchObject([
      { code: 'INVALID', message: expect.stringContaining('webhook_http_hosts') },
    ]);
    await permit(['hooks.corp.invalid']);
    const { webhook } = await upsert({ url, events: ['REQUEST_FINISHED'] });
    const hook = { webhookId: webhook.id };
    await setDelays([600]);
    await bench.portal.submit(batchOf(1));
    await until(hook, ([found]) => found?.status === 'RETRY');
    expect(await deliveries(hook)).toMatchObject([{ errorCode: 'WEBHOOK_UNREACHABLE' }]);
    await permit(['other.corp.invalid']);
    await hurryDeliveries(bench.db);
    await until(hook, ([found]) => found?.status === 'SKIPPED');
    const [stopped] = await deliveries(hook);
    expect(stopped).toMatchObject({ errorCode: 'WEBHOOK_UNENCRYPTED' });
    expect(stopped.errorMessage).toContain('hooks.corp.invalid:8080');
    await permit(['hooks.corp.invalid:8080']);
    expect(await redeliver({ deliveryId: stopped.id })).toMatchObject({ userErrors: [] });
    await until(hook, ([found]) => found?.status === 'RETRY');
    await permit([]);
    await setDelays([0.02, 0.02]);
  });

  it('has a URL that may be sent to, of its own', async () => {
    const refusals = [
      [{ url: 'http://portal.example.com/' }, 'https'],
      [{ url: 'https://169.254.169.254/latest' }, 'link-local'],
      [{}, 'missing'],
    ] as const;
    for (const [input, message] of refusals)
      expect((await upsert(input)).userErrors).toMatchObject([
        { path: ['url'], message: expect.stringContaining(message) },
      ]);
    const first = await webhook([]);
    const second = await webhook([]);
    const taken = await upsert({ id: second.id, url: receiver.url + first.path });
    expect(taken.userErrors).toMatchObject([{ code: 'INVALID', path: ['url'] }]);
    expect((await upsert({ id: 'V2ViaG9vazo5OTk=' })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['id'] },
    ]);
  });

  it('moves with what was not delivered yet when its URL changes', async () => {
    const { id, path } = await webhook(['REQUEST_FINISHED']);
    receiver.answers.set(path, { status: 503 });
    await bench.portal.submit(batchOf(1));
    await until({ webhookId: id }, ([found]) => found?.status === 'DEAD_LETTER');
    const moved = `/${unique('moved')}`;
    await upsert({ id, url: receiver.url + moved });
    const [dead] = await deliveries({ webhookId: id });
    await redeliver({ deliveryId: dead.id });
    expect(await receiver.received(moved)).toHaveLength(1);
  });
});
