import { expect, test } from 'vitest';
import { folderProblems, lengthProblems, MAX_FILES, MAX_LINES } from './file-length.ts';
import { readTree } from './read-tree.ts';

const lines = (count: number) => 'x;\n'.repeat(count);

test('no file of the tree is too long', () => {
  expect(lengthProblems(readTree('.'))).toEqual([]);
});

test('a file of one line more than the limit is reported', () => {
  expect(lengthProblems([{ path: 'src/jobs/x.ts', source: lines(MAX_LINES + 1) }])).toEqual([
    'src/jobs/x.ts has 301 lines; 300 is the limit',
  ]);
  expect(lengthProblems([{ path: 'src/jobs/x.ts', source: lines(MAX_LINES) }])).toEqual([]);
});

test('generated files may be as long as they are', () => {
  expect(
    lengthProblems([{ path: 'clients/typescript/src/generated/graphql.ts', source: lines(9_999) }]),
  ).toEqual([]);
});

test('no folder of the tree has too many files', () => {
  expect(folderProblems(readTree('.'))).toEqual([]);
});

test('a folder of one file more than the limit is reported; tests and generated files do not count', () => {
  const files = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ path: `src/jobs/runs/x${index}.ts`, source: '' }));
  const others = [
    { path: 'src/jobs/runs/x.test.ts', source: '' },
    { path: 'src/jobs/runs/generated/x.ts', source: '' },
  ];
  expect(folderProblems([...files(MAX_FILES), ...others])).toEqual([]);
  expect(folderProblems(files(MAX_FILES + 1))).toEqual(['src/jobs/runs has 23 files; 22 is the limit']);
});
