import type { SourceFile } from './read-source.ts';

/** STYLE.md, rule 4: most files have 30 to 150 lines; beyond this one they hold more than one idea. */
export const MAX_LINES = 400;

/** Files of `src/`, `clients/` and `console/` that are too long; generated ones may be. */
export function lengthProblems(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, source }) => {
    const lines = source.trimEnd().split('\n').length;
    const counted = /^(src|clients|console)\//.test(path) && !path.includes('/generated/');
    return counted && lines > MAX_LINES ? [`${path} has ${lines} lines; ${MAX_LINES} is the limit`] : [];
  });
}
