import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { upstreamErrors } from '../domain/provisioning/upstream-error-catalogue.ts';
import { createLogger } from '../logger.ts';
import type { AccountIntent, Connector, ConnectorDefinition, UpstreamCall } from './connector.ts';
import { UpstreamError } from './errors.ts';

/** A fault to play on the next call, in the sandbox's words. */
export interface PlayedFault {
  readonly operation: 'token' | 'create' | 'find' | 'disable' | '*';
  readonly fault: string;
  readonly times?: number | 'forever';
  readonly status?: number;
  readonly retryAfter?: string | number;
  readonly code?: string;
  readonly message?: string;
  readonly delayMs?: number;
}

/** One system played over real HTTP, as far as the contract needs it. */
export interface PlayedUpstream {
  /** The definition's variables, pointing here. */
  readonly environment: Readonly<Record<string, string>>;
  /** Its password, to see that it never shows; and the variable that holds it. */
  readonly secret: { readonly variable: string; readonly value: string };
  /** False for a system with one static token. */
  readonly usesTokens: boolean;
  play(fault: PlayedFault): Promise<void>;
  stopFaults(): Promise<void>;
  /** How many such calls arrived. */
  calls(operation: PlayedFault['operation']): number;
  /** Accounts that came into being or changed through calls. */
  effects(): number;
  whenCalled(operation: PlayedFault['operation'], count: number): Promise<void>;
  expireTokens(): void;
  /** Puts an account in place that is this person's. */
  holdOurs(intent: AccountIntent): void;
  /** Puts an account of somebody else in place that stands in this person's way. */
  holdSomebodyElses(intent: AccountIntent): void;
  close(): Promise<void>;
}

/** Long enough for any loopback call, short enough to wait for. */
const PATIENT_MS = 5_000;
const HASTY_MS = 150;
const MAX_SOCKETS = 32;

let people = 0;

/** A person nobody has seen before, with everything every system needs. */
export function newIntent(change: Partial<AccountIntent> = {}): AccountIntent {
  people += 1;
  const employeeNumber = `P${String(people).padStart(5, '0')}`;
  return {
    employeeNumber,
    fullName: `王小明${people}`,
    englishName: 'wangxiaoming',
    username: `w${employeeNumber}`,
    emailAddress: `wangxiaoming${people}@example.com`,
    phone: { countryCode: '86', nationalNumber: String(13_800_000_000 + people), mobile: true },
    department: { idaasDepartmentCode: 'D100', ou: 'OU=Sales' },
    personType: { idaasUserType: 'employee', welinkPersonType: '正式员工' },
    ...change,
  };
}

/** What a test needs: a system of its own, a connector to it, and calls whose permits are counted. */
export interface ContractBundle {
  readonly upstream: PlayedUpstream;
  readonly connector: Connector;
  readonly call: UpstreamCall;
  permits(): number;
}

/** Starts one played system and connects to it; `close` ends both. */
export async function connectTo(
  definition: ConnectorDefinition,
  options: {
    readonly upstream: PlayedUpstream;
    readonly timeoutMs?: number;
    readonly environment?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
  },
): Promise<ContractBundle> {
  const { upstream } = options;
  const config = definition.environment.parse({ ...upstream.environment, ...options.environment });
  const connector = definition.connect(config, {
    logger: createLogger({ level: 'silent', pretty: false }),
    timeoutMs: options.timeoutMs ?? PATIENT_MS,
    maxSockets: MAX_SOCKETS,
    setting: () => undefined,
  });
  let permits = 0;
  const call: UpstreamCall = {
    signal: options.signal ?? new AbortController().signal,
    acquire: async () => {
      permits += 1;
    },
  };
  return { upstream, connector, call, permits: () => permits };
}

