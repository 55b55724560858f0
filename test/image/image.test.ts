import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createEmptyDatabase, type TestDatabase } from '../setup/database.ts';
import { BuiltImage, run, whyNot } from './build-image.ts';
import { type ImageConfig, RunningImage } from './run-image.ts';

const reason = whyNot();
if (reason !== null) console.warn(`the image is not built: ${reason}`);

const KEY = 'key-of-at-least-24-characters';
const PORT = 'PORT=4700';
const ORIGIN = 'http://127.0.0.1:4700';
/** What the image adds to its base, and of that what is not packages: growth beyond is to be explained. */
const APP_MEGABYTES_MAX = 300;
const OWN_MEGABYTES_MAX = 30;

const inspected = z.object({
  Docker: z.object({
    config: z.object({
      User: z.string(),
      Env: z.array(z.string()),
      Entrypoint: z.array(z.string()),
      Cmd: z.array(z.string()),
      WorkingDir: z.string(),
      StopSignal: z.string(),
      ExposedPorts: z.record(z.string(), z.unknown()),
      Healthcheck: z.object({ Test: z.array(z.string()) }),
    }),
  }),
});
const bill = z.object({ components: z.array(z.object({ name: z.string(), version: z.string() })) });
const manifest = z.object({ name: z.string(), version: z.string() });

describe.runIf(reason === null)('the image', () => {
  const folder = join(tmpdir(), 'accountsync-image');
  const secrets = mkdtempSync(join(tmpdir(), 'accountsync-image-secrets-'));
  const image = new BuiltImage(folder);
  let database: TestDatabase;
  let root: string;
  let config: ImageConfig;
  let health: string[];

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    database = await createEmptyDatabase();
    image.build();
    root = image.mount();
    const { config: found } = inspected.parse(image.config()).Docker;
    expect(found).toMatchObject({
      User: '1000:1000',
      StopSignal: 'SIGTERM',
      ExposedPorts: { '4000/tcp': {} },
    });
    config = {
      user: found.User,
      folder: found.WorkingDir,
      environment: found.Env,
      command: [...found.Entrypoint, ...found.Cmd],
    };
    health = found.Healthcheck.Test.slice(1);
  }, 1_200_000);
  afterAll(async () => {
    image.remove();
    rmSync(secrets, { recursive: true });
    await database.drop();
  });

  const megabytes = (path: string) => Number(run('du', ['-sm', join(root, path)]).split('\t')[0]);

  test('holds the packages of the bill of materials, and is no larger than it has to be', () => {
    const { components } = bill.parse(
      JSON.parse(
        execFileSync(process.execPath, ['deploy/sbom.ts'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }),
      ),
    );
    // The Node of the bill is the base's.
    const listed = components
      .map(({ name, version }) => `${name}@${version}`)
      .filter((name) => !name.startsWith('node-linux-'));
    const here = globSync('**/node_modules/{*,@*/*}/package.json', { cwd: join(root, 'app') })
      .filter((path) => /(^|\/)node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path))
      .map((path) => manifest.parse(JSON.parse(readFileSync(join(root, 'app', path), 'utf8'))))
      .map(({ name, version }) => `${name}@${version}`);
    expect([...new Set(here)].toSorted()).toEqual([...new Set(listed)].toSorted());
    const app = megabytes('app');
    const packages = megabytes('app/node_modules');
    console.log(
      `image: ${app} MB beside its base, ${packages} MB of them ${listed.length} packages (npm run sbom)`,
    );
    expect(app).toBeLessThan(APP_MEGABYTES_MAX);
    expect(app - packages).toBeLessThan(OWN_MEGABYTES_MAX);
  });

  test('runs without root on a root that can only be read, through its health check to a finished request', async () => {
    writeFileSync(join(secrets, 'database_url'), database.url);
    writeFileSync(join(secrets, 'admin_api_key'), KEY);
    writeFileSync(join(secrets, 'secrets_key'), Buffer.alloc(32, 'master').toString('base64'));
    const environment = [
      PORT,
      'SANDBOX=on',
      'DATA_DIR=/tmp/data',
      'DATABASE_URL_FILE=/run/secrets/database_url',
      'ADMIN_API_KEY_FILE=/run/secrets/admin_api_key',
      'SECRETS_KEY_FILE=/run/secrets/secrets_key',
    ];
    const running = new RunningImage(root, config, { secrets, environment });
    try {
      await expect.poll(() => running.ended || running.output.includes('"msg":"ready"')).toBe(true);
      expect(running.ended, running.output).toBe(false);
      running.beside(health, [PORT]);
      // A health check that cannot fail would say nothing.
      expect(() => running.beside(health, ['PORT=4701'])).toThrow();
      expect(readFileSync(`/proc/${running.pid}/status`, 'utf8')).toMatch(/^Uid:\t1000\t1000\t1000\t1000$/m);
      const write =
        "try { require('fs').writeFileSync('/app/x', '') } catch (error) { console.log(error.code) }";
      expect(running.beside(['node', '-e', write], []).trim()).toBe('EROFS');
      expect(await finishRequest()).toMatchObject({ status: 'completed', progress: '100.0%' });
      expect(running.output).not.toContain(KEY);
    } finally {
      expect(await running.stop()).toBe(0);
    }
  });

  async function finishRequest(): Promise<unknown> {
    const call = async (path: string, body?: object) => {
      const answered = await fetch(ORIGIN + path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'x-api-key': KEY, 'content-type': 'application/json', prefer: 'wait=60' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return z.record(z.string(), z.unknown()).parse(await answered.json());
    };
    for (const code of ['D001', 'D002'])
      await call('/department-mappings/', {
        idata_departmentcode: code,
        idaas_departmentcode: `WW-${code}`,
        ou: `OU=${code}`,
      });
    const sample: unknown = JSON.parse(readFileSync('test/rest/samples/create-accounts-001.json', 'utf8'));
    const { requestId } = await call('/account-creation/create_accounts/', Object(sample));
    return await call(`/account-creation/requests/${requestId}/`);
  }
});
