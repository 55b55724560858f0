import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { processEnvironment } from '../../../src/environment/env.ts';
import type { ProvisioningBench } from '../../setup/provisioning.ts';
import { PROCESS_DEADLINE } from '../../setup/service-process.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** Loading the modules is half of what a process costs; they are the same for all of them. */
const COMPILE_CACHE = join(tmpdir(), 'accountsync-faults-compiled');
export const CHILD_KEY = 'key-of-at-least-24-characters';

type Variables = Readonly<Record<string, string>>;

/** The service as a process of its own, without npm before it: what a signal is sent to is what it is meant for. */
export class ServiceChild {
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  stdout = '';
  stderr = '';

  constructor(variables: Variables, options: { readonly preload?: string; readonly root?: string } = {}) {
    const preload = options.preload === undefined ? [] : ['--import', options.preload];
    this.#child = spawn(process.execPath, [...preload, 'src/main.ts'], {
      cwd: options.root ?? ROOT,
      env: {
        PATH: processEnvironment()['PATH'] ?? '',
        NODE_COMPILE_CACHE: COMPILE_CACHE,
        PORT: '0',
        SANDBOX: 'off',
        LOG_LEVEL: 'warn',
        ...variables,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text) => {
      this.stdout += text;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text) => {
      this.stderr += text;
    });
    this.#closed = once(this.#child, 'close');
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Resolves with the address it serves at. */
  async ready(): Promise<string> {
    const line = await vi.waitUntil(() => {
      if (!this.alive) throw new Error(`It ended instead of starting:\n${this.stderr}`);
      return this.stdout.split('\n').find((text) => text.includes('"msg":"ready"'));
    }, PROCESS_DEADLINE);
    const { url }: { url: string } = JSON.parse(line);
    return url;
  }

  async logged(text: string): Promise<void> {
    await vi.waitUntil(() => this.stderr.includes(text), PROCESS_DEADLINE);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** How it ended: its exit status, or the signal that ended it. */
  async ended(): Promise<number | NodeJS.Signals | null> {
    await this.#closed;
    return this.#child.exitCode ?? this.#child.signalCode;
  }

  async kill(): Promise<void> {
    if (this.alive) this.#child.kill('SIGKILL');
    await this.#closed;
  }
}

/** What a worker process needs to do the work of a bench. */
export function workerVariables(bench: ProvisioningBench): Variables {
  return {
    ROLE: 'worker',
    DATABASE_URL: bench.core.directUrl,
    UPSTREAM_TIMEOUT_SECONDS: '20',
    ...bench.sandbox.environment,
  };
}

/** What a server process needs to answer for a bench. */
export function serverVariables(bench: ProvisioningBench): Variables {
  return {
    ROLE: 'server',
    DATABASE_URL: bench.core.directUrl,
    ADMIN_API_KEY: CHILD_KEY,
    EMAIL_DOMAIN: bench.sandbox.environment['EMAIL_DOMAIN'] ?? '',
  };
}
