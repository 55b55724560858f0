import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Connector } from '../../src/integrations/contract/connector.ts';
import { UpstreamError } from '../../src/integrations/contract/errors.ts';
import { deadLetterOf } from '../../src/jobs/kit/job.ts';
import type { ProgressEvent } from '../setup/portal.ts';
import { ProvisioningBench } from '../setup/provisioning.ts';
import { findViolations, type Known } from './setup/invariants.ts';
import { findProgressViolations } from './setup/progress.ts';
import { findDead, findResourceViolations, readResources } from './setup/resources.ts';
import { findSyncViolations, syncPeople } from './setup/second-sync.ts';

/** A checker counts only after it was shown red: every invariant is broken here once, and seen to be. */

describe('what is broken in tables and at the upstreams', () => {
  let bench: ProvisioningBench;
  let requestId = '';
  beforeAll(async () => {
    bench = await ProvisioningBench.start();
    const id = await bench.submit([{ phoneNumber: '13911112222' }, {}, {}]);
    requestId = (await bench.finished(id)).request_id;
  });
  afterAll(() => bench.stop());

  const run = (statement: string) => sql.raw(statement).execute(bench.sql);
  const firstTask = 'id = (select min(id) from account_task)';
  const poisonQueue = deadLetterOf('provisioning.intake-request');

  test('is reported by its number; each after the other, on intact data', async () => {
    let known: Known = { processes: 1, answers: [{ key: 'K', requestId }] };
    const seen = new Set<string>(await findViolations(bench, known));
    expect([...seen]).toEqual([]);
    /** Breaks something and expects that something of this kind is said that was not said before. */
    const breaks = async (said: RegExp, damage: () => unknown) => {
      await damage();
      const fresh = (await findViolations(bench, known)).filter((text) => !seen.has(text));
      expect(fresh.join('\n')).toMatch(said);
      for (const text of fresh) seen.add(text);
    };
    const knows = (more: Partial<Known>) => () => {
      known = { ...known, ...more };
    };
    await breaks(/^I2: welink nobody-1 exists/, () =>
      bench.sandbox.control.putAccount({ system: 'WELINK', key: 'NOBODY-1' }),
    );
    await breaks(/^I3: task .* is still RETRY/m, () =>
      run(`update account_task set status = 'RETRY' where ${firstTask}`),
    );
    await breaks(/^I3: task .* waits for nothing/m, () =>
      run(`update account_task set status = 'WAITING', depends_on_systems = '{}' where ${firstTask}`),
    );
    await breaks(/^I3: an attempt of .* is open/m, () =>
      run(`insert into task_attempt (task_id, execution_attempt) select min(id), 90 from account_task`),
    );
    await breaks(/^I3: job .* is held by nobody/m, () =>
      run(`insert into pgboss.job (name, state, heartbeat_on)
        values ('provisioning.sweep', 'active', now() - interval '1 hour')`),
    );
    await breaks(/^I3: run .* has no job/m, () =>
      run(
        `insert into sync_run (run_id, kind, mode, trigger) values ('run_x', 'HR_SYNC', 'RUN', 'SCHEDULED_TASK')`,
      ),
    );
    await breaks(/^I4: the item of .* is FAILED/m, () =>
      run(`update request_item set status = 'FAILED' where id = (select min(id) from request_item)`),
    );
    await breaks(/^I4: the item of .* counts 0 of 3/m, () =>
      run(`update request_item set settled_count = 0 where id = (select min(id) from request_item)`),
    );
    await breaks(/^I4: .* failed and the overview does not know/m, () =>
      run(`update account_task set status = 'FAILED', completed_at = now()
          where id = (select id from account_task order by id offset 1 limit 1);
        delete from standing_failure`),
    );
    await breaks(/^I4: .* counts 9 people/m, () => run('update account_request set total_users = 9'));
    await breaks(
      /^I6: K was answered with 2 requests(\n|.)*^I7: req_lost/m,
      knows({
        answers: [
          { key: 'K', requestId },
          { key: 'K', requestId: 'req_lost' },
        ],
      }),
    );
    await breaks(/^I6: 1 requests of 0 keys/m, knows({ answers: [] }));
    await breaks(/^I8: 1 in .*intake-request/m, () =>
      bench.core.boss.send(deadLetterOf('provisioning.intake-request'), {}),
    );
    await breaks(/^I8: 1 in .* where 2/m, knows({ poison: { [poisonQueue]: 2 } }));
    await breaks(/^I8: 1 created in provisioning.run-task.idaas/m, () =>
      run(`insert into pgboss.job (name, data, start_after)
        values ('provisioning.run-task.idaas', '{}', now() + interval '1 hour')`),
    );
    await breaks(/^I9: TASK .* is .*UNTOLD.*, the audit log says /m, () =>
      run(`alter table account_task disable trigger audit_account_task_updated;
        update account_task set error_code = 'UNTOLD' where id = (select max(id) from account_task);
        alter table account_task enable trigger audit_account_task_updated`),
    );
    await breaks(/^I10: .* attempts of/m, () =>
      run(`insert into task_attempt (task_id, execution_attempt, outcome, started_at, finished_at)
        select (select max(id) from account_task), 100 + n, 'ERROR', now(), now() from generate_series(1, 20) n`),
    );
    await breaks(/^I10: \d+ calls where/m, async () => {
      for (let n = 0; n < 40; n += 1) await fetch(bench.sandbox.baseUrls.WELINK ?? '', { method: 'POST' });
    });
    await breaks(/^I11: a whole phone number in pgboss.job.data/m, () =>
      run(`update pgboss.job set data = '{"phone":"13911112222"}' where name = '${poisonQueue}'`),
    );
    await breaks(/^I11: a secret in public.setting.value/m, () =>
      run(`insert into setting (key, value) values ('x', '"${bench.sandbox.environment['IDAAS_SECRET']}"')`),
    );
    await breaks(/^I11: .* in a log/m, knows({ logs: ['calling 13911112222'] }));
    await breaks(/^I1: .* without an active account/m, () =>
      run(`update account set state = 'DISABLED' where id = (select max(id) from account)`),
    );
    await breaks(/^I1: .* unknown there/m, () => bench.sandbox.control.reset());
  });
});

