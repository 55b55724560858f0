import { describe, expect, test } from 'vitest';
import { startTestServer } from '../../test/setup/server.ts';
import { scrubMessage } from './operations/scrub-message.ts';

describe('errors that leave the server', () => {
  test('a bug is masked with an id, and logged once with its stack', async () => {
    await using server = await startTestServer();
    const response = await server.post({ query: '{ a: boom b: boom }' });
    expect(response.status).toBe(500);
    const text = await response.text();
    const { data, errors } = JSON.parse(text);
    expect(data).toEqual({ a: null, b: null });
    expect(text).not.toContain('hunter2');
    const correlationId = response.headers.get('x-request-id');
    expect(errors[0]).toMatchObject({ path: ['a'], extensions: { code: 'INTERNAL', correlationId } });
    expect(errors[0].message).toContain(correlationId);
    const lines = server.log.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50);
    expect(lines.map((line) => [line.path, line.correlationId])).toEqual([
      ['a', correlationId],
      ['b', correlationId],
    ]);
    expect(lines[0].error.stack).toContain('setup/server.ts');
  });

  test('a bug in one field leaves the others', async () => {
    await using server = await startTestServer();
    const response = await server.post({ query: '{ hello boom }' });
    expect(response.status).toBe(200);
    expect((await response.json()).data).toEqual({ hello: 'world', boom: null });
  });

  test.each([
    ['FORBIDDEN', 403, {}],
    ['UNAUTHENTICATED', 401, { 'www-authenticate': 'Bearer realm="AccountSync"' }],
    ['RATE_LIMITED', 429, { 'retry-after': '7' }],
    ['UNAVAILABLE', 503, { 'retry-after': '7' }],
    ['NOT_FOUND', 200, {}],
    ['BAD_USER_INPUT', 200, {}],
  ])('%s passes with its text, as %i', async (code, status, headers) => {
    await using server = await startTestServer();
    const response = await server.post({ query: `{ refused(code: "${code}") }` });
    expect(response.status).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject(headers);
    const { errors } = await response.json();
    expect(errors).toEqual([
      {
        message: 'Refused on purpose.',
        path: ['refused'],
        extensions: { code, retryAfterSeconds: 7, correlationId: response.headers.get('x-request-id') },
      },
    ]);
  });

  test.each([
    ['not GraphQL', '{ hello', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ helo }', 'GRAPHQL_VALIDATION_FAILED'],
    ['too many tokens', `{ ${'hello '.repeat(1_000)} }`, 'LIMIT_EXCEEDED'],
    ['too long', `{ hello } #${'x'.repeat(100_000)}`, 'LIMIT_EXCEEDED'],
  ])('a document that is %s: 400, or 200 for callers of the older media type', async (_, query, code) => {
    await using server = await startTestServer();
    for (const [accept, status] of [
      ['application/graphql-response+json', 400],
      ['*/*', 400],
      ['application/json', code === 'LIMIT_EXCEEDED' ? 400 : 200],
    ] as const) {
      const response = await server.post({ query }, { accept });
      expect(response.status).toBe(status);
      const { errors, data } = await response.json();
      expect(data).toBeUndefined();
      expect(errors[0].extensions).toMatchObject({
        code,
        correlationId: response.headers.get('x-request-id'),
      });
    }
  });

  test('a limit says what to do, an unknown name suggests nothing', async () => {
    await using server = await startTestServer();
    const tooMany = await (await server.post({ query: `{ ${'hello '.repeat(1_000)} }` })).json();
    expect(tooMany.errors[0].message).toContain('variables');
    const unknown = await (await server.post({ query: '{ helo a b c d }' })).json();
    expect(JSON.stringify(unknown)).not.toContain('hello');
    expect(unknown.errors).toHaveLength(3);
  });
});

