import { dirname, posix } from 'node:path';
import { findCycles } from './cycles.ts';
import {
  areas,
  clientOf,
  clientPackages,
  compositionRooms,
  emptyNames,
  entryFiles,
  ground,
  integrationContracts,
  integrationContractTypes,
  jobMachinery,
  type Layer,
  layerRules,
  layers,
  programs,
  sharedRootFiles,
  sharedTypes,
} from './layers.ts';
import { type Import, type ReadFile, readSource, type SourceFile } from './read-source.ts';

export interface Violation {
  readonly path: string;
  /** What is wrong, in one sentence. */
  readonly problem: string;
}

/** Checks files of the tree against DESIGN §5; paths are relative to the project, e.g. `src/jobs/kit/job.ts`. */
export function findViolations(files: readonly SourceFile[]): Violation[] {
  const own = files.filter(({ path }) => !isGenerated(path));
  const read = own.filter(({ path }) => !isConsole(path)).map(readSource);
  const product = read.filter(({ path }) => path.startsWith('src/') && !isTest(path));
  return [
    ...read.flatMap(nameProblems),
    ...read.filter((file) => file.isBarrel).map(({ path }) => violation(path, 'is nothing but re-exports')),
    ...product.flatMap(placeProblems),
    ...product.flatMap(environmentProblems),
    ...product.flatMap(purityProblems),
    ...product.flatMap((file) => file.imports.flatMap((line) => importProblems(file.path, line))),
    ...read
      .filter(({ path }) => path.startsWith('clients/') && !isTest(path))
      .flatMap((file) => file.imports.flatMap((line) => clientProblems(file.path, line))),
    ...own.filter(({ path }) => isConsole(path)).flatMap(consoleProblems),
    ...cycleProblems(read.filter(({ path }) => !isTest(path))),
    ...folderProblems(product),
  ];
}

function violation(path: string, problem: string): Violation {
  return { path, problem };
}

function isTest(path: string): boolean {
  return path.endsWith('.test.ts');
}

function isConsole(path: string): boolean {
  return path.startsWith('console/');
}

function isGenerated(path: string): boolean {
  return path.includes('/generated/');
}

function nameProblems({ path }: ReadFile): Violation[] {
  return path.split('/').flatMap((segment) => {
    const name = segment.replace(/(\.test)?\.ts$/, '');
    const last = name.split(/[-.]/).at(-1) ?? '';
    return emptyNames.includes(last) ? [violation(path, `has a name that says nothing: ${segment}`)] : [];
  });
}

function placeProblems({ path }: ReadFile): Violation[] {
  if (isRootFile(path)) {
    const known = [...programs, ...ground].includes(path.slice('src/'.length));
    return known ? [] : [violation(path, 'is neither a program nor ground; it belongs into a room')];
  }
  const placed = isComposition(path) || layerOf(path) !== null;
  return placed ? [] : [violation(path, 'stands in a folder of src that is no layer')];
}

function environmentProblems({ path, code, imports }: ReadFile): Violation[] {
  if (path === 'src/environment/env.ts') return [];
  const reads = /(?<!\. )\bprocess (?:\?? ?\. env\b|\[ '' \])|\} = process\b(?! \.)/.test(code);
  const imported = imports.some(({ specifier }) => /^(node:)?process$/.test(specifier));
  return reads || imported ? [violation(path, 'reads process.env; only src/environment/env.ts does')] : [];
}

