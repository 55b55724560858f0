import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

let made: string | null = null;

/** The bytes of a case's file. What is no UTF-8 is kept as base64, since not every way to copy sources keeps it. */
export function sampleBytes(name: string): Uint8Array {
  const path = fileURLToPath(new URL(`files/${name}`, import.meta.url));
  const encoded = `${path}.base64`;
  return existsSync(encoded) ? Buffer.from(readFileSync(encoded, 'utf8'), 'base64') : readFileSync(path);
}

/** The path of a case's file. */
export function sampleFile(name: string): string {
  made ??= mkdtempSync(join(tmpdir(), 'accountsync-field-'));
  const path = join(made, name);
  writeFileSync(path, sampleBytes(name));
  return path;
}
