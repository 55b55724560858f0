import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type BundleOptions, bundledPackages, type Lockfile, projectRoot } from './bundle-contents.ts';

const billSchema = z.looseObject({
  components: z.array(z.looseObject({ 'bom-ref': z.string() })),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).default([]) })),
});

/**
 * The CycloneDX bill of `npm sbom`, cut down to what the bundle holds. Not by its own `--omit`: npm 11 then also leaves
 * out production packages that something for development needs as well, graphql among them.
 * @throws Error when a package of the bundle is not in it.
 */
export async function billOfMaterials(lockfile: Lockfile, options: BundleOptions): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    'npm',
    ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application', '--offline'],
    { cwd: projectRoot, maxBuffer: 64 * 1_024 * 1_024 },
  );
  const bill = billSchema.parse(JSON.parse(stdout));
  const bundled = new Set(bundledPackages(lockfile, options).map((path) => referenceOf(path, lockfile)));
  const components = bill.components.filter((component) => bundled.delete(component['bom-ref']));
  if (bundled.size > 0) throw new Error(`npm sbom does not list ${[...bundled].join(', ')}.`);
  const kept = new Set(components.map((component) => component['bom-ref']));
  const dependencies = bill.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) }));
  return { ...bill, components, dependencies };
}

/** As npm names it in the bill: `@scope/name@1.2.3`. */
function referenceOf(path: string, { packages }: Lockfile): string {
  return `${path.split('node_modules/').at(-1)}@${packages[path]?.version}`;
}
