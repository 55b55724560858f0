import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { installedSettings } from '../../src/application/upstreams.ts';
import { describeSettings } from '../../src/domain/settings/describe-settings.ts';

const page = readFileSync('docs/settings.md', 'utf8');

test('the page of the settings is what the code says', () => {
  expect(page).toBe(describeSettings(installedSettings));
});

test('it has a row of four cells for every setting', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows.map((row) => /^\| `([a-z0-9_]+)`/.exec(row)?.[1])).toEqual(
    Object.keys(installedSettings).toSorted(),
  );
  for (const row of rows) expect(row.split(/(?<!\\)\|/), row).toHaveLength(6);
});
