import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** The newest `v*` tag; null where there is none, as in a checkout without history. */
export const previousTag: string | null = newestTag();

/** The sources of a tag in a folder of their own, with the packages of this checkout. */
export function checkOut(tag: string): { readonly folder: string; readonly remove: () => void } {
  const parent = mkdtempSync(join(tmpdir(), 'accountsync-previous-'));
  const folder = join(parent, tag);
  git(['worktree', 'add', '--detach', '--quiet', folder, tag]);
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

function git(args: readonly string[]): string {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
