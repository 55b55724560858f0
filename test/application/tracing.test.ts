import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { API_KEY, ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { type Receiver, startReceiver } from '../setup/receivers.ts';

const value = z.object({
  stringValue: z.string().optional(),
  intValue: z.union([z.string(), z.number()]).optional(),
});
const exported = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(z.object({ key: z.string(), value })) }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
              attributes: z.array(z.object({ key: z.string(), value })),
            }),
          ),
        }),
      ),
    }),
  ),
});

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const NAME = '阙霁雯';

let collector: Receiver;
let bench: ApiBench;
let stopped = false;

beforeAll(async () => {
  collector = await startReceiver();
  bench = await ApiBench.start({
    variables: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'accounts-of-the-test' },
  });
  await bench.portal.mapDepartments(['D001']);
});
afterAll(async () => {
  if (!stopped) await bench.stop();
  await collector.close();
});

/** Every span the collector has, with its attributes by name. */
function spans() {
  return collector.posts
    .filter(({ path }) => path === '/v1/traces')
    .flatMap(({ body }) => exported.parse(JSON.parse(body)).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
    .map(({ attributes, ...span }) => ({
      ...span,
      attributes: Object.fromEntries(
        attributes.map((one) => [one.key, one.value.stringValue ?? Number(one.value.intValue)]),
      ),
    }));
}

describe('a request that a caller traces', () => {
  it('is one trace from the call through the jobs to the calls of the systems', async () => {
    const batch = batchOf(1);
    const [person] = batch.userList;
    if (person === undefined) throw new Error('nobody');
    person.employeeName = NAME;
    await bench.sandbox.control.addFault({
      system: 'WELINK',
      operation: 'create',
      fault: 'business-error',
      code: '98765',
      message: `refused ${NAME} ${person.phoneNumber}`,
    });
    const response = await fetch(`${bench.url}?access_token=of-the-query`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${API_KEY}`,
        traceparent: `00-${TRACE}-${CALLER}-01`,
      },
      body: JSON.stringify({
        query: `mutation Bring($input: CreateAccountsInput!) { createAccounts(input: $input) { request { requestId } } }`,
        variables: { input: batch },
      }),
    });
    const { data } = await response.json();
    const { requestId } = data.createAccounts.request;
    await bench.portal.finished(requestId);
    const { rows } = await sql<{ traceparent: string }>`
      select traceparent from account_request where request_id = ${requestId}`.execute(bench.db);
    expect(rows[0]?.traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    const created = bench.sandbox.control.ledger({ operation: 'create' }).length;
    stopped = true;
    await bench.stop();

    const ofTrace = spans().filter(({ traceId }) => traceId === TRACE);
    const named = (name: string) => ofTrace.filter((span) => span.name === name);
    const [server] = named('POST /graphql');
    expect(server).toMatchObject({
      parentSpanId: CALLER,
      attributes: { 'http.route': '/graphql', 'http.response.status_code': 200 },
    });
    const [operation] = named('mutation Bring');
    expect(operation?.parentSpanId).toBe(server?.spanId);
    const [intake] = named('job provisioning.intake-request');
    expect(intake?.parentSpanId).toBe(operation?.spanId);
    expect(named('plan')[0]?.parentSpanId).toBe(intake?.spanId);
    const attempts = ofTrace.filter(({ name }) => name.startsWith('attempt '));
    expect(attempts.map(({ name }) => name).sort()).toEqual([
      'attempt EMAIL',
      'attempt IDAAS',
      'attempt WELINK',
    ]);
    for (const attempt of attempts) expect(attempt.parentSpanId).toBe(operation?.spanId);
    expect(named('attempt WELINK')[0]?.attributes).toMatchObject({
      'accountsync.outcome': 'permanent',
      'error.type': 'UPSTREAM_REJECTED',
    });
    const calls = ofTrace.filter(({ name }) => name.endsWith(' create'));
    expect(calls).toHaveLength(created);
    const attemptIds = attempts.map(({ spanId }) => spanId);
    for (const call of calls) {
      expect(attemptIds).toContain(call.parentSpanId);
      expect(call.attributes).toMatchObject({
        'http.request.method': 'POST',
        'http.response.status_code': 200,
        'server.address': expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        'url.template': expect.stringMatching(/^\/[\w/-]+$/),
      });
    }
    const told = collector.posts.map(({ body }) => body).join('\n');
    expect(told).toContain('accounts-of-the-test');
    for (const secret of [
      NAME,
      person.phoneNumber,
      person.employeeNumber,
      'of-the-query',
      API_KEY,
      '示例公司',
    ])
      expect(told).not.toContain(secret);
  });
});
