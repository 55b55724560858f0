import { expect, test } from 'vitest';
import { maskName, maskPhone, maskText } from './mask.ts';

test.each([
  ['13800138000', '138****8000'],
  ['138 0013 8000', '138****8000'],
  ['+8613800138000', '861****8000'],
  ['13800138000/13900139000', '138****9000'],
  ['88888888', '88****88'],
  ['12345', '****'],
  ['', '****'],
])('the phone %s is shown as %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked));

test.each([
  ['张三', '张*'],
  ['欧阳修远', '欧*'],
  ['𠮷田', '𠮷*'],
  ["O'Neil", 'O*'],
  ['张', '*'],
  ['', '*'],
])('the name %s is shown as %s', (name, masked) => expect(maskName(name)).toBe(masked));

test('a text shows no number, name or address', () => {
  expect(maskText('张三丰 (138 0013 8000, zhang.san@example.com) task 17 of P000126 \ud800')).toBe(
    '张* (138****8000, z***@example.com) task 17 of P000126 \ufffd',
  );
  expect(maskText('x'.repeat(9_999))).toHaveLength(500);
});
