import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../secret.ts';
import { masterKeyOf, seal } from './envelope.ts';
import { SecretKeys, SecretUnavailable } from './secret-keys.ts';

const place = { table: 'webhook', column: 'secret', row: '7' };
const [old, fresh, foreign] = [randomBytes(32), randomBytes(32), randomBytes(32)];
const idOf = (key: Buffer) => masterKeyOf(key).id;

function failureOf(work: () => unknown): SecretUnavailable {
  try {
    work();
  } catch (error) {
    if (error instanceof SecretUnavailable) return error;
  }
  throw new Error('it was no SecretUnavailable');
}

describe('a sealed secret', () => {
  test('is opened where it was sealed, and shows nothing but the id of its key', () => {
    const keys = new SecretKeys([old]);
    const secret = 'whsec_密码🔑';
    const stored = keys.seal(new Secret(secret), place);
    expect(keys.open(stored, place).reveal()).toBe(secret);
    expect(stored.split('.').slice(0, 2)).toEqual(['enc1', idOf(old)]);
    expect(stored).not.toContain('whsec');
    expect(keys.seal(new Secret(secret), place)).not.toBe(stored);
    expect(keys.open(keys.seal(new Secret(''), place), place).reveal()).toBe('');
  });

  test.each([
    ['another row', { row: '8' }],
    ['another column', { column: 'previous_secret' }],
    ['another table', { table: 'database_account' }],
  ])('is not opened in %s', (_what, moved) => {
    const keys = new SecretKeys([old]);
    const stored = keys.seal(new Secret('whsec_1'), place);
    expect(failureOf(() => keys.open(stored, { ...place, ...moved }))).toMatchObject({
      code: 'SECRET_DAMAGED',
      parameters: { keyId: idOf(old) },
    });
  });

  test('is not opened when any byte of it was changed', () => {
    const keys = new SecretKeys([old]);
    const stored = keys.seal(new Secret('s'), place);
    const from = stored.indexOf('.', 5) + 1;
    for (let at = from; at < stored.length; at += 1) {
      // The last digit of base64 may have bits that mean nothing.
      if (at === stored.length - 1 || stored[at + 1] === '.' || stored[at] === '.') continue;
      const changed = stored.slice(0, at) + (stored[at] === 'A' ? 'B' : 'A') + stored.slice(at + 1);
      expect(failureOf(() => keys.open(changed, place)).code).toBe('SECRET_DAMAGED');
    }
    for (const broken of [stored.slice(0, -4), 'enc1.', `enc1.${idOf(old)}.AAAA.AAAA`])
      expect(failureOf(() => keys.open(broken, place)).code).toBe('SECRET_DAMAGED');
  });

  test('names the key it takes where that is missing', () => {
    const stored = new SecretKeys([old]).seal(new Secret('s'), place);
    expect(failureOf(() => new SecretKeys([foreign]).open(stored, place))).toMatchObject({
      code: 'SECRETS_KEY_UNKNOWN',
      parameters: { keyId: idOf(old), known: idOf(foreign) },
    });
    expect(failureOf(() => new SecretKeys([]).open(stored, place))).toMatchObject({
      code: 'SECRETS_KEY_UNKNOWN',
      parameters: { keyId: idOf(old), known: '–' },
    });
  });
});

describe('a rotation', () => {
  test('wraps the data key anew and leaves the secret as it is encrypted', () => {
    const stored = new SecretKeys([old]).seal(new Secret('whsec_1'), place);
    const both = new SecretKeys([fresh, old]);
    expect(both.open(stored, place).reveal()).toBe('whsec_1');
    const renewed = both.renew(stored, place);
    expect(renewed.split('.')[1]).toBe(idOf(fresh));
    expect(renewed.split('.')[3]).toBe(stored.split('.')[3]);
    expect(new SecretKeys([fresh]).open(renewed, place).reveal()).toBe('whsec_1');
    expect(failureOf(() => both.renew(stored, { ...place, row: '8' })).code).toBe('SECRET_DAMAGED');
  });

  test('seals what was plain', () => {
    const keys = new SecretKeys([fresh]);
    expect(keys.open('whsec_plain', place).reveal()).toBe('whsec_plain');
    expect(keys.open(keys.renew('whsec_plain', place), place).reveal()).toBe('whsec_plain');
  });

  test('does not take a wrapped data key for a secret', () => {
    const stored = seal('s', place, masterKeyOf(old));
    const [prefix, id, wrapped] = stored.split('.');
    const swapped = [prefix, id, wrapped, wrapped].join('.');
    expect(failureOf(() => new SecretKeys([old]).open(swapped, place)).code).toBe('SECRET_DAMAGED');
  });
});

test('without a key nothing is sealed', () => {
  const none = new SecretKeys([]);
  expect(none.currentId).toBeNull();
  expect(failureOf(() => none.seal(new Secret('s'), place)).code).toBe('SECRETS_KEY_MISSING');
  expect(failureOf(() => none.renew('whsec_plain', place)).code).toBe('SECRETS_KEY_MISSING');
});

test('a key of another length is refused', () => {
  expect(() => new SecretKeys([Buffer.alloc(16)])).toThrow(RangeError);
});
