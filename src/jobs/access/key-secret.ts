import { randomBytes } from 'node:crypto';
import {
  formatKey,
  hashKey,
  KEY_ENTROPY_BYTES,
  type KeyKind,
  prefixOf,
} from '../../domain/access/key-format.ts';

/** A new key, shown to whoever asked for it and then forgotten, and what is kept of it. */
export function newKeySecret(kind: KeyKind): {
  readonly secret: string;
  readonly stored: { readonly prefix: string; readonly hash: string };
} {
  const secret = formatKey(kind, randomBytes(KEY_ENTROPY_BYTES).toString('hex'));
  return { secret, stored: { prefix: prefixOf(secret), hash: hashKey(secret) } };
}
