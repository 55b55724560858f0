import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/**
 * The table, column and row of a stored secret, to which it is bound: copied to another row or column it cannot be
 * opened.
 */
export interface SecretPlace {
  readonly table: string;
  readonly column: string;
  /** Primary key of the row. */
  readonly row: string;
}

/** A key that wraps data keys, and the id by which stored secrets name it. */
export interface MasterKey {
  /** 12 hexadecimal digits made of the key itself, so that no two processes can mean different keys by one id. */
  readonly id: string;
  readonly key: KeyObject;
}

/** A stored secret, taken apart. */
interface Sealed {
  readonly keyId: string;
  /** The data key, encrypted with the master key. */
  readonly wrapped: Buffer;
  /** The secret, encrypted with the data key. */
  readonly value: Buffer;
}

/** AES-256. */
export const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** First part of a stored secret: distinguishes it from plain text and from later formats. */
export const SEALED_PREFIX = 'enc1.';

/** @param bytes 32 random bytes. */
export function masterKeyOf(bytes: Uint8Array): MasterKey {
  if (bytes.length !== KEY_BYTES) throw new RangeError(`A master key has ${KEY_BYTES} bytes.`);
  const id = createHmac('sha256', bytes).update('accountsync master key id').digest('hex').slice(0, 12);
  return { id, key: createSecretKey(bytes) };
}

/** True for what `seal` made. */
export function isSealed(stored: string): boolean {
  return stored.startsWith(SEALED_PREFIX);
}

/** The id of the master key that opens it; null when it is not a complete sealed secret. */
export function keyIdOf(stored: string): string | null {
  return parse(stored)?.keyId ?? null;
}

/** Encrypts with a data key of its own, which the master key wraps. */
export function seal(secret: string, place: SecretPlace, master: MasterKey): string {
  const dataKey = randomBytes(KEY_BYTES);
  return print({
    keyId: master.id,
    wrapped: encrypt(dataKey, master.key, aadOf('key', place)),
    value: encrypt(Buffer.from(secret), createSecretKey(dataKey), aadOf('value', place)),
  });
}

/** Opens what `seal` made; null when it was made with another key or for another place, or was changed since. */
export function open(stored: string, place: SecretPlace, master: MasterKey): string | null {
  const sealed = parse(stored);
  const dataKey = sealed === null ? null : decrypt(sealed.wrapped, master.key, aadOf('key', place));
  if (sealed === null || dataKey === null) return null;
  return decrypt(sealed.value, createSecretKey(dataKey), aadOf('value', place))?.toString() ?? null;
}

/** The same secret under another master key; only the data key is encrypted anew. Null as in `open`. */
export function rewrap(
  stored: string,
  place: SecretPlace,
  { from, to }: { readonly from: MasterKey; readonly to: MasterKey },
): string | null {
  const sealed = parse(stored);
  const dataKey = sealed === null ? null : decrypt(sealed.wrapped, from.key, aadOf('key', place));
  if (sealed === null || dataKey === null) return null;
  return print({ ...sealed, keyId: to.id, wrapped: encrypt(dataKey, to.key, aadOf('key', place)) });
}

/** JSON keeps the parts apart whatever they contain; `part` keeps a data key from being taken for a secret. */
function aadOf(part: 'key' | 'value', { table, column, row }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify(['accountsync', part, table, column, row]));
}

function encrypt(plain: Uint8Array, key: KeyObject, aad: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES }).setAAD(aad);
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), encrypted]);
}

function decrypt(sealed: Buffer, key: KeyObject, aad: Buffer): Buffer | null {
  if (sealed.length < IV_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(aad)
    .setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    // The only thing that can fail here is the authentication.
    return null;
  }
}

const SEALED = /^enc1\.([0-9a-f]{12})\.([\w-]+)\.([\w-]+)$/;

function print({ keyId, wrapped, value }: Sealed): string {
  return `${SEALED_PREFIX}${keyId}.${wrapped.toString('base64url')}.${value.toString('base64url')}`;
}

function parse(stored: string): Sealed | null {
  const [, keyId, wrapped, value] = SEALED.exec(stored) ?? [];
  if (keyId === undefined || wrapped === undefined || value === undefined) return null;
  return { keyId, wrapped: Buffer.from(wrapped, 'base64url'), value: Buffer.from(value, 'base64url') };
}
