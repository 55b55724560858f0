import { randomBytes } from 'node:crypto';
import {
  formatKey,
  hashKey,
  KEY_ENTROPY_BYTES,
  type KeyKind,
  prefixOf,
} from '../../domain/access/key-format.ts';

/** Makes a new key, which is shown once, and the values that are stored of it. */
export function newKeySecret(kind: KeyKind): {
  readonly secret: string;
  readonly stored: { readonly prefix: string; readonly hash: string };
} {
  const secret = formatKey(kind, randomBytes(KEY_ENTROPY_BYTES).toString('hex'));
  return { secret, stored: { prefix: prefixOf(secret), hash: hashKey(secret) } };
}
