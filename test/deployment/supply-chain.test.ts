import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../..');
const lockfileSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      integrity: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
    }),
  ),
});
type Lockfile = z.infer<typeof lockfileSchema>;
const lockfile = lockfileSchema.parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));

/** Licences that ask for nothing but their notice. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PostgreSQL',
  'Unlicense',
  'UPL-1.0',
]);

/** Production packages whose licence is none of these; of alternatives one is enough. */
function findRefused({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, { license = 'none', dev }]) => {
    const alternatives = license.replace(/^\((.*)\)$/, '$1').split(' OR ');
    const fine = path === '' || dev === true || alternatives.some((one) => PERMISSIVE.has(one));
    return fine ? [] : [`${path}: ${license}`];
  });
}

/** Packages whose contents `npm ci` could not check. */
function findUnchecked({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, { integrity }]) =>
    path === '' || /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '') ? [] : [path],
  );
}

it('every production package has a permissive licence', () => {
  expect(findRefused(lockfile)).toEqual([]);
});

it('every package of the lockfile has its contents under a hash', () => {
  expect(findUnchecked(lockfile)).toEqual([]);
});

it('a licence that binds, a missing one and a package without a hash are noticed', () => {
  const planted = {
    packages: {
      'node_modules/copyleft': { license: 'AGPL-3.0', integrity: 'sha1-short' },
      'node_modules/both': { license: '(MIT AND GPL-2.0)' },
      'node_modules/none': {},
      'node_modules/choice': { license: '(GPL-2.0 OR MIT)' },
      'node_modules/tool': { license: 'GPL-3.0', dev: true },
    },
  };
  expect(findRefused(planted)).toEqual([
    'node_modules/copyleft: AGPL-3.0',
    'node_modules/both: (MIT AND GPL-2.0)',
    'node_modules/none: none',
  ]);
  expect(findUnchecked(planted)).toHaveLength(5);
});

it('`npm run sbom` lists what runs in production, with licences and hashes, and no tool of development', () => {
  const bill = z
    .object({ bomFormat: z.literal('CycloneDX'), components: z.array(z.object({ name: z.string() })) })
    .parse(JSON.parse(execFileSync(process.execPath, ['deploy/sbom.ts'], { cwd: ROOT, encoding: 'utf8' })));
  const names = bill.components.map(({ name }) => name);
  expect(names).toContain('pg-boss');
  expect(names).not.toContain('vitest');
});
