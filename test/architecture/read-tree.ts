import { globSync, readFileSync } from 'node:fs';
import type { SourceFile } from './read-source.ts';

const PATTERNS = ['*.ts', '{src,clients,test,bench,deploy,migrations}/**/*.ts', 'console/src/**/*.{ts,tsx}'];

/** Every TypeScript file of the project. */
export function readTree(root: string): SourceFile[] {
  return globSync(PATTERNS, { cwd: root, exclude: ['**/node_modules/**', '**/dist/**'] })
    .toSorted()
    .map((path) => ({
      path: path.replaceAll('\\', '/'),
      source: readFileSync(`${root}/${path}`, 'utf8'),
    }));
}
