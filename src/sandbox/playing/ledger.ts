import type { SandboxOperation, SandboxSystem } from './played-system.ts';

/** One call as the upstream saw it: the oracle of every reliability test. */
export interface LedgerEntry {
  /** From 1, in order of arrival. */
  readonly sequence: number;
  readonly at: string;
  readonly system: SandboxSystem;
  readonly operation: SandboxOperation;
  readonly key: string | null;
  /** `pending` until it is decided; then what the system made of it, or `not performed`. */
  outcome: string;
  /** True when an account came into being or changed. */
  applied: boolean;
  /** The fault that was played on it. */
  fault: string | null;
}

/** Selects calls; absent fields match all. */
export interface CallFilter {
  readonly system?: SandboxSystem | undefined;
  readonly operation?: SandboxOperation | undefined;
  readonly key?: string | undefined;
}

/** Every call in order, and promises that resolve when enough of a kind have come. */
export interface Ledger {
  open(call: Pick<LedgerEntry, 'system' | 'operation' | 'key'>): LedgerEntry;
  settle(entry: LedgerEntry, result: Pick<LedgerEntry, 'outcome' | 'applied' | 'fault'>): void;
  entries(filter?: CallFilter): LedgerEntry[];
  /** Resolves once `count` calls of that kind have arrived (or, with `settled`, were decided) since the last reset. */
  whenCalled(
    filter: CallFilter & { readonly count: number; readonly settled?: boolean | undefined },
  ): Promise<void>;
  clear(): void;
}

/** A bench of 100,000 people makes half a million calls; older ones are dropped first. */
const MOST_ENTRIES = 1_000_000;

interface Waiter extends CallFilter {
  readonly settled: boolean;
  remaining: number;
  readonly resolve: () => void;
}

export function createLedger(): Ledger {
  let entries: LedgerEntry[] = [];
  let waiters: Waiter[] = [];
  let sequence = 0;

  function tell(entry: LedgerEntry, settled: boolean): void {
    for (const waiter of waiters) {
      if (waiter.settled !== settled || !matches(entry, waiter)) continue;
      waiter.remaining -= 1;
      if (waiter.remaining <= 0) waiter.resolve();
    }
    waiters = waiters.filter((waiter) => waiter.remaining > 0);
  }

  return {
    open(call) {
      sequence += 1;
      const at = new Date().toISOString();
      const entry: LedgerEntry = { sequence, at, ...call, outcome: 'pending', applied: false, fault: null };
      entries.push(entry);
      if (entries.length > MOST_ENTRIES) entries = entries.slice(MOST_ENTRIES / 2);
      tell(entry, false);
      return entry;
    },
    settle(entry, result) {
      Object.assign(entry, result);
      tell(entry, true);
    },
    entries: (filter = {}) => entries.filter((entry) => matches(entry, filter)),
    async whenCalled({ count, settled = false, ...filter }) {
      const come = entries.filter(
        (entry) => matches(entry, filter) && (!settled || entry.outcome !== 'pending'),
      ).length;
      if (come >= count) return;
      const enough = Promise.withResolvers<void>();
      waiters.push({ ...filter, settled, remaining: count - come, resolve: enough.resolve });
      await enough.promise;
    },
    clear() {
      entries = [];
      sequence = 0;
    },
  };
}

function matches(entry: LedgerEntry, filter: CallFilter): boolean {
  return (
    (filter.system === undefined || filter.system === entry.system) &&
    (filter.operation === undefined || filter.operation === entry.operation) &&
    (filter.key === undefined || filter.key.toLowerCase() === entry.key?.toLowerCase())
  );
}
