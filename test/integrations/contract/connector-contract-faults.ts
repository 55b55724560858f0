import { describe, expect, it } from 'vitest';
import { type ContractSetup, HASTY_MS, newIntent, type PlayedFault } from './connector-contract-setup.ts';

/** What makes the effect of a create unknown, for connectors of every kind. */
export const uncertainCreates: readonly (PlayedFault & { readonly expected: string })[] = [
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

const inTenSeconds = () => new Date(Date.now() + 10_000).toUTCString();
/** How a system asks to be left alone, and how long that is. */
export const throttledCalls: readonly {
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

/** What becomes of a call that is not answered as it should be: lost, never sent, throttled. */
export function describeFaults(setup: ContractSetup): void {
  describe('a create whose effect nobody knows', () => {
    for (const { expected, ...fault } of uncertainCreates) {
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
    for (const { name, fault, within } of throttledCalls) {
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
}
