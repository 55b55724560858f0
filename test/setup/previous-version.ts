import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** What an upgrade begins with until there is a release: the last state before migrations `…340` and later. */
const BASELINE = '371bcf91c59bc30220c9fa0720b20238a789fea1';

/**
 * The version before: the newest `v*` tag, else the baseline; null where this checkout has neither, as one without
 * history.
 */
export const previousVersion: string | null = newestTag() ?? (isKnown(BASELINE) ? BASELINE : null);

/** The sources of a version in a folder of their own, with the packages of this checkout. */
export function checkOut(version: string): { readonly folder: string; readonly remove: () => void } {
  const parent = mkdtempSync(join(tmpdir(), 'accountsync-previous-'));
  const folder = join(parent, version);
  git(['worktree', 'add', '--detach', '--quiet', folder, version]);
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    remove: () => {
      git(['worktree', 'remove', '--force', folder]);
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

function newestTag(): string | null {
  try {
    return git(['tag', '--list', 'v*', '--sort=-version:refname']).split('\n')[0]?.trim() || null;
  } catch {
    return null;
  }
}

function isKnown(commit: string): boolean {
  try {
    git(['cat-file', '-e', `${commit}^{commit}`]);
    return true;
  } catch {
    return false;
  }
}

function git(args: readonly string[]): string {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
