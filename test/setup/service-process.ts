import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { vi } from 'vitest';
import { z } from 'zod';
import { processEnvironment } from '../../src/environment/env.ts';

/**
 * How long an observable change in another process may take, its start among that: loading the modules takes two seconds
 * of a processor, and several at once, on a busy machine, wait for it.
 */
export const PROCESS_DEADLINE = { timeout: 120_000, interval: 20 };

const readyLine = z.object({
  msg: z.literal('ready'),
  url: z.url(),
  role: z.string(),
  database: z.string(),
  sandbox: z.array(z.string()),
  sandboxControl: z.url().optional(),
  pid: z.int(),
});
export type ReadyLine = z.infer<typeof readyLine>;

/** Nothing of the environment of the tests but what it takes to find npm. */
const BASE_ENVIRONMENT = ['PATH', 'HOME', 'npm_config_cache'];

/** The service, started as an operator does: `npm run …` with these variables. */
export class ServiceProcess {
  readonly #npm: ChildProcess;
  readonly #exit: Promise<unknown>;
  stdout = '';
  stderr = '';

  constructor(script: string, variables: Readonly<Record<string, string>>, args: readonly string[] = []) {
    const base = BASE_ENVIRONMENT.flatMap((name) => {
      const value = processEnvironment()[name];
      return value === undefined ? [] : [[name, value]];
    });
    const tail = args.length === 0 ? [] : ['--', ...args];
    this.#npm = spawn('npm', ['run', script, ...tail], {
      env: { ...Object.fromEntries(base), ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#npm.stdout?.setEncoding('utf8').on('data', (text) => {
      this.stdout += text;
    });
    this.#npm.stderr?.setEncoding('utf8').on('data', (text) => {
      this.stderr += text;
    });
    this.#exit = once(this.#npm, 'close');
  }

  get npmPid(): number {
    return this.#npm.pid ?? 0;
  }

  get ended(): boolean {
    return this.#npm.exitCode !== null || this.#npm.signalCode !== null;
  }

  /** Waits until it serves; fails when it ends instead. */
  async ready(): Promise<ReadyLine> {
    await vi.waitUntil(() => this.ended || this.readyLines().length > 0, PROCESS_DEADLINE);
    const [line] = this.readyLines();
    if (line === undefined) throw new Error(`It ended instead:\n${this.stdout}\n${this.stderr}`);
    return line;
  }

  readyLines(): ReadyLine[] {
    return jsonLines(this.stdout).flatMap((line) => {
      const ready = readyLine.safeParse(line);
      return ready.success ? [ready.data] : [];
    });
  }

  /** What it logged, parsed; npm's own words are left out. */
  log(): readonly Readonly<Record<string, unknown>>[] {
    return jsonLines(this.stderr);
  }

  async logged(message: string): Promise<void> {
    await vi.waitUntil(() => this.stderr.includes(message), PROCESS_DEADLINE);
  }

  /** Waits until it said so on stdout. */
  async saying(text: string): Promise<void> {
    await vi.waitUntil(() => this.stdout.includes(text), PROCESS_DEADLINE);
  }

  signal(signal: NodeJS.Signals): void {
    this.#npm.kill(signal);
  }

  /** The exit status of npm, which is that of the process. */
  async exitStatus(): Promise<number | null> {
    await vi.waitUntil(() => this.ended, PROCESS_DEADLINE);
    await this.#exit;
    return this.#npm.exitCode;
  }

  /** For the end of a test: whatever is left of it is ended, Postgres included. */
  async destroy(): Promise<void> {
    const left = descendantsOf(this.npmPid);
    const service = left.find(({ command }) => command.includes('src/'));
    if (service !== undefined) process.kill(service.pid, 'SIGKILL');
    this.#npm.kill('SIGKILL');
    await untilGone(left);
  }
}

export interface RunningProcess {
  readonly pid: number;
  /** Distinguishes it from a later process of the same pid. */
  readonly startedAt: string;
  readonly command: string;
}

/** Every process below `pid`, and itself. */
export function descendantsOf(pid: number): RunningProcess[] {
  const children = Map.groupBy(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => readStat(Number(name)) ?? []),
    (stat) => stat.parent,
  );
  const found: RunningProcess[] = [];
  const self = readStat(pid);
  const queue = self === null ? [] : [self];
  for (const stat of queue) {
    found.push({ pid: stat.pid, startedAt: stat.startedAt, command: commandOf(stat.pid) });
    queue.push(...(children.get(stat.pid) ?? []));
  }
  return found;
}

/** Waits until none of them lives. */
export async function untilGone(processes: readonly RunningProcess[]): Promise<void> {
  await vi.waitFor(() => {
    const left = processes.filter(isAlive);
    if (left.length > 0) throw new Error(`still alive: ${JSON.stringify(left)}`);
  }, PROCESS_DEADLINE);
}

function isAlive({ pid, startedAt }: RunningProcess): boolean {
  const stat = readStat(pid);
  // A zombie is dead, and only waits for somebody to ask how it ended.
  return stat !== null && stat.startedAt === startedAt && stat.state !== 'Z';
}

function readStat(pid: number) {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return null;
  try {
    const text = readFileSync(file, 'utf8');
    // The command stands in brackets and may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { pid, state: fields[0], parent: Number(fields[1]), startedAt: fields[19] ?? '' };
  } catch {
    return null;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line));
}
