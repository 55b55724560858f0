import { expect, test } from 'vitest';
import { allocateLocalParts } from './allocate-local-parts.ts';

const none = new Set<string>();

test('six 张三 get zhangsan to zhangsan6', () => {
  expect(
    allocateLocalParts({ bases: Array<string>(6).fill('zhangsan'), taken: none, reserved: none }),
  ).toEqual(['zhangsan', 'zhangsan2', 'zhangsan3', 'zhangsan4', 'zhangsan5', 'zhangsan6']);
});

test('taken and reserved ones are passed over, gaps are used', () => {
  const taken = new Set(['zhangsan', 'zhangsan3']);
  expect(
    allocateLocalParts({
      bases: ['zhangsan', 'admin', 'zhangsan'],
      taken,
      reserved: new Set(['admin', 'zhangsan4']),
    }),
  ).toEqual(['zhangsan2', 'admin2', 'zhangsan5']);
  expect(taken.size).toBe(2);
});

test('a base that looks like the counter of another is not given twice', () => {
  expect(allocateLocalParts({ bases: ['li', 'li2', 'li', 'li2'], taken: none, reserved: none })).toEqual([
    'li',
    'li2',
    'li3',
    'li22',
  ]);
});

test('ten thousand of one name get ten thousand local parts', () => {
  const bases = Array<string>(10_000).fill('z'.repeat(64));
  const given = allocateLocalParts({ bases, taken: none, reserved: none });
  expect(new Set(given).size).toBe(10_000);
  expect(given.every(({ length }) => length <= 64)).toBe(true);
});
