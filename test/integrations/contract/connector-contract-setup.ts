import { inspect } from 'node:util';
import { afterEach, expect } from 'vitest';
import { upstreamErrors } from '../../../src/domain/systems/upstream-errors.ts';
import type {
  AccountIntent,
  Connector,
  ConnectorDefinition,
} from '../../../src/integrations/contract/connector.ts';
import { UpstreamError } from '../../../src/integrations/contract/errors.ts';
import type { UpstreamCall } from '../../../src/integrations/contract/upstream.ts';
import { createLogger } from '../../../src/logger.ts';

/** A fault to play on the next call, in the sandbox's words. */
export interface PlayedFault {
  readonly operation: 'token' | 'create' | 'find' | 'disable' | '*';
  readonly fault: string;
  readonly times?: number | 'forever';
  readonly status?: number;
  readonly retryAfter?: string | number;
  readonly code?: string;
  readonly message?: string;
  readonly delayMs?: number;
}

/** One system played over real HTTP, as far as the contract needs it. */
export interface PlayedUpstream {
  /** The definition's variables, pointing here. */
  readonly environment: Readonly<Record<string, string>>;
  /** Its password, to see that it never shows; and the variable that holds it. */
  readonly secret: { readonly variable: string; readonly value: string };
  /** False for a system with one static token. */
  readonly usesTokens: boolean;
  play(fault: PlayedFault): Promise<void>;
  stopFaults(): Promise<void>;
  /** How many such calls arrived. */
  calls(operation: PlayedFault['operation']): number;
  /** Accounts that came into being or changed through calls. */
  effects(): number;
  whenCalled(operation: PlayedFault['operation'], count: number): Promise<void>;
  expireTokens(): void;
  /** Puts an account in place that is this person's. */
  holdOurs(intent: AccountIntent): void;
  /** Puts an account of somebody else in place that stands in this person's way. */
  holdSomebodyElses(intent: AccountIntent): void;
  close(): Promise<void>;
}

/** Long enough for any loopback call, short enough to wait for. */
export const PATIENT_MS = 5_000;
export const HASTY_MS = 250;
const MAX_SOCKETS = 32;

let people = 0;

/** A person nobody has seen before, with everything every system needs. */
export function newIntent(change: Partial<AccountIntent> = {}): AccountIntent {
  people += 1;
  const employeeNumber = `P${String(people).padStart(5, '0')}`;
  return {
    employeeNumber,
    fullName: `王小明${people}`,
    englishName: 'wangxiaoming',
    username: `w${employeeNumber}`,
    emailAddress: `wangxiaoming${people}@example.com`,
    phone: { countryCode: '86', nationalNumber: String(13_800_000_000 + people), mobile: true },
    department: { idaasDepartmentCode: 'D100', ou: 'OU=Sales' },
    personType: { idaasUserType: 'employee', welinkPersonType: '正式员工' },
    ...change,
  };
}

/** A connector to one played system, and calls whose permits are counted. */
export function connectTo(
  definition: ConnectorDefinition,
  options: {
    readonly upstream: Pick<PlayedUpstream, 'environment'>;
    readonly timeoutMs?: number;
    readonly environment?: Readonly<Record<string, string | undefined>>;
  },
): { readonly connector: Connector; readonly call: UpstreamCall; readonly permits: () => number } {
  const config = definition.environment.parse({ ...options.upstream.environment, ...options.environment });
  const connector = definition.connect(config, {
    logger: createLogger({ level: 'silent', pretty: false }),
    timeoutMs: options.timeoutMs ?? PATIENT_MS,
    maxSockets: MAX_SOCKETS,
    setting: () => undefined,
  });
  let permits = 0;
  const call: UpstreamCall = {
    signal: new AbortController().signal,
    acquire: async () => {
      permits += 1;
    },
  };
  return { connector, call, permits: () => permits };
}

/** The `UpstreamError` that `work` ends with; everything about it that could be stored or logged must be clean. */
export async function failureOf(
  work: Promise<unknown>,
  confidential: readonly (string | undefined)[] = [],
): Promise<UpstreamError> {
  const error: unknown = await work.then(
    (value) => expect.fail(`expected a failure, got ${inspect(value)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof UpstreamError)) throw error;
  const shown = `${inspect(error, { depth: 12, showHidden: true })} ${JSON.stringify(error)} ${error.message}`;
  for (const value of [...confidential, 'sandbox-token-'])
    if (value !== undefined) expect(shown).not.toContain(value);
  expect(Object.keys(upstreamErrors)).toContain(error.code);
  return error;
}

/** Opens a fresh bundle for one test; everything it opened is closed after the test. */
export type ContractSetup = ReturnType<typeof createSetup>;

/** Prepares `setup()` for the tests of one connector; call it where the tests are registered. */
export function createSetup(definition: ConnectorDefinition, start: () => Promise<PlayedUpstream>) {
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  return async (options: { readonly timeoutMs?: number; readonly wrongSecret?: string } = {}) => {
    const upstream = await start();
    const { timeoutMs = PATIENT_MS, wrongSecret } = options;
    const environment = wrongSecret === undefined ? {} : { [upstream.secret.variable]: wrongSecret };
    const bundle = connectTo(definition, { upstream, timeoutMs, environment });
    open.push(bundle.connector, upstream);
    const intent = newIntent();
    const confidential = [upstream.secret.value, wrongSecret, intent.phone?.nationalNumber, intent.fullName];
    return {
      ...bundle,
      upstream,
      intent,
      /** Ensures the account of `intent`. */
      ensure: (signal: AbortSignal = bundle.call.signal) =>
        bundle.connector.ensureAccount(intent, { ...bundle.call, signal }),
      /** The failure `work` ends with, checked to be clean. */
      fail: (work: Promise<unknown>) => failureOf(work, confidential),
    };
  };
}