/** The clock, chance and the outside world: what a pure function does not read. */
const IMPURE =
  /(?<!\. )\b(?:Date \. now|new Date \( \)|Math \. random|performance|fetch \(|setTimeout|setInterval|process \.|console \.)/;

function purityProblems({ path, code }: ReadFile): Violation[] {
  if (layerOf(path) !== 'domain') return [];
  const found = IMPURE.exec(code)?.[0];
  return found === undefined ? [] : [violation(path, `is not pure: ${found.replaceAll(' ', '')}`)];
}

function layerOf(path: string): Layer | null {
  const [root, folder] = path.split('/');
  return root === 'src' ? (layers.find((layer) => layer === folder) ?? null) : null;
}

function isRootFile(path: string): boolean {
  return /^src\/[^/]+$/.test(path);
}

function isComposition(path: string): boolean {
  return compositionRooms.some((room) => path.startsWith(`src/${room}/`));
}

function resolve(path: string, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.join(dirname(path), specifier) : null;
}

function importProblems(path: string, line: Import): Violation[] {
  const target = resolve(path, line.specifier);
  const layer = layerOf(path);
  if (layer === null) return target === 'src/main.ts' ? [violation(path, 'imports src/main.ts')] : [];
  if (target === null) return packageProblems(path, layer, line.specifier);
  if (mayImportFile({ path, layer, target, typeOnly: line.typeOnly })) return areaProblems(path, target);
  return [violation(path, `${layer} may not import ${target}${line.typeOnly ? ' (even its types)' : ''}`)];
}

/** A client package is read and published by itself. */
function clientProblems(path: string, { specifier }: Import): Violation[] {
  const target = resolve(path, specifier);
  const home = Object.keys(clientPackages).find((folder) => path.startsWith(`${folder}/`)) ?? '';
  if (target?.startsWith(`${home}/`) === true) return [];
  const packages = clientPackages[home] ?? [];
  if (target === null && packages.some((name) => specifier === name || specifier.startsWith(`${name}/`)))
    return [];
  return [violation(path, `a client package may not import ${target ?? `the package ${specifier}`}`)];
}

/** The console is a client like any other. Its files hold JSX, which the tokeniser does not read. */
function consoleProblems({ path, source }: SourceFile): Violation[] {
  const specifiers = [...source.matchAll(/^(?:import|export)\b[^;'"]*['"](\.[^'"]*)['"]/gm)].map(
    (match) => match[1] ?? '',
  );
  return specifiers.flatMap((specifier) => {
    const target = resolve(path, specifier) ?? '';
    const isClient = Object.keys(clientPackages).some((folder) => target.startsWith(`${folder}/src/`));
    if (target.startsWith('console/') || isClient) return [];
    return [violation(path, `the console may not import ${target}`)];
  });
}

function packageProblems(path: string, layer: Layer, specifier: string): Violation[] {
  const { packages } = layerRules[layer];
  const among = (names: readonly string[]) =>
    names.some((name) =>
      name.endsWith('/')
        ? specifier.startsWith(name)
        : specifier === name || specifier.startsWith(`${name}/`),
    );
  const allowed = 'only' in packages ? among(packages.only) : !among(packages.never);
  return allowed ? [] : [violation(path, `${layer} may not import the package ${specifier}`)];
}

function mayImportFile(options: {
  readonly path: string;
  readonly layer: Layer;
  readonly target: string;
  readonly typeOnly: boolean;
}): boolean {
  const { path, layer, target, typeOnly } = options;
  const targetLayer = layerOf(target);
  if (Object.keys(clientPackages).some((folder) => target.startsWith(`${folder}/src/`)))
    return layer === clientOf;
  if (targetLayer === null) {
    if (layer === 'domain') return false;
    if (sharedTypes.includes(target)) return typeOnly || entryFiles.includes(path);
    return sharedRootFiles.includes(target);
  }
  if (layer === 'schema' && jobMachinery.includes(target)) return false;
  if (layer === 'jobs' && targetLayer === 'integrations')
    return integrationContracts.includes(target) || (typeOnly && integrationContractTypes.includes(target));
  return layerRules[layer].layers.includes(targetLayer);
}

function areaProblems(path: string, target: string): Violation[] {
  const [, layer, area = ''] = path.split('/');
  const [, targetLayer, targetArea = ''] = target.split('/');
  const isArea = (name: string) => areas.some((known) => known === name);
  if (layer !== targetLayer || area === targetArea || !isArea(area) || !isArea(targetArea)) return [];
  return [
    violation(path, `${area} may not import ${targetArea} (${target}); what both need stands above them`),
  ];
}

function cycleProblems(files: readonly ReadFile[]): Violation[] {
  const known = new Set(files.map(({ path }) => path));
  const graph = new Map(
    files.map(({ path, imports }) => [
      path,
      imports
        .flatMap(({ specifier }) => resolve(path, specifier) ?? [])
        .filter((target) => known.has(target)),
    ]),
  );
  return findCycles(graph).map((cycle) =>
    violation(cycle[0] ?? '', `is part of a cycle: ${[...cycle, cycle[0]].join(' → ')}`),
  );
}

/**
 * Folders of `src` that lead to each other: a reader of one of them has to read all. A folder's own files are one node,
 * so what rooms share stands in a room of its own, and a layer's root holds joins that no room imports.
 */
function folderProblems(files: readonly ReadFile[]): Violation[] {
  const arrows = new Map<string, string[]>();
  for (const { path, imports } of files.filter((file) => file.path.startsWith('src/'))) {
    const targets = imports
      .flatMap(({ specifier }) => resolve(path, specifier) ?? [])
      .filter((target) => target.startsWith('src/'))
      .map(roomOf)
      .filter((room) => room !== roomOf(path));
    arrows.set(roomOf(path), [...new Set([...(arrows.get(roomOf(path)) ?? []), ...targets])]);
  }
  return findCycles(arrows).map((cycle) =>
    violation(cycle[0] ?? '', `is a folder of a circle: ${[...cycle, cycle[0]].join(' → ')}`),
  );
}

/** Ground files of `src` are below every room, its programs above. */
function roomOf(path: string): string {
  return sharedRootFiles.includes(path) ? 'src (ground)' : dirname(path);
}
