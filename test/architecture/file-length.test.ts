import { expect, test } from 'vitest';
import { lengthProblems, MAX_LINES } from './file-length.ts';
import { readTree } from './read-tree.ts';

const lines = (count: number) => 'x;\n'.repeat(count);

test('no file of the tree is too long', () => {
  expect(lengthProblems(readTree('.'))).toEqual([]);
});

test('a file of one line more than the limit is reported', () => {
  expect(lengthProblems([{ path: 'src/jobs/x.ts', source: lines(MAX_LINES + 1) }])).toEqual([
    'src/jobs/x.ts has 401 lines; 400 is the limit',
  ]);
  expect(lengthProblems([{ path: 'src/jobs/x.ts', source: lines(MAX_LINES) }])).toEqual([]);
});

test('generated files may be as long as they are', () => {
  expect(
    lengthProblems([{ path: 'clients/typescript/src/generated/graphql.ts', source: lines(9_999) }]),
  ).toEqual([]);
});
