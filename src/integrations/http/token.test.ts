import { describe, expect, it } from 'vitest';
import { type FailureClass, UpstreamError } from '../contract/errors.ts';
import { createTokenCache, earlyRefreshSeconds, withToken } from './token.ts';

const signal = new AbortController().signal;

/** A cache over a scripted token call and a clock that stands still until it is told. */
function setup() {
  let nowMs = 0;
  let calls = 0;
  let failure: UpstreamError | null = null;
  let gate: Promise<void> = Promise.resolve();
  const cache = createTokenCache(
    async () => {
      calls += 1;
      const token = `t${calls}`;
      await gate;
      if (failure !== null) throw failure;
      return { token, lifetimeSeconds: 7_200 };
    },
    () => nowMs,
  );
  return {
    cache,
    calls: () => calls,
    passSeconds: (seconds: number) => {
      nowMs += seconds * 1_000;
    },
    failWith: (failureClass: FailureClass | null, retryAfterMs?: number) => {
      const options = { system: 'X', code: 'X', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
      failure = failureClass === null ? null : new UpstreamError('no', { ...options, failure: failureClass });
    },
    hold: () => {
      const held = Promise.withResolvers<void>();
      gate = held.promise;
      return held.resolve;
    },
  };
}

describe('earlyRefreshSeconds', () => {
  it('is 300 s or 5 % of life, whichever is more, and never more than half of it', () => {
    expect(earlyRefreshSeconds(7_200)).toBe(360);
    expect(earlyRefreshSeconds(3_600)).toBe(300);
    expect(earlyRefreshSeconds(86_399)).toBeCloseTo(4_319.95);
    expect(earlyRefreshSeconds(60)).toBe(30);
  });
});

describe('token cache', () => {
  it('makes one call however many ask at once', async () => {
    const { cache, calls, hold } = setup();
    const letGo = hold();
    const tokens = Promise.all(Array.from({ length: 50 }, () => cache.get(signal)));
    letGo();
    expect(new Set(await tokens)).toEqual(new Set(['t1']));
    expect(calls()).toBe(1);
  });

  it('renews early, and keeps the old token while renewing fails', async () => {
    const { cache, calls, passSeconds, failWith } = setup();
    await cache.get(signal);
    passSeconds(7_200 - 361);
    await expect(cache.get(signal)).resolves.toBe('t1');
    passSeconds(2);
    failWith('retryable');
    await expect(cache.get(signal)).resolves.toBe('t1');
    expect(calls()).toBe(2);
    passSeconds(400);
    await expect(cache.get(signal)).rejects.toMatchObject({ failure: 'retryable' });
  });

  it('drops a refused token once, not the one that replaced it', async () => {
    const { cache, calls } = setup();
    const refused = await cache.get(signal);
    cache.invalidate(refused);
    await expect(cache.get(signal)).resolves.toBe('t2');
    cache.invalidate(refused);
    await expect(cache.get(signal)).resolves.toBe('t2');
    expect(calls()).toBe(2);
  });

  it('remembers a refusal for 5 s, then 10, up to 5 min, and forgets it on success', async () => {
    const { cache, calls, passSeconds, failWith } = setup();
    failWith('credentials');
    const pauses = [5, 10, 20, 40, 80, 160, 300, 300];
    for (const [index, seconds] of pauses.entries()) {
      await expect(cache.get(signal)).rejects.toMatchObject({ failure: 'credentials' });
      passSeconds(seconds - 1);
      await expect(cache.get(signal)).rejects.toMatchObject({ failure: 'credentials' });
      expect(calls()).toBe(index + 1);
      passSeconds(1);
    }
    failWith(null);
    await cache.get(signal);
    cache.invalidate(await cache.get(signal));
    failWith('credentials');
    await expect(cache.get(signal)).rejects.toMatchObject({ failure: 'credentials' });
    passSeconds(5);
    failWith(null);
    await expect(cache.get(signal)).resolves.toMatch(/^t/);
  });

  it('waits as long as a throttled token call asked, and asks at once after a passing fault', async () => {
    const { cache, calls, passSeconds, failWith } = setup();
    failWith('throttled', 60_000);
    await expect(cache.get(signal)).rejects.toMatchObject({ failure: 'throttled' });
    passSeconds(59);
    await expect(cache.get(signal)).rejects.toMatchObject({ failure: 'throttled' });
    expect(calls()).toBe(1);
    passSeconds(1);
    failWith('retryable');
    await expect(cache.get(signal)).rejects.toMatchObject({ failure: 'retryable' });
    failWith(null);
    await expect(cache.get(signal)).resolves.toBe('t3');
  });

  it('lets one caller abort without taking the token from the others', async () => {
    const { cache, hold } = setup();
    const letGo = hold();
    const abort = new AbortController();
    const reason = new Error('gone');
    const [impatient, patient] = [cache.get(abort.signal), cache.get(signal)];
    abort.abort(reason);
    await expect(impatient).rejects.toBe(reason);
    letGo();
    await expect(patient).resolves.toBe('t1');
  });

  it('asks again by hand even while a refusal is remembered', async () => {
    const { cache, calls, failWith } = setup();
    failWith('credentials');
    await expect(cache.get(signal)).rejects.toMatchObject({ failure: 'credentials' });
    failWith(null);
    await cache.renew(signal);
    await expect(cache.get(signal)).resolves.toBe('t2');
    expect(calls()).toBe(2);
  });
});

describe('withToken', () => {
  it('gives up after the second refusal, and renews for nothing else', async () => {
    const { cache, calls } = setup();
    const used: string[] = [];
    const work = async (token: string): Promise<never> => {
      used.push(token);
      throw new Error('refused');
    };
    await expect(withToken(cache, { signal, isRefused: () => true, work })).rejects.toThrow('refused');
    expect(used).toEqual(['t1', 't2']);
    await expect(withToken(cache, { signal, isRefused: () => false, work })).rejects.toThrow('refused');
    expect(used).toEqual(['t1', 't2', 't2']);
    expect(calls()).toBe(2);
  });
});
