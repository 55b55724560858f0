import { createHash } from 'node:crypto';
import type { RemoteAccount, RemoteCatalog } from '../../domain/databases/permissions/catalog.ts';

/**
 * What was read of a server. Its accounts are built once somebody asks for them: that nothing has changed is told by the
 * rows alone, which costs a fraction of translating them.
 * @param rows everything that accounts are built from.
 */
export function assembleCatalog(
  about: Omit<RemoteCatalog, 'accounts' | 'fingerprint'>,
  rows: readonly unknown[],
  build: () => readonly RemoteAccount[],
): RemoteCatalog {
  let built: readonly RemoteAccount[] | null = null;
  return {
    ...about,
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
