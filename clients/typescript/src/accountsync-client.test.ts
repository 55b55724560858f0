import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  AccountSyncClient,
  ApiError,
  type ClientOptions,
  ConnectionError,
  RefusedError,
} from './accountsync-client.ts';

interface Call {
  readonly query: string;
  readonly variables: {
    readonly input?: { readonly idempotencyKey?: string | null };
    readonly after?: string | null;
  };
  readonly request: IncomingMessage;
}
type Answer = (response: ServerResponse, call: Call) => void;

/** Answers in this order; the last one again and again. */
let script: Answer[] = [];
let calls: Call[] = [];
let server: Server;
let url = '';

beforeEach(async () => {
  calls = [];
  server = createServer(async (request, response) => {
    const call = { ...JSON.parse(await text(request)), request };
    calls.push(call);
    const answer = script.length > 1 ? script.shift() : script[0];
    answer?.(response, call);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}/graphql`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const drop: Answer = (response) => response.destroy();
const json =
  (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
const refusal = (code: string, status: number, headers?: Readonly<Record<string, string>>) =>
  json(
    { errors: [{ message: `It is ${code}.`, extensions: { code, correlationId: 'c-1' } }] },
    status,
    headers,
  );
const accepted = json({
  data: { createAccounts: { request: { requestId: 'req_1' }, userErrors: [], replayed: false } },
});

/** A stream of events; `end` says how it ends. */
const stream =
  (events: readonly unknown[], end: 'complete' | 'cut'): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const text = events.map((event) => `event: next\ndata: ${JSON.stringify(event)}\n\n`).join('');
    response.write(`: welcome\n\n${text}`, () => {
      if (end === 'complete') response.end('event: complete\ndata:\n\n');
      else response.destroy();
    });
  };
const progress = (percent: number, final = false) => ({ data: { requestProgress: { percent, final } } });

function open(options: Partial<ClientOptions> = {}): AccountSyncClient {
  return new AccountSyncClient({
    url,
    apiKey: 'key',
    locale: 'en',
    ...options,
    retry: { firstDelayMs: 1, longestDelayMs: 2, ...options.retry },
  });
}

const input = {
  originSystem: 'OA',
  businessKey: 'B1',
  accountType: '11',
  employeeType: '1',
  systemList: ['WELINK', 'IDAAS'],
  userList: [{ employeeNumber: 'P1' }, { employeeNumber: 'P2' }],
} as const;

async function percentsOf(client: AccountSyncClient): Promise<number[]> {
  const percents: number[] = [];
  for await (const { percent } of client.watchRequest('req_1')) percents.push(percent);
  return percents;
}

describe('a call', () => {
  test('is sent again when the connection breaks, with the same key, until it is answered', async () => {
    script = [drop, refusal('UNAVAILABLE', 503), refusal('RATE_LIMITED', 429), accepted];
    const { request } = await open().createAccounts(input);
    expect(request?.requestId).toBe('req_1');
    const keys = calls.map(({ variables }) => variables.input?.idempotencyKey);
    expect(keys).toHaveLength(4);
    expect(new Set(keys)).toEqual(new Set([expect.stringMatching(/^content-[0-9a-f]{64}$/)]));
    expect(calls[0]?.request.headers).toMatchObject({ authorization: 'Bearer key', 'accept-language': 'en' });
  });

  test('has the same key whenever the same is asked for, and another one for other people', async () => {
    script = [accepted];
    const client = open();
    await client.createAccounts(input);
    await client.createAccounts({
      ...input,
      priority: 'HIGH',
      systemList: [...input.systemList].reverse(),
      userList: [...input.userList].reverse(),
    });
    await client.createAccounts({ ...input, userList: [{ employeeNumber: 'P3' }] });
    await client.createAccounts({ ...input, idempotencyKey: 'FORM-7' });
    await client.createAccounts({ ...input, idempotencyKey: null });
    const [first, again, others, own, none] = calls.map(({ variables }) => variables.input?.idempotencyKey);
    expect(again).toBe(first);
    expect(others).not.toBe(first);
    expect([own, none]).toEqual(['FORM-7', null]);
  });

  test('waits as long as the service asks, and not at all when that is too long', async () => {
    script = [refusal('RATE_LIMITED', 429, { 'retry-after': '0.2' }), accepted];
    const begin = performance.now();
    await open().createAccounts(input);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(195);
    script = [refusal('RATE_LIMITED', 429, { 'retry-after': '3600' })];
    await expect(open().createAccounts(input)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterSeconds: 3600,
    });
    expect(calls).toHaveLength(3);
  });

  test('that could do something twice is not sent again after its answer was lost', async () => {
    script = [drop];
    await expect(open().confirmRun({ runId: 'run_1' })).rejects.toThrow(ConnectionError);
    expect(calls).toHaveLength(1);
    script = [
      refusal('UNAVAILABLE', 503),
      json({ data: { confirmRun: { run: null, joined: false, userErrors: [] } } }),
    ];
    await open().confirmRun({ runId: 'run_1' });
    expect(calls).toHaveLength(3);
  });

  test('gives up with the reason when nothing helps', async () => {
    script = [drop];
    const failure = open({ retry: { retries: 2 } }).request('req_1');
    await expect(failure).rejects.toThrow(ConnectionError);
    await expect(failure).rejects.toThrow(url);
    expect(calls).toHaveLength(3);
    script = [(response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')];
    await expect(open().request('req_1')).rejects.toThrow('is it the address of the API');
    expect(calls).toHaveLength(4);
  });

  test('that the service does not answer in time is given up', async () => {
    script = [() => {}];
    const patient = open({ timeoutMs: 20, retry: { retries: 0 } });
    await expect(patient.request('req_1')).rejects.toThrow('did not answer in 0.02 s');
  });

  test('that is refused is not sent again, and says code, status and correlation id', async () => {
    script = [refusal('UNAUTHENTICATED', 401)];
    const failure = open().request('req_1');
    await expect(failure).rejects.toThrow(ApiError);
    await expect(failure).rejects.toMatchObject({
      message: 'It is UNAUTHENTICATED.',
      code: 'UNAUTHENTICATED',
      status: 401,
      correlationId: 'c-1',
    });
    expect(calls).toHaveLength(1);
  });

  test('can be aborted while it waits', async () => {
    script = [refusal('UNAVAILABLE', 503, { 'retry-after': '100' })];
    const stop = new AbortController();
    const failure = open().request('req_1', { signal: stop.signal });
    await expect.poll(() => calls.length).toBe(1);
    stop.abort(new Error('closed the page'));
    await expect(failure).rejects.toThrow('closed the page');
  });

  test('asks for the key each time, so that a token can be renewed', async () => {
    script = [json({ data: { request: null } })];
    let number = 0;
    const client = open({ apiKey: async () => `token-${++number}` });
    await client.request('req_1');
    await client.request('req_1');
    expect(calls.map(({ request }) => request.headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });
});

describe('userErrors', () => {
  const userErrors = [
    { code: 'REQUIRED', message: 'No name.', path: ['userList', '0', 'employeeName'], employeeNumber: 'P1' },
    { code: 'INVALID', message: 'No phone.', path: ['userList', '0', 'phoneNumber'], employeeNumber: 'P1' },
  ];
  const payload = { request: null, replayed: false, userErrors };

  test('are thrown with all there is to know', async () => {
    script = [json({ data: { createAccounts: payload } })];
    const failure = open().createAccounts(input);
    await expect(failure).rejects.toThrow(RefusedError);
    await expect(failure).rejects.toMatchObject({
      message: 'createAccounts: REQUIRED No name. (and 1 more)',
      operation: 'createAccounts',
      userErrors,
      payload,
    });
  });

  test('are part of the answer for who asks for it', async () => {
    script = [json({ data: { createAccounts: payload } })];
    expect(await open().createAccounts(input, { throwOnUserErrors: false })).toEqual(payload);
  });
});

describe('a list', () => {
  test('is read page by page, as far as it is wanted', async () => {
    const page = (ids: readonly string[], endCursor: string | null) =>
      json({
        data: {
          requests: {
            nodes: ids.map((requestId) => ({ requestId })),
            pageInfo: { hasNextPage: endCursor !== null, endCursor },
          },
        },
      });
    script = [page(['a', 'b'], 'cursor-b'), page(['c'], null)];
    const ids: string[] = [];
    for await (const { requestId } of open().requests()) ids.push(requestId);
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(calls.map(({ variables }) => variables.after)).toEqual([null, 'cursor-b']);
  });
});

describe('watching', () => {
  test('survives broken connections and a service that goes away, and ends after the final event', async () => {
    const goingAway = { errors: [{ message: 'Shutting down.', extensions: { code: 'UNAVAILABLE' } }] };
    script = [
      drop,
      stream([progress(0), progress(10)], 'cut'),
      refusal('UNAVAILABLE', 503),
      stream([progress(40), goingAway], 'complete'),
      drop,
      stream([progress(40), progress(100, true), progress(999)], 'cut'),
    ];
    expect(await percentsOf(open())).toEqual([0, 10, 40, 40, 100]);
    expect(calls).toHaveLength(6);
  });

  test('of something unknown says so at once', async () => {
    script = [
      stream([{ errors: [{ message: 'No such request.', extensions: { code: 'NOT_FOUND' } }] }], 'complete'),
    ];
    await expect(percentsOf(open())).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'No such request.',
    });
    expect(calls).toHaveLength(1);
  });

  test('gives up when the stream does not come back', async () => {
    script = [stream([progress(5)], 'cut'), drop];
    await expect(percentsOf(open({ retry: { reconnects: 3 } }))).rejects.toThrow(ConnectionError);
    expect(calls).toHaveLength(4);
  });

  test('closes the connection when iteration ends', async () => {
    const closed = Promise.withResolvers<void>();
    script = [
      (response) => {
        response.on('close', closed.resolve);
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`event: next\ndata: ${JSON.stringify(progress(1))}\n\n`);
      },
    ];
    for await (const { percent } of open().watchRequest('req_1')) {
      expect(percent).toBe(1);
      break;
    }
    await closed.promise;
  });
});
