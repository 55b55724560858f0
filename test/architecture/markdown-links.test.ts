import { expect, test } from 'vitest';
import { linkProblems } from './markdown-links.ts';

const guide = {
  path: 'docs/guide.md',
  source:
    '# The guide\n\n## What if?\n\n## What if?\n\n### `run` & [stop](x.md)\n\n## 运维指南\n\n<a id="here"></a>\n',
};
const files = ['README.md', 'docs/guide.md', 'docs/x.md', 'src/main.ts'];

function problemsOf(text: string): string[] {
  return linkProblems([{ path: 'README.md', source: text }], files).concat(
    linkProblems([{ path: 'README.md', source: text }, guide], files).filter((line) =>
      line.includes('heading'),
    ),
  );
}

test.for([
  ['[a](docs/gone.md)', 'README.md links to docs/gone.md: no such file'],
  ['![a](docs/gone.png "title")', 'README.md links to docs/gone.png: no such file'],
  ['[`a` and [b]](gone/)', 'README.md links to gone/: no such file'],
  ['[a][b]\n\n[b]: docs/gone.md\n', 'README.md links to docs/gone.md: no such file'],
  ['[a](../outside.md)', 'README.md links to ../outside.md: no such file'],
  ['[a](docs/guide.md#what-else)', 'README.md links to docs/guide.md#what-else: no such heading'],
  ['[a](docs/guide.md#what-if-2)', 'README.md links to docs/guide.md#what-if-2: no such heading'],
  ['[a](#nothing)', 'README.md links to #nothing: no such heading'],
  ['see `src/gone/file.ts`', 'README.md names src/gone/file.ts: no such file'],
] as const)('an unresolved link is refused: %s', ([text, problem]) => {
  expect(problemsOf(text)).toContain(problem);
});

test.for([
  '[a](docs/guide.md) [b](docs/) [c](docs) [d](src/main.ts)',
  '[a](docs/guide.md#what-if) [b](docs/guide.md#what-if-1) [c](docs/guide.md#run--stop) [d](docs/guide.md#here)',
  '[a](docs/guide.md#运维指南) [b](docs/guide.md#%E8%BF%90%E7%BB%B4%E6%8C%87%E5%8D%97)',
  '[a](https://example.com/gone.md#x) [b](mailto:a@example.com) <https://example.com>',
  '`[a](gone.md)`\n\n```md\n[b](gone.md) `src/gone.ts`\n```\n',
  '## Here\n\n[a](#here) and `src/main.ts`',
])('a link that leads somewhere stays: %s', (text) => {
  expect(problemsOf(text)).toEqual([]);
});
