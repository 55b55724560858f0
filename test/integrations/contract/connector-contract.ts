import { describe, expect, it } from 'vitest';
import type { ConnectorDefinition } from '../../../src/integrations/contract/connector.ts';
import { describeCredentials } from './connector-contract-credentials.ts';
import { describeFacets } from './connector-contract-facets.ts';
import { describeFaults } from './connector-contract-faults.ts';
import { type ContractSetup, createSetup, type PlayedUpstream } from './connector-contract-setup.ts';

/**
 * Registers the tests that every connector must pass, against `start`'s system over real HTTP: what becomes of each
 * way in which a call can go well or fail (STYLE.md, "How a call to an upstream fails").
 */
export function describeConnector(
  definition: ConnectorDefinition,
  start: () => Promise<PlayedUpstream>,
): void {
  describe(`${definition.system} connector`, () => {
    const setup = createSetup(definition, start);
    describeCreating(setup);
    describeFaults(setup);
    describeCredentials(setup);
    describeFacets(setup);
  });
}

function describeCreating(setup: ContractSetup): void {
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
}
