import { describe, expect, test } from 'vitest';
import { findViolations } from './import-rule.ts';
import { readTree } from './read-tree.ts';

test('the tree keeps to the import rule of DESIGN §5', () => {
  const tree = readTree('.');
  expect(tree.length).toBeGreaterThan(100);
  expect(findViolations(tree)).toEqual([]);
});

/** Problems of one planted file that says `code`. */
function problemsOf(path: string, code: string): string[] {
  return findViolations([{ path, source: code }]).map(({ problem }) => problem);
}

test('the console imports nothing of the service', () => {
  const imported = (specifier: string) =>
    problemsOf('console/src/pages/x.tsx', `import { x } from '${specifier}';\n`);
  expect(imported('../../../src/secret.ts')).toEqual(['the console may not import src/secret.ts']);
  expect(imported('../parts/id.tsx')).toEqual([]);
  expect(imported('../../../clients/typescript/src/transport.ts')).toEqual([]);
});

const forbidden: readonly (readonly [path: string, specifier: string])[] = [
  ['src/domain/provisioning/x.ts', '../../entities/tables.ts'],
  ['src/domain/provisioning/x.ts', '../../integrations/errors.ts'],
  ['src/domain/provisioning/x.ts', '../../jobs/kit.ts'],
  ['src/domain/provisioning/x.ts', '../../schema/builder.ts'],
  ['src/domain/provisioning/x.ts', '../../logger.ts'],
  ['src/domain/provisioning/x.ts', '../../secret.ts'],
  ['src/domain/provisioning/x.ts', '../../environment/env.ts'],
  ['src/domain/x.ts', 'node:fs'],
  ['src/domain/x.ts', 'kysely'],
  ['src/domain/x.ts', 'zodiac'],
  ['src/entities/provisioning/x.ts', '../../jobs/kit.ts'],
  ['src/entities/provisioning/x.ts', '../../schema/builder.ts'],
  ['src/entities/provisioning/x.ts', '../../integrations/connector.ts'],
  ['src/entities/provisioning/x.ts', '../../database.ts'],
  ['src/entities/x.ts', 'pg-boss'],
  ['src/integrations/idaas/x.ts', '../../entities/tables.ts'],
  ['src/integrations/idaas/x.ts', '../../jobs/kit.ts'],
  ['src/integrations/idaas/x.ts', '../../schema/builder.ts'],
  ['src/integrations/idaas/x.ts', '../../sandbox/sandbox.ts'],
  ['src/integrations/x.ts', '@mikro-orm/core'],
  ['src/jobs/provisioning/x.ts', '../../schema/builder.ts'],
  ['src/jobs/provisioning/x.ts', '../../server/http.ts'],
  ['src/jobs/provisioning/x.ts', '../../integrations/idaas/connector.ts'],
  ['src/jobs/provisioning/x.ts', '../../integrations/http.ts'],
  ['src/jobs/provisioning/x.ts', '../../database.ts'],
  ['src/jobs/x.ts', 'graphql'],
  ['src/jobs/x.ts', 'axios'],
  ['src/schema/provisioning/x.ts', '../../integrations/connector.ts'],
  ['src/schema/provisioning/x.ts', '../../integrations/errors.ts'],
  ['src/schema/provisioning/x.ts', '../../jobs/kit/runner.ts'],
  ['src/schema/provisioning/x.ts', '../../jobs/kit/lane-loop.ts'],
  ['src/schema/provisioning/x.ts', '../../server/http.ts'],
  ['src/schema/provisioning/x.ts', '../../database.ts'],
  ['src/server/x.ts', '../integrations/contract/connector.ts'],
  ['src/server/x.ts', '../cli/main.ts'],
  ['src/server/x.ts', '../main.ts'],
  ['src/server/x.ts', '../database.ts'],
  ['src/cli/x.ts', '../schema/builder.ts'],
  ['src/cli/x.ts', '../domain/provisioning/states.ts'],
  ['src/cli/x.ts', '../jobs/kit.ts'],
  ['src/cli/x.ts', '@mikro-orm/postgresql'],
  ['src/sandbox/x.ts', '../integrations/contract/connector.ts'],
  ['src/sandbox/x.ts', '../domain/errors/error-entry.ts'],
  ['src/sandbox/x.ts', '../entities/tables.ts'],
  ['src/jobs/x.ts', '../../test/setup/database.ts'],
  ['src/jobs/x.ts', '../../clients/typescript/src/errors.ts'],
  ['src/cli/x.ts', '../../clients/typescript/examples/portal.ts'],
  ['src/cli/x.ts', 'graphql-ws'],
  ['clients/typescript/src/x.ts', '../../../src/cli/terminal/columns.ts'],
  ['clients/typescript/src/x.ts', '../../other/src/y.ts'],
  ['clients/typescript/src/x.ts', 'graphql-ws'],
  ['clients/typescript/src/x.ts', 'node:fs'],
];

