import { hash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Node strips the types of TypeScript by a compiler that then stays in memory. So what it made of our files is kept,
// by their content, and from the second start on the compiler is not needed: hence plain JavaScript here and in
// main.js. (Node's own compile cache keeps the machine's code too, which costs 15 MB and starts no faster.)

const root = join(import.meta.dirname, '..');
/** Beside the packages, where only those may write who may change the program itself. */
const folder = join(root, 'node_modules/.cache/stripped-types', process.version);

/** Loads our files without the compiler where they were stripped before. */
export function loadStripped() {
  registerHooks({
    load(url, context, next) {
      if (!url.endsWith('.ts') || !url.startsWith('file:')) return next(url, context);
      return { format: 'module', source: stripped(fileURLToPath(url)), shortCircuit: true };
    },
  });
}

/** @param {string} path */
function stripped(path) {
  const source = readFileSync(path, 'utf8');
  const kept = join(folder, keptAs(source));
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const text = stripTypeScriptTypes(source);
    keep(kept, text);
    return text;
  }
}

/** @param {string} source */
function keptAs(source) {
  return `${hash('sha256', source)}.js`;
}

/**
 * Several processes may start at once, so a file is there as a whole or not at all. Where the folder cannot be
 * written, each start strips anew.
 * @param {string} path
 * @param {string} text
 */
function keep(path, text) {
  const unfinished = `${path}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(unfinished, text);
    renameSync(unfinished, path);
  } catch {}
}

// Run by itself, it does so for every file, and lets go of what earlier versions left, for a place where the service may
// not write.
if (import.meta.main) {
  const paths = globSync('{src,migrations}/**/*.ts', { cwd: root, exclude: ['**/*.test.ts'] });
  for (const path of paths) stripped(join(root, path));
  const wanted = new Set(paths.map((path) => keptAs(readFileSync(join(root, path), 'utf8'))));
  for (const name of globSync('*.js', { cwd: folder }))
    if (!wanted.has(name)) rmSync(join(folder, name), { force: true });
}
