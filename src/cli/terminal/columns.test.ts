import { expect, test } from 'vitest';
import { columnsOf, table } from './columns.ts';

test.for([
  ['P000126', 7],
  ['张三', 4],
  ['阿卜杜热合曼·买买提明', 21],
  ['王𠮷', 4],
  ['ＡＢ', 4],
  ['Zoé', 3],
  ['Zoe\u0301', 3],
  ['한글', 4],
  ['', 0],
] as const)('%s takes %i columns', ([text, columns]) => {
  expect(columnsOf(text)).toBe(columns);
});

test('names in Chinese and in Latin letters stand in straight columns', () => {
  expect(
    table([
      ['张三', 'zP1', '已完成'],
      ["O'Neil", 'oP2', '失败'],
      ['王𠮷', '', 'x'],
    ]),
  ).toBe("  张三    zP1  已完成\n  O'Neil  oP2  失败\n  王𠮷         x\n");
});

test('what others wrote cannot steer the terminal', () => {
  expect(table([['\u001b[2J张三\u0007', 'a\nb']])).toBe('   [2J张三   a b\n');
});
