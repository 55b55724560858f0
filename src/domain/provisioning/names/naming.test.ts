import { describe, expect, test } from 'vitest';
import { englishNameFor, localPartBase, localPartCandidate, usernameFor } from './naming.ts';
import { transliterate } from './transliterate.ts';

const zhang = transliterate('张三', null);
const unread = transliterate('王𠮷', null);

describe('the username', () => {
  test.each([
    ['first letter and number', zhang, 'P000126', 'zP000126'],
    ['twenty characters are the most', zhang, 'N'.repeat(19), `z${'N'.repeat(19)}`],
    ['the number alone when the letter is one too many', zhang, 'N'.repeat(20), 'N'.repeat(20)],
    ['none when the number alone is too long', zhang, 'N'.repeat(21), null],
    ['the number alone when the name cannot be read', unread, 'P1', 'P1'],
    ['the number alone when the name has no letter', transliterate('007', null), 'P1', 'P1'],
  ])('%s', (_, name, employeeNumber, expected) => expect(usernameFor(name, employeeNumber)).toBe(expected));
});

test("the English name is HR's, else the pinyin, else the number", () => {
  const source = { hrEnglishName: null, transliteration: zhang, employeeNumber: 'P1' };
  expect(englishNameFor(source)).toBe('zhangsan');
  expect(englishNameFor({ ...source, hrEnglishName: ' Sam ' })).toBe('Sam');
  expect(englishNameFor({ ...source, hrEnglishName: ' ' })).toBe('zhangsan');
  expect(englishNameFor({ ...source, transliteration: unread })).toBe('P1');
});

describe('the local part', () => {
  test.each([
    [zhang, 'P1', 'zhangsan'],
    [unread, 'P000126', 'p000126'],
    [unread, 'A_b-C.d', 'a_b-c.d'],
    [unread, '.a..b.', 'a.b'],
    [unread, '...', 'user'],
    [unread, '外包001', '001'],
    [transliterate('007', null), 'P1', '007'],
  ])('of %o, number %s is %s', (name, employeeNumber, expected) => {
    expect(localPartBase(name, employeeNumber)).toBe(expected);
  });

  test('is at most 64 with its counter', () => {
    const base = localPartBase(transliterate('庄'.repeat(100), null), 'P1');
    expect(base).toHaveLength(64);
    expect(localPartCandidate(base, 1)).toBe(base);
    expect(localPartCandidate(base, 1000)).toBe(`${base.slice(0, 60)}1000`);
  });

  test('counts from 2', () => {
    expect([1, 2, 3].map((counter) => localPartCandidate('zhangsan', counter))).toEqual([
      'zhangsan',
      'zhangsan2',
      'zhangsan3',
    ]);
  });
});
