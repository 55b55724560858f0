import { execFile } from 'node:child_process';
import { processEnvironment } from '../../src/environment/env.ts';

/** How a program ended and what it said. */
export interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a TypeScript file to its end, as a process of its own with nothing else in its environment. */
export function runProgram(
  file: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const env = { PATH: processEnvironment()['PATH'] ?? '', ...variables };
  const child = execFile(process.execPath, [file, ...args], { env }, (_, out, err) =>
    resolve({ status: child.exitCode ?? -1, out, err }),
  );
  return promise;
}