describe('a forbidden import', () => {
  test.for(forbidden)('%s may not import %s', ([path, specifier]) => {
    expect(problemsOf(path, `import { x } from '${specifier}';`)).toHaveLength(1);
  });

  test.for(forbidden)('%s may not import %s for its types either', ([path, specifier]) => {
    expect(problemsOf(path, `import type { X } from '${specifier}';`)).toHaveLength(1);
  });

  test.for([
    ['src/jobs/x.ts', '../integrations/registry.ts'],
    ['src/jobs/x.ts', '../integrations/rate-limit.ts'],
    ['src/schema/x.ts', '../environment/env.ts'],
    ['src/cli/commands/x.ts', '../../environment/env.ts'],
  ] as const)('%s may import types of %s but no values', ([path, specifier]) => {
    expect(problemsOf(path, `import { x } from '${specifier}';`)).toHaveLength(1);
    expect(problemsOf(path, `import { type X, x } from '${specifier}';`)).toHaveLength(1);
    expect(problemsOf(path, `import type { X } from '${specifier}';`)).toEqual([]);
  });

  test.for([
    `import x from '../jobs/kit.ts';`,
    `import * as x from "../jobs/kit.ts";`,
    `import x, { y } from '../jobs/kit.ts';`,
    `import '../jobs/kit.ts';`,
    `import {\n  x,\n  // why\n  type Y,\n} from '../jobs/kit.ts';`,
    `export { x } from '../jobs/kit.ts'; export const y = 1;`,
    `export * from '../jobs/kit.ts'; export const y = 1;`,
    `export type { X } from '../jobs/kit.ts'; export const y = 1;`,
    `export const x = await import('../jobs/kit.ts');`,
    `export const x = () => \`\${await import(\`../jobs/kit.ts\`)}\`;`,
    `export type X = typeof import('../jobs/kit.ts');`,
    `const pattern = /['"\`/*]/; import x from '../jobs/kit.ts';`,
    `const text = \`it's \${{ a: "}" }} /* \`; import x from "../jobs/kit.ts";`,
  ])('is found however it is written: %s', (code) => {
    expect(problemsOf('src/entities/x.ts', code)).toEqual([
      expect.stringMatching(/^entities may not import src\/jobs\/kit\.ts/),
    ]);
  });

  test.for([
    `// import x from '../jobs/kit.ts';`,
    `/* import x from '../jobs/kit.ts'; */`,
    `export const text = "import x from '../jobs/kit.ts'";`,
    "export const text = `import x from '../jobs/kit.ts'`;",
    `export const { from } = { from: '../jobs/kit.ts' };`,
    `export const half = 4 / 2; export const third = 6 / 2;`,
  ])('is not seen where there is none: %s', (code) => {
    expect(problemsOf('src/entities/x.ts', code)).toEqual([]);
  });

  test('a text that does not end is reported, not guessed at', () => {
    expect(() => problemsOf('src/domain/x.ts', `const x = 'open`)).toThrow('a text that does not end');
  });
});

