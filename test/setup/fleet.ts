import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { makeDataDir, removeDataDir } from './data-dir.ts';
import type { TestDatabase } from './database.ts';
import { Portal } from './portal.ts';
import { ServiceProcess } from './service-process.ts';

const KEY = 'key-of-at-least-24-characters';
type Variables = Readonly<Record<string, string>>;

/** A process of the fleet that serves. */
export interface Member {
  readonly role: 'server' | 'worker';
  readonly process: ServiceProcess;
  readonly url: string;
}

/** Servers and workers as processes of their own, against a sandbox that they take for the real systems. */
export class Fleet {
  readonly sandbox: Sandbox;
  readonly #dataDir = makeDataDir();
  readonly #processes = new Set<ServiceProcess>();

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  static async start(): Promise<Fleet> {
    return new Fleet(await startSandbox({ latencyMs: { min: 5, max: 15 } }));
  }

  /** `npm start` in one role; not waited for. */
  launch(
    role: Member['role'],
    database: Pick<TestDatabase, 'url'>,
    variables: Variables = {},
  ): ServiceProcess {
    const upstreams = role === 'worker' ? this.sandbox.environment : { ADMIN_API_KEY: KEY };
    const process = new ServiceProcess('start', {
      ROLE: role,
      PORT: '0',
      DATA_DIR: this.#dataDir,
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '5',
      SANDBOX: 'off',
      ...upstreams,
      ...variables,
    });
    this.#processes.add(process);
    return process;
  }

  /** Starts one member and waits until it is ready. */
  async add(role: Member['role'], database: Pick<TestDatabase, 'url'>): Promise<Member> {
    const process = this.launch(role, database);
    return { role, process, url: (await process.ready()).url };
  }

  /** A caller of the API at this URL, with the key of the servers. */
  portalOf(url: string): Portal {
    return new Portal(url, KEY);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#processes].map((process) => process.destroy()));
    await this.sandbox.close();
    removeDataDir(this.#dataDir);
  }
}
