import { expect, test } from 'vitest';
import { emailAddressFor, localPartOf } from './email-address.ts';

test.each([
  ['supplier.example.com', 'example.com', 'a@supplier.example.com'],
  [null, 'example.com', 'a@example.com'],
  [null, '@Example.com', 'a@example.com'],
  [' ', ' @example.com ', 'a@example.com'],
  ['@', 'example.com', 'a@example.com'],
  [null, null, null],
  ['', '@', null],
])('domain of the type %s, default %s: %s', (ofType, byDefault, expected) => {
  expect(emailAddressFor('a', ofType, byDefault)).toBe(expected);
});

test.each([
  ['ZhangSan@example.com', 'zhangsan'],
  ['"a@b"@example.com', '"a@b"'],
  ['zhangsan', 'zhangsan'],
  ['@example.com', null],
  ['', null],
])('the local part of %s is %s', (address, expected) => expect(localPartOf(address)).toBe(expected));
