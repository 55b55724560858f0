import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { SourceFile } from './read-source.ts';

/** What is written by people or printed: files at the root, and everything in these folders. */
const PATTERNS = ['*', '.ci/**/*', '{src,console,clients,test,bench,deploy,migrations,docs,samples}/**/*'];
const SKIPPED = ['**/node_modules/**', '**/dist/**'];

/** Every text file of the project, of whatever kind; a file that holds a zero byte is none. */
export function readTexts(root: string): SourceFile[] {
  return globSync(PATTERNS, { cwd: root, exclude: SKIPPED, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted()
    .map((path) => ({ path, source: readFileSync(join(root, path), 'utf8') }))
    .filter(({ source }) => !source.includes('\0'));
}

/** What a merge leaves behind when it was not finished. */
const CONFLICT_MARKER = /^(?:<{7}|>{7}|\|{7}) .*$|^={7}$/;

/** Folders that only a developer's machine has; `/etc`, `/var/lib` and `/opt` are those of an installation. */
const MACHINE_PATH = /(?<![\w.:/})-])(?:\/(?:work|root|home|Users)\/[\w.-]+|[A-Z]:\\Users\\\w+)/;

/** Problems of any text: `path:line what`. */
export function textProblems({ path, source }: SourceFile): string[] {
  return source.split(/\r?\n/).flatMap((line, index) => {
    const place = `${path}:${index + 1}`;
    const machine = MACHINE_PATH.exec(line)?.[0];
    return [
      ...(CONFLICT_MARKER.test(line) ? [`${place} is a conflict marker: ${line}`] : []),
      ...(machine === undefined ? [] : [`${place} names a path of one machine: ${machine}`]),
    ];
  });
}
