import { randomBytes } from 'node:crypto';
import { type ApplicationCore, startCore } from '../../src/application/core.ts';
import { connectUpstreams, registeredSystems } from '../../src/application/upstreams.ts';
import { startWorker, type Worker } from '../../src/application/worker.ts';
import type { AccountUserInput } from '../../src/domain/provisioning/intake/normalise-create-accounts.ts';
import { isFinalRequest, type Priority } from '../../src/domain/provisioning/states/states.ts';
import type { RunMode } from '../../src/domain/runs/run-states.ts';
import type { Sql } from '../../src/entities/tables.ts';
import { outsideTransaction } from '../../src/entities/transaction.ts';
import { type Env, parseEnv, processEnvironment } from '../../src/environment/env.ts';
import type { EnvSource } from '../../src/environment/problems.ts';
import type { Connector } from '../../src/integrations/contract/connector.ts';
import { connectorDefinitions, upstreamDefinitions } from '../../src/integrations/registry.ts';
import type { PersonalData } from '../../src/jobs/areas/area.ts';
import { allAreas } from '../../src/jobs/index.ts';
import type { LiveSettings } from '../../src/jobs/kit/live-settings.ts';
import type { OperationContext } from '../../src/jobs/kit/operation.ts';
import { upsertDepartmentMappings } from '../../src/jobs/provisioning/mappings/upsert-department-mappings.ts';
import { createAccounts } from '../../src/jobs/provisioning/requests/create-accounts.ts';
import type { RunOperationContext } from '../../src/jobs/runs/locked-run.ts';
import { SecretKeys } from '../../src/jobs/secrets/secret-keys.ts';
import { createLogger } from '../../src/logger.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createTestDatabase } from './database.ts';

/** Settings that make a test fast: no rate to speak of, retries after hundredths of a second. */
export const FAST_SETTINGS = {
  ...Object.fromEntries(
    registeredSystems.map((system) => [`rate_limit_${system.toLowerCase()}_per_second`, 5_000]),
  ),
  account_creation_retry_delays_seconds: [0.05, 0.05, 0.1],
  uncertain_first_delay_seconds: 0.05,
  uncertain_second_delay_seconds: 0.1,
  visibility_retry_seconds: 0.1,
};
/** Syncs, and tasks for whom they bring, only when the test says so, and as fast as may be. */
export const HR_SETTINGS = {
  hr_sync_enabled: false,
  task_auto_creation_enabled: false,
  hieds_pages_per_second: 100,
};
/** How long an observable change may take before the test fails. */
const DEADLINE_MS = 60_000;

export interface SubmitOptions {
  readonly systems?: readonly string[];
  readonly businessKey?: string;
  readonly originSystem?: string;
  readonly accountType?: string;
  readonly employeeType?: string;
  readonly idempotencyKey?: string;
  readonly onInvalid?: 'REJECT_ALL' | 'ACCEPT_VALID';
  readonly priority?: Priority;
  readonly mode?: RunMode;
}

/** Database, sandbox and one worker, as in production but for the HTTP server; all of it real. */
export class ProvisioningBench {
  readonly core: ApplicationCore;
  readonly sandbox: Sandbox;
  readonly sql: Sql;
  readonly context: OperationContext & RunOperationContext & { readonly personalData: PersonalData };
  readonly #env: Env;
  readonly #url: string;
  readonly #drop: () => Promise<void>;
  readonly #workers = new Set<() => Promise<void>>();
  #keys = 0;

  private constructor(parts: {
    core: ApplicationCore;
    sandbox: Sandbox;
    env: Env;
    url: string;
    drop: () => Promise<void>;
  }) {
    this.core = parts.core;
    this.sandbox = parts.sandbox;
    this.#env = parts.env;
    this.#url = parts.url;
    this.#drop = parts.drop;
    this.sql = outsideTransaction(parts.core.orm.em.fork());
    this.context = {
      em: parts.core.orm.em.fork(),
      boss: parts.core.boss,
      settings: parts.core.settings,
      secrets: parts.core.secrets,
      systems: registeredSystems,
      principal: 'admin',
      displayTimeZone: 'Asia/Shanghai',
      defaultEmailDomain: parts.sandbox.environment['EMAIL_DOMAIN'] ?? null,
      kinds: allAreas.runKinds,
      personalData: allAreas.personalData,
    };
  }

