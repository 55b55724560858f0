import { afterEach, describe, expect, test, vi } from 'vitest';
import { createOrm } from '../../../src/database/orm.ts';
import { outsideTransaction } from '../../../src/entities/transaction.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { batchOf } from '../../setup/batch.ts';
import { Portal } from '../../setup/portal.ts';
import { FAST_SETTINGS, HR_SETTINGS } from '../../setup/provisioning.ts';
import { startReceiver } from '../../setup/receivers.ts';
import { type PostgresServer, replicationMissing, startPostgres } from '../../setup/replicated-postgres.ts';
import { storeSettings } from '../../setup/settings.ts';
import { findViolations } from '../setup/invariants.ts';
import { CHILD_KEY, ServiceChild } from '../setup/service-child.ts';

const DATABASE = 'accountsync';
/** All that the played company has. */
const DEPARTMENTS = Array.from({ length: 60 }, (_, n) => `D${String(n + 1).padStart(3, '0')}`);
const DEADLINE = { timeout: 90_000, interval: 50 };

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** The service as one process on a database that is dumped and restored. */
class Service {
  readonly #postgres: PostgresServer;
  readonly #sandbox: Sandbox;
  #child: ServiceChild | null = null;
  portal = new Portal('', CHILD_KEY);

  constructor(postgres: PostgresServer, sandbox: Sandbox) {
    this.#postgres = postgres;
    this.#sandbox = sandbox;
    undo.push(() => this.#child?.kill());
  }

  async start(): Promise<void> {
    this.#child = new ServiceChild({
      DATABASE_URL: this.#postgres.urlOf(DATABASE),
      ADMIN_API_KEY: CHILD_KEY,
      SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'),
      ...this.#sandbox.environment,
    });
    this.portal = new Portal(await this.#child.ready(), CHILD_KEY);
  }

  async stop(): Promise<void> {
    this.#child?.signal('SIGTERM');
    await this.#child?.ended();
  }

