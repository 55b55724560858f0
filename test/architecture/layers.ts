/** The floors of the house (DESIGN §5): folders directly under `src/`. */
export const layers = [
  'domain',
  'entities',
  'integrations',
  'jobs',
  'schema',
  'server',
  'cli',
  'sandbox',
] as const;
export type Layer = (typeof layers)[number];

/** Rooms of the composition root (DESIGN §5): programs and each other import them, layers do not. */
export const compositionRooms = ['application', 'database', 'environment'] as const;

/** The wings: folders of the same name in several layers. */
export const areas = ['provisioning', 'calendar', 'databases'] as const;

export interface LayerRule {
  /** Layers whose files it may import, its own among them. */
  readonly layers: readonly Layer[];
  /** Packages it may import, or what it may not; a name that ends in `/` stands for the whole scope. */
  readonly packages: { readonly only: readonly string[] } | { readonly never: readonly string[] };
}

const orm = ['@mikro-orm/', 'kysely'];
const queue = ['pg-boss'];
const api = [
  'graphql',
  'graphql-yoga',
  'graphql-ws',
  'graphql-jit',
  '@graphql-yoga/',
  '@pothos/',
  'dataloader',
];
const httpClients = ['axios', 'axios-retry'];

/** Who may import whom: the table of DESIGN §5. */
export const layerRules: Readonly<Record<Layer, LayerRule>> = {
  domain: {
    layers: ['domain'],
    packages: {
      only: [
        'zod',
        'pinyin-pro',
        'libphonenumber-js',
        'i18n-iso-countries',
        'lossless-json',
        'node:crypto',
        'node:module',
      ],
    },
  },
  entities: { layers: ['entities', 'domain'], packages: { only: [...orm, 'zod'] } },
  integrations: { layers: ['integrations', 'domain'], packages: { never: [...orm, ...queue, ...api] } },
  jobs: { layers: ['jobs', 'entities', 'domain'], packages: { never: [...api, ...httpClients] } },
  schema: { layers: ['schema', 'jobs', 'entities', 'domain'], packages: { never: ['pg', ...httpClients] } },
  server: { layers: ['server', 'schema', 'jobs', 'entities', 'domain'], packages: { never: httpClients } },
  cli: { layers: ['cli'], packages: { never: [...orm, ...queue, ...api, ...httpClients, 'pg', 'ws'] } },
  sandbox: { layers: ['sandbox'], packages: { never: [...orm, ...queue, ...api, 'pg'] } },
};

/** Packages for callers, each in a folder of its own, which knows nothing of the service; and the packages it may import. */
export const clientPackages: Readonly<Record<string, readonly string[]>> = {
  'clients/typescript': [],
  'clients/files': ['csv-parse', 'read-excel-file'],
};
/** The layer that speaks to the API through one of them. */
export const clientOf: Layer = 'cli';

/** All that stands in `src/` itself: the programs, and the ground that every layer stands on. */
export const programs = ['main.ts', 'demo.ts', 'migrate.ts', 'accountsync.ts'];
export const ground = ['logger.ts', 'secret.ts', 'trace.ts'];

/** Root files that every layer but domain may import. */
export const sharedRootFiles = ['src/logger.ts', 'src/secret.ts', 'src/trace.ts'];
/** Of this one only types: values go through the composition root. */
export const sharedTypes = ['src/environment/env.ts'];
/** Processes of their own, which must read their environment themselves. */
export const entryFiles = ['src/cli/main.ts', 'src/sandbox/main.ts'];

/** What jobs know of other systems; a concrete connector arrives in their context. */
export const integrationContracts = [
  'src/integrations/contract/database-connector.ts',
  'src/integrations/contract/database-error.ts',
  'src/integrations/contract/calendar-system.ts',
  'src/integrations/contract/connector.ts',
  'src/integrations/contract/errors.ts',
  'src/integrations/contract/hr-source.ts',
  'src/integrations/contract/timetable-source.ts',
  'src/integrations/contract/upstream.ts',
  'src/integrations/notifications/senders.ts',
];
export const integrationContractTypes = ['src/integrations/rate-limit.ts', 'src/integrations/registry.ts'];

/** The machinery behind the jobs' definitions and request functions, which the schema does not touch. */
export const jobMachinery = [
  'src/jobs/kit/runner.ts',
  'src/jobs/kit/lane.ts',
  'src/jobs/kit/lane-loop.ts',
  'src/jobs/kit/handler-lane.ts',
  'src/jobs/schedules/apply-schedules.ts',
];

/** Names that say nothing about what a file does. */
export const emptyNames = [
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'service',
  'services',
  'manager',
  'managers',
];
