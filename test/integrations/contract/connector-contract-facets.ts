import { describe, expect, it } from 'vitest';
import { type ContractSetup, HASTY_MS } from './connector-contract-setup.ts';

/** What a connector may be able to do besides creating; tests of a facet it lacks pass. */
export function describeFacets(setup: ContractSetup): void {
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

  describe('updating', () => {
    it('may be said twice, and is refused for good for somebody the system does not know', async () => {
      const { connector, call, ensure, fail, upstream } = await setup();
      if (connector.updateAccount === undefined) return;
      const account = await ensure();
      const phone = { countryCode: '86', nationalNumber: '13911112222', mobile: true };
      const update = { fullName: '王小明', emailAddress: 'xiaoming@example.com', phone };
      await connector.updateAccount(account, update, call);
      await connector.updateAccount(account, update, call);
      expect(upstream.effects()).toBe(5);
      const nobody = connector.updateAccount({ identifier: 'nobody' }, { fullName: '无' }, call);
      expect(await fail(nobody)).toMatchObject({ failure: 'permanent' });
    });
  });

  describe('health', () => {
    it('is good when the system answers and accepts us', async () => {
      const { connector, call, upstream } = await setup();
      const good = { reachable: true, credentialsAccepted: true, error: null, detail: null };
      await expect(connector.checkHealth(call)).resolves.toEqual(good);
      expect(upstream.effects()).toBe(0);
    });

    it('says when the system cannot be reached', async () => {
      const { connector, call, upstream } = await setup();
      await upstream.play({ operation: '*', fault: 'refuse' });
      await expect(connector.checkHealth(call)).resolves.toMatchObject({ reachable: false });
    });
  });
}
