import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { decodeGlobalId, encodeGlobalId } from './global-id.ts';
import { canBeStored, containsPattern } from './text-filter.ts';

describe('a global id', () => {
  it('names type and key', () => {
    expect(decodeGlobalId(encodeGlobalId('Person', '42'))).toEqual({ type: 'Person', id: '42' });
  });

  it.each([
    '',
    'garbage',
    'Person:42',
    Buffer.from('Person:x').toString('base64'),
    Buffer.from('Person:-1').toString('base64'),
    encodeGlobalId('Person', '9223372036854775808'),
    'A'.repeat(10_000),
  ])('that nobody issued is nothing, and never reaches SQL: %.20s', (text) => {
    expect(decodeGlobalId(text)).toBeNull();
  });
});

describe('a filter text', () => {
  it('is an ordinary character in a LIKE pattern', () => {
    expect(containsPattern('50%_\\')).toBe('%50\\%\\_\\\\%');
  });

  it('with NUL can match nothing', () => {
    expect(canBeStored('a\0b')).toBe(false);
    expect(canBeStored('张三')).toBe(true);
  });
});
