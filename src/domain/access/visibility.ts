/** Which requests a principal sees, and with them items, tasks, people and accounts. */
export type Visibility =
  /** All of them. */
  | { readonly kind: 'everything' }
  /** The requests of these origin systems: a portal's key. */
  | { readonly kind: 'origins'; readonly originSystems: readonly string[] }
  /** One, by its public id: a watch token. */
  | { readonly kind: 'request'; readonly requestId: string };

export const seesEverything: Visibility = { kind: 'everything' };

/** True when requests of this origin system, in its normal form, may be sent. */
export function mayOriginate(sees: Visibility, originSystem: string): boolean {
  switch (sees.kind) {
    case 'everything':
      return true;
    case 'origins':
      return sees.originSystems.includes(originSystem);
    case 'request':
      return false;
  }
}

/** A key that is equal for principals who get the same answers, for sharing answers between callers. */
export function accessKey(access: {
  readonly scopes: ReadonlySet<string>;
  readonly sees: Visibility;
}): string {
  return JSON.stringify([[...access.scopes].toSorted(), access.sees]);
}
