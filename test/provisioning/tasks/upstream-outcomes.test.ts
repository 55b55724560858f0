import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTaskFacts } from '../../../src/jobs/provisioning/attempts/task-facts.ts';
import { retryRequest } from '../../../src/jobs/provisioning/requests/retry-request.ts';
import { taskOf, untilOutcome, upstreamOf } from '../../setup/facts.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';

describe('what a system answers to a create', () => {
  let bench: ProvisioningBench;
  beforeAll(async () => {
    bench = await ProvisioningBench.start();
  });
  afterAll(() => bench.stop());

  const only = (id: string, system: string) => taskOf(bench, id, { system });
  const created = (system: 'IDAAS' | 'WELINK' | 'EMAIL', key: string) =>
    bench.sandbox.control.ledger({ system, operation: 'create', key });

  it('adopts where the phone is taken by the same person', async () => {
    // The number is taken under another spelling, so that the create meets the phone first.
    bench.sandbox.control.putAccount({ system: 'WELINK', key: 'same-1', phone: '13911110001' });
    const { control } = bench.sandbox;
    await control.addFault({ system: 'WELINK', operation: 'create', fault: 'business-error', code: '47120' });
    const id = await bench.submit([{ employeeNumber: 'SAME-1', phoneNumber: '13911110001' }]);
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    expect((await only(id, 'WELINK')).outcomes).toEqual(['ADOPTED']);
  });

  it('is a conflict that names the other where the phone is taken by another, and opens no circuit', async () => {
    const taken = Array.from({ length: 20 }, (_, index) => `139222200${String(index).padStart(2, '0')}`);
    for (const [index, phone] of taken.entries())
      bench.sandbox.control.putAccount({ system: 'WELINK', key: `OTHER-${index}`, phone });
    const id = await bench.submit(
      taken.map((phoneNumber, index) => ({ employeeNumber: `C-${index}`, phoneNumber })),
    );
    const request = await bench.finished(id);
    expect(request.status).toBe('FAILED');
    request.items.forEach((item, index) => {
      expect(item).toMatchObject({
        error_code: 'PHONE_TAKEN',
        error_parameters: {
          employeeNumber: `C-${index}`,
          system: 'WELINK',
          otherEmployeeNumber: `OTHER-${index}`,
        },
      });
    });
    const tasks = await bench.tasks(id);
    expect(tasks.filter((task) => task.system === 'WELINK').map((task) => task.outcomes)).toEqual(
      taken.map(() => ['CONFLICT']),
    );
    expect(tasks.filter((task) => task.system !== 'WELINK' && task.status !== 'COMPLETED')).toEqual([]);
    expect(await stateOf('WELINK')).toMatchObject({ circuit: 'CLOSED', failure_streak: 0 });
  });

  it('is not asked of WeLink for a landline, and the other systems go on', async () => {
    const id = await bench.submit([{ employeeNumber: 'LAND', phoneNumber: '010-62781234' }]);
    expect(await bench.finished(id)).toMatchObject({
      status: 'FAILED',
      items: [
        { error_code: 'PHONE_NOT_MOBILE', error_parameters: { employeeNumber: 'LAND', system: 'WELINK' } },
      ],
    });
    expect(created('WELINK', 'LAND')).toEqual([]);
    expect((await bench.tasks(id)).map((task) => task.status)).toEqual(['COMPLETED', 'COMPLETED', 'FAILED']);
  });

  it('fails with who, what and why when HTTP 200 brings an unknown error', async () => {
    await bench.sandbox.control.addFault({
      system: 'WELINK',
      operation: 'create',
      fault: 'business-error',
      code: '59999',
      message: 'strange\u0000 \ud800thing for 13911110002',
    });
    const id = await bench.submit([{ employeeNumber: 'STRANGE', phoneNumber: '13911110002' }]);
    expect(await bench.finished(id)).toMatchObject({
      status: 'FAILED',
      items: [
        {
          error_code: 'UPSTREAM_REJECTED',
          error_parameters: {
            employeeNumber: 'STRANGE',
            system: 'WELINK',
            operation: 'create',
            vendorCode: '59999',
          },
        },
      ],
    });
    expect(JSON.stringify(await bench.tasks(id))).not.toContain('13911110002');
    expect((await only(id, 'WELINK')).outcomes).toEqual(['REJECTED']);
  });

  it.each(['garbage', 'html', 'empty', 'half', 'reset', 'answer-lost', 'duplicate'] as const)(
    'ends in exactly one account after %s',
    async (fault) => {
      await bench.sandbox.control.addFault({ system: 'WELINK', operation: 'create', fault });
      const id = await bench.submit([{}]);
      const request = await bench.finished(id);
      expect(request).toMatchObject({ status: 'COMPLETED', round: 1 });
      const number = request.items[0]?.employee_number ?? '';
      expect(created('WELINK', number).filter((call) => call.applied)).toHaveLength(1);
      expect(upstreamOf(bench, number).welink).not.toBeNull();
    },
  );

  it.each([500, 502, 503, 504])(
    'is uncertain after HTTP %i, and is looked up before it is sent again',
    async (status) => {
      await bench.sandbox.control.addFault({ system: 'IDAAS', operation: 'create', fault: 'status', status });
      const id = await bench.submit([{}], { systems: ['IDAAS'] });
      const request = await bench.finished(id);
      const number = request.items[0]?.employee_number ?? '';
      expect((await only(id, 'IDAAS')).outcomes).toEqual(['UNCERTAIN', 'CREATED']);
      const calls = bench.sandbox.control
        .ledger({ system: 'IDAAS', key: number })
        .map((call) => call.operation);
      expect(calls).toEqual(['create', 'find', 'find', 'create']);
    },
  );

  it('is tried again after a connection that was refused, which counts', async () => {
    const { control } = bench.sandbox;
    const refusal = await control.addFault({ system: 'EMAIL', operation: '*', fault: 'refuse' });
    const id = await bench.submit([{}], { systems: ['IDAAS', 'EMAIL'] });
    await untilOutcome(bench, id, { outcome: 'RETRYABLE', count: 2 });
    await control.removeFaults(refusal.id);
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    const { outcomes, id: taskId } = await only(id, 'EMAIL');
    expect(outcomes?.at(-1)).toBe('CREATED');
    expect(outcomes?.slice(0, -1).every((outcome) => outcome === 'RETRYABLE')).toBe(true);
    const [facts] = await readTaskFacts(bench.sql, [taskId], '11');
    expect(facts?.counted).toBe(outcomes?.length);
  });

  it('fails with the last reason when the retries are used up, and a retry heals it in a new round', async () => {
    const { control } = bench.sandbox;
    await bench.set('account_creation_max_retries', 2);
    const refusal = await control.addFault({ system: 'EMAIL', operation: '*', fault: 'refuse' });
    const id = await bench.submit([{ employeeNumber: 'USED-UP' }], { systems: ['IDAAS', 'EMAIL'] });
    const failed = await bench.finished(id);
    expect(failed).toMatchObject({
      status: 'FAILED',
      round: 1,
      items: [
        {
          error_code: 'UPSTREAM_UNREACHABLE',
          error_parameters: { employeeNumber: 'USED-UP', system: 'EMAIL' },
        },
      ],
    });
    expect(await only(id, 'EMAIL')).toMatchObject({
      status: 'FAILED',
      max_attempts: 3,
      outcomes: ['RETRYABLE', 'RETRYABLE', 'RETRYABLE'],
    });
    await control.removeFaults(refusal.id);
    const retried = await retryRequest(bench.context, { requestId: failed.request_id, systems: null });
    expect(retried).toMatchObject({ requeuedTasks: 1, userErrors: [] });
    const healed = await bench.finished(id);
    expect(healed).toMatchObject({ status: 'COMPLETED', round: 2 });
    expect(await only(id, 'EMAIL')).toMatchObject({ max_attempts: 6 });
    await bench.set('account_creation_max_retries', 5);
  });

  async function stateOf(system: string) {
    return await bench.sql
      .selectFrom('system_state')
      .selectAll()
      .where('system', '=', system)
      .executeTakeFirstOrThrow();
  }
});
