// Rows do not carry the name of their type; only those read through `node` and `nodes` need it.
const types = new WeakMap<object, string>();

/** Notes which type a row read by its global id has. */
export function noteNodeType(row: object, type: string): void {
  types.set(row, type);
}

/** The type that was noted. */
export function nodeTypeOf(row: unknown): string | undefined {
  return typeof row === 'object' && row !== null ? types.get(row) : undefined;
}
