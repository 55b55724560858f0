import { getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { asksForSchema, SHAPE_LIMITS, shapeErrors } from './document-shape.ts';

const exceeded = (source: string) =>
  shapeErrors(parse(source)).map(({ extensions: { limit, actual } }) => [limit, actual]);
const nested = (depth: number): string => (depth === 1 ? 'a' : `a { ${nested(depth - 1)} }`);
const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');

describe('the shape of an operation', () => {
  test.each([
    ['depth', (size: number) => `{ ${nested(size)} }`],
    ['depth', (size: number) => `query { ...F } fragment F on Q { ... { ${nested(size)} } }`],
    ['aliases', (size: number) => `{ ${times(size, (index) => `a${index}: a`)} }`],
    [
      'aliases',
      (size: number) => `{ ...F } fragment F on Q { ${times(size, (index) => `a${index}: __typename`)} }`,
    ],
    ['directives', (size: number) => `query @d { a ${times(size - 1, () => '@skip(if: false)')} }`],
    [
      'directives',
      (size: number) => `{ ${times(size, () => '...F @include(if: true)')} } fragment F on Q { a }`,
    ],
    ['fields', (size: number) => `{ ${times(size, (index) => `f${index}`)} }`],
    ['fields', (size: number) => `{ __typename ${times(size, () => '__typename')} }`],
    ['fields', (size: number) => `{ ${times(size / 5, () => '...F')} } fragment F on Q { a b c d e }`],
  ] as const)('%s: as much as is allowed passes, more does not (%#)', (limit, make) => {
    const maximum = SHAPE_LIMITS[limit];
    const step = limit === 'fields' ? 5 : 1;
    expect(exceeded(make(maximum))).toEqual([]);
    expect(exceeded(make(maximum + step))).toEqual([[limit, maximum + step]]);
  });

  test('one __typename per selection is free, and adds no level', () => {
    expect(exceeded(`{ ${nested(8).replace('a }', 'a { __typename } }')} }`)).toEqual([]);
  });

  test('introspection is another matter', () => {
    const source = getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true });
    expect(exceeded(source)).toEqual([]);
    expect(asksForSchema(parse(source))).toBe(true);
    expect(asksForSchema(parse('query { ...F } fragment F on Q { __type(name: "Q") { name } }'))).toBe(true);
    expect(asksForSchema(parse('{ __typename a { __typename } }'))).toBe(false);
  });

  test('fragments that multiply are counted without being expanded', () => {
    const levels = times(60, (index) => `fragment F${index} on Q { ...F${index + 1} ...F${index + 1} }`);
    const [[limit] = []] = exceeded(`{ ...F0 } ${levels} fragment F60 on Q { a b c }`);
    expect(limit).toBe('fields');
  });

  test('a fragment that nothing uses counts too', () => {
    expect(exceeded(`{ a } fragment F on Q { ${times(301, (index) => `f${index}`)} }`)).toEqual([
      ['fields', 301],
    ]);
  });

  test('fragments that contain themselves end, and are for validation to refuse', () => {
    expect(exceeded('{ ...F } fragment F on Q { a { ...G } } fragment G on Q { a { ...F } }')).toEqual([]);
  });

  test('each operation of a document counts alone', () => {
    const aliases = times(10, (index) => `a${index}: a`);
    expect(exceeded(`query A { ${aliases} } query B { ${aliases} }`)).toEqual([]);
  });
});