describe('an allowed import', () => {
  test.for([
    ['src/domain/settings/x.ts', '../provisioning/states/states.ts'],
    ['src/domain/x.ts', 'zod'],
    ['src/domain/x.ts', 'libphonenumber-js/max'],
    ['src/domain/x.ts', 'node:crypto'],
    ['src/entities/x.ts', '../domain/errors/error-entry.ts'],
    ['src/entities/x.ts', '@mikro-orm/postgresql'],
    ['src/entities/x.ts', '../logger.ts'],
    ['src/integrations/idaas/x.ts', '../http/http.ts'],
    ['src/integrations/idaas/x.ts', '../../secret.ts'],
    ['src/jobs/x.ts', 'pg-boss'],
    ['src/jobs/x.ts', '@mikro-orm/postgresql'],
    ['src/jobs/x.ts', '../integrations/contract/connector.ts'],
    ['src/jobs/x.ts', '../integrations/contract/errors.ts'],
    ['src/jobs/x.ts', '../entities/tables.ts'],
    ['src/schema/x.ts', '../jobs/provisioning/create-accounts.ts'],
    ['src/server/x.ts', '../schema/builder.ts'],
    ['src/cli/x.ts', '../../clients/typescript/src/errors.ts'],
    ['src/demo.ts', '../clients/typescript/src/accountsync-client.ts'],
    ['clients/typescript/src/x.ts', './generated/graphql.ts'],
    ['clients/typescript/examples/x.ts', '../src/errors.ts'],
    ['src/cli/main.ts', '../environment/env.ts'],
    ['src/main.ts', './server/http.ts'],
    ['src/demo.ts', './integrations/idaas/connector.ts'],
    ['src/database/orm.ts', '../../migrations/20261122000001_core.ts'],
  ] as const)('%s may import %s', ([path, specifier]) => {
    expect(problemsOf(path, `import { x } from '${specifier}';`)).toEqual([]);
  });

  test('tests import what they like', () => {
    expect(
      problemsOf('src/domain/x.test.ts', `import { x } from '../jobs/kit.ts'; process.env['X'];`),
    ).toEqual([]);
    expect(problemsOf('test/x.test.ts', `import { x } from '../src/main.ts';`)).toEqual([]);
  });
});

describe('areas', () => {
  test.for(['domain', 'entities', 'jobs', 'schema'])('do not import each other inside %s', (layer) => {
    const line = `import { x } from '../calendar/y.ts';`;
    expect(problemsOf(`src/${layer}/provisioning/x.ts`, line)).toEqual([
      `provisioning may not import calendar (src/${layer}/calendar/y.ts); what both need stands above them`,
    ]);
  });

  test('share what stands at the root of the layer, and import their own', () => {
    const code = `import { x } from '../kit.ts'; import { y } from './y.ts'; import { z } from '../settings/z.ts';`;
    expect(problemsOf('src/jobs/databases/x.ts', code)).toEqual([]);
  });
});

