import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { DeliveryFailed } from './senders.ts';
import { createWebhookSender, type Resolve } from './webhook-sender.ts';

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

async function receiver(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  open.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/hooks`;
}

const message = { headers: { 'webhook-id': 'evt_1' }, body: '{"id":"evt_1","text":"张三"}' };

async function failureOf(sending: Promise<unknown>): Promise<DeliveryFailed> {
  const error = await sending.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DeliveryFailed)) throw new Error(`expected DeliveryFailed, got ${String(error)}`);
  return error;
}

test('a message arrives as it was signed, and 2xx is its end', async () => {
  const heard: unknown[] = [];
  const url = await receiver((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { headers, method } = request;
      heard.push([method, headers['webhook-id'], headers['content-type'], Buffer.concat(chunks).toString()]);
      response.writeHead(202).end('thanks');
    });
  });
  expect(await createWebhookSender().send({ url, ...message })).toEqual({ status: 202 });
  expect(heard).toEqual([['POST', 'evt_1', 'application/json; charset=utf-8', message.body]]);
});

test('a redirect is not followed', async () => {
  const paths: string[] = [];
  const url = await receiver((request, response) => {
    paths.push(request.url ?? '');
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  const failure = await failureOf(createWebhookSender().send({ url, ...message }));
  expect(failure).toMatchObject({ code: 'WEBHOOK_REDIRECT', status: 307, permanent: false });
  expect(paths).toEqual(['/hooks']);
});

test('another status is a failure, with the pause that was asked for', async () => {
  const url = await receiver((_request, response) => response.writeHead(429, { 'retry-after': '30' }).end());
  expect(await failureOf(createWebhookSender().send({ url, ...message }))).toMatchObject({
    code: 'WEBHOOK_ANSWERED',
    status: 429,
    retryAfterMs: 30_000,
  });
});

test('a receiver that never ends its answer is cut off, by size and by time', async () => {
  const flood = await receiver((_request, response) => {
    response.writeHead(200);
    const pour = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    };
    response.on('drain', pour);
    pour();
  });
  expect(await createWebhookSender().send({ url: flood, ...message })).toEqual({ status: 200 });
  const silent = await receiver(() => {});
  const failure = await failureOf(createWebhookSender({ timeoutMs: 50 }).send({ url: silent, ...message }));
  expect(failure).toMatchObject({ code: 'WEBHOOK_TIMEOUT', parameters: { seconds: 1 } });
});

test('a host without a listener is a failure that names it', async () => {
  const failure = await failureOf(createWebhookSender().send({ url: 'http://127.0.0.1:1/', ...message }));
  expect(failure).toMatchObject({
    code: 'WEBHOOK_UNREACHABLE',
    parameters: { host: '127.0.0.1:1', detail: 'ECONNREFUSED' },
  });
});

test.each([
  ['https://169.254.169.254/latest', '169.254.169.254'],
  ['https://[::ffff:169.254.169.254]/latest', '::ffff:a9fe:a9fe'],
])('nothing is sent to %s', async (url, address) => {
  const failure = await failureOf(createWebhookSender().send({ url, ...message }));
  expect(failure).toMatchObject({ code: 'WEBHOOK_ADDRESS_REFUSED', parameters: { address } });
});

test.each([
  ['a metadata service', ['169.254.169.254']],
  ['this machine', ['127.0.0.1']],
  ['one good and one bad address', ['93.184.216.34', 'fe80::1']],
])('a name that resolves to %s is refused before anything is sent', async (_what, addresses) => {
  const resolve: Resolve = async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const sending = createWebhookSender({ resolve }).send({ url: 'https://portal.example.com/', ...message });
  expect(await failureOf(sending)).toMatchObject({
    code: 'WEBHOOK_ADDRESS_REFUSED',
    parameters: { host: 'portal.example.com', address: addresses.at(-1) },
  });
});

test('a name that is not known is a failure', async () => {
  const resolve: Resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
  const sending = createWebhookSender({ resolve }).send({ url: 'https://portal.example.com/', ...message });
  expect(await failureOf(sending)).toMatchObject({
    code: 'WEBHOOK_UNREACHABLE',
    parameters: { detail: 'ENOTFOUND' },
  });
});
