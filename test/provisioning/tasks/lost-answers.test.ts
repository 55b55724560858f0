import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProvisioningBench } from '../../setup/provisioning.ts';

describe('an answer that is lost after the system applied the call', () => {
  let bench: ProvisioningBench;
  beforeAll(async () => {
    bench = await ProvisioningBench.start();
  });
  afterAll(() => bench.stop());

  it.each(['IDAAS', 'WELINK', 'EMAIL'] as const)('never makes a second %s account', async (system) => {
    await bench.sandbox.control.addFault({ system, operation: 'create', fault: 'answer-lost' });
    const id = await bench.submit([{}]);
    const request = await bench.finished(id);
    expect(request).toMatchObject({ status: 'COMPLETED', round: 1 });
    const tasks = await bench.tasks(id);
    const lost = tasks.find((task) => task.system === system);
    expect(lost?.outcomes).toEqual(['UNCERTAIN', 'ADOPTED']);
    const number = request.items[0]?.employee_number;
    expect(
      bench.sandbox.control
        .ledger({ system, operation: 'create', key: number })
        .filter((call) => call.applied),
    ).toHaveLength(system === 'EMAIL' ? 0 : 1);
  });
});
