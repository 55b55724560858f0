import { expect, test } from 'vitest';
import { copyLine, isCopy } from './copied.ts';

test('a row of COPY tells NULL from nothing and hides what would break it', () => {
  expect(copyLine(['a', null, '', 'tab\there', 'line\r\nbreak', 'back\\slash', '\\N'])).toBe(
    'a\t\\N\t\ttab\\there\tline\\r\\nbreak\tback\\\\slash\t\\\\N\n',
  );
});

test('only a statement that was made for it is a COPY', () => {
  expect(isCopy('/* copied */ copy "person" from stdin -- $1')).toBe(true);
  expect(isCopy('select 1 /* copied */')).toBe(false);
});
