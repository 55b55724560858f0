import { expect, test } from 'vitest';
import { csvLine } from './csv-line.ts';

test.each([
  [['plain', ''], 'plain,\r\n'],
  [['=1+1', '+1', '-1', '@x', '\tx', '\rx'], `'=1+1,'+1,'-1,'@x,'\tx,"'\rx"\r\n`],
  [['a,b', 'say "x"', 'two\nlines', 'a=b'], '"a,b","say ""x""","two\nlines",a=b\r\n'],
])('%j', (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});
