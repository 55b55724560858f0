import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { variableNames } from '../../src/environment/env.ts';
import * as registry from '../../src/integrations/registry.ts';

const text = readFileSync('deploy/accountsync.env.example', 'utf8');
const shown = [...text.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name);

test('the example of the environment has every variable, once', () => {
  const definitions = Object.values(registry).flatMap((value) => (Array.isArray(value) ? value : []));
  const known = new Set(variableNames(definitions));
  expect([...known].filter((name) => !shown.includes(name))).toEqual([]);
  expect(shown.filter((name) => !known.has(name))).toEqual([]);
  expect(shown.length).toBe(new Set(shown).size);
});
