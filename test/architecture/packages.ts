import { z } from 'zod';

const versions = z.record(z.string(), z.string()).default({});
const packageFile = z.object({
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
  overrides: versions,
});
const lockFile = z.object({
  packages: z.record(z.string(), z.looseObject({ resolved: z.string().optional() })),
});

const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** Problems of `package.json`: every version is one version (VERSIONS.md §1). */
export function packageProblems(text: string): string[] {
  const file = packageFile.parse(JSON.parse(text));
  return Object.values(file)
    .flatMap((group) => Object.entries(group))
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) => `package.json does not pin ${name}: ${version}`);
}

/** Problems of `package-lock.json`: no address of a registry, so that it works against any. */
export function lockProblems(text: string): string[] {
  return Object.entries(lockFile.parse(JSON.parse(text)).packages)
    .filter(([, { resolved }]) => resolved !== undefined)
    .map(([path, { resolved }]) => `package-lock.json names a registry for ${path}: ${resolved}`);
}
