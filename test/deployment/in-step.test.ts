import { expect, test } from 'vitest';
import { instructionsOf } from './dockerfile.ts';
import { read, unknownVariables } from './project.ts';

/** What image, compose, chart and units have to agree on: said once, and looked for in each. */
const SURFACE = {
  port: '4000',
  account: '1000',
  alive: '/healthz',
  ready: '/readyz',
  secrets: ['DATABASE_URL', 'ADMIN_API_KEY', 'SECRETS_KEY'],
  variables: ['ROLE', 'MIGRATE_ON_START', 'SHUTDOWN_TIMEOUT_SECONDS'],
} as const;

const CHART = 'deploy/helm/accountsync';
const FILES = {
  dockerfile: 'Dockerfile',
  compose: 'compose.yaml',
  values: `${CHART}/values.yaml`,
  configMap: `${CHART}/templates/configmap.yaml`,
  deployments: `${CHART}/templates/deployments.yaml`,
  migration: `${CHART}/templates/migration.yaml`,
  unit: 'deploy/systemd/accountsync@.service',
  server: 'src/server/http-handler.ts',
} as const;
type Texts = Readonly<Record<keyof typeof FILES, string>>;

/** Where they are out of step, in sentences. */
function problemsOf(texts: Texts): string[] {
  const { port, account, alive, ready, secrets, variables } = SURFACE;
  const image = instructionsOf(texts.dockerfile);
  const last = (name: string) => image.filter((line) => line.name === name).at(-1)?.rest ?? '';
  const needs: readonly (readonly [string, boolean])[] = [
    [`the image exposes ${port}`, last('EXPOSE') === port],
    [`the image ends as ${account}`, last('USER') === `${account}:${account}`],
    [
      'the health check of the image asks whether it lives',
      last('HEALTHCHECK').includes(`|| ${port}}${alive}`),
    ],
    ['compose publishes that port', new RegExp(`ports: \\[".*:${port}"\\]`).test(texts.compose)],
    ['the chart opens that port', texts.deployments.includes(`containerPort: ${port}`)],
    ['the chart tells the service its port', texts.configMap.includes(`PORT: "${port}"`)],
    ...(['startup', 'liveness'] as const).map(
      (probe) =>
        [`the ${probe} probe asks whether it lives`, probePath(texts.deployments, probe) === alive] as const,
    ),
    ['the readiness probe asks whether it can work', probePath(texts.deployments, 'readiness') === ready],
    ...[alive, ready].map(
      (path) => [`the server answers ${path}`, texts.server.includes(`case '${path}'`)] as const,
    ),
    ...secrets.flatMap((name) => [
      [`compose hands ${name} in as a file`, texts.compose.includes(`${name}_FILE: /run/secrets/`)] as const,
      [`the unit hands ${name} in as a file`, texts.unit.includes(`Environment=${name}_FILE=%d/`)] as const,
      [`the chart asks for ${name}`, texts.values.includes(name)] as const,
    ]),
    ...variables.flatMap((name) => [
      [`compose sets ${name}`, new RegExp(`^ +${name}:`, 'm').test(texts.compose)] as const,
      [
        `the chart sets ${name}`,
        [texts.configMap, texts.deployments, texts.migration].some((text) => text.includes(name)),
      ] as const,
    ]),
  ];
  return needs.filter(([, holds]) => !holds).map(([sentence]) => `not so: ${sentence}`);
}

function probePath(deployments: string, probe: string): string | undefined {
  return new RegExp(`${probe}Probe:\\s+(?:#[^\\n]*\\s+)?httpGet: \\{ path: (\\S+),`).exec(deployments)?.[1];
}

const texts: Texts = {
  dockerfile: read(FILES.dockerfile),
  compose: read(FILES.compose),
  values: read(FILES.values),
  configMap: read(FILES.configMap),
  deployments: read(FILES.deployments),
  migration: read(FILES.migration),
  unit: read(FILES.unit),
  server: read(FILES.server),
};

test('image, compose, chart and units agree on port, probes, account, secrets and variables', () => {
  expect(problemsOf(texts)).toEqual([]);
  expect(unknownVariables([...SURFACE.secrets, ...SURFACE.variables, 'PORT'])).toEqual([]);
});

test.each([
  ['dockerfile', 'EXPOSE 4000', 'EXPOSE 4001', 'the image exposes'],
  ['dockerfile', '/healthz', '/health', 'the health check of the image'],
  ['compose', ':4000"', ':4002"', 'compose publishes'],
  ['compose', 'SECRETS_KEY_FILE:', 'SECRETS_KEY:', 'compose hands SECRETS_KEY'],
  ['deployments', 'containerPort: 4000', 'containerPort: 80', 'the chart opens'],
  ['deployments', 'path: /readyz', 'path: /healthz', 'the readiness probe'],
  ['configMap', 'PORT: "4000"', 'PORT: "80"', 'the chart tells the service'],
  ['unit', 'ADMIN_API_KEY_FILE', 'ADMIN_KEY_FILE', 'the unit hands ADMIN_API_KEY'],
] as const)('in %s %s → %s is noticed', (file, found, planted, problem) => {
  expect(texts[file]).toContain(found);
  const problems = problemsOf({ ...texts, [file]: texts[file].replaceAll(found, planted) });
  expect(problems.join('\n')).toContain(problem);
});

test('the stage that builds the pages has the settings that their own extend', () => {
  const copied = instructionsOf(read('Dockerfile'))
    .filter(({ name }) => name === 'COPY')
    .flatMap(({ rest }) => rest.split(/\s+/));
  for (const path of ['console/tsconfig.json', 'clients/typescript/tsconfig.json']) {
    const [, extended] = /"extends":\s*"(?:\.\.\/)+([^"]+)"/.exec(read(path)) ?? [];
    if (extended !== undefined) expect(copied).toContain(extended);
  }
});
