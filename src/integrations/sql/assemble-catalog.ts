import { createHash } from 'node:crypto';
import type { RemoteAccount, RemoteCatalog } from '../../domain/databases/permissions/catalog.ts';
import { worstOf } from './read-categories.ts';

/**
 * The catalog read from a server. Its accounts are built on first use: an unchanged catalog is recognised by the rows
 * alone, at a fraction of the cost. @param rows everything that accounts are built from.
 */
export function assembleCatalog(
  about: Omit<RemoteCatalog, 'accounts' | 'fingerprint'>,
  rows: readonly unknown[],
  build: () => readonly RemoteAccount[],
): RemoteCatalog {
  let built: readonly RemoteAccount[] | null = null;
  return {
    ...about,
    coverage: worstOf(about.coverage),
    fingerprint: fingerprintOf(rows),
    get accounts() {
      built ??= build();
      return built;
    },
  };
}

function fingerprintOf(rows: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const part of rows) hash.update(`${JSON.stringify(part)}\n`);
  return hash.digest('hex');
}
