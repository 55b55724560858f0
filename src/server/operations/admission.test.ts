import { createClient } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { jsonHeaders, startTestServer, TEST_KEY } from '../../../test/setup/server.ts';
import { Admission } from './admission.ts';

const one = { limits: { operationsAtOnce: 1 } };

describe('places', () => {
  test('are as many as the limit, and each is given back once', () => {
    const admission = new Admission(2);
    const leave = admission.enter();
    expect(admission.enter()).not.toBeNull();
    expect(admission.enter()).toBeNull();
    leave?.();
    leave?.();
    expect(admission.enter()).not.toBeNull();
    expect(admission.enter()).toBeNull();
  });
});

describe('a server with as much under way as it can do', () => {
  test('refuses what comes on top at once, says when to come again, and takes it then', async () => {
    await using server = await startTestServer(one);
    const running = server.post({ query: '{ slow }' });
    await server.slowStarted.promise;
    const refused = await server.post({ query: '{ hello }' });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({
      errors: [{ extensions: { code: 'UNAVAILABLE', retryAfterSeconds: 1 } }],
    });
    server.slow.resolve('done');
    await (await running).text();
    expect((await server.post({ query: '{ hello }' })).status).toBe(200);
  });

  test('refuses in the language of the caller', async () => {
    await using server = await startTestServer(one);
    void server.post({ query: '{ slow }' }).catch(() => {});
    await server.slowStarted.promise;
    const refused = await server.post({ query: '{ hello }' }, { 'accept-language': 'zh-CN' });
    expect(await refused.text()).toContain('服务繁忙');
  });

  test('still says that it is alive', async () => {
    await using server = await startTestServer(one);
    void server.post({ query: '{ slow }' }).catch(() => {});
    await server.slowStarted.promise;
    expect((await fetch(new URL('/healthz', server.url))).status).toBe(200);
  });

  test('ends an operation of a WebSocket, not the socket', async () => {
    await using server = await startTestServer(one);
    const client = createClient({
      url: server.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${TEST_KEY}` },
      retryAttempts: 0,
    });
    const slow = client.iterate({ query: '{ slow }' }).next();
    await server.slowStarted.promise;
    const refused = await client.iterate({ query: '{ hello }' }).next();
    expect(refused.value).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    server.slow.resolve('done');
    expect((await slow).value).toEqual({ data: { slow: 'done' } });
    await client.dispose();
  });

  test('a stream of events waits for a place, over HTTP too', async () => {
    await using server = await startTestServer(one);
    const slow = server.post({ query: '{ slow }' });
    await server.slowStarted.promise;
    const stream = server.post(
      { query: 'subscription { ticks(factor: 1) }' },
      { ...jsonHeaders, accept: 'text/event-stream' },
    );
    expect((await server.post({ query: '{ hello }' })).status).toBe(503);
    server.slow.resolve('done');
    expect((await slow).status).toBe(200);
    const answer = await stream;
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    await answer.body?.cancel();
  });

  test('an open stream takes no place', async () => {
    await using server = await startTestServer(one);
    const stream = await server.post(
      { query: 'subscription { ticks(factor: 1) }' },
      { ...jsonHeaders, accept: 'text/event-stream' },
    );
    await server.source.opened;
    expect((await server.post({ query: '{ hello }' })).status).toBe(200);
    await stream.body?.cancel();
  });
});
