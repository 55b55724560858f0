import { describe, expect, test } from 'vitest';
import { jsonHeaders, startTestServer, type TestServer } from '../../test/setup/server.ts';

const ticks = {
  query: 'subscription T($factor: Int!) { ticks(factor: $factor) }',
  variables: { factor: 10 },
};

/** POSTs a subscription and yields the JSON of each `next` event; returns when the server ends the stream. */
async function* subscribe(server: TestServer, body: unknown, signal?: AbortSignal) {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { ...jsonHeaders, accept: 'text/event-stream' },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  if (response.body === null) throw new Error('a stream without a body');
  let rest = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = `${rest}${chunk}`.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      if (block.startsWith('event: next')) yield JSON.parse(block.slice(block.indexOf('data: ') + 6));
      if (block.startsWith('event: complete')) yield 'complete';
    }
  }
}

describe('subscriptions over SSE', () => {
  test('bring each event, and end with the source', async () => {
    await using server = await startTestServer();
    const events = subscribe(server, ticks);
    const first = events.next();
    await server.source.opened;
    server.source.push(1);
    expect((await first).value).toEqual({ data: { ticks: 10 } });
    server.source.push(2);
    expect((await events.next()).value).toEqual({ data: { ticks: 20 } });
    server.source.finish();
    expect((await events.next()).value).toBe('complete');
    expect((await events.next()).done).toBe(true);
    expect(server.openStreams).toBe(0);
    expect(server.executions).toEqual({ compiled: 2, interpreted: 0 });
  });

  test('give every event a scope and an identity map of its own', async () => {
    await using server = await startTestServer();
    const events = subscribe(server, ticks);
    for (const event of [1, 2]) {
      server.source.push(event);
      await events.next();
    }
    const [first, second] = server.scopes;
    expect(first).not.toBe(second);
    expect(first?.em).not.toBe(second?.em);
    expect(first?.em).not.toBe(first?.services.em);
    expect(second?.viewer?.principal).toBe('admin');
    expect(first?.correlationId).toBe(second?.correlationId);
    server.source.finish();
  });

  test('let go of the source when the subscriber leaves, though no event comes', async () => {
    await using server = await startTestServer();
    const leaving = new AbortController();
    const events = subscribe(server, ticks, leaving.signal);
    server.source.push(1);
    await events.next();
    leaving.abort();
    await expect(events.next()).rejects.toThrow();
    await server.source.returned;
    expect(server.openStreams).toBe(0);
  });

  test('mask what breaks in an event, and go on', async () => {
    await using server = await startTestServer();
    const events = subscribe(server, ticks);
    server.source.push('boom');
    server.source.push(3);
    const broken = (await events.next()).value;
    expect(broken).toMatchObject({ data: { ticks: null }, errors: [{ extensions: { code: 'INTERNAL' } }] });
    expect(JSON.stringify(broken)).not.toContain('hunter2');
    expect((await events.next()).value).toEqual({ data: { ticks: 30 } });
    server.source.finish();
  });

  test('end with a masked error when the source breaks', async () => {
    await using server = await startTestServer();
    const events = subscribe(server, ticks);
    server.source.fail(new Error('password=hunter2'));
    const last = (await events.next()).value;
    expect(last.errors[0].extensions.code).toBe('INTERNAL');
    expect(JSON.stringify(last)).not.toContain('hunter2');
    expect((await events.next()).value).toBe('complete');
    expect(server.openStreams).toBe(0);
  });

  test('answer with the reason where there is nothing to watch', async () => {
    await using server = await startTestServer();
    const events = subscribe(server, { query: 'subscription { missing }' });
    expect((await events.next()).value.errors[0]).toMatchObject({
      message: 'There is no such request.',
      extensions: { code: 'NOT_FOUND' },
    });
    expect((await events.next()).value).toBe('complete');
  });

  test('refuse wrong variables without opening the source', async () => {
    await using server = await startTestServer();
    const response = await server.post({ ...ticks, variables: {} }, { accept: 'text/event-stream' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('BAD_USER_INPUT');
    expect(server.openStreams).toBe(0);
  });

  test('break off for a reader who takes nothing', async () => {
    await using server = await startTestServer({ limits: { slowReaderMs: 20 } });
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { ...jsonHeaders, accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { texts }' }),
    });
    await server.source.opened;
    for (let event = 0; event < 30; event += 1) server.source.push('x'.repeat(1_000_000));
    await server.source.returned;
    await expect(response.text()).rejects.toThrow();
    expect(server.openStreams).toBe(0);
  });

  test('for a caller who does not read streams: 406 that says what to send, and nothing is opened', async () => {
    await using server = await startTestServer();
    const response = await server.post(ticks, { accept: 'application/json' });
    expect(response.status).toBe(406);
    expect((await response.json()).errors[0].message).toContain('text/event-stream');
    expect(server.openStreams).toBe(0);
  });

  test('do not call the resolver with variables in place of arguments', async () => {
    await using server = await startTestServer();
    const events = subscribe(server, {
      query: 'subscription { ticks(factor: 7) }',
      variables: { factor: 1 },
    });
    server.source.push(1);
    expect((await events.next()).value).toEqual({ data: { ticks: 7 } });
    server.source.finish();
  });
});
