import type { IncomingHttpHeaders } from 'node:http';

/** The systems that the sandbox can play, named as the service names them. */
export const sandboxSystems = ['IDAAS', 'WELINK', 'EMAIL', 'HIEDS', 'WPS'] as const;
export type SandboxSystem = (typeof sandboxSystems)[number];

/** Kinds of calls; `other` is a call that concerns no account, such as a health check. */
export const sandboxOperations = [
  'token',
  'create',
  'find',
  'disable',
  'update',
  'page',
  'other',
  'calendar-create',
  'calendar-update',
  'calendar-delete',
  'calendar-list',
  'member-create',
  'member-delete',
  'member-list',
  'event-create',
  'event-update',
  'event-delete',
  'event-list',
  'user-find',
  'message',
] as const;
export type SandboxOperation = (typeof sandboxOperations)[number];

/** A request as it came in, read whole. `body` is undefined when it was no JSON. */
export interface PlayedRequest {
  readonly method: string;
  readonly path: string;
  /** Path and query as they came. */
  readonly uri: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  /** The bytes of the body. */
  readonly bytes: Buffer;
}

/** Answer of the system, and its effect on the accounts. */
export interface PlayedAnswer {
  readonly status: number;
  readonly body: unknown;
  /** For the ledger: `created`, `exists`, `found`, `absent`, `disabled`, `updated`, `token`, `refused <code>`. */
  readonly outcome: string;
  /** True when an account came into being or changed. */
  readonly applied: boolean;
}

/** A request understood: performing it has the effect, not performing it has none. */
export interface PlayedCall {
  readonly operation: SandboxOperation;
  /** The identity it concerns, for the ledger; null for token calls and the like. */
  readonly key: string | null;
  /** Everything a fault rule may match it by: employee number, phone, login, alias. */
  readonly matchable: readonly string[];
  perform(options: { readonly invisibleForMs: number }): PlayedAnswer;
}

/** One upstream system, played: its own words in and out, its accounts in the store. */
export interface PlayedSystem {
  readonly system: SandboxSystem;
  read(request: PlayedRequest): PlayedCall;
  /** The answer to a token that is no longer good. */
  refuseToken(): PlayedAnswer;
  /** A business error in this system's envelope, as the fault script orders it. */
  refuseCall(call: PlayedCall, error: { readonly code: string; readonly message: string }): PlayedAnswer;
  /** Makes every token given out so far useless. */
  expireTokens(): void;
}

/** A refusal: nothing changed. */
export function refused(status: number, code: string, body: unknown): PlayedAnswer {
  return { status, body, outcome: `refused ${code}`, applied: false };
}
