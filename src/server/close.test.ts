import { createClient } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { jsonHeaders, startTestServer, TEST_KEY } from '../../test/setup/server.ts';

describe('closing', () => {
  test('lets a running operation answer, then refuses connections', async () => {
    await using server = await startTestServer();
    const answer = server.post({ query: '{ slow }' });
    await server.slowStarted.promise;
    const closed = server.close({ timeoutMs: 10_000 });
    server.slow.resolve('done');
    expect(await (await answer).json()).toEqual({ data: { slow: 'done' } });
    await closed;
    await expect(server.post({ query: '{ hello }' })).rejects.toThrow();
  });

  test('lets a running operation answer over a WebSocket, then says 1001', async () => {
    await using server = await startTestServer();
    const closing = Promise.withResolvers<unknown>();
    const client = createClient({
      url: server.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${TEST_KEY}` },
      retryAttempts: 0,
      lazy: false,
      onNonLazyError: () => {},
      on: { closed: (event) => closing.resolve(event) },
    });
    const results = client.iterate({ query: '{ slow }' });
    const first = results.next();
    await server.slowStarted.promise;
    const closed = server.close({ timeoutMs: 10_000 });
    server.slow.resolve('done');
    expect((await first).value).toEqual({ data: { slow: 'done' } });
    expect(await closing.promise).toMatchObject({ code: 1001, reason: 'The server is going away.' });
    await closed;
  });

  test('ends SSE streams with a last answer that says so', async () => {
    await using server = await startTestServer();
    const response = await server.post(
      { query: 'subscription { ticks(factor: 1) }' },
      { accept: 'text/event-stream' },
    );
    await server.source.opened;
    await server.close({ timeoutMs: 10_000 });
    const text = await response.text();
    expect(text).toContain('UNAVAILABLE');
    expect(text).toContain('event: complete');
    await server.source.returned;
  });

  test('cuts off what does not end in time', async () => {
    await using server = await startTestServer();
    const answer = server.post({ query: '{ slow }' });
    await server.slowStarted.promise;
    await Promise.all([expect(answer).rejects.toThrow(), server.close({ timeoutMs: 1 })]);
  });

  test('does not wait for idle connections, and may be asked twice', async () => {
    await using server = await startTestServer();
    await (
      await fetch(server.url, { method: 'POST', headers: jsonHeaders, body: '{"query":"{ hello }"}' })
    ).text();
    await Promise.all([server.close({ timeoutMs: 60_000 }), server.close({ timeoutMs: 60_000 })]);
  });

  test('two servers on one port: the second says so', async () => {
    await using server = await startTestServer();
    await expect(startTestServer({ port: server.port })).rejects.toThrow('EADDRINUSE');
  });
});
