import { localPartCandidate } from './naming.ts';

/** Who wants a local part, and which are gone. All in lower case. */
export interface LocalPartWishes {
  /** One base per person, in the order in which they choose. */
  readonly bases: readonly string[];
  /** Reservations, HR's and accounts' local parts in any domain. Not changed. */
  readonly taken: ReadonlySet<string>;
  /** Setting `reserved_local_parts`. */
  readonly reserved: ReadonlySet<string>;
}

/**
 * The first free local part of each person, in order (provisioning.md §5.3): six 张三 get `zhangsan` …
 * `zhangsan6`. Others may reserve at the same moment: the unique index decides, the caller asks again.
 */
export function allocateLocalParts({ bases, taken, reserved }: LocalPartWishes): string[] {
  const given = new Set<string>();
  // Where each base stopped: without it ten thousand of one name would count fifty million times.
  const nextCounters = new Map<string, number>();
  return bases.map((base) => {
    let counter = nextCounters.get(base) ?? 1;
    let localPart = localPartCandidate(base, counter);
    while (taken.has(localPart) || reserved.has(localPart) || given.has(localPart)) {
      counter += 1;
      localPart = localPartCandidate(base, counter);
    }
    nextCounters.set(base, counter + 1);
    given.add(localPart);
    return localPart;
  });
}
