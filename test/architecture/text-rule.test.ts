import { expect, test } from 'vitest';
import { readTexts, textProblems } from './text-rule.ts';

/** Written in two parts, so that this file is not what it plants. */
const marker = (sign: string, rest = '') => `${sign.repeat(7)}${rest}`;
const machine = (rest: string) => `/${rest}`;

test('no text of the project has conflict markers or paths of one machine', () => {
  const texts = readTexts('.');
  expect(texts.length).toBeGreaterThan(500);
  expect(texts.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['CHANGELOG.md', '.ci/run', 'deploy/helm/accountsync/values.yaml', 'src/main.ts']),
  );
  expect(texts.flatMap(textProblems)).toEqual([]);
});

test.for([marker('<', ' HEAD'), marker('>', ' main'), marker('|', ' parent of 1a2b3c4'), marker('=')])(
  'a conflict marker is refused: %s',
  (line) => {
    expect(textProblems({ path: 'CHANGELOG.md', source: `one\n${line}\ntwo\n` })).toEqual([
      `CHANGELOG.md:2 is a conflict marker: ${line}`,
    ]);
  },
);

test.for([
  ['home', '/ada/projects'],
  ['root', '/.npmrc'],
  ['work', '/main'],
  ['Users', '/ada'],
])('a path of one machine is refused: /%s%s', ([folder = '', rest = '']) => {
  const path = machine(`${folder}${rest}`);
  for (const line of [`see ${path}`, `cd "${path}"`, `const at = '${path}';`, `(${path})`])
    expect(textProblems({ path: 'docs/x.md', source: line })).toHaveLength(1);
});

test('a path of Windows is refused too', () => {
  expect(textProblems({ path: 'docs/x.md', source: ['C:', 'Users', 'ada'].join('\\') })).toHaveLength(1);
});

test.for([
  'DATA_DIR=/var/lib/accountsync',
  'EnvironmentFile=/etc/accountsync/env and /opt/accountsync',
  'https://example.com/home/page and http://127.0.0.1:4000/work/orders',
  'src/root/x.ts, ../home/y.ts, {base}/work/z',
  '======== eight, | a table |',
  'a <<< b >>> c',
])('what is no such thing stays: %s', (line) => {
  expect(textProblems({ path: 'docs/x.md', source: line })).toEqual([]);
});
