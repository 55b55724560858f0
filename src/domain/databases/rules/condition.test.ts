import { expect, test } from 'vitest';
import { parseCondition } from './condition.ts';
import { type AccountFacts, holds } from './evaluate.ts';

test.each([
  [{}, 'when', 'ONE_MEMBER'],
  [{ role: 'a', locked: true }, 'when', 'ONE_MEMBER'],
  [{ all: [] }, 'when.all', 'EMPTY_LIST'],
  [{ all: [{ privilege: { privilege: ' ' } }] }, 'when.all.0.privilege', 'BLANK'],
  [{ any: [{ locked: true }, { not: {} }] }, 'when.any.1.not', 'ONE_MEMBER'],
] as const)('%j is refused at %s as %s', (tree, path, variant) => {
  const { problems } = parseCondition(tree);
  expect(problems.map((problem) => [problem.path.join('.'), problem.variant])).toEqual([[path, variant]]);
});

const facts: AccountFacts = {
  engine: 'POSTGRESQL',
  displayName: 'svc_backup',
  system: false,
  locked: false,
  capabilities: ['GRANT_ADMIN'],
  roles: ['app_read'],
  attributes: { connectionLimit: 5 },
  rows: [
    {
      category: 'TABLE',
      scope: 'shop',
      object: 's.t',
      privilege: 'SELECT',
      state: 'GRANT',
      grantable: true,
      via: ['app_read'],
    },
  ],
};

test.each([
  [{ nameLike: 'svc\\_%' }, true],
  [{ nameLike: 'svc_backu_' }, true],
  [{ nameLike: 'svc\\_backu\\_' }, false],
  [{ all: [{ role: 'app_read' }, { not: { locked: true } }] }, true],
  [{ privilege: { privilege: 'select', scope: 'shop' } }, true],
  [{ privilege: { privilege: 'SELECT', effective: false } }, false],
  [{ privilege: { privilege: 'SELECT', grantable: false } }, false],
  [{ any: [{ capability: 'SUPERUSER' }, { attribute: { name: 'connectionLimit', equals: 5 } }] }, true],
  [{ engine: 'MYSQL' }, false],
] as const)('%j holds: %s', (tree, expected) => {
  const { condition, problems } = parseCondition(tree);
  expect(problems).toEqual([]);
  expect(condition !== null && holds(condition, facts)).toBe(expected);
});
