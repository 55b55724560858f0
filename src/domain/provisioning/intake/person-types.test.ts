import { describe, expect, test } from 'vitest';
import {
  checkPersonTypes,
  findTakenNames,
  normalisePersonType,
  type PersonType,
  withoutRepeatedNames,
} from './person-types.ts';

const type = (personType: string, given: Partial<PersonType> = {}): PersonType => ({
  personType,
  aliases: [],
  emailDomain: null,
  idaasUserType: 'supplier',
  welinkPersonType: '外包',
  isActive: true,
  description: null,
  ...given,
});
const paths = (types: readonly PersonType[]) =>
  checkPersonTypes(types.map(normalisePersonType)).map(({ code, path }) => `${code} ${path.join('.')}`);

test('texts take their one form, and blanks are null', () => {
  expect(
    normalisePersonType(type(' 14 ', { aliases: [' 外聘 '], emailDomain: '@Example.COM', description: ' ' })),
  ).toEqual(type('14', { aliases: ['外聘'], emailDomain: 'example.com' }));
});

test('an alias stands once, and the own code is none', () => {
  expect(withoutRepeatedNames(type('14', { aliases: ['a', '14', 'a'] })).aliases).toEqual(['a']);
});

describe('what is wrong is named with its place', () => {
  test.for<[given: Partial<PersonType>, problem: string]>([
    [{ personType: ' ' }, 'REQUIRED mappings.0.personType'],
    [{ idaasUserType: 'x'.repeat(51) }, 'TOO_LONG mappings.0.idaasUserType'],
    [{ welinkPersonType: 'a\0' }, 'INVALID mappings.0.welinkPersonType'],
    [{ aliases: ['a', ''] }, 'REQUIRED mappings.0.aliases.1'],
    [{ aliases: Array.from({ length: 101 }, (_, n) => `a${n}`) }, 'TOO_MANY mappings.0.aliases'],
    [{ emailDomain: 'a b' }, 'INVALID mappings.0.emailDomain'],
    [{ emailDomain: 'example..com' }, 'INVALID mappings.0.emailDomain'],
    [{ description: 'x'.repeat(501) }, 'TOO_LONG mappings.0.description'],
  ])('%j', ([given, problem]) => {
    expect(paths([type('14', given)])).toEqual([problem]);
  });

  test('a code twice, a list without end', () => {
    expect(paths([type('14'), type(' 14')])).toEqual(['DUPLICATE_ROW mappings.1.personType']);
    expect(paths(Array.from({ length: 501 }, (_, n) => type(`${n}`)))).toEqual(['TOO_MANY mappings']);
  });
});

describe('a name belongs to one type only', () => {
  const stored = [type('10', { aliases: ['employee'] }), type('11', { aliases: ['supplier'] })];
  const found = (...types: PersonType[]) =>
    findTakenNames(types, stored).map(({ path, parameters }) => [
      path.slice(1).join('.'),
      parameters['other'],
    ]);

  test('among those stored', () => {
    expect(found(type('14', { aliases: ['x', 'supplier'] }))).toEqual([['0.aliases.1', '11']]);
    expect(found(type('14', { aliases: ['10'] }))).toEqual([['0.aliases.0', '10']]);
    expect(found(type('employee'))).toEqual([['0.personType', '10']]);
  });

  test('among those of the same call', () => {
    expect(found(type('14', { aliases: ['x'] }), type('15', { aliases: ['x'] }))).toEqual([
      ['0.aliases.0', '15'],
      ['1.aliases.0', '14'],
    ]);
  });

  test('and may move from one that gives it up', () => {
    expect(found(type('11'), type('14', { aliases: ['supplier'] }))).toEqual([]);
    expect(found(type('10', { aliases: ['employee', '10'] }))).toEqual([]);
  });
});
