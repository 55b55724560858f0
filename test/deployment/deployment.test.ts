import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { createServer } from 'node:http';
import { parseEnv as parseVariables, promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { dockerfileProblems, instructionsOf, isIgnored } from './dockerfile.ts';
import { nodeVersion, projectVersion, read, SHUTDOWN_DEFAULT_SECONDS, unknownVariables } from './project.ts';

// What would be found out on somebody's cluster otherwise: nothing here needs Docker, Helm or Kubernetes.

/** A pool of 10, four of pg-boss, one that listens and one that holds the slots. */
const CONNECTIONS_PER_PROCESS = 16;

describe('the Dockerfile', () => {
  const source = read('Dockerfile');
  const options = { ignore: read('.dockerignore'), nodeVersion };

  test('copies what exists, installs production packages only, and ends as an account that is not root', () => {
    expect(dockerfileProblems(source, options)).toEqual([]);
  });

  test.each([
    [
      `ARG NODE_IMAGE=node:${nodeVersion}-bookworm-slim`,
      'ARG NODE_IMAGE=node:latest',
      'FROM node:latest: expected',
    ],
    ['COPY src ./src', 'COPY source ./src', 'COPY source: does not exist'],
    ['COPY src ./src', 'COPY docs ./src', 'COPY docs: .dockerignore keeps it out'],
    ['COPY src ./src', 'ADD src ./src', 'ADD src ./src'],
    ['--omit=optional', '', 'installs more than'],
    ['--from=pages /app/console/dist ./console/dist', '--from=pages /app ./', 'only the pages are taken'],
    ['USER 1000:1000', 'USER node', 'does not end as a numbered account'],
    ['HEALTHCHECK', 'LABEL', 'has no HEALTHCHECK'],
    ['["node"]', '["npm", "start"]', 'does not start Node itself'],
    ['["src/main.ts"]', '["src/start-here.ts"]', 'which does not exist'],
  ])('is refused by this check with %s → %s', (found, planted, problem) => {
    expect(source).toContain(found);
    const problems = dockerfileProblems(source.replace(found, planted), options);
    expect(problems.join('\n')).toContain(problem);
  });

  test('brings every file that the service imports, and no tests', () => {
    const copied = instructionsOf(source)
      .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from='))
      .flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1));
    const imported = globSync('src/**/*.ts')
      .filter((path) => !path.endsWith('.test.ts'))
      .flatMap((path) => [
        ...read(path).matchAll(/from '(?:\.\.\/)+((?:migrations|test|bench|deploy)\/[^']+)'/g),
      ])
      .map(([, path = '']) => path);
    expect(imported).toContainEqual(expect.stringMatching(/^migrations\//));
    for (const path of imported) expect(copied).toContain(path.split('/')[0]);
    for (const path of imported) expect(isIgnored(path, options.ignore)).toBe(false);
    expect(isIgnored('src/environment/variable-files.test.ts', options.ignore)).toBe(true);
    expect(isIgnored('.accountsync/admin-api-key', options.ignore)).toBe(true);
  });

  test('finds out by its health check whether the process lives', async () => {
    const check = instructionsOf(source).find(({ name }) => name === 'HEALTHCHECK')?.rest ?? '';
    const [, ...args] = z.array(z.string()).parse(JSON.parse(/CMD (\[.*\])$/.exec(check)?.[1] ?? '[]'));
    const run = (port: number) =>
      promisify(execFile)(process.execPath, args, { env: { PORT: String(port) } }).then(
        () => 0,
        (error: { readonly code: number }) => error.code,
      );
    let answer = 200;
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/healthz' ? answer : 404).end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    expect(await run(port)).toBe(0);
    answer = 500;
    expect(await run(port)).toBe(1);
    await new Promise((resolve) => server.close(resolve));
    expect(await run(port)).toBe(1);
  });
});

const composeService = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()),
  secrets: z.array(z.string()),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  stop_grace_period: z.string(),
  deploy: z.object({ replicas: z.number() }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
});

describe('compose.yaml', () => {
  const compose = z
    .object({
      services: z.record(z.string(), composeService),
      secrets: z.record(z.string(), z.object({ file: z.string() })),
      volumes: z.record(z.string(), z.null()),
    })
    .parse(parse(read('compose.yaml'), { merge: true }));
  const { postgres, ...ours } = compose.services;

  test('starts Postgres, then a migration, then two servers and two workers', () => {
    expect(Object.keys(ours)).toEqual(['migrate', 'server', 'worker']);
    expect(ours['migrate']?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    for (const role of ['server', 'worker']) {
      expect(ours[role]).toMatchObject({
        environment: { ROLE: role, MIGRATE_ON_START: 'false' },
        deploy: { replicas: 2 },
        depends_on: { migrate: { condition: 'service_completed_successfully' } },
      });
    }
    const allowed = Number(/max_connections=(\d+)/.exec(postgres?.command?.join(' ') ?? '')?.[1]);
    expect(allowed).toBeGreaterThan(4 * CONNECTIONS_PER_PROCESS);
  });

  test('runs ours without privileges, and lets them finish', () => {
    for (const service of Object.values(ours)) {
      expect(service).toMatchObject({
        image: `accountsync:${projectVersion}`,
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
      expect(unknownVariables(Object.keys(service.environment))).toEqual([]);
      const graceSeconds = Number(service.stop_grace_period.replace('s', ''));
      expect(graceSeconds).toBeGreaterThan(Number(service.environment['SHUTDOWN_TIMEOUT_SECONDS']));
      for (const file of service.command ?? []) expect(existsSync(file), file).toBe(true);
    }
    expect(postgres?.image).toMatch(/^postgres:\d+\.\d+-/);
  });

  test('hands out secrets as files that git does not take', () => {
    for (const { environment, secrets } of Object.values(compose.services)) {
      for (const name of secrets) expect(compose.secrets).toHaveProperty(name);
      const paths = Object.entries(environment).filter(([name]) => name.endsWith('_FILE'));
      for (const [, path] of paths) expect(secrets).toContain(path.replace('/run/secrets/', ''));
    }
    const ignored = read('.gitignore').split('\n');
    for (const { file } of Object.values(compose.secrets)) expect(file).toMatch(/^\.\/secrets\//);
    expect(ignored).toEqual(expect.arrayContaining(['/secrets/', 'accountsync.env']));
  });
});

test('every variable of the example environment and of the systemd units exists', () => {
  expect(unknownVariables(Object.keys(parseVariables(read('deploy/accountsync.env.example'))))).toEqual([]);
  for (const path of globSync('deploy/systemd/*.service')) {
    const unit = read(path);
    const names = [...unit.matchAll(/^Environment=(\w+)=/gm)].map(([, name = '']) => name);
    expect(names).toContain('DATABASE_URL_FILE');
    expect(unknownVariables(names)).toEqual([]);
  }
  const stop = /^TimeoutStopSec=(\d+)$/m.exec(read('deploy/systemd/accountsync@.service'))?.[1];
  expect(Number(stop)).toBeGreaterThan(SHUTDOWN_DEFAULT_SECONDS);
});
