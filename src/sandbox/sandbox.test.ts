import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxOptions } from './options.ts';
import { createFaultScript, type FaultInput } from './playing/faults.ts';
import type { PlayedCall } from './playing/played-system.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function setup(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ latencyMs: { min: 0, max: 0 }, ...options });
  open.push(sandbox);
  return sandbox;
}

async function api(sandbox: Sandbox, method: string, path: string, body?: unknown) {
  const response = await fetch(`${sandbox.controlUrl}/__sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, answer: await response.json() };
}

/** Enables a mailbox as the service would; the mailbox service needs no token call first. */
async function enable(sandbox: Sandbox, login: string): Promise<unknown> {
  const response = await fetch(`${sandbox.baseUrls.EMAIL}/api/Exchange/EnableMailbox`, {
    method: 'POST',
    headers: { authorization: sandbox.environment['EMAIL_AUTH_TOKEN'] ?? '' },
    body: JSON.stringify({ EnableMailboxList: [{ SAMAccountName: login, Alias: login }] }),
  });
  return await response.json();
}

function callFor(key: string): PlayedCall {
  const answer = { status: 200, body: {}, outcome: 'x', applied: false };
  return { operation: 'create', key, matchable: [key], perform: () => answer };
}

describe('fault script', () => {
  function hitsOf(input: FaultInput, keys: readonly string[]): boolean[] {
    const script = createFaultScript();
    script.add(input);
    return keys.map((key) => script.pick('WELINK', callFor(key)) !== null);
  }

  it('hits the given number of times, after the given number of calls', () => {
    const fault = { system: 'WELINK', fault: 'reset' } as const;
    expect(hitsOf(fault, ['a', 'b'])).toEqual([true, false]);
    expect(hitsOf({ ...fault, afterCalls: 1, times: 2 }, ['a', 'b', 'c', 'd'])).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(hitsOf({ ...fault, times: 'forever' }, ['a', 'b', 'c'])).toEqual([true, true, true]);
  });

  it('hits only what it matches', () => {
    const fault = { fault: 'reset', times: 'forever' } as const;
    expect(hitsOf({ ...fault, system: 'WELINK', match: 'b' }, ['a', 'b'])).toEqual([false, true]);
    expect(hitsOf({ ...fault, system: 'IDAAS' }, ['a'])).toEqual([false]);
    expect(hitsOf({ ...fault, system: '*', operation: 'find' }, ['a'])).toEqual([false]);
    expect(hitsOf({ ...fault, system: '*', operation: 'create' }, ['a'])).toEqual([true]);
  });

  it('plays the same dice for the same seed', () => {
    const keys = Array.from({ length: 200 }, (_, index) => String(index));
    const fault = { system: 'WELINK', fault: 'reset', times: 'forever', probability: 0.3 } as const;
    const first = hitsOf({ ...fault, seed: 7 }, keys);
    expect(hitsOf({ ...fault, seed: 7 }, keys)).toEqual(first);
    expect(hitsOf({ ...fault, seed: 8 }, keys)).not.toEqual(first);
    const hits = first.filter((hit) => hit).length;
    expect(hits).toBeGreaterThan(40);
    expect(hits).toBeLessThan(80);
  });
});

describe('sandbox over HTTP', () => {
  it('writes every call into the ledger, in order', async () => {
    const sandbox = await setup({ systems: ['EMAIL'] });
    await enable(sandbox, 'zE1');
    await enable(sandbox, 'zE1');
    const { answer } = await api(sandbox, 'GET', 'ledger?system=EMAIL&operation=create');
    expect(answer).toMatchObject({
      calls: [
        {
          sequence: 1,
          system: 'EMAIL',
          operation: 'create',
          key: 'zE1',
          outcome: 'created',
          applied: true,
          fault: null,
        },
        { sequence: 2, key: 'zE1', outcome: 'exists', applied: false },
      ],
    });
    expect((await api(sandbox, 'GET', 'counts')).answer).toEqual({
      calls: { 'EMAIL create': 2 },
      applied: { 'EMAIL create': 1 },
      accounts: { EMAIL: 1 },
    });
    expect((await api(sandbox, 'GET', 'accounts?system=EMAIL')).answer).toMatchObject({
      accounts: [{ key: 'zE1' }],
    });
  });

  it('adds, shows and removes faults, and says what is wrong with one', async () => {
    const sandbox = await setup({ systems: ['EMAIL'] });
    const wrong = await api(sandbox, 'POST', 'faults', { system: 'EMAIL', fault: 'explode' });
    expect(wrong).toMatchObject({ status: 400, answer: { error: expect.stringContaining('fault') } });
    const fault = { system: 'EMAIL', operation: 'create', fault: 'business-error', message: 'no' };
    const added = await api(sandbox, 'POST', 'faults', fault);
    expect(added.answer).toMatchObject({ fault: { id: 1, hits: 0 } });
    await expect(enable(sandbox, 'zE1')).resolves.toMatchObject({ jsonValue: { fail: [{ Message: 'no' }] } });
    expect((await api(sandbox, 'GET', 'faults')).answer).toMatchObject({
      faults: [{ hits: 1, rule: fault }],
    });
    await api(sandbox, 'DELETE', 'faults?id=1');
    expect((await api(sandbox, 'GET', 'faults')).answer).toEqual({ faults: [] });
  });

  it('refuses connections while told to, and takes them again on the same port', async () => {
    const sandbox = await setup({ systems: ['EMAIL'] });
    await api(sandbox, 'POST', 'faults', { system: 'EMAIL', fault: 'refuse' });
    await expect(enable(sandbox, 'zE1')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await api(sandbox, 'DELETE', 'faults');
    await expect(enable(sandbox, 'zE1')).resolves.toMatchObject({ jsonValue: { fail: [] } });
  });

  it('tells when calls have come, and lets hung ones go', async () => {
    const sandbox = await setup({ systems: ['EMAIL'] });
    await api(sandbox, 'POST', 'faults', { system: 'EMAIL', fault: 'hang' });
    const called = api(sandbox, 'GET', 'when-called?system=EMAIL&operation=create&count=1');
    const settled = api(sandbox, 'GET', 'when-called?system=EMAIL&operation=create&count=2&settled=true');
    const answer = enable(sandbox, 'zE1');
    expect((await called).answer).toEqual({ called: true });
    expect(sandbox.control.accounts()).toEqual([]);
    await api(sandbox, 'POST', 'release');
    await expect(answer).resolves.toMatchObject({ jsonValue: { fail: [] } });
    expect(sandbox.control.accounts()).toHaveLength(1);
    await enable(sandbox, 'zE2');
    expect((await settled).answer).toEqual({ called: true });
  });

  it('lets a call go that has come and does not hang yet', async () => {
    const sandbox = await setup({ systems: ['EMAIL'], latencyMs: { min: 50, max: 50 } });
    await sandbox.control.addFault({ system: 'EMAIL', fault: 'hang' });
    const answer = enable(sandbox, 'zE1');
    await sandbox.control.whenCalled({ system: 'EMAIL', count: 1 });
    sandbox.control.release();
    await expect(answer).resolves.toMatchObject({ jsonValue: { fail: [] } });
  });

  it('ends hung calls when it closes', async () => {
    const sandbox = await setup({ systems: ['EMAIL'] });
    await sandbox.control.addFault({ system: 'EMAIL', fault: 'hang' });
    const answer = enable(sandbox, 'zE1').then(
      () => 'answered',
      () => 'ended',
    );
    await sandbox.control.whenCalled({ system: 'EMAIL', count: 1 });
    await sandbox.close();
    await expect(answer).resolves.toBe('ended');
  });

  it('forgets everything on reset', async () => {
    const sandbox = await setup({ systems: ['EMAIL'] });
    await enable(sandbox, 'zE1');
    await api(sandbox, 'POST', 'faults', { system: 'EMAIL', fault: 'refuse' });
    await api(sandbox, 'POST', 'reset');
    expect(sandbox.control.counts()).toEqual({ calls: {}, applied: {}, accounts: {} });
    await expect(enable(sandbox, 'zE1')).resolves.toMatchObject({ jsonValue: { fail: [] } });
  });

  it('answers no browser', async () => {
    const sandbox = await setup({ systems: ['EMAIL'] });
    const response = await fetch(`${sandbox.controlUrl}/__sandbox/reset`, {
      method: 'POST',
      headers: { origin: 'https://example.com' },
    });
    expect(response.status).toBe(403);
  });

  it('keeps its accounts in a file from one start to the next', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    open.push({ close: () => rmSync(folder, { recursive: true }) });
    const stateFile = join(folder, 'state', 'accounts.jsonl');
    const first = await setup({ systems: ['EMAIL'], stateFile });
    await enable(first, 'zE1');
    await first.close();
    const second = await setup({ systems: ['EMAIL'], stateFile });
    expect(second.control.accounts()).toMatchObject([{ key: 'zE1', alias: 'zE1', state: 'active' }]);
    await expect(enable(second, 'zE1')).resolves.toMatchObject({ jsonValue: { success: [] } });
    await enable(second, 'zE2');
    expect(new Set(second.control.accounts().map((account) => account.remoteId)).size).toBe(2);
  });
});
