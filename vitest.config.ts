import { defineConfig } from 'vitest/config';

/**
 * The conditions that Node itself resolves by. Vitest's own add `development`, under which `graphql` has a second
 * copy: our code would get that one and yoga, graphql-ws and Pothos the other, and `instanceof GraphQLError` fails.
 */
const ssr = { resolve: { conditions: ['module-sync', 'node'] } };

/**
 * What is waited for may come late on a busy machine, where a process takes half a minute to load; who waits for it
 * goes on as soon as it is there. Only what never comes takes as long as this.
 */
const patience = {
  // On a machine of others a test has a second try, and the run says which needed it (test/run.ts); here it has none.
  retry: process.env['CI'] === undefined ? 0 : 1,
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 60_000, interval: 20 } },
};

export default defineConfig({
  test: {
    // A flow test mostly waits: for Postgres, for an upstream, for a process. Two processors hold three at once.
    maxWorkers: 3,
    projects: [
      { ssr, test: { name: 'pure', include: ['{src,clients}/**/*.test.ts'], retry: patience.retry } },
      {
        ssr,
        test: {
          name: 'flow',
          include: ['test/**/*.test.ts'],
          exclude: ['test/faults/full/**', 'test/image/**'],
          globalSetup: ['test/global-setup.ts'],
          ...patience,
        },
      },
      {
        ssr,
        test: {
          name: 'image',
          include: ['test/image/**/*.test.ts'],
          globalSetup: ['test/global-setup.ts'],
          ...patience,
        },
      },
      {
        ssr,
        test: {
          name: 'faults',
          include: ['test/faults/full/**/*.test.ts'],
          globalSetup: ['test/global-setup.ts'],
          ...patience,
        },
      },
    ],
  },
});
