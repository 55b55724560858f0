import { expect, test } from 'vitest';
import { copyLine } from './copied.ts';

test('a row of COPY tells NULL from nothing and hides what would break it', () => {
  expect(copyLine(['a', null, '', 'tab\there', 'line\r\nbreak', 'back\\slash', '\\N'])).toBe(
    'a\t\\N\t\ttab\\there\tline\\r\\nbreak\tback\\\\slash\t\\\\N\n',
  );
});
