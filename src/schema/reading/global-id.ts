import { Buffer } from 'node:buffer';

const TYPE_AND_ID = /^([A-Za-z]+):(\d+)$/;
const BIGINT_MAX = 9_223_372_036_854_775_807n;
// Longer than any of our ids; keeps megabytes of garbage from the decoder.
const GLOBAL_ID_MAX_LENGTH = 100;

/** An id unique over all types: base64 of `Type:id`. */
export function encodeGlobalId(type: string, id: string): string {
  return Buffer.from(`${type}:${id}`).toString('base64');
}

/** Type and primary key; null for anything that is not one of our ids. */
export function decodeGlobalId(text: string): { readonly type: string; readonly id: string } | null {
  if (text.length > GLOBAL_ID_MAX_LENGTH) return null;
  const [, type, id] = TYPE_AND_ID.exec(Buffer.from(text, 'base64').toString('utf8')) ?? [];
  return type === undefined || id === undefined || !isBigint(id) ? null : { type, id };
}

/** True for digits that fit Postgres's bigint, so that they may reach SQL. */
export function isBigint(digits: string): boolean {
  return /^\d{1,19}$/.test(digits) && BigInt(digits) <= BIGINT_MAX;
}