describe('the shape of the tree', () => {
  test('a folder that is no layer is refused', () => {
    expect(problemsOf('src/lib/x.ts', '')).toEqual(['stands in a folder of src that is no layer']);
  });

  test('src itself holds the programs and the ground only', () => {
    expect(problemsOf('src/start.ts', '')).toEqual([
      'is neither a program nor ground; it belongs into a room',
    ]);
    for (const path of ['src/main.ts', 'src/migrate.ts', 'src/logger.ts', 'src/logger.test.ts'])
      expect(problemsOf(path, '')).toEqual([]);
  });

  test('nothing imports the composition root', () => {
    expect(problemsOf('src/demo.ts', `import { x } from './main.ts';`)).toEqual(['imports src/main.ts']);
  });

  test.for([
    'src/utils/x.ts',
    'src/jobs/helpers.ts',
    'src/jobs/string-utils.ts',
    'src/domain/common/x.ts',
    'src/entities/person-service.ts',
    'src/schema/account.manager.ts',
    'test/helpers/x.ts',
    'src/jobs/helper.test.ts',
  ])('%s has a name that says nothing', (path) => {
    expect(problemsOf(path, '').join()).toContain('a name that says nothing');
  });

  test.for([
    `export * from './a.ts';`,
    `export { a } from './a.ts';\nexport type { B } from './b.ts';`,
    `/** All. */\nimport { a } from './a.ts';\nexport { a };`,
  ])('a file of nothing but re-exports is refused: %s', (code) => {
    expect(problemsOf('src/jobs/index.ts', code)).toEqual(['is nothing but re-exports']);
  });

  test('an index that is a list is welcome', () => {
    expect(problemsOf('src/jobs/index.ts', `import { a } from './a.ts'; export const jobs = [a];`)).toEqual(
      [],
    );
  });

  test('generated files are left alone', () => {
    expect(problemsOf('clients/typescript/src/generated/index.ts', `export * from './gql.ts';`)).toEqual([]);
  });

  test.for([
    `export const a = process.env['A'];`,
    `export const a = process.env;`,
    `export const a = process?.env;`,
    `export const a = process['env'];`,
    `export const a = \`\${process.env.A}\`;`,
    `export const { env } = process;`,
    `import { env } from 'node:process'; export const a = env;`,
  ])('the environment is read in one place only: %s', (code) => {
    expect(problemsOf('src/server/x.ts', code)).toEqual([
      'reads process.env; only src/environment/env.ts does',
    ]);
    expect(problemsOf('src/environment/env.ts', code)).toEqual([]);
  });

  test('speaking of the environment is not reading it', () => {
    expect(
      problemsOf('src/server/x.ts', `// process.env\nexport const a = 'process.env'; process.exit();`),
    ).toEqual([]);
  });

  test.for([
    'Date.now()',
    'new Date()',
    'Math.random()',
    `fetch('x')`,
    'console.log(1)',
    'performance.now()',
  ])('the domain reads no clock, chance or world: %s', (expression) => {
    expect(problemsOf('src/domain/x.ts', `export const x = ${expression};`).join()).toContain('is not pure');
    expect(problemsOf('src/jobs/x.ts', `export const x = ${expression};`)).toEqual([]);
  });

  test('a date that was given is pure', () => {
    expect(problemsOf('src/domain/x.ts', 'export const day = (ms: number) => new Date(ms);')).toEqual([]);
  });

  test('a cycle is found, type imports counting too', () => {
    const problems = findViolations([
      { path: 'src/jobs/a.ts', source: `import { b } from './b.ts'; export const a = b;` },
      { path: 'src/jobs/b.ts', source: `import type { C } from './deep/c.ts'; export const b = 1;` },
      { path: 'src/jobs/deep/c.ts', source: `import type { a } from '../a.ts'; export type C = typeof a;` },
      { path: 'src/jobs/d.ts', source: `import { a } from './a.ts'; export const d = a;` },
    ]);
    expect(problems).toEqual([
      {
        path: 'src/jobs/a.ts',
        problem: 'is part of a cycle: src/jobs/a.ts → src/jobs/b.ts → src/jobs/deep/c.ts → src/jobs/a.ts',
      },
      { path: 'src/jobs', problem: 'is a folder of a circle: src/jobs → src/jobs/deep → src/jobs' },
    ]);
  });

  const circle = [
    { path: 'src/schema/reading/a.ts', source: `import type { B } from '../runs/b.ts'; export type A = B;` },
    { path: 'src/schema/runs/b.ts', source: `export type B = 1;` },
    { path: 'src/schema/runs/c.ts', source: `import { D } from '../systems/d.ts'; export const c = D;` },
    {
      path: 'src/schema/systems/d.ts',
      source: `import type { E } from '../reading/e.ts'; export const D = 1;`,
    },
    { path: 'src/schema/reading/e.ts', source: `export type E = 1;` },
  ];

  test('a circle of folders is found though no file is part of one', () => {
    expect(findViolations(circle)).toEqual([
      {
        path: 'src/schema/reading',
        problem:
          'is a folder of a circle: src/schema/reading → src/schema/runs → src/schema/systems → src/schema/reading',
      },
    ]);
    expect(findViolations(circle.filter(({ path }) => !path.endsWith('/e.ts')).slice(0, 3))).toEqual([]);
  });

  test('the root of a layer is a folder like any other: what rooms share does not stand there', () => {
    const shared = [
      { path: 'src/schema/index.ts', source: `import { a } from './runs/a.ts'; export const all = [a];` },
      { path: 'src/schema/runs/a.ts', source: `import type { P } from '../parts.ts'; export const a = 1;` },
      { path: 'src/schema/parts.ts', source: `export type P = 1;` },
    ];
    expect(findViolations(shared)).toEqual([
      { path: 'src/schema', problem: 'is a folder of a circle: src/schema → src/schema/runs → src/schema' },
    ]);
  });
});
