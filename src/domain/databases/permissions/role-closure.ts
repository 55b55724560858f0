import { compareCodePoints } from './permission.ts';

/** A membership in a role and its options. */
export interface Membership {
  /** Key of the member and of the role: whatever tells accounts apart. */
  readonly member: string;
  readonly role: string;
  /** The role's display name, part of paths. */
  readonly name: string;
  /** The member may become the role (SET ROLE). */
  readonly set: boolean;
  /** The member has the role's rights without becoming it. */
  readonly inherit: boolean;
}

/** A role whose rights an account has, and how it comes to them. */
export interface EffectiveRole {
  readonly role: string;
  /** Names from the account's own membership to the role: the shortest path, then the first by code points. */
  readonly via: readonly string[];
  /** True where the account may become the role, so that what it is counts too, not only what it may do. */
  readonly set: boolean;
}

/**
 * Every role whose rights an account can have: through memberships that let it become the role, then through those that
 * inherit; either may be none. Circles end, since a role is entered once in each of the two ways.
 */
export function effectiveRoles(
  account: string,
  membershipsOf: (member: string) => readonly Membership[],
): readonly EffectiveRole[] {
  const best = new Map<string, EffectiveRole>();
  const entered = new Set<string>([`set:${account}`, `inherit:${account}`]);
  let paths: readonly Path[] = [{ at: account, via: [], becomes: true }];
  while (paths.length > 0) {
    const steps = paths.flatMap((path) => stepsFrom(path, membershipsOf(path.at)));
    steps.sort((a, b) => comparePaths(a.via, b.via) || Number(b.becomes) - Number(a.becomes));
    const next: Path[] = [];
    for (const step of steps) {
      const state = `${step.becomes ? 'set' : 'inherit'}:${step.at}`;
      // An account that may become a role need not inherit it as well.
      if (entered.has(state) || (!step.becomes && entered.has(`set:${step.at}`))) continue;
      entered.add(state);
      next.push(step);
      if (step.at === account) continue;
      const known = best.get(step.at);
      if (known === undefined) best.set(step.at, { role: step.at, via: step.via, set: step.becomes });
      else if (step.becomes && !known.set) best.set(step.at, { ...known, set: true });
    }
    paths = next;
  }
  return [...best.values()];
}

interface Path {
  readonly at: string;
  readonly via: readonly string[];
  /** Only memberships that let one become the role so far. */
  readonly becomes: boolean;
}

function stepsFrom({ via, becomes }: Path, memberships: readonly Membership[]): readonly Path[] {
  return memberships.flatMap(({ role, name, set, inherit }) => [
    ...(becomes && set ? [{ at: role, via: [...via, name], becomes: true }] : []),
    ...(inherit ? [{ at: role, via: [...via, name], becomes: false }] : []),
  ]);
}

function comparePaths(a: readonly string[], b: readonly string[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let index = 0; index < a.length; index += 1) {
    const order = compareCodePoints(a[index] ?? '', b[index] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}
