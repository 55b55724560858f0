import { expect, test } from 'vitest';
import { checkSeal, NO_HASH, type SealContents, sealHash } from './seal.ts';

const contents: SealContents = {
  id: '1',
  entryIds: '{[1,4)}',
  entries: 3,
  digestsHash: 'ab'.repeat(32),
  newestAt: '1795341600.123456',
  sealedAt: '1795341660.5',
  previousHash: NO_HASH,
};
const seal = { ...contents, hash: sealHash(contents) };
const start = { sealId: '0', hash: NO_HASH };

test('a seal that follows the one before it is well', () => {
  expect(checkSeal(seal, start)).toBeNull();
  const second = { ...contents, id: '2', previousHash: seal.hash };
  expect(checkSeal({ ...second, hash: sealHash(second) }, { sealId: '1', hash: seal.hash })).toBeNull();
});

test('one whose number is skipped is missing', () => {
  expect(checkSeal({ ...seal, id: '2' }, start)).toBe('SEAL_REMOVED');
});

test.for(Object.keys(contents).filter((key) => key !== 'id'))('a change of %s changes the hash', (key) => {
  const altered = { ...seal, [key]: key === 'entries' ? 4 : 'other' };
  expect(checkSeal(altered, start)).toBe('SEAL_ALTERED');
});

test('a seal that was made anew no longer follows', () => {
  expect(checkSeal(seal, { sealId: '0', hash: 'cd'.repeat(32) })).toBe('SEAL_MOVED');
});
