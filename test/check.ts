import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lengthProblems } from './architecture/file-length.ts';
import { findViolations } from './architecture/import-rule.ts';
import { linkProblems } from './architecture/markdown-links.ts';
import { lockProblems, packageProblems } from './architecture/packages.ts';
import { readTree } from './architecture/read-tree.ts';
import { readTexts, textProblems } from './architecture/text-rule.ts';

/** `npm run check`: everything that can be said about the tree without running it. */

/** Output of a step that failed; null when it is fine. */
type Outcome = string | null;

const OUTPUT_LIMIT_BYTES = 64 * 1_024 * 1_024;

const steps: Readonly<Record<string, () => Promise<Outcome>>> = {
  'format and lint': () => run(['biome', 'check', '--error-on-warnings', '.']),
  types: () => run(['tsc', '--noEmit']),
  // With the types of a browser alone, as whoever installs it may have no others.
  'client types': async () =>
    existsSync('clients/typescript') ? run(['tsc', '--noEmit', '--project', 'clients/typescript']) : null,
  'import rule': async () =>
    listOf(findViolations(readTree('.')).map(({ path, problem }) => `${path} ${problem}`)),
  'file length': async () => listOf(lengthProblems(readTree('.'))),
  texts: async () => listOf(readTexts('.').flatMap(textProblems)),
  links: async () => listOf(brokenLinks()),
  'printed schema': async () => (existsSync('codegen.ts') ? run(['node', 'codegen.ts', '--check']) : null),
  'pinned versions': async () => listOf(packageProblems(readFileSync('package.json', 'utf8'))),
  lockfile: async () => listOf(lockProblems(readFileSync('package-lock.json', 'utf8'))),
};

const failures = await Promise.all(
  Object.entries(steps).map(async ([name, step]) => {
    const outcome = await step().catch((error: unknown) => String(error));
    console.log(`${outcome === null ? 'ok    ' : 'failed'}  ${name}`);
    return outcome === null ? [] : [`\n── ${name} ──\n${outcome.trimEnd()}`];
  }),
);
for (const text of failures.flat()) console.error(text);
process.exitCode = failures.flat().length === 0 ? 0 : 1;

function brokenLinks(): string[] {
  const texts = readTexts('.');
  const pages = texts.filter(({ path }) => path.endsWith('.md'));
  return linkProblems(
    pages,
    texts.map(({ path }) => path),
  );
}

function listOf(problems: readonly string[]): Outcome {
  return problems.length === 0 ? null : problems.join('\n');
}

/** Runs a program of `node_modules/.bin`, or this Node. */
function run([name = '', ...args]: readonly string[]): Promise<Outcome> {
  const program = name === 'node' ? process.execPath : join('node_modules', '.bin', name);
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  execFile(program, args, { maxBuffer: OUTPUT_LIMIT_BYTES }, (error, stdout, stderr) =>
    resolve(error === null ? null : `${stdout}${stderr}` || error.message),
  );
  return promise;
}
