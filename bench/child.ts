import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const manifest = z.object({ scripts: z.object({ start: z.string().startsWith('exec node ') }) });
/** Arguments that `npm start` gives to Node. */
export const startArguments: readonly string[] = manifest
  .parse(JSON.parse(readFileSync('package.json', 'utf8')))
  .scripts.start.split(' ')
  .slice(2);

/** A Node process of ours that says in one JSON line that it serves. */
export interface Child {
  readonly pid: number;
  /** Its first line, parsed. */
  readonly ready: unknown;
  stop(): Promise<void>;
}

/** Longer than a start takes on a machine that is busy with other things. */
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 20_000;
/** Nothing a measure starts outlives the bench, however it ends. */
const living = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** Starts a file of the project under this Node; its environment holds `env` and nothing else. */
export async function startChild(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Child> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  living.add(child);
  child.once('exit', () => living.delete(child));
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).once('line', resolve);
  child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with status ${code}`)));
  const timer = setTimeout(() => reject(new Error(`${args.join(' ')} did not start`)), START_TIMEOUT_MS);
  const line = await promise.finally(() => clearTimeout(timer));
  return { pid: child.pid ?? 0, ready: JSON.parse(line), stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
