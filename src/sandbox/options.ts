import type { SandboxSystem } from './playing/played-system.ts';

/** Options of a sandbox; all have defaults. */
export interface SandboxOptions {
  /** Which systems are played; all by default. */
  readonly systems?: readonly SandboxSystem[];
  /** Port of the control API; the systems take the next ports in turn. 0 (default): free ports. */
  readonly port?: number;
  /** How long each call takes, drawn evenly; default 20–60 ms. */
  readonly latencyMs?: { readonly min: number; readonly max: number };
  /** Life of the tokens of IDaaS and WeLink; default as the real ones, 86,399 s and 7,200 s. */
  readonly tokenLifetimeSeconds?: number;
  /** How long after IDaaS the mail server sees a login; default 0. */
  readonly replicationDelayMs?: number;
  /** Domain of the mailboxes; default `example.com`. */
  readonly emailDomain?: string;
  /** Values to use as secrets, for tests that look for them in logs. */
  readonly secrets?: {
    readonly idaas?: string;
    readonly welink?: string;
    readonly email?: string;
    readonly hieds?: string;
    readonly wps?: string;
  };
  /** The company that the HR system knows: 5,000 people by default, of whom 5 change with every sync. */
  readonly company?: { readonly people?: number; readonly changesPerSync?: number };
  /** The school whose timetable is played: 200 courses and 4,000 students by default. */
  readonly school?: { readonly courses?: number; readonly students?: number };
  /** Lets a day pass at the school, and returns the changes; absent: there is no school. */
  readonly changeTimetable?: () => Promise<object>;
  /** File that keeps the accounts from one start to the next; default none. */
  readonly stateFile?: string;
  readonly seed?: number;
}
