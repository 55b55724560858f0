import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { HttpAnswer } from '../../src/integrations/http/http.ts';
import { createUpstreamHttp } from '../../src/integrations/http/http.ts';
import { meaningOfWords } from '../../src/integrations/http/meaning-of-words.ts';
import { parseRetryAfter } from '../../src/integrations/http/retry-after.ts';
import { judgeCreate } from '../../src/integrations/welink/answers.ts';
import { createLogger } from '../../src/logger.ts';
import { ProvisioningBench } from '../setup/provisioning.ts';
import { moveTrial, systemState, untilCircuit } from '../setup/system-state.ts';
import { sampleBytes } from './sample-file.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

describe('UP04', () => {
  const now = new Date('2026-11-22T02:59:00Z');
  test.each([
    ['30,120', 120_000],
    ['0,120', 120_000],
    ['2.128', 2_128],
    ['120s', 120_000],
    ['2026-11-22T03:00:00Z', 60_000],
    ['2026-11-22 11:00:00+08:00', 60_000],
    ['86400', 900_000],
    ['Sun, 22 Nov 2026 03:00:00 GMT', 60_000],
    ['Sun, 22 Nov 2026 03:00:00 GMT, 120', 120_000],
  ])('%s means %i ms', (header, pauseMs) => expect(parseRetryAfter(header, now)).toBe(pauseMs));

  test('of two header lines the longer counts, and 503 with one is a throttle', async () => {
    const error = await failureOf({
      status: 503,
      headers: [
        ['Retry-After', '30'],
        ['Retry-After', '120'],
      ],
      body: '',
    });
    expect(error).toMatchObject({ failure: 'throttled', retryAfterMs: 120_000 });
  });

  test('503 with one that nobody can read is a throttle too, without a length', async () => {
    const error = await failureOf({ status: 503, headers: [['Retry-After', 'soon']], body: '' });
    expect(error).toMatchObject({ failure: 'throttled', retryAfterMs: null });
  });
});

describe('UP06', () => {
  test('a refusal that mentions tokens holds the queue, and fails no task', async () => {
    const bench = await benchWith({ code: '47199', message: 'access token is invalid or expired' });
    const id = await bench.submit(
      Array.from({ length: 12 }, () => ({})),
      { systems: ['WELINK'] },
    );
    const state = await untilCircuit(bench, 'WELINK', 'OPEN');
    expect(state.circuit_reason).toBe('UPSTREAM_TOKEN_REFUSED');
    expect((await bench.tasks(id)).filter(({ status }) => status === 'FAILED')).toEqual([]);
    await bench.sandbox.control.removeFaults();
    await moveTrial(bench, 'WELINK', 'now');
    expect((await bench.finished(id)).status).toBe('COMPLETED');
  });

  test('an unknown refusal of several people is the system’s: the queue is held, and the first few wait too', async () => {
    const bench = await benchWith({ code: '47999', message: 'something else' });
    const id = await bench.submit(
      Array.from({ length: 40 }, () => ({})),
      { systems: ['WELINK'] },
    );
    const state = await untilCircuit(bench, 'WELINK', 'OPEN');
    expect(state.circuit_reason).toBe('UPSTREAM_REFUSES_ALL');
    // The first two wait with the others while the system is still held: nobody is refused for good.
    await bench.until('nobody being refused', async () => {
      const tasks = await bench.tasks(id);
      return tasks.every(({ status }) => status !== 'FAILED') ? true : null;
    });
    expect(await systemState(bench, 'WELINK')).toMatchObject({ circuit: 'OPEN' });
    await bench.sandbox.control.removeFaults();
    await moveTrial(bench, 'WELINK', 'now');
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    expect(await systemState(bench, 'WELINK')).toMatchObject({ circuit: 'CLOSED' });
  });

  test('a code of the Setting is about each person', async () => {
    const bench = await benchWith(
      { code: '47999', message: 'something else' },
      { upstream_rejection_codes: ['47999'] },
    );
    const id = await bench.submit(
      Array.from({ length: 5 }, () => ({})),
      { systems: ['WELINK'] },
    );
    const request = await bench.finished(id);
    expect(request.items.map(({ error_code }) => error_code)).toEqual(
      Array.from({ length: 5 }, () => 'UPSTREAM_REJECTED'),
    );
    expect(await systemState(bench, 'WELINK')).toMatchObject({ circuit: 'CLOSED' });
  });

  test.each([
    [{ code: '1000 ', message: 'x' }, 'UPSTREAM_TOKEN_REFUSED'],
    [{ code: 1000, message: 'x' }, 'UPSTREAM_TOKEN_REFUSED'],
    [{ code: 41401, message: 'x' }, 'UPSTREAM_CREDENTIALS'],
    [{ code: '47199', message: 'access token is invalid or expired' }, 'UPSTREAM_TOKEN_REFUSED'],
    [{ code: '47200', message: '应用没有权限调用该接口' }, 'UPSTREAM_CREDENTIALS'],
    [{ code: '47201', message: '请求过于频繁，请稍后再试' }, 'UPSTREAM_THROTTLED'],
    [{ code: '47202', message: 'mobile number format error' }, 'UPSTREAM_REJECTED'],
    [{ code: '47003', message: 'empty parameter' }, 'UPSTREAM_REJECTED'],
  ])('%o is %s', (body, code) => {
    expect(judgeCreate({ status: 200, body })).toMatchObject({ kind: 'failure', code });
  });

  test.each(['手机号格式错误', 'department does not exist', '工号已被占用', ''])(
    '"%s" says nothing of us',
    (words) => expect(meaningOfWords(words)).toBeNull(),
  );
});

