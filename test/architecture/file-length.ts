import { dirname } from 'node:path';
import type { SourceFile } from './read-source.ts';

/** STYLE.md, rule 4: most files have 30 to 150 lines; beyond this one they hold more than one idea. */
export const MAX_LINES = 300;

/** Files of one folder, tests aside; beyond this one it wants rooms. */
export const MAX_FILES = 22;

/** Folders of `src/` with too many files to be read as one room. */
export function folderProblems(files: readonly SourceFile[]): string[] {
  const folders = Map.groupBy(
    files.filter(({ path }) => path.startsWith('src/') && !/\.test\.ts$|\/generated\//.test(path)),
    ({ path }) => dirname(path),
  );
  return [...folders].flatMap(([folder, { length }]) =>
    length > MAX_FILES ? [`${folder} has ${length} files; ${MAX_FILES} is the limit`] : [],
  );
}

/** Files of `src/`, `clients/` and `console/` that are too long; generated ones may be. */
export function lengthProblems(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, source }) => {
    const lines = source.trimEnd().split('\n').length;
    const counted = /^(src|clients|console)\//.test(path) && !path.includes('/generated/');
    return counted && lines > MAX_LINES ? [`${path} has ${lines} lines; ${MAX_LINES} is the limit`] : [];
  });
}
