import { describe, expect, it } from 'vitest';
import { upstreamErrors } from './upstream-errors.ts';

/** Parameters that `upstreamError` and the connectors' own errors fill in. */
const KNOWN = [
  'system',
  'employeeNumber',
  'vendorAnswer',
  'detail',
  'otherEmployeeNumber',
  'login',
  'operation',
  'title',
];

function placeholdersOf(text: string): Set<string> {
  return new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name));
}

describe('upstream error catalogue', () => {
  for (const [code, entry] of Object.entries(upstreamErrors)) {
    it(`${code} says the same in both languages`, () => {
      expect(placeholdersOf(entry.zh)).toEqual(placeholdersOf(entry.en));
      expect(placeholdersOf(entry.zh)).toContain('system');
      for (const name of placeholdersOf(entry.zh)) expect(KNOWN).toContain(name);
      expect(entry.zh).toMatch(/\p{Script=Han}.*。$/u);
      expect(entry.en).toMatch(/^[\p{ASCII}]+\.$/u);
    });
  }
});
