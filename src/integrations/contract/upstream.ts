import type { z } from 'zod';
import type { StoredError } from '../../domain/errors/error-entry.ts';
import type { RunKind } from '../../domain/runs/run-kinds.ts';
import type { Logger } from '../../logger.ts';

/** The use of an upstream: accounts are made there, people or lessons come from there, calendars live there. */
export type Facet = 'accounts' | 'people' | 'calendars' | 'timetable';

/** Handed to every call of a connector by its caller. */
export interface UpstreamCall {
  /** Aborts the call; the connector adds its own time limit. */
  readonly signal: AbortSignal;
  /**
   * Waits for one permit of the system's shared rate limit. Awaited before every request but token calls.
   * Rejects when the signal aborts.
   */
  readonly acquire: () => Promise<void>;
}

/** Whether a system answers at all and accepts our credentials. */
export interface SystemHealth {
  readonly reachable: boolean;
  /** Null: it did not come to that, or the answer says nothing of them. */
  readonly credentialsAccepted: boolean | null;
  /** The problem, from the error catalogue; null when there is none. */
  readonly error: StoredError | null;
  /** The same in the system's own words, for operators. */
  readonly detail: string | null;
}

/** Operations of every upstream, independent of its facets. */
export interface Upstream {
  readonly system: string;
  /** Asks for no more than whether it answers and accepts our credentials. */
  checkHealth(call: UpstreamCall): Promise<SystemHealth>;
  /** How long the token in hand is good for; absent where there are no tokens, null while there is none. */
  tokenRemainingMs?(): number | null;
  /** Asks again at once after credentials were refused, instead of resting; absent where nothing is remembered. */
  forgetRefusal?(): void;
  /** Closes sockets kept alive. */
  close(): void | Promise<void>;
}

/** An upstream that this service can be connected to: one folder, one line in the registry. */
export interface UpstreamDefinition<Config = unknown> {
  /** Upper case. */
  readonly system: string;
  readonly facet: Facet;
  readonly displayName: { readonly zh: string; readonly en: string };
  /** Its environment variables; parsed by `env.ts` together with all others. */
  readonly environment: z.ZodType<Config>;
  /** Names of the variables, for messages about missing ones and for `SANDBOX=auto`. */
  readonly variables: readonly string[];
  /** Settings that say whether it is used and how often it is called, where they are not those of every system. */
  readonly switch?: string;
  readonly rate?: string;
  /** The kind of runs that read it, where what is known of it is known by them. */
  readonly runKind?: RunKind;
}

/** An upstream that may be absent: one of its required variables demands all, none means that its feature is off. */
export interface OptionalUpstreamDefinition<Config, Dependencies, Connected extends Upstream>
  extends UpstreamDefinition<Config> {
  readonly required: readonly string[];
  connect(config: Config, dependencies: Dependencies): Connected;
}

/** Dependencies of a connector, from the composition root. */
export interface ConnectorDependencies {
  readonly logger: Logger;
  /** Per call; a connector may double it for slow calls. */
  readonly timeoutMs: number;
  /** Sockets kept to one system. */
  readonly maxSockets: number;
  /** Operator's patterns and lists for what the public record leaves open; read at each use. */
  readonly setting: (key: string) => unknown;
}
