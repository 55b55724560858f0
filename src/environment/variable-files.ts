import { readFileSync } from 'node:fs';
import type { EnvSource } from './problems.ts';

/**
 * Takes the value of a variable from the file that `<NAME>_FILE` names, as container platforms and systemd hand out
 * secrets, without the line ends behind it. When the file cannot be read, or both are given, the variable is left as
 * it is: `parseEnv` reports it together with every other mistake.
 */
export function readVariableFiles(source: EnvSource, names: readonly string[]): EnvSource {
  const taken: Record<string, string | undefined> = { ...source };
  for (const name of names) {
    const path = source[`${name}_FILE`] ?? '';
    const value = path === '' || (source[name] ?? '') !== '' ? null : contentOf(path);
    if (value === null) continue;
    taken[name] = value;
    delete taken[`${name}_FILE`];
  }
  return taken;
}

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').replace(/[\r\n]+$/, '');
  } catch {
    return null;
  }
}