/** The `UpstreamError` that `work` ends with; everything about it that could be stored or logged must be clean. */
export async function failureOf(
  work: Promise<unknown>,
  confidential: readonly (string | undefined)[] = [],
): Promise<UpstreamError> {
  const error: unknown = await work.then(
    (value) => expect.fail(`expected a failure, got ${inspect(value)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof UpstreamError)) throw error;
  const shown = `${inspect(error, { depth: 12, showHidden: true })} ${JSON.stringify(error)} ${error.message}`;
  for (const value of [...confidential, 'sandbox-token-'])
    if (value !== undefined) expect(shown).not.toContain(value);
  expect(Object.keys(upstreamErrors)).toContain(error.code);
  return error;
}

/**
 * Registers the tests that every connector must pass, against `start`'s system over real HTTP: what becomes of each
 * way in which a call can go well or fail (STYLE.md, "How a call to an upstream fails").
 */
export function describeConnector(
  definition: ConnectorDefinition,
  start: () => Promise<PlayedUpstream>,
): void {
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  async function setup(options: Partial<Parameters<typeof connectTo>[1]> = {}) {
    const upstream = await start();
    const bundle = await connectTo(definition, { ...options, upstream });
    open.push(bundle.connector, upstream);
    const intent = newIntent();
    const confidential = [upstream.secret.value, intent.phone?.nationalNumber, intent.fullName];
    const { connector, call } = bundle;
    const ensure = (signal: AbortSignal = call.signal) =>
      connector.ensureAccount(intent, { ...call, signal });
    const fail = (work: Promise<unknown>) => failureOf(work, confidential);
    return { ...bundle, intent, ensure, fail };
  }

  describe(`${definition.system} connector`, () => {
    describe('creating', () => {
      it('creates one account', async () => {
        const { ensure, upstream, permits } = await setup();
        await expect(ensure()).resolves.toMatchObject({ outcome: 'CREATED' });
        expect(upstream.effects()).toBe(1);
        expect(permits()).toBe(1);
      });

      it('adopts an account that is already this person’s', async () => {
        const { ensure, upstream, intent } = await setup();
        upstream.holdOurs(intent);
        await expect(ensure()).resolves.toMatchObject({ outcome: 'ADOPTED' });
        expect(upstream.effects()).toBe(0);
      });

      it('ends in one account when it is called again', async () => {
        const { ensure, upstream } = await setup();
        const first = await ensure();
        await expect(ensure()).resolves.toMatchObject({ outcome: 'ADOPTED', identifier: first.identifier });
        expect(upstream.effects()).toBe(1);
      });

      it('is a conflict when somebody else stands in the way', async () => {
        const { ensure, fail, upstream, intent } = await setup();
        upstream.holdSomebodyElses(intent);
        expect(await fail(ensure())).toMatchObject({ failure: 'conflict' });
        expect(upstream.effects()).toBe(0);
      });

      it('adopts when a proxy delivered the request twice', async () => {
        const { ensure, upstream } = await setup();
        await upstream.play({ operation: 'create', fault: 'duplicate' });
        await expect(ensure()).resolves.toMatchObject({ outcome: 'ADOPTED' });
        expect(upstream.effects()).toBe(1);
      });
    });

    describe('a create whose effect nobody knows', () => {
      const cases: readonly (PlayedFault & { readonly expected: string })[] = [
        { operation: 'create', fault: 'answer-lost', expected: 'ANSWER_LOST' },
        { operation: 'create', fault: 'reset', expected: 'ANSWER_LOST' },
        { operation: 'create', fault: 'half', expected: 'ANSWER_LOST' },
        { operation: 'create', fault: 'status', status: 500, expected: 'UPSTREAM_SERVER_ERROR' },
        { operation: 'create', fault: 'status', status: 502, expected: 'UPSTREAM_SERVER_ERROR' },
        { operation: 'create', fault: 'status', status: 503, expected: 'UPSTREAM_SERVER_ERROR' },
        { operation: 'create', fault: 'status', status: 504, expected: 'UPSTREAM_SERVER_ERROR' },
        { operation: 'create', fault: 'garbage', expected: 'UPSTREAM_GARBAGE' },
        { operation: 'create', fault: 'html', expected: 'UPSTREAM_GARBAGE' },
        { operation: 'create', fault: 'empty', expected: 'UPSTREAM_GARBAGE' },
        { operation: 'create', fault: 'huge', expected: 'UPSTREAM_ANSWER_TOO_LARGE' },
        { operation: 'create', fault: 'gzip-bomb', expected: 'UPSTREAM_ANSWER_TOO_LARGE' },
      ];
      for (const { expected, ...fault } of cases) {
        it(`is uncertain and sent once: ${fault.fault} ${fault.status ?? ''}`, async () => {
          const { ensure, fail, upstream, permits } = await setup();
          await upstream.play(fault);
          expect(await fail(ensure())).toMatchObject({ failure: 'uncertain', code: expected });
          expect(upstream.calls('create')).toBe(1);
          expect(permits()).toBe(1);
        });
      }

      it('ends in one account when it is sent again after a lost answer', async () => {
        const { ensure, fail, upstream } = await setup();
        await upstream.play({ operation: 'create', fault: 'answer-lost' });
        await fail(ensure());
        await expect(ensure()).resolves.toMatchObject({ outcome: 'ADOPTED' });
        expect(upstream.effects()).toBe(1);
      });

      it('is uncertain when no answer comes in time', async () => {
        const { ensure, fail, upstream } = await setup({ timeoutMs: HASTY_MS });
        await upstream.play({ operation: 'create', fault: 'hang' });
        expect(await fail(ensure())).toMatchObject({ failure: 'uncertain', code: 'UPSTREAM_TIMEOUT' });
        expect(upstream.calls('create')).toBe(1);
      });

      it('is uncertain when the caller aborts after it was sent', async () => {
        const { ensure, fail, upstream } = await setup();
        await upstream.play({ operation: 'create', fault: 'hang' });
        const abort = new AbortController();
        const failure = fail(ensure(abort.signal));
        await upstream.whenCalled('create', 1);
        abort.abort(new Error('shutting down'));
        expect(await failure).toMatchObject({ failure: 'uncertain', code: 'ANSWER_LOST' });
      });
    });

    describe('a call that was never sent', () => {
      it('is retryable when the connection is refused', async () => {
        const { ensure, fail, upstream, connector, call } = await setup();
        // Leaves us with a token and without a socket: a socket kept alive would make it a lost answer.
        await upstream.play({ operation: 'create', fault: 'answer-lost' });
        await fail(connector.ensureAccount(newIntent(), call));
        await upstream.play({ operation: '*', fault: 'refuse' });
        expect(await fail(ensure())).toMatchObject({ failure: 'retryable', code: 'UPSTREAM_UNREACHABLE' });
        await upstream.stopFaults();
        await expect(ensure()).resolves.toMatchObject({ outcome: 'CREATED' });
      });

      it('ends with the caller’s own reason when it aborts first', async () => {
        const reason = new Error('shutting down');
        const { ensure, upstream } = await setup();
        await expect(ensure(AbortSignal.abort(reason))).rejects.toBe(reason);
        expect(upstream.calls('*')).toBe(0);
      });

      it('ends with the caller’s own reason when it aborts while waiting for a permit', async () => {
        const { connector, upstream, intent } = await setup();
        const abort = new AbortController();
        const reason = new Error('shutting down');
        const acquire = async () => {
          abort.abort(reason);
          abort.signal.throwIfAborted();
        };
        await expect(connector.ensureAccount(intent, { signal: abort.signal, acquire })).rejects.toBe(reason);
        expect(upstream.calls('create')).toBe(0);
      });
    });

    describe('a call that is throttled', () => {
      const inTenSeconds = () => new Date(Date.now() + 10_000).toUTCString();
      const cases: readonly {
        name: string;
        fault: () => Partial<PlayedFault>;
        within: readonly [number, number];
      }[] = [
        { name: 'seconds', fault: () => ({ retryAfter: 7 }), within: [7_000, 7_000] },
        { name: 'a date', fault: () => ({ retryAfter: inTenSeconds() }), within: [8_000, 10_000] },
        { name: 'an absurd number', fault: () => ({ retryAfter: 99_999_999 }), within: [900_000, 900_000] },
        { name: 'nothing at all', fault: () => ({ retryAfter: 0 }), within: [1_000, 1_000] },
        { name: '503', fault: () => ({ retryAfter: 3, status: 503 }), within: [3_000, 3_000] },
      ];
      for (const { name, fault, within } of cases) {
        it(`waits as asked and no more than is sane: ${name}`, async () => {
          const { ensure, fail, upstream } = await setup();
          await upstream.play({ operation: 'create', fault: 'throttle', ...fault() });
          const error = await fail(ensure());
          expect(error).toMatchObject({ failure: 'throttled', code: 'UPSTREAM_THROTTLED' });
          expect(error.retryAfterMs).toBeGreaterThanOrEqual(within[0]);
          expect(error.retryAfterMs).toBeLessThanOrEqual(within[1]);
          expect(upstream.calls('create')).toBe(1);
        });
      }

      it('says so when the system does not say how long', async () => {
        const { ensure, fail, upstream } = await setup();
        await upstream.play({ operation: 'create', fault: 'throttle' });
        expect(await fail(ensure())).toMatchObject({ failure: 'throttled', retryAfterMs: null });
      });
    });

    describe('credentials', () => {
      it('are to blame for a redirect, which is never followed', async () => {
        const { ensure, fail, upstream } = await setup();
        await upstream.play({ operation: 'create', fault: 'redirect' });
        expect(await fail(ensure())).toMatchObject({ failure: 'credentials', code: 'UPSTREAM_REDIRECT' });
        expect(upstream.calls('*')).toBe(upstream.calls('token') + 1);
      });

      for (const status of [401, 403, 404]) {
        it(`are to blame for HTTP ${status} that lasts`, async () => {
          const { ensure, fail, upstream } = await setup();
          await upstream.play({ operation: 'create', fault: 'status', status, times: 'forever' });
          expect(await fail(ensure())).toMatchObject({ failure: 'credentials' });
        });
      }

      it('that are wrong are not tried again and again', async () => {
        const wrong = 'not-the-secret-at-all';
        const upstream = await start();
        open.push(upstream);
        const { connector, call } = await connectTo(definition, {
          upstream,
          environment: { [upstream.secret.variable]: wrong },
        });
        open.push(connector);
        for (let attempt = 0; attempt < 10; attempt += 1) {
          const error = await failureOf(connector.ensureAccount(newIntent(), call), [wrong]);
          expect(error.failure).toBe('credentials');
        }
        expect(upstream.calls('token')).toBe(upstream.usesTokens ? 1 : 0);
        expect(upstream.effects()).toBe(0);
        await expect(connector.checkHealth(call)).resolves.toMatchObject({
          reachable: true,
          credentialsAccepted: false,
        });
      });

      it('that expire in the middle of a batch cost one new token for all', async () => {
        const { connector, call, upstream } = await setup();
        await connector.ensureAccount(newIntent(), call);
        upstream.expireTokens();
        const batch = Array.from({ length: 20 }, () => connector.ensureAccount(newIntent(), call));
        for (const { outcome } of await Promise.all(batch)) expect(outcome).toBe('CREATED');
        expect(upstream.calls('token')).toBe(upstream.usesTokens ? 2 : 0);
        expect(upstream.effects()).toBe(21);
      });

      it('that are refused once are renewed once, where they can be', async () => {
        const { ensure, fail, upstream } = await setup();
        await upstream.play({ operation: 'create', fault: 'token-expired' });
        if (upstream.usesTokens) await expect(ensure()).resolves.toMatchObject({ outcome: 'CREATED' });
        else expect(await fail(ensure())).toMatchObject({ failure: 'credentials' });
      });

      it('cannot be had while the token call fails, and nothing is sent then', async () => {
        const { ensure, fail, upstream } = await setup();
        if (!upstream.usesTokens) return;
        await upstream.play({ operation: 'token', fault: 'status', status: 500, times: 'forever' });
        expect(await fail(ensure())).toMatchObject({ failure: 'retryable', code: 'UPSTREAM_SERVER_ERROR' });
        await upstream.stopFaults();
        await upstream.play({ operation: 'token', fault: 'status', status: 400 });
        expect(await fail(ensure())).toMatchObject({ failure: 'credentials' });
        expect(upstream.calls('create')).toBe(0);
      });
    });

    describe('what the system says', () => {
      it('rejects for good what it does not know', async () => {
        const { ensure, fail, upstream } = await setup();
        await upstream.play({
          operation: 'create',
          fault: 'business-error',
          code: '98765',
          message: 'no such colour',
        });
        const error = await fail(ensure());
        expect(error).toMatchObject({ failure: 'permanent', code: 'UPSTREAM_REJECTED' });
        expect(error.parameters['vendorMessage']).toBe('no such colour');
      });

      it('rejects for good beside HTTP 400 and 422', async () => {
        for (const status of [400, 422]) {
          const { ensure, fail, upstream } = await setup();
          await upstream.play({ operation: 'create', fault: 'status', status });
          expect(await fail(ensure())).toMatchObject({
            failure: 'permanent',
            vendor: { httpStatus: status },
          });
        }
      });

      it('is stored without secrets, names and full phone numbers', async () => {
        const { ensure, fail, upstream, intent } = await setup();
        const echoed = `${intent.fullName} ${intent.phone?.nationalNumber} ${upstream.secret.value}`;
        await upstream.play({
          operation: 'create',
          fault: 'business-error',
          code: '98765',
          message: `bad: ${echoed}`,
        });
        const error = await fail(ensure());
        expect(error.message).toContain('bad:');
      });
    });

    describe('looking up', () => {
      it('finds nobody, then ours', async () => {
        const { connector, call, intent, ensure } = await setup();
        if (connector.findAccount === undefined) return;
        await expect(connector.findAccount(intent, call)).resolves.toBeNull();
        const { identifier } = await ensure();
        await expect(connector.findAccount(intent, call)).resolves.toMatchObject({ identifier });
      });

      it('does not find what the system does not show yet', async () => {
        const { connector, call, intent, ensure, upstream } = await setup();
        if (connector.findAccount === undefined) return;
        await upstream.play({ operation: 'create', fault: 'invisible', delayMs: 60_000 });
        await ensure();
        await expect(connector.findAccount(intent, call)).resolves.toBeNull();
      });

      it('is repeated after a passing fault, with a permit for each time', async () => {
        const { connector, call, intent, upstream, permits } = await setup();
        if (connector.findAccount === undefined) return;
        await upstream.play({ operation: 'find', fault: 'status', status: 502 });
        await upstream.play({ operation: 'find', fault: 'reset' });
        await expect(connector.findAccount(intent, call)).resolves.toBeNull();
        expect(upstream.calls('find')).toBe(3);
        expect(permits()).toBe(3);
      });

      it('is retryable, never uncertain, when faults last', async () => {
        const { connector, call, intent, upstream, fail } = await setup({ timeoutMs: HASTY_MS });
        if (connector.findAccount === undefined) return;
        for (const fault of ['status', 'html', 'half', 'hang']) {
          await upstream.play({ operation: 'find', fault, times: 'forever' });
          expect(await fail(connector.findAccount(intent, call))).toMatchObject({ failure: 'retryable' });
          await upstream.stopFaults();
        }
      });
    });

    describe('switching off', () => {
      it('is done when it is done already, or was never there', async () => {
        const { connector, call, ensure, upstream } = await setup();
        if (connector.disableAccount === undefined) return;
        const account = await ensure();
        await connector.disableAccount(account, call);
        await connector.disableAccount(account, call);
        await connector.disableAccount({ identifier: 'nobody' }, call);
        expect(upstream.effects()).toBe(2);
      });
    });

    describe('health', () => {
      it('is good when the system answers and accepts us', async () => {
        const { connector, call, upstream } = await setup();
        const good = { reachable: true, credentialsAccepted: true, detail: null };
        await expect(connector.checkHealth(call)).resolves.toEqual(good);
        expect(upstream.effects()).toBe(0);
      });

      it('says when the system cannot be reached', async () => {
        const { connector, call, upstream } = await setup();
        await upstream.play({ operation: '*', fault: 'refuse' });
        await expect(connector.checkHealth(call)).resolves.toMatchObject({ reachable: false });
      });
    });
  });
}
