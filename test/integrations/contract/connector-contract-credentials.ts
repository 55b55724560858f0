import { describe, expect, it } from 'vitest';
import { type ContractSetup, newIntent } from './connector-contract-setup.ts';

/** What is never one task’s fault: tokens, secrets, rights, addresses; and what a refusal may show. */
export function describeCredentials(setup: ContractSetup): void {
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
      const { connector, call, upstream, fail } = await setup({ wrongSecret: 'not-the-secret-at-all' });
      for (let attempt = 0; attempt < 10; attempt += 1) {
        expect(await fail(connector.ensureAccount(newIntent(), call))).toMatchObject({
          failure: 'credentials',
        });
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
}