describe('violations that only an observer can see', () => {
  const event = (percent: number, final = false, round = 1): ProgressEvent => ({
    percent,
    final,
    round,
    totalUsers: 1,
    processedUsers: 0,
    completedUsers: 0,
    failedUsers: 0,
    changedItemCount: 0,
    changedItems: [],
    request: { requestId: 'R', status: 'PROCESSING', statusDisplay: '' },
  });

  test('I5: progress that goes back, an end that comes twice, early or never', () => {
    expect(findProgressViolations([event(0), event(50), event(50), event(100, true)])).toEqual([]);
    expect(findProgressViolations([event(100), event(0, false, 2), event(100, true, 2)])).toEqual([]);
    expect(findProgressViolations([event(50), event(40), event(100, true)])).toHaveLength(1);
    expect(findProgressViolations([event(0, false, 2), event(100, true)])).toHaveLength(1);
    expect(findProgressViolations([event(0), event(100)])).toHaveLength(2);
    expect(findProgressViolations([event(100, true), event(100, true)])).toHaveLength(1);
    expect(findProgressViolations([event(100, true), event(100)])).toHaveLength(1);
  });

  test('I12, I13, I14: what is left open, who died, what a second sync writes', async () => {
    const bench = await ProvisioningBench.start({
      hr: true,
      sandbox: { company: { people: 12, changesPerSync: 0 } },
    });
    const clients = Array.from(
      { length: 5 },
      () => new pg.Client({ connectionString: bench.core.directUrl }),
    );
    try {
      await syncPeople(bench);
      expect(await findSyncViolations(bench)).toEqual([]);
      const before = await readResources(bench.sql);
      expect(findResourceViolations(before, await readResources(bench.sql))).toEqual([]);
      for (const client of clients) await client.connect();
      await clients[0]?.query('begin');
      await clients[1]?.query('select pg_sleep(1.1)');
      const found = findResourceViolations(before, await readResources(bench.sql)).join('\n');
      expect(found).toMatch(/connections(\n|.)*nobody works in/);
      expect(findResourceViolations({ ...before, handles: 0, memoryBytes: -1e9 }, before)).toHaveLength(2);
      expect(findDead({ worker: { alive: false, stderr: 'out of memory' } })).toEqual([
        'I13: worker is dead: out of memory',
      ]);
      await sql`update person set content_hash = 'other', full_name = 'other'`.execute(bench.sql);
      expect(await findSyncViolations(bench)).toEqual(['I14: the second sync wrote 12 people']);
    } finally {
      for (const client of clients) await client.end();
      await bench.stop();
    }
  });
});

const OTHER_PHONE = { countryCode: '86', nationalNumber: '13700000001', mobile: true };

describe('a build with a planted defect is found out', () => {
  let bench: ProvisioningBench;
  afterEach(() => bench.stop());

  /** One person at one system whose first create is answered by `fault`, made by a sabotaged worker. */
  async function violationsOf(
    fault: 'reset' | 'answer-lost',
    sabotage: (connector: Connector) => Connector,
  ): Promise<string[]> {
    bench = await ProvisioningBench.start({ worker: false });
    await bench.startWorker({ sabotage });
    await bench.sandbox.control.addFault({ system: 'WELINK', operation: 'create', fault });
    await bench.finished(await bench.submit([{ employeeNumber: 'RED-1' }], { systems: ['IDAAS', 'WELINK'] }));
    return findViolations(bench, { processes: 1 });
  }

  test('not at all without one', async () => {
    expect(await violationsOf('answer-lost', (connector) => connector)).toEqual([]);
  });

  test('one that takes a lost answer for a yes', async () => {
    const found = await violationsOf('reset', (connector) => ({
      ...connector,
      ensureAccount: (intent, call) =>
        connector.ensureAccount(intent, call).catch((error: unknown) => {
          if (!(error instanceof UpstreamError) || error.failure !== 'uncertain') throw error;
          return { identifier: intent.employeeNumber, remoteId: null, outcome: 'CREATED' };
        }),
    }));
    expect(found).toEqual(['I1: welink red-1 is active here and unknown there']);
  });

  test('one that does not look before it sends again, at a system that refuses no doubles', async () => {
    const sent = new Set<string>();
    const found = await violationsOf('answer-lost', (connector) => ({
      ...connector,
      findAccount: () => Promise.resolve(null),
      ensureAccount: (intent, call) => {
        const key = `${connector.system} ${intent.employeeNumber}`;
        const again = sent.has(key)
          ? { employeeNumber: `${intent.employeeNumber}-2`, phone: OTHER_PHONE }
          : {};
        sent.add(key);
        return connector.ensureAccount({ ...intent, ...again }, call);
      },
    }));
    expect(found).toEqual(['I2: welink red-1-2 exists without a task']);
  });
});