  /** Starts it with one worker (unless `worker` is false) and the departments D001 and D002 mapped. */
  static async start(
    options: {
      readonly sandbox?: SandboxOptions;
      readonly settings?: Readonly<Record<string, unknown>>;
      readonly worker?: boolean;
      /** How long a call may take; by default longer than anything that a test does while one hangs. */
      readonly upstreamTimeoutSeconds?: number;
      /** The sandbox plays HR too; its schedule is off. */
      readonly hr?: boolean;
    } = {},
  ): Promise<ProvisioningBench> {
    const database = await createTestDatabase();
    const sandbox = await startSandbox({ latencyMs: { min: 0, max: 2 }, ...options.sandbox });
    const upstreamTimeoutSeconds = String(options.upstreamTimeoutSeconds ?? 30);
    const env = parseEnv(
      { SANDBOX: 'on', UPSTREAM_TIMEOUT_SECONDS: upstreamTimeoutSeconds },
      options.hr === true ? upstreamDefinitions : connectorDefinitions,
    );
    const logger = createLogger({ level: processEnvironment()['TEST_LOG_LEVEL'] ?? 'silent', pretty: false });
    const secrets = new SecretKeys([randomBytes(32)]);
    const core = await startCore({ env, url: database.url, directUrl: database.url, secrets, logger });
    const drop = () => database.drop();
    const bench = new ProvisioningBench({ core, sandbox, env, url: database.url, drop });
    for (const [key, value] of Object.entries({ ...FAST_SETTINGS, ...HR_SETTINGS, ...options.settings }))
      await bench.set(key, value);
    await upsertDepartmentMappings(bench.context, {
      skipBad: false,
      mappings: ['D001', 'D002'].map((code) => ({
        idataDepartmentCode: code,
        idaasDepartmentCode: `WW-${code}`,
        ou: `OU=${code}`,
      })),
    });
    if (options.worker !== false) await bench.startWorker();
    return bench;
  }

  get settings(): LiveSettings {
    return this.core.settings;
  }

