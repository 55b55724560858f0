import { createHash } from 'node:crypto';
import { basename, extname } from 'node:path';
import type { CreateAccountsInput } from '../../../clients/typescript/src/accountsync-client.ts';

/** People that one call takes, and the longest business key (provisioning.md §3.3). */
const USERS_MAX = 10_000;
const KEY_MAX = 50;
const HASH_LENGTH = 8;

/** A call, and the line of the file behind each person; null for a file without lines. */
export interface Batch {
  readonly input: CreateAccountsInput;
  readonly lines: readonly number[] | null;
}

/**
 * One call for each ten thousand people, under keys of their own that follow from the first: the same file is the same
 * requests however often it is sent.
 */
export function splitBatch({ input, lines }: Batch): readonly Batch[] {
  const { userList, businessKey, idempotencyKey } = input;
  if (!Array.isArray(userList) || userList.length <= USERS_MAX) return [{ input, lines }];
  const parts = Math.ceil(userList.length / USERS_MAX);
  return Array.from({ length: parts }, (_, index) => {
    const from = index * USERS_MAX;
    const suffix = `-${index + 1}`;
    return {
      input: {
        ...input,
        businessKey: shortKey(businessKey, suffix),
        ...(idempotencyKey == null ? {} : { idempotencyKey: `${idempotencyKey}${suffix}` }),
        userList: userList.slice(from, from + USERS_MAX),
      },
      lines: lines === null ? null : lines.slice(from, from + USERS_MAX),
    };
  });
}

/** The business key of a file that brings none: its name. */
export function keyOfFile(file: string): string {
  return shortKey(basename(file, extname(file)).normalize('NFC').trim(), '');
}

/** A key that is too long keeps its beginning, and a hash tells it from others that begin so. */
function shortKey(key: string, suffix: string): string {
  const characters = Array.from(key);
  if (characters.length + suffix.length <= KEY_MAX) return `${key}${suffix}`;
  const hash = createHash('sha256').update(key).digest('hex').slice(0, HASH_LENGTH);
  const kept = characters.slice(0, KEY_MAX - suffix.length - HASH_LENGTH - 1).join('');
  return `${kept}-${hash}${suffix}`;
}
