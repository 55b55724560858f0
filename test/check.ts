import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decisionProblems } from './architecture/decisions.ts';
import { folderProblems, lengthProblems } from './architecture/file-length.ts';
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
  'console types': async () =>
    existsSync('console') ? run(['tsc', '--noEmit', '--project', 'console']) : null,
  'console build': async () => (existsSync('console') ? buildsTheSameElsewhere() : null),
  'import rule': async () =>
    listOf(findViolations(readTree('.')).map(({ path, problem }) => `${path} ${problem}`)),
  'file length': async () => listOf([...lengthProblems(readTree('.')), ...folderProblems(readTree('.'))]),
  texts: async () => listOf(readTexts('.').flatMap(textProblems)),
  links: async () => listOf([...brokenLinks(), ...decisionProblems(readTexts('.'))]),
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
  const pictures = globSync('docs/images/*').map((path) => path.replaceAll('\\', '/'));
  return linkProblems(pages, [...texts.map(({ path }) => path), ...pictures]);
}

function listOf(problems: readonly string[]): Outcome {
  return problems.length === 0 ? null : problems.join('\n');
}

/** The console is built a second time, in another folder; a difference means that a build cannot be checked. */
async function buildsTheSameElsewhere(): Promise<Outcome> {
  const elsewhere = mkdtempSync(join(tmpdir(), 'accountsync-console-'));
  const built = join('console', 'dist');
  try {
    const failed =
      (await run(['node', 'console/build.js', '--if-stale'])) ??
      (await run(['node', 'console/build.js', '--out', elsewhere]));
    if (failed !== null) return failed;
    const names = [...new Set([...filesOf(elsewhere), ...filesOf(built)])].filter(
      (name) => !sameFile(join(elsewhere, name), join(built, name)),
    );
    return names.length === 0 ? null : `another build of the same sources differs:\n${names.join('\n')}`;
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
}

function filesOf(folder: string): string[] {
  return globSync('**/*.*', { cwd: folder });
}

function sameFile(one: string, other: string): boolean {
  return existsSync(one) && existsSync(other) && readFileSync(one).equals(readFileSync(other));
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
