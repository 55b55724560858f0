import { createHash } from 'node:crypto';

/** The contents that a seal's hash covers. */
export interface SealContents {
  readonly id: string;
  /** A multirange as Postgres prints it, `{[1,4),[5,9)}`. */
  readonly entryIds: string;
  readonly entries: number;
  /** SHA-256 of the entries' digests, one after the other, in hex. */
  readonly digestsHash: string;
  /** Seconds since 1970, as Postgres prints them. */
  readonly newestAt: string;
  readonly sealedAt: string;
  readonly previousHash: string;
}

/** Hash before the first seal. */
export const NO_HASH = '0'.repeat(64);

/** SHA-256 over all fields of a seal, in hex. */
export function sealHash(seal: SealContents): string {
  const { id, entryIds, entries, digestsHash, newestAt, sealedAt, previousHash } = seal;
  const text = JSON.stringify([id, entryIds, entries, digestsHash, newestAt, sealedAt, previousHash]);
  return createHash('sha256').update(text).digest('hex');
}

/** The beginning of the chain: its first seal, or the one behind the purged part. */
export interface Anchor {
  readonly sealId: string;
  readonly hash: string;
}

/** Kinds of problems with a seal's place in the chain. */
export type SealProblem = 'SEAL_REMOVED' | 'SEAL_ALTERED' | 'SEAL_MOVED';

/** Whether a seal follows the one before it and says what its hash was made of; null when all is well. */
export function checkSeal(
  seal: SealContents & { readonly hash: string },
  before: Anchor,
): SealProblem | null {
  if (BigInt(seal.id) !== BigInt(before.sealId) + 1n) return 'SEAL_REMOVED';
  if (sealHash(seal) !== seal.hash) return 'SEAL_ALTERED';
  return seal.previousHash === before.hash ? null : 'SEAL_MOVED';
}
