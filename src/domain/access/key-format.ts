import { hash } from 'node:crypto';

/** A key of a program, and a token that watches one request. */
export type KeyKind = 'live' | 'watch';

/** 160 bits, as hexadecimal digits. */
export const KEY_ENTROPY_BYTES = 20;

const CHECKSUM_DIGITS = 8;
const KEY = /^as_(?:live|watch)_[0-9a-f]{48}$/;
/** `as_live_` and eight digits: enough to tell keys apart in a list, and useless to sign in. */
const SHOWN_DIGITS = 8;

/**
 * `as_live_`, forty random hexadecimal digits, and eight that follow from what is before them: scanners of
 * repositories recognise it, and what merely looks like a key costs no query.
 */
export function formatKey(kind: KeyKind, entropy: string): string {
  const body = `as_${kind}_${entropy}`;
  return `${body}${checksumOf(body)}`;
}

/** True for what `formatKey` may have made. */
export function isKey(text: string): boolean {
  return KEY.test(text) && text.endsWith(checksumOf(text.slice(0, -CHECKSUM_DIGITS)));
}

/** The part of a key that may be shown and logged. */
export function prefixOf(key: string): string {
  return key.slice(0, key.lastIndexOf('_') + 1 + SHOWN_DIGITS);
}

/** The stored hash of a key. A key is random, so a slow hash would add no protection. */
export function hashKey(key: string): string {
  return hash('sha256', key);
}

function checksumOf(body: string): string {
  return hashKey(body).slice(0, CHECKSUM_DIGITS);
}