describe('UP07', () => {
  test('a page in place of an answer is named, by its title', async () => {
    const page = {
      status: 200,
      headers: [['content-type', 'text/html']] as const,
      body: sampleBytes('http-01-login-page.html'),
    };
    expect((await failureOf(page)).message).toContain('统一身份认证');
    expect(await failureOf(page)).toMatchObject({
      failure: 'uncertain',
      code: 'UPSTREAM_GARBAGE',
      parameters: { variant: 'HTML', title: '统一身份认证' },
    });
    expect(await failureOf({ ...page, operation: 'token' })).toMatchObject({
      failure: 'credentials',
      code: 'UPSTREAM_ADDRESS',
    });
  });

  test.each([
    ['in the middle', '{"code":"0","data":{"userId":"u1","na'],
    ['inside a character', Buffer.from('{"code":"0","message":"成功').subarray(0, -1)],
  ])('an answer without a length that ends %s was cut: whether it acted is unknown', async (_, body) => {
    const answer = { status: 200, headers: [['connection', 'close']] as const, body };
    expect(await failureOf(answer)).toMatchObject({ failure: 'uncertain', code: 'ANSWER_LOST' });
  });

  test.each(['', '{"code":"0"}}', 'OK'])('"%s" is whole, and is no answer', async (body) => {
    const answer = { status: 200, headers: [], body };
    expect(await failureOf(answer)).toMatchObject({ failure: 'uncertain', code: 'UPSTREAM_GARBAGE' });
  });

  test.each([204, 205, 200])('nothing at all with HTTP %i is no answer', async (status) => {
    expect(await failureOf({ status, headers: [], body: '' })).toMatchObject({
      failure: 'uncertain',
      code: 'UPSTREAM_GARBAGE',
    });
  });

  test.each([
    ['text/html; charset=gbk', Buffer.from('<html><head><title>\xcd\xb3\xd2\xbb</title>', 'latin1'), '统一'],
    ['application/json', Buffer.from('\n <!DOCTYPE html><HTML><TITLE lang="zh">登录</TITLE></HTML>'), '登录'],
    ['text/plain', Buffer.from('<body>502</body>'), 'HTML'],
  ])('a page as %s is one', async (type, body, title) => {
    const answer = { status: 200, headers: [['content-type', type]] as const, body };
    expect(await failureOf(answer)).toMatchObject({ parameters: { variant: 'HTML', title } });
  });

  test('words in GBK arrive as they were written', async () => {
    const body = await bodyOf({ status: 200, headers: [], body: sampleBytes('http-02-gbk-body.json') });
    expect(body).toMatchObject({ code: '43999', message: expect.stringContaining('系统繁忙') });
  });
});

async function benchWith(
  refusal: { readonly code: string; readonly message: string },
  settings: Readonly<Record<string, unknown>> = {},
) {
  const bench = await ProvisioningBench.start({
    settings: { account_dependencies: { IDAAS: [], WELINK: [], EMAIL: ['IDAAS'] }, ...settings },
  });
  open.push(() => bench.stop());
  await bench.sandbox.control.addFault({
    system: 'WELINK',
    operation: 'create',
    fault: 'business-error',
    times: 'forever',
    ...refusal,
  });
  return bench;
}

interface RawAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | Uint8Array;
  readonly operation?: 'create' | 'token';
}

async function ask(answer: RawAnswer): Promise<HttpAnswer> {
  const server: Server = createServer((_, response) => {
    response.writeHead(answer.status, answer.headers.flat());
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const http = createUpstreamHttp({
    system: 'WELINK',
    timeoutMs: 2_000,
    maxSockets: 1,
    logger: createLogger({ level: 'silent', pretty: false }),
  });
  open.push(async () => {
    http.close();
    await new Promise((resolve) => server.close(resolve));
  });
  return http.send(
    {
      operation: answer.operation ?? 'create',
      method: 'POST',
      url: `http://127.0.0.1:${portOf(server)}/`,
      headers: {},
      body: {},
      employeeNumber: null,
      idempotent: false,
      confidential: [],
      judge: (given) => (given.body === undefined ? { kind: 'unknown' } : { kind: 'answer', answer: given }),
    },
    { signal: new AbortController().signal, acquire: async () => {} },
  );
}

async function failureOf(answer: RawAnswer): Promise<Error> {
  const error = await ask(answer).catch((thrown: unknown) => thrown);
  if (!(error instanceof Error)) throw new Error('it did not fail');
  return error;
}

async function bodyOf(answer: RawAnswer): Promise<unknown> {
  return (await ask(answer)).body;
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}
