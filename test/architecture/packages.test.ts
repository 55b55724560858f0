import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lockProblems, packageProblems } from './packages.ts';

describe('package.json', () => {
  test('pins exact versions', () => {
    expect(packageProblems(readFileSync('package.json', 'utf8'))).toEqual([]);
  });

  test.for(['^1.2.3', '~1.2.3', '1.x', '*', 'latest', '>=1.0.0', 'npm:other@1.2.3'])(
    'a version like %s is refused in every list',
    (version) => {
      for (const list of ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides']) {
        expect(packageProblems(JSON.stringify({ [list]: { thing: version } }))).toEqual([
          `package.json does not pin thing: ${version}`,
        ]);
      }
    },
  );

  test('a beta version is exact', () => {
    expect(packageProblems('{"dependencies":{"thing":"18.4.0-beta.17"}}')).toEqual([]);
  });
});

describe('package-lock.json', () => {
  test('names no registry', () => {
    expect(lockProblems(readFileSync('package-lock.json', 'utf8'))).toEqual([]);
  });

  test('a registry address is reported with its package', () => {
    const lock = { packages: { 'node_modules/thing': { resolved: 'https://registry/thing.tgz' } } };
    expect(lockProblems(JSON.stringify(lock))).toEqual([
      'package-lock.json names a registry for node_modules/thing: https://registry/thing.tgz',
    ]);
  });
});