  /** Starts one more worker, with connectors of its own; `stop` drains it. */
  async startWorker(
    options: {
      readonly hrRetryDelaysSeconds?: readonly number[];
      /** Changes every connector: plants a defect for those who should notice, or makes a system that can less. */
      readonly sabotage?: (connector: Connector) => Connector;
      /** Where what is not played is found, such as an HR of a test's own. */
      readonly variables?: EnvSource;
    } = {},
  ): Promise<Worker & { readonly end: () => Promise<void> }> {
    const { core, sandbox, sql: db } = this;
    const env = this.#env;
    const logger = createLogger({ level: processEnvironment()['TEST_LOG_LEVEL'] ?? 'silent', pretty: false });
    const upstreams = await connectUpstreams({
      env,
      source: { HIEDS_PAGE_SIZE: '10', ...options.variables },
      settings: core.settings,
      db,
      sandbox,
      logger,
    });
    const { sabotage = (connector) => connector } = options;
    const worker = await startWorker({
      ...core,
      directConnection: { connectionString: this.#url },
      displayTimeZone: 'Asia/Shanghai',
      hrRetryDelaysSeconds: options.hrRetryDelaysSeconds ?? [0, 0.01, 0.01, 0.01, 0.01],
      upstreams: { ...upstreams, connectors: upstreams.connectors.map(sabotage) },
      systems: registeredSystems,
      logger,
    });
    const end = async () => {
      this.#workers.delete(end);
      await worker.stop(5_000);
      upstreams.close();
    };
    this.#workers.add(end);
    return { ...worker, end };
  }

  /** Changes a Setting by SQL, and waits until this process has it. */
  async set(key: string, value: unknown): Promise<void> {
    await this.sql
      .insertInto('setting')
      .values({ key, value: JSON.stringify(value), version: 1, updated_at: new Date() })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: JSON.stringify(value) }))
      .execute();
    await this.core.settings.reload(this.sql);
  }

  /** Submits people; fields left out are filled in. Throws when the call is refused. Returns the request's key. */
  async submit(users: readonly Partial<AccountUserInput>[], options: SubmitOptions = {}): Promise<string> {
    const outcome = await this.tryToSubmit(users, options);
    if (outcome.id === null) throw new Error(JSON.stringify(outcome.userErrors));
    return outcome.id;
  }

  tryToSubmit(users: readonly Partial<AccountUserInput>[], options: SubmitOptions = {}) {
    this.#keys += 1;
    return createAccounts(this.context, {
      originSystem: 'OA',
      businessKey: `BATCH-${this.#keys}`,
      accountType: '供应商',
      employeeType: '1',
      priority: 'NORMAL',
      ...options,
      systemList: options.systems ?? ['IDAAS', 'WELINK', 'EMAIL'],
      userList: users.map((user, index) => ({ ...sampleUser(this.#keys * 100_000 + index), ...user })),
    });
  }

  /** Resolves with what `read` gives as soon as it is not null; fails after a deadline. Woken by notifications. */
  async until<T>(what: string, read: () => Promise<T | null>, withinMs = DEADLINE_MS): Promise<T> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const changed = Promise.withResolvers<void>();
      const unsubscribe = this.core.feed.subscribe({
        onChange: () => changed.resolve(),
        onReconnect: () => changed.resolve(),
      });
      const timer = setTimeout(changed.resolve, 250);
      try {
        const value = await read();
        if (value !== null) return value;
        if (Date.now() > deadline) throw new Error(`${what} did not happen within ${withinMs} ms`);
        await changed.promise;
      } finally {
        clearTimeout(timer);
        unsubscribe();
      }
    }
  }

  /** Waits until the request is final. */
  finished(id: string): Promise<RequestSnapshot> {
    return this.until(`request ${id} becoming final`, async () => {
      const snapshot = await this.request(id);
      return isFinalRequest(snapshot.status) ? snapshot : null;
    });
  }

  async request(id: string): Promise<RequestSnapshot> {
    const request = await this.sql
      .selectFrom('account_request')
      .select(['id', 'request_id', 'status', 'round', 'completed_at', 'cancelled_at'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const items = await this.sql
      .selectFrom('request_item')
      .select(['employee_number', 'status', 'error_code', 'error_parameters', 'settled_count', 'person_id'])
      .where('request_id', '=', id)
      .orderBy('position')
      .execute();
    return { ...request, items };
  }

  /** Tasks of a request, by employee number and system, with their attempts' outcomes in order. */
  async tasks(id: string): Promise<TaskSnapshot[]> {
    return await this.sql
      .selectFrom('request_item as i')
      .innerJoin('request_item_task as l', 'l.item_id', 'i.id')
      .innerJoin('account_task as t', 't.id', 'l.task_id')
      .select((query) => [
        't.id',
        't.task_id',
        'i.employee_number',
        't.system',
        't.status',
        't.identifier',
        't.error_code',
        't.error_parameters',
        't.max_attempts',
        query
          .selectFrom('task_attempt as a')
          .select(({ fn, ref }) =>
            fn
              .agg<string[]>('array_agg', [ref('a.outcome')])
              .orderBy('a.execution_attempt')
              .as('o'),
          )
          .whereRef('a.task_id', '=', 't.id')
          .as('outcomes'),
      ])
      .where('i.request_id', '=', id)
      .orderBy('i.position')
      .orderBy('t.system')
      .execute();
  }

  async stop(): Promise<void> {
    for (const end of this.#workers) await end();
    await this.sandbox.close();
    await this.core.close();
    await this.#drop();
  }
}

export interface RequestSnapshot {
  readonly id: string;
  readonly request_id: string;
  readonly status: string;
  readonly round: number;
  readonly completed_at: string | null;
  readonly cancelled_at: string | null;
  readonly items: readonly {
    readonly employee_number: string;
    readonly status: string;
    readonly error_code: string | null;
    readonly error_parameters: unknown;
    readonly settled_count: number;
    readonly person_id: string | null;
  }[];
}

export interface TaskSnapshot {
  readonly id: string;
  readonly task_id: string;
  readonly employee_number: string;
  readonly system: string;
  readonly status: string;
  readonly identifier: string | null;
  readonly error_code: string | null;
  readonly error_parameters: unknown;
  readonly max_attempts: number;
  readonly outcomes: readonly string[] | null;
}

/** A complete row; numbers and phones differ for different `n`. */
export function sampleUser(n: number): AccountUserInput {
  return {
    employeeNumber: `P${String(n).padStart(7, '0')}`,
    employeeName: '张三',
    departmentCode: 'D001',
    phoneNumber: `139${String(n).padStart(8, '0')}`,
    partnerCompany: '示例公司',
    country: '中国',
  };
}
