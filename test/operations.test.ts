import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiBench } from './setup/api.ts';
import { batchOf } from './setup/batch.ts';

// What operators do, on the whole service: server, worker and played systems in one process.
let bench: ApiBench;
beforeAll(async () => {
  bench = await ApiBench.start({
    settings: { account_dependencies: { IDAAS: [], WELINK: [], EMAIL: [] } },
  });
  await bench.portal.mapDepartments(['D001']);
});
afterAll(() => bench.stop());

const SYSTEM = `code system displayName(locale: EN) enabled configured sandboxed paused { until reason } ratePerSecond
  maxConcurrency circuit { state since nextTrialAt reason { code message fixBy } } throttledUntil lastSuccessAt
  lastError { code message at } lastCheck { reachable credentialsAccepted latencyMs tokenEndsAt error { code } }
  explanation(locale: EN)`;

async function systemNow(code: string) {
  const { systems } = await bench.portal.read(`{ systems { ${SYSTEM} } }`);
  return systems.find((system: { code: string }) => system.code === code);
}

async function check(system: string) {
  const query = `mutation C($input: CheckSystemInput!) { checkSystem(input: $input) { system { ${SYSTEM} }
    check { reachable credentialsAccepted latencyMs tokenEndsAt detail error { code message fixBy } }
    userErrors { code } } }`;
  return (await bench.portal.read(query, { input: { system } })).checkSystem;
}

/** Resolves with what `read` gives as soon as it is not null. */
async function until<T>(what: string, read: () => Promise<T | null>): Promise<T> {
  const { feed } = bench.application.core;
  const deadline = Date.now() + 20_000;
  for (;;) {
    const changed = Promise.withResolvers<void>();
    const unsubscribe = feed.subscribe({
      onChange: () => changed.resolve(),
      onReconnect: () => changed.resolve(),
    });
    const timer = setTimeout(changed.resolve, 250);
    try {
      const value = await read();
      if (value !== null) return value;
      if (Date.now() > deadline) throw new Error(`${what} did not happen`);
      await changed.promise;
    } finally {
      clearTimeout(timer);
      unsubscribe();
    }
  }
}

describe('systems', () => {
  test('are shown with what is known of them, the HR source last', async () => {
    const { systems } = await bench.portal.read(`{ systems { ${SYSTEM} } }`);
    expect(systems.map(({ code }: { code: string }) => code)).toEqual(['IDAAS', 'WELINK', 'EMAIL', 'HIEDS']);
    expect(systems[0]).toMatchObject({
      system: 'IDAAS',
      enabled: true,
      configured: true,
      sandboxed: true,
      paused: null,
      circuit: { state: 'CLOSED', since: null, nextTrialAt: null, reason: null },
      throttledUntil: null,
      lastError: null,
      explanation: null,
    });
    expect(systems[3]).toMatchObject({
      system: null,
      configured: false,
      maxConcurrency: null,
      lastSuccessAt: null,
    });
  });

  test('that refuse our credentials are held, and released by a check that succeeds', async () => {
    await bench.sandbox.control.addFault({
      system: 'WELINK',
      operation: 'token',
      fault: 'status',
      status: 403,
      times: 'forever',
    });
    const id = await bench.portal.submit({ ...batchOf(1), systemList: ['WELINK'] });
    await until('the circuit opening', async () =>
      (await systemNow('WELINK')).circuit.state === 'OPEN' ? true : null,
    );
    await sql`update system_state set next_trial_at = now() + interval '1 hour' where system = 'WELINK'`.execute(
      bench.db,
    );

    const held = await systemNow('WELINK');
    expect(held).toMatchObject({
      circuit: { reason: { fixBy: 'OPERATOR' } },
      lastError: { at: expect.any(String) },
      explanation: expect.stringContaining('has refused our calls since'),
    });
    const refused = await check('WELINK');
    expect(refused).toMatchObject({
      check: { reachable: true, credentialsAccepted: false, tokenEndsAt: null, error: { fixBy: 'OPERATOR' } },
      system: { circuit: { state: 'OPEN' } },
      userErrors: [],
    });

    await bench.sandbox.control.removeFaults();
    const well = await check('WELINK');
    expect(well).toMatchObject({
      check: { reachable: true, credentialsAccepted: true, error: null, tokenEndsAt: expect.any(String) },
      system: { circuit: { state: 'CLOSED', reason: null }, explanation: null },
    });
    expect((await bench.portal.finished(id)).request.status).toBe('COMPLETED');
  });

  test('that are away are said to be, and tried at once when they are back', async () => {
    await bench.sandbox.control.addFault({ system: 'EMAIL', fault: 'refuse', times: 'forever' });
    expect(await check('EMAIL')).toMatchObject({
      check: { reachable: false, credentialsAccepted: false, error: { fixBy: 'UPSTREAM_OWNER' } },
    });
    await bench.sandbox.control.removeFaults();
    await sql`update system_state set circuit = 'OPEN', circuit_reason = 'UPSTREAM_TIMEOUT', opened_at = now(),
      next_trial_at = now() + interval '1 hour' where system = 'EMAIL'`.execute(bench.db);
    expect(await check('EMAIL')).toMatchObject({
      check: { reachable: true },
      system: { circuit: { state: 'OPEN' } },
    });
    const id = await bench.portal.submit({ ...batchOf(1), systemList: ['IDAAS', 'EMAIL'] });
    expect((await bench.portal.finished(id)).request.status).toBe('COMPLETED');
    expect(await systemNow('EMAIL')).toMatchObject({ circuit: { state: 'CLOSED' } });
  });

  test('without configuration say so', async () => {
    const { checkHrSource } = await bench.portal.read(
      'mutation { checkHrSource { system { code } check { reachable error { code } } userErrors { code } } }',
    );
    expect(checkHrSource).toEqual({
      system: { code: 'HIEDS' },
      check: { reachable: false, error: { code: 'SYSTEM_NOT_CONFIGURED' } },
      userErrors: [],
    });
  });
});
