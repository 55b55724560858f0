import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelRequest } from '../../../src/jobs/provisioning/requests/cancel-request.ts';
import { createAccounts } from '../../../src/jobs/provisioning/requests/create-accounts.ts';
import { ProvisioningBench, sampleUser } from '../../setup/provisioning.ts';

describe('a batch that is posted more than once', () => {
  let bench: ProvisioningBench;
  let requests = 0;
  beforeAll(async () => {
    bench = await ProvisioningBench.start();
  });
  afterAll(() => bench.stop());

  const people = [1, 2, 3].map((n) => sampleUser(n));
  const again = (options: {
    readonly users?: typeof people;
    readonly key?: string;
    readonly businessKey: string;
  }) =>
    bench.tryToSubmit(options.users ?? people, {
      systems: ['IDAAS'],
      businessKey: options.businessKey,
      ...(options.key !== undefined && { idempotencyKey: options.key }),
    });
  const countRequests = async () => {
    const { count } = await bench.sql
      .selectFrom('account_request')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    const before = requests;
    requests = Number(count);
    return requests - before;
  };

  it('is one request, also in another order and with its systems named twice', async () => {
    const first = await again({ businessKey: 'ORDER' });
    const second = await again({ businessKey: 'ORDER', users: people.toReversed() });
    const third = await bench.tryToSubmit(people, { systems: ['IDAAS', 'IDAAS'], businessKey: ' ORDER ' });
    const fourth = await bench.tryToSubmit(people, {
      systems: ['IDAAS'],
      businessKey: 'ORDER',
      priority: 'LOW',
    });
    expect(first).toMatchObject({ replayed: false, requeuedTasks: 0 });
    for (const replay of [second, third, fourth]) {
      expect(replay).toMatchObject({ id: first.id, replayed: true, requeuedTasks: 0, userErrors: [] });
    }
    expect(await countRequests()).toBe(1);
    await bench.finished(first.id ?? '');
    expect(await again({ businessKey: 'ORDER' })).toMatchObject({
      id: first.id,
      replayed: true,
      requeuedTasks: 0,
    });
  });

  it('is one request when it comes 30 times at the same moment', async () => {
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => again({ businessKey: 'MOMENT' })));
    expect(new Set(outcomes.map((outcome) => outcome.id)).size).toBe(1);
    expect(outcomes.filter((outcome) => !outcome.replayed)).toHaveLength(1);
    expect(outcomes.flatMap((outcome) => outcome.userErrors)).toEqual([]);
    expect(await countRequests()).toBe(1);
  });

  it('is refused when its key was used for other people, and nothing is stored', async () => {
    const first = await again({ businessKey: 'REUSED' });
    const stored = await bench.request(first.id ?? '');
    const second = await again({ businessKey: 'REUSED', users: people.slice(1) });
    expect(second).toMatchObject({
      id: null,
      replayed: false,
      existingRequestId: stored.request_id,
      userErrorCount: 1,
      userErrors: [
        {
          code: 'IDEMPOTENCY_KEY_REUSED',
          path: ['businessKey'],
          parameters: { existingRequestId: stored.request_id },
        },
      ],
    });
    expect(await countRequests()).toBe(1);
  });

  it('is two requests when one of the calls brings a key of its own', async () => {
    const derived = await again({ businessKey: 'SPACES' });
    const explicit = await again({ businessKey: 'SPACES', key: 'SPACES' });
    const explicitAgain = await again({ businessKey: 'SPACES', key: 'SPACES' });
    const otherKey = await again({ businessKey: 'SPACES', key: 'spaces' });
    expect(explicit.id).not.toBe(derived.id);
    expect(explicitAgain).toMatchObject({ id: explicit.id, replayed: true });
    expect(otherKey).toMatchObject({ replayed: false });
    const reused = await again({ businessKey: 'OTHER-CONTENT', key: 'SPACES' });
    expect(reused).toMatchObject({
      id: null,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', path: ['idempotencyKey'] }],
    });
    expect(await countRequests()).toBe(3);
  });

  it('is another request for another principal', async () => {
    const mine = await again({ businessKey: 'PRINCIPAL', key: 'K' });
    const theirs = await createAccounts(
      { ...bench.context, principal: 'portal' },
      {
        originSystem: 'OA',
        businessKey: 'PRINCIPAL',
        accountType: '供应商',
        employeeType: '1',
        priority: 'NORMAL',
        systemList: ['IDAAS'],
        userList: people,
        idempotencyKey: 'K',
      },
    );
    expect(theirs).toMatchObject({ replayed: false });
    expect(theirs.id).not.toBe(mine.id);
    expect(await countRequests()).toBe(2);
  });

  it('is still known when its system has been switched off since', async () => {
    const derived = await again({ businessKey: 'SWITCHED' });
    const explicit = await again({ businessKey: 'SWITCHED', key: 'switched' });
    await bench.set('enabled_account_types', ['WELINK', 'EMAIL']);
    expect(await again({ businessKey: 'SWITCHED' })).toMatchObject({ id: derived.id, replayed: true });
    expect(await again({ businessKey: 'SWITCHED', key: 'switched' })).toMatchObject({
      id: explicit.id,
      replayed: true,
    });
    expect(await again({ businessKey: 'NEW' })).toMatchObject({
      id: null,
      userErrors: [{ code: 'SYSTEM_DISABLED' }],
    });
    await bench.set('enabled_account_types', ['IDAAS', 'WELINK', 'EMAIL']);
    expect(await countRequests()).toBe(2);
  });

  it('is tried again when it had failed', async () => {
    const users = [{ ...sampleUser(11), departmentCode: 'NOWHERE' }, sampleUser(12)];
    const first = await again({ businessKey: 'FAILED', users });
    const id = first.id ?? '';
    expect(await bench.finished(id)).toMatchObject({ status: 'PARTIAL_FAILED', round: 1 });
    expect(await again({ businessKey: 'FAILED', users })).toMatchObject({
      id,
      replayed: true,
      requeuedTasks: 1,
    });
    const round2 = await bench.until('the second round', async () => {
      const request = await bench.request(id);
      return request.round === 2 && request.status === 'PARTIAL_FAILED' ? request : null;
    });
    expect(round2.completed_at).not.toBeNull();
    expect((await bench.tasks(id)).map((task) => task.outcomes)).toEqual([
      ['REJECTED', 'REJECTED'],
      ['CREATED'],
    ]);
    expect(await countRequests()).toBe(1);
  });

  it('is a new request when the first was cancelled', async () => {
    await bench.set('task_processing_enabled', false);
    const users = [sampleUser(21)];
    const first = await again({ businessKey: 'CANCELLED', users });
    const { request_id: requestId } = await bench.request(first.id ?? '');
    await cancelRequest(bench.context, { requestId });
    expect((await bench.finished(first.id ?? '')).status).toBe('CANCELLED');
    const second = await again({ businessKey: 'CANCELLED', users });
    expect(second).toMatchObject({ replayed: false });
    expect(second.id).not.toBe(first.id);
    expect(await again({ businessKey: 'CANCELLED', users })).toMatchObject({ id: second.id, replayed: true });
    await bench.set('task_processing_enabled', true);
    expect((await bench.finished(second.id ?? '')).status).toBe('COMPLETED');
    expect(await countRequests()).toBe(2);
  });

  it('keeps no key when it was refused', async () => {
    const bad = [{ ...sampleUser(31), phoneNumber: 'none' }];
    expect(await again({ businessKey: 'REFUSED', users: bad, key: 'R' })).toMatchObject({ id: null });
    expect(await again({ businessKey: 'REFUSED', users: [sampleUser(31)], key: 'R' })).toMatchObject({
      replayed: false,
      userErrors: [],
    });
    expect(await countRequests()).toBe(1);
  });

  it('gets the errors of its bad rows again when its good rows were stored', async () => {
    const users = [
      sampleUser(41),
      { ...sampleUser(42), employeeName: ' ' },
      { ...sampleUser(41), country: '' },
    ];
    const send = () =>
      bench.tryToSubmit(users, { systems: ['IDAAS'], businessKey: 'PARTLY', onInvalid: 'ACCEPT_VALID' });
    const first = await send();
    expect(first).toMatchObject({
      replayed: false,
      userErrorCount: 3,
      userErrors: [
        { code: 'REQUIRED', path: ['userList', '1', 'employeeName'] },
        { code: 'REQUIRED', path: ['userList', '2', 'country'] },
        {
          code: 'DUPLICATE_ROW',
          path: ['userList', '2', 'employeeNumber'],
          parameters: { firstPosition: 0 },
        },
      ],
    });
    const request = await bench.finished(first.id ?? '');
    expect(request).toMatchObject({
      status: 'COMPLETED',
      items: [{ employee_number: sampleUser(41).employeeNumber }],
    });
    expect(await send()).toMatchObject({
      id: first.id,
      replayed: true,
      userErrorCount: 3,
      userErrors: first.userErrors,
    });
    const stored = await bench.sql
      .selectFrom('account_request')
      .select(['total_users', 'rejected_rows'])
      .where('id', '=', first.id ?? '')
      .executeTakeFirstOrThrow();
    expect(stored.total_users).toBe(1);
    expect(stored.rejected_rows).toMatchObject([{ position: 1 }, { position: 2 }]);
  });
});
