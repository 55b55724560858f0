import { describe, expect, test } from 'vitest';
import { type DependencyGraph, findDependencyProblem, inDependencyOrder } from './dependencies.ts';

const known = ['IDAAS', 'WELINK', 'EMAIL', 'VPN'];

function problemOf(graph: DependencyGraph) {
  return findDependencyProblem(graph, known);
}

describe('a usable graph', () => {
  test.for<[name: string, graph: DependencyGraph]>([
    ['the default', { IDAAS: [], WELINK: ['IDAAS'], EMAIL: ['IDAAS'] }],
    ['an empty one', {}],
    ['one that leaves systems out', { EMAIL: ['IDAAS'] }],
    ['a chain in any order', { VPN: ['EMAIL'], WELINK: ['IDAAS'], EMAIL: ['WELINK'] }],
    ['a diamond', { VPN: ['WELINK', 'EMAIL'], WELINK: ['IDAAS'], EMAIL: ['IDAAS'] }],
    ['the same need said twice', { EMAIL: ['IDAAS', 'IDAAS'] }],
  ])('%s', ([, graph]) => {
    expect(problemOf(graph)).toBeNull();
  });
});

describe('a graph that is refused', () => {
  test('names a system that needs itself', () => {
    expect(problemOf({ IDAAS: ['IDAAS'] })).toEqual({ kind: 'cycle', path: ['IDAAS', 'IDAAS'] });
  });

  test('names the cycle by its path, without what only leads into it', () => {
    expect(problemOf({ VPN: ['WELINK'], WELINK: ['EMAIL'], EMAIL: ['IDAAS'], IDAAS: ['WELINK'] })).toEqual({
      kind: 'cycle',
      path: ['WELINK', 'EMAIL', 'IDAAS', 'WELINK'],
    });
  });

  test('is found also when another branch of the same system is fine', () => {
    expect(problemOf({ VPN: ['EMAIL', 'WELINK'], EMAIL: [], WELINK: ['VPN'] })).toEqual({
      kind: 'cycle',
      path: ['VPN', 'WELINK', 'VPN'],
    });
  });

  test.for<[DependencyGraph]>([[{ LDAP: [] }], [{ EMAIL: ['LDAP'] }]])(
    'names a system nobody knows: %o',
    ([graph]) => {
      expect(problemOf(graph)).toEqual({ kind: 'unknown-system', system: 'LDAP' });
    },
  );

  test('takes names as they are written: another case is another system', () => {
    expect(problemOf({ EMAIL: ['idaas'] })).toEqual({ kind: 'unknown-system', system: 'idaas' });
  });
});

test.for<[systems: string[], graph: DependencyGraph, ordered: string[]]>([
  [['IDAAS', 'WELINK'], { WELINK: ['IDAAS'] }, ['IDAAS', 'WELINK']],
  [['EMAIL', 'WELINK', 'IDAAS'], { WELINK: ['IDAAS'], EMAIL: ['IDAAS'] }, ['IDAAS', 'EMAIL', 'WELINK']],
  [['VPN', 'EMAIL'], { VPN: ['WELINK'], WELINK: ['EMAIL'] }, ['EMAIL', 'VPN']],
  [['EMAIL'], { EMAIL: ['IDAAS'] }, ['EMAIL']],
])('%o in the order of their dependencies', ([systems, graph, ordered]) => {
  expect(inDependencyOrder(systems, graph)).toEqual(ordered);
});
