import { expect, test } from 'vitest';
import { decodeText } from './decode-text.ts';

const say = (_: string, english: string) => english;
const bytes = (...hex: readonly string[]) => Uint8Array.from(Buffer.from(hex.join(''), 'hex'));

test('UTF-8 is read as such, with a byte order mark or without', () => {
  const text = '工号,姓名\nP1,王𠮷\n';
  expect(decodeText(new TextEncoder().encode(text), say)).toEqual({
    text,
    encoding: 'UTF-8',
    guessed: false,
  });
  expect(decodeText(new TextEncoder().encode(`\uFEFF${text}`), say)).toEqual({
    text,
    encoding: 'UTF-8',
    guessed: false,
  });
});

test('what is no UTF-8 is GB18030, with characters of four bytes too', () => {
  // 张三,𠮷 as Excel and a GB18030 editor write it.
  expect(decodeText(bytes('d5c5c8fd', '2c', '9534b235'), say)).toEqual({
    text: '张三,𠮷',
    encoding: 'GB18030',
    guessed: true,
  });
});

test('UTF-16 is read by its mark, or by the zeros it is full of', () => {
  expect(decodeText(bytes('fffe', '205f', '0900', '0b4e'), say)).toMatchObject({ encoding: 'UTF-16' });
  expect(decodeText(bytes('41002c0042000a00'), say)).toMatchObject({ text: 'A,B\n', encoding: 'UTF-16' });
  expect(decodeText(bytes('feff0041002c0042'), say)).toMatchObject({ text: 'A,B', encoding: 'UTF-16' });
});

test('what is neither, and workbooks, are refused with what to do', () => {
  expect(() => decodeText(bytes('61ff'), say)).toThrow('neither UTF-8 nor GB18030');
  expect(() => decodeText(bytes('504b0304'), say)).toThrow('Excel (.xlsx)');
});
