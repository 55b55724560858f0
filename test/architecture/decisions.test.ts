import { expect, test } from 'vitest';
import { decisionProblems } from './decisions.ts';
import { readTexts } from './text-rule.ts';

/** Numbers of pages that do not exist, put together so that this file does not refer to them. */
const reference = (number: string) => `ADR ${number}`;

test('the decision log is numbered without gaps, and every reference finds its page', () => {
  const texts = readTexts('.');
  expect(texts.filter(({ path }) => path.startsWith('docs/decisions/')).length).toBeGreaterThan(10);
  expect(decisionProblems(texts)).toEqual([]);
});

const first = { path: 'docs/decisions/0001-one.md', source: '# 0001 One\n' };
const list = { path: 'docs/decisions/README.md', source: '[One](0001-one.md) [Two](0002-two.md)' };

test('a gap, a wrong title, a page outside the list and a reference to nothing are refused', () => {
  expect(
    decisionProblems([
      first,
      { path: 'docs/decisions/0003-three.md', source: '# 0002 Three\n' },
      list,
      { path: 'src/x.ts', source: `// ${reference('0001')}, ${reference('0009')}` },
    ]),
  ).toEqual([
    'docs/decisions/0003-three.md should be number 0002',
    'docs/decisions/0003-three.md does not begin with "# 0003 "',
    'docs/decisions/0003-three.md is not listed in docs/decisions/README.md',
    `src/x.ts refers to ${reference('0009')}, which does not exist`,
  ]);
});

test('a log in order is fine', () => {
  expect(
    decisionProblems([first, { path: 'docs/decisions/0002-two.md', source: '# 0002 Two\n' }, list]),
  ).toEqual([]);
});
