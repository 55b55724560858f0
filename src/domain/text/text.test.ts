import { describe, expect, test } from 'vitest';
import {
  describeCharacter,
  findForbiddenCharacter,
  isLongerThan,
  normaliseCompatibleText,
  normaliseName,
  normaliseText,
} from './text.ts';

describe('normaliseText', () => {
  test.each([
    ['plain text stays', 'oa-65090', 'oa-65090'],
    ['decomposed letters are composed', 'Jose\u0301', 'José'],
    ['a right-to-left override is removed', 'ab\u202Ec', 'abc'],
    ['zero-width characters and a byte order mark are removed', '\uFEFF张\u200B三\u200D', '张三'],
    ['variation selectors are removed', '葛\u{E0100}', '葛'],
    ['an accent behind a zero-width joiner is composed all the same', 'e\u200D\u0301', 'é'],
    ['ideographic and other spaces become one space', 'Acme\u3000 \u00A0Ltd', 'Acme Ltd'],
    ['ends are trimmed, line breaks too', ' \u3000oa\r\n', 'oa'],
    ['blank becomes empty', ' \u3000\u200B ', ''],
    ['full-width letters stay outside of numbers', 'ＡＢＣ', 'ＡＢＣ'],
    ['a control character inside stays to be named', 'a\tb', 'a\tb'],
  ])('%s', (_, given, expected) => expect(normaliseText(given)).toBe(expected));

  test('is settled after one pass', () => {
    for (const text of ['e\u200D\u0301 \u3000x', '\u1100\u200B\u1161', ' \u00A0·\u202E ']) {
      const once = normaliseText(text);
      expect(normaliseText(once)).toBe(once);
    }
  });

  test('leaves a text of 10 MB alone', () => {
    const huge = ' 张'.repeat(5_000_000);
    expect(normaliseText(huge)).toBe(huge);
    expect(normaliseName(huge)).toBe(huge);
    expect(normaliseCompatibleText(huge)).toBe(huge);
  });
});

describe('normaliseName', () => {
  test.each(['•', '‧', '・', '．', '﹒', '∙', '·', '\u0387'])(
    '%s between names becomes the one dot',
    (dot) => {
      expect(normaliseName(`阿卜杜热合曼${dot}买买提明`)).toBe('阿卜杜热合曼·买买提明');
    },
  );

  test('spaces between Han characters go, others stay', () => {
    expect(normaliseName('张 三\u3000丰')).toBe('张三丰');
    expect(normaliseName('John  Smith')).toBe('John Smith');
    expect(normaliseName('张三 John')).toBe('张三 John');
    expect(normaliseName('𠮷 田')).toBe('𠮷田');
  });

  test('NFC and NFD twins are one name', () => {
    expect(normaliseName('Nguyễn'.normalize('NFD'))).toBe(normaliseName('Nguyễn'.normalize('NFC')));
  });
});

test('a full-width employee number and phone become ASCII', () => {
  expect(normaliseCompatibleText('Ｐ０００１２６')).toBe('P000126');
  expect(normaliseCompatibleText('＋８６　１３８')).toBe('+86 138');
});

describe('findForbiddenCharacter', () => {
  test.each([
    ['NUL', 'a\0b', 'U+0000'],
    ['a tab', 'a\tb', 'U+0009'],
    ['a C1 control', 'a\u0085b', 'U+0085'],
    ['a lone high surrogate', '张\uD842', 'U+D842'],
    ['a lone low surrogate', '\uDFB7三', 'U+DFB7'],
    ['private use', '张\uE000', 'U+E000'],
    ['the end of private use', '\uF8FF', 'U+F8FF'],
    ['a line separator', 'a\u2028b', 'U+2028'],
  ])('finds %s', (_, text, name) => {
    expect(describeCharacter(findForbiddenCharacter(text) ?? '')).toBe(name);
  });

  test('finds nothing in names of any script', () => {
    for (const name of ['张三', '王𠮷', "O'Neil", 'Đặng', '阿卜杜热合曼·买买提明', 'Иван', '👍']) {
      expect(findForbiddenCharacter(name)).toBeNull();
    }
  });
});

test('a character that can be drawn is named with its drawing', () => {
  expect(describeCharacter('外')).toBe('外 (U+5916)');
  expect(describeCharacter('𠮷')).toBe('𠮷 (U+20BB7)');
  expect(describeCharacter(' ')).toBe('U+0020');
});

test('lengths count code points', () => {
  expect(isLongerThan('𠮷'.repeat(100), 100)).toBe(false);
  expect(isLongerThan('𠮷'.repeat(101), 100)).toBe(true);
  expect(isLongerThan('a'.repeat(10_000_000), 100)).toBe(true);
});