  async sql<T>(work: (db: ReturnType<typeof outsideTransaction>) => Promise<T>): Promise<T> {
    const orm = await createOrm({ url: this.#postgres.urlOf(DATABASE), poolSize: 2 });
    return work(outsideTransaction(orm.em.fork())).finally(() => orm.close(true));
  }

  set(settings: Readonly<Record<string, unknown>>): Promise<void> {
    return this.sql((db) => storeSettings(db, settings));
  }

  /** Starts a run by a mutation that answers with one, and waits for its end. */
  async run(mutation: string): Promise<void> {
    const answer = await this.portal.read(
      `mutation { started: ${mutation} { run { runId } userErrors { message } } }`,
    );
    const { runId } = answer.started.run;
    await vi.waitUntil(
      async () => (await this.#row('sync_run', `run_id = '${runId}' and finished_at is not null`)) > 0,
      DEADLINE,
    );
  }

  /** Until nothing is under way. */
  async atRest(): Promise<void> {
    await vi.waitUntil(
      async () =>
        (await this.#row('account_task', `status not in ('COMPLETED', 'FAILED', 'CANCELLED')`)) === 0,
      DEADLINE,
    );
  }

  async #row(table: string, condition: string): Promise<number> {
    const rows = await this.#postgres.query(
      `select count(*)::int as n from ${table} where ${condition}`,
      DATABASE,
    );
    return Number(rows[0]?.['n']);
  }
}

const namesOf = (sandbox: Sandbox, key: string) =>
  sandbox.control
    .accounts()
    .flatMap(({ system, key: number, username, email, alias }) =>
      number === key ? [{ system, username, email, alias }] : [],
    );

describe.skipIf(replicationMissing !== null)('the database is restored to yesterday', () => {
  test('what was made since is found and not made twice, its names are not given again, nothing is told again', {
    timeout: 240_000,
  }, async () => {
    const postgres = await startPostgres();
    undo.push(() => postgres.remove());
    await postgres.query(`create database ${DATABASE}`);
    const sandbox = await startSandbox({
      latencyMs: { min: 0, max: 5 },
      company: { people: 6, changesPerSync: 0 },
    });
    undo.push(() => sandbox.close());
    const receiver = await startReceiver();
    undo.push(() => receiver.close());
    const service = new Service(postgres, sandbox);
    const hire = (personId: string) =>
      sandbox.control.putPerson(personId, {
        fullName: '司徒雨桐',
        personPinyinName: null,
        emailAddress: null,
        employeeAccount: null,
      });

    // The morning: people of HR and of a portal have their accounts.
    await service.start();
    await service.set({ ...FAST_SETTINGS, ...HR_SETTINGS });
    await service.portal.mapDepartments(DEPARTMENTS);
    await service.portal.read(
      `mutation { upsertWebhook(input: { url: "${receiver.url}/hook", events: [REQUEST_FINISHED] }) { userErrors { message } } }`,
    );
    await service.run('syncHr(input: {})');
    await service.run('createAccountTasks(input: {})');
    await service.portal.finished(await service.portal.submit(batchOf(2)));
    await service.atRest();
    await receiver.received('/hook', 1);
    postgres.dump(DATABASE);

    // The day: somebody is hired, a portal asks for two more.
    hire('900001');
    await service.run('syncHr(input: {})');
    await service.run('createAccountTasks(input: {})');
    const asked = batchOf(2);
    await service.portal.finished(await service.portal.submit(asked));
    await service.atRest();
    await receiver.received('/hook', 2);
    const hired = namesOf(sandbox, numberOf(sandbox, '900001'));
    expect(hired.map(({ system }) => system).toSorted()).toEqual(['IDAAS', 'WELINK']);
    const before = sandbox.control.accounts().map(keyOf).toSorted();

    // The evening, by the steps of docs/reliability.md.
    await service.stop();
    await postgres.restore(DATABASE);
    await service.set({ account_creation_enabled: false });
    await service.start();
    await service.run('syncHr(input: { forceFullSync: true })');
    await service.run('adoptAccounts(input: { mode: RUN })');
    // Somebody of the same name is hired before anything is made again.
    hire('900002');
    await service.run('syncHr(input: {})');
    await service.set({ account_creation_enabled: true });
    await service.portal.finished(await service.portal.submit(asked));
    await service.run('createAccountTasks(input: {})');
    await service.atRest();

    expect(namesOf(sandbox, numberOf(sandbox, '900001'))).toEqual(hired);
    const added = sandbox.control
      .accounts()
      .map(keyOf)
      .filter((key) => !before.includes(key));
    // Only the second of that name has new accounts, under another name.
    expect(added.length).toBe(3);
    const names = namesOf(sandbox, numberOf(sandbox, '900002'));
    const given = hired.flatMap(({ username, email }) => [username, email]).filter((name) => name !== null);
    for (const name of names.flatMap(({ username, email }) => [username, email]))
      expect(given).not.toContain(name);
    // The repeated request is a new one here and is told once; those of before are not told again.
    const told = await receiver.received('/hook', 3);
    expect(told).toHaveLength(3);
    // Adopted without a task of ours.
    const placed = ['IDAAS', 'WELINK'].map((system) => `${system} ${numberOf(sandbox, '900001')}`);
    const violations = await service.sql((sql) => findViolations({ sql, sandbox }, { processes: 2, placed }));
    // What was forgotten was asked for again.
    expect(violations.filter((violation) => !violation.startsWith('I10'))).toEqual([]);
  });
});

test.runIf(replicationMissing !== null)(`restored to yesterday: skipped, ${replicationMissing}`, () => {});

function keyOf({ system, key }: { readonly system: string; readonly key: string }): string {
  return `${system} ${key}`;
}

function numberOf(sandbox: Sandbox, personId: string): string {
  return String(
    sandbox.control.people().find((person) => person['personId'] === personId)?.['employeeNumber'],
  );
}
