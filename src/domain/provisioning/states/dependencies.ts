/** For each system, the systems whose accounts it needs first. */
export type DependencyGraph = Readonly<Record<string, readonly string[]>>;

/** Why a graph cannot be used; null when it can. */
export type DependencyProblem =
  | { readonly kind: 'unknown-system'; readonly system: string }
  | { readonly kind: 'cycle'; readonly path: readonly string[] };

/** Checks the Setting `account_dependencies`: known systems only, no cycle; a cycle is named by its path. */
export function findDependencyProblem(
  graph: DependencyGraph,
  knownSystems: readonly string[],
): DependencyProblem | null {
  for (const system of [...Object.keys(graph), ...Object.values(graph).flat()]) {
    if (!knownSystems.includes(system)) return { kind: 'unknown-system', system };
  }
  const done = new Set<string>();
  for (const system of Object.keys(graph)) {
    const path = findCycle(graph, system, [], done);
    if (path !== null) return { kind: 'cycle', path };
  }
  return null;
}

function findCycle(
  graph: DependencyGraph,
  system: string,
  path: readonly string[],
  done: Set<string>,
): readonly string[] | null {
  const at = path.indexOf(system);
  if (at >= 0) return [...path.slice(at), system];
  if (done.has(system)) return null;
  for (const needed of graph[system] ?? []) {
    const cycle = findCycle(graph, needed, [...path, system], done);
    if (cycle !== null) return cycle;
  }
  done.add(system);
  return null;
}

/** These systems, each after those it needs; otherwise in the order given. The graph has no cycle. */
export function inDependencyOrder(systems: readonly string[], graph: DependencyGraph): string[] {
  const ordered = new Set<string>();
  const add = (system: string) => {
    for (const needed of graph[system] ?? []) if (!ordered.has(needed)) add(needed);
    ordered.add(system);
  };
  for (const system of systems) add(system);
  return [...ordered].filter((system) => systems.includes(system));
}
