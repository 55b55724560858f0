/** For each node, the nodes it leads to. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** Cycles of the graph, each in order: at least one through every node that lies on any. */
export function findCycles(graph: Graph): string[][] {
  const finished = new Set<string>();
  const cycles: string[][] = [];
  for (const node of graph.keys()) visit(node, { graph, finished, cycles, path: [] });
  return cycles;
}

interface Walk {
  readonly graph: Graph;
  readonly finished: Set<string>;
  readonly cycles: string[][];
  readonly path: string[];
}

function visit(node: string, walk: Walk): void {
  const at = walk.path.indexOf(node);
  if (at >= 0) {
    walk.cycles.push(walk.path.slice(at));
    return;
  }
  if (walk.finished.has(node)) return;
  walk.path.push(node);
  for (const next of walk.graph.get(node) ?? []) visit(next, walk);
  walk.path.pop();
  walk.finished.add(node);
}
