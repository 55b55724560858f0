import type { FixBy, StoredError } from '../errors/error-entry.ts';
import type { RunKind } from '../runs/run-kinds.ts';
import type { Explanation } from './explanation.ts';

/** Health of the service in one word; the command line's `status` exits 0, 1, 2 by it. */
export const healthLevels = ['OK', 'ATTENTION', 'BROKEN'] as const;
export type HealthLevel = (typeof healthLevels)[number];

/** One thing that keeps the service from being well. */
export interface HealthReason {
  readonly level: Exclude<HealthLevel, 'OK'>;
  readonly explanation: Explanation;
  readonly system: string | null;
  /** The Setting that would change it. */
  readonly setting: string | null;
  readonly runId: string | null;
  /** Rendered in the reader's language. */
  readonly runKind: RunKind | null;
}

/** What the health of the service is judged by. */
export interface HealthFacts {
  readonly systems: readonly {
    readonly system: string;
    readonly holdsAccounts: boolean;
    readonly enabled: boolean;
    readonly configured: boolean | null;
    readonly lastSuccessAt: string | null;
    /** Why nothing is sent there: a pause, an open circuit, throttling. */
    readonly held: readonly Explanation[];
  }[];
  /** Oldest first, at most one per system: a task that could run. */
  readonly ready: readonly { readonly system: string; readonly since: string; readonly taskId: string }[];
  readonly uncertain: readonly { readonly system: string; readonly since: string; readonly count: number }[];
  /** Most frequent first. */
  readonly failures: readonly {
    readonly system: string | null;
    readonly error: StoredError;
    readonly failed: number;
    readonly fixBy: FixBy;
  }[];
  /** Accounts of leavers and movers that stand as HR does not have them, by run; newest first. */
  readonly failedChanges: readonly {
    readonly runId: string;
    readonly kind: RunKind;
    readonly count: number;
    /** Of one of them. */
    readonly error: StoredError;
  }[];
  /** Database instances whose newest run failed or waits for a person. */
  readonly instances: readonly {
    readonly instance: string;
    readonly runId: string;
    readonly waits: boolean;
    /** Accounts that have disappeared, where it waits. */
    readonly gone: number;
    readonly since: string;
    readonly error: StoredError;
  }[];
  /** Open terms of the timetable of which something wants a person. */
  readonly terms: readonly {
    readonly term: string;
    /** The newest failed run that no later one made good. */
    readonly failedRun: {
      readonly runId: string;
      readonly kind: RunKind;
      readonly since: string;
      readonly error: StoredError;
    } | null;
    /** Calendars, events and members that failed, and the most frequent error. */
    readonly failed: { readonly count: number; readonly error: StoredError };
    /** People that WPS does not know, and their memberships. */
    readonly usersMissing: number;
    readonly membersMissing: number;
    /** Differences from WPS that a reconciliation would repair. */
    readonly openFindings: number;
  }[];
  readonly notifications: {
    /** Given up within a day, by error; most frequent first. */
    readonly givenUp: readonly { readonly count: number; readonly error: StoredError }[];
    /** They wait for a master key. */
    readonly locked: {
      readonly count: number;
      readonly since: string;
      readonly error: StoredError;
    } | null;
    /** Mail whose sender the server refuses; it waits for the Setting. */
    readonly senderRefused?: {
      readonly count: number;
      readonly since: string;
      readonly error: StoredError;
    } | null;
    /** Due, and not tried. */
    readonly overdue: { readonly count: number; readonly since: string } | null;
  };
  /** OIDC_ISSUER names one issuer, and its address describes another: no token is accepted. */
  readonly issuerMismatch?: { readonly configured: string; readonly found: string } | null;
  /** Problem found by the last verification of the audit log. */
  readonly auditProblem: { readonly at: string; readonly error: StoredError } | null;
  readonly deadLetters: readonly { readonly queue: string; readonly count: number }[];
  /** Keys of the switches that are off. */
  readonly switchesOff: readonly string[];
  readonly awaiting: readonly { readonly runId: string; readonly kind: RunKind; readonly since: string }[];
  readonly hr: {
    readonly configured: boolean;
    readonly enabled: boolean;
    readonly intervalMinutes: number;
    readonly lastSuccessAt: string | null;
    /** The last run, if it failed. */
    readonly failure: { readonly runId: string; readonly at: string; readonly error: StoredError } | null;
  };
  readonly nowMs: number;
}