describe('what takes too long', () => {
  test('is answered with 503 when the time is over, over HTTP and WebSocket alike', async () => {
    await using server = await startTestServer({ limits: { operationTimeoutMs: 20 } });
    const response = await server.post({ query: '{ slow }' }, { 'accept-language': 'en' });
    expect(response.status).toBe(503);
    const { errors } = await response.json();
    expect(errors[0].extensions).toEqual({ code: 'UNAVAILABLE', correlationId: expect.any(String) });
    expect(errors[0].message).toContain('took too long');
    server.slow.resolve('late');
  });

  test('of a statement gets the same answer, without its message', async () => {
    await using server = await startTestServer();
    const ended = Object.assign(new Error('canceling statement: select secrets'), { code: '57014' });
    const answer = server.post({ query: '{ slow }' });
    await server.slowStarted.promise;
    server.slow.reject(new Error('query failed', { cause: ended }));
    const response = await answer;
    expect(response.status).toBe(503);
    const text = await response.text();
    expect(text).toContain('UNAVAILABLE');
    expect(text).not.toMatch(/secrets|query failed/);
  });

  test('a database that does not answer is 503 with a time, not INTERNAL', async () => {
    await using server = await startTestServer();
    const away = Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:5432'), { code: 'ECONNREFUSED' });
    const answer = server.post({ query: '{ slow }' });
    await server.slowStarted.promise;
    server.slow.reject(new Error('query failed', { cause: away }));
    const response = await answer;
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.text()).not.toMatch(/10\.1\.2\.3|query failed|INTERNAL/);
  });
});

describe('rejected values', () => {
  const phone = '13800138000';

  test.each([
    ['of the wrong type', { people: [{ phone: { number: phone } }] }],
    ['where a number is wanted', { people: [{ age: phone }] }],
    ['beside an unknown field', { people: [{ phone, mobile: phone }] }],
    ['in place of an object', { people: [phone] }],
  ])('%s are not repeated', async (_, variables) => {
    await using server = await startTestServer();
    const query = 'query ($people: [PersonInput!]) { people(people: $people) }';
    const response = await server.post({ query, variables });
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(text).not.toContain(phone);
    expect(server.log.join()).not.toContain(phone);
    const { errors } = JSON.parse(text);
    expect(errors[0].message).toMatch(/Variable "\$people" has invalid value at \[0\]|people\[0\]|\[0\]/);
    expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  test('nor literals in the document', async () => {
    await using server = await startTestServer();
    for (const query of [
      `{ required(first: "${phone}") }`,
      `{ people(people: [{age: "${phone}"}]) }`,
      `{ "${phone}" }`,
    ]) {
      const text = await (await server.post({ query })).text();
      expect(text).not.toContain(phone);
      expect(JSON.parse(text).errors).toHaveLength(1);
    }
  });

  test('all of them are reported', async () => {
    await using server = await startTestServer();
    const response = await server.post({
      query: 'query ($people: [PersonInput!]) { people(people: $people) }',
      variables: { people: Array.from({ length: 200 }, () => ({ age: 'x' })) },
    });
    expect((await response.json()).errors).toHaveLength(200);
  });

  test('a long text beside many mistakes does not fill the memory', async () => {
    await using server = await startTestServer();
    const unknown = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`field${index}`, 1]));
    const response = await server.post({
      query: 'query ($people: [PersonInput!]) { people(people: $people) }',
      variables: { people: [{ phone: phone.repeat(80_000), ...unknown }] },
    });
    expect((await response.text()).length).toBeLessThan(400_000);
  });

  test('a null that shows only on the way is the mistake of the caller', async () => {
    await using server = await startTestServer();
    const query = 'query ($first: Int = 1) { required(first: $first) }';
    const response = await server.post({ query, variables: { first: null } });
    const { errors } = await response.json();
    expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  test.each([
    [
      'Variable "$i" got invalid value "138" at "i.phone"; Int cannot represent "138"',
      'Variable "$i" got an invalid value.',
    ],
    [
      'Value "138; found: x" does not exist in "Priority" enum. Did you mean "HIGH"?',
      'The value does not exist in the enum "Priority".',
    ],
    ['Int cannot represent non-integer value: "138"', 'Int cannot represent non-integer value.'],
    ['Syntax Error: Expected Name, found String "138".', 'Syntax Error: Expected Name, found String.'],
    ['Cannot query field "helo" on type "Query".', 'Cannot query field "helo" on type "Query".'],
    ['Syntax Error: Expected Name, found "}".', 'Syntax Error: Expected Name, found "}".'],
  ])('%s', (message, scrubbed) => {
    expect(scrubMessage(message)).toBe(scrubbed);
  });
});
