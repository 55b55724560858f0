import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test('cells are quoted where they have to be, and no cell is a formula', () => {
  expect(csvLine(['a', 1, null, 'b,"c"'])).toBe('a,1,,"b,""c"""\r\n');
  expect(csvLine(['=cmd|x', '+1', '-1', '@x', -1])).toBe("'=cmd|x,'+1,'-1,'@x,-1\r\n");
});
