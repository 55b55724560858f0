import type { MovedField } from '../../domain/provisioning/hr/movers.ts';
import type { ConnectorDependencies, Upstream, UpstreamCall, UpstreamDefinition } from './upstream.ts';

/** The account to be made, in our words. Names are chosen before the first call and never recomputed. */
export interface AccountIntent {
  readonly employeeNumber: string;
  readonly fullName: string;
  /** HR's, else the full pinyin of the name. */
  readonly englishName: string;
  /** The reserved directory login (sAMAccountName); null when none could be made within 20 characters. */
  readonly username: string | null;
  /** The reserved address, `local@domain`. */
  readonly emailAddress: string;
  readonly phone: {
    /** Digits only, e.g. `86`. */
    readonly countryCode: string;
    readonly nationalNumber: string;
    readonly mobile: boolean;
  } | null;
  /** The first of the person's departments that has a mapping. */
  readonly department: {
    readonly idaasDepartmentCode: string;
    readonly ou: string;
  };
  /** The person's type at each system; null when unmapped. */
  readonly personType: { readonly idaasUserType: string; readonly welinkPersonType: string } | null;
}

/** Whose account is looked for. */
export interface AccountHolder {
  readonly employeeNumber: string;
  /** The system's identifier of the account, where known; it may differ from the one we would choose. */
  readonly identifier?: string;
  /** Never sent; removed from stored answers. */
  readonly fullName?: string;
}

/** An account that exists at the system. */
export interface RemoteAccount {
  /** IDAAS: userName; WELINK: corpUserId; EMAIL: the full address. */
  readonly identifier: string;
  /** The system's own id, where it has one. */
  readonly remoteId: string | null;
  /** Identifiers the system holds for this person that later systems must use, when they differ from ours. */
  readonly username?: string;
  readonly emailAddress?: string;
}

/** Created now, or found to exist already and to be this person's. */
export interface EnsuredAccount extends RemoteAccount {
  readonly outcome: 'CREATED' | 'ADOPTED';
}

/** The changed fields of a person; absent ones stay as they are. */
export interface AccountUpdate {
  readonly fullName?: string;
  readonly phone?: NonNullable<AccountIntent['phone']>;
  readonly department?: AccountIntent['department'];
  readonly emailAddress?: string;
}

/**
 * Speaks to one external system. Its facets are its capabilities: a method that is absent is something the
 * system cannot do. Every method throws `UpstreamError` and nothing else, except what `signal` aborts with
 * before the request was sent, and what `acquire` itself fails with.
 */
export interface Connector extends Upstream {
  readonly system: string;
  /** True when the system itself refuses a second account of the same identity, so a create may be re-sent. */
  readonly guardsCreate: boolean;
  /** The parts of an intent this connector cannot do without; checked before anything is claimed or sent. */
  readonly requires: readonly ('username' | 'department' | 'ou' | 'phone' | 'mobile')[];
  /** Creates the account, or adopts it when the system says that it exists and is ours. Never retries a write. */
  ensureAccount(intent: AccountIntent, call: UpstreamCall): Promise<EnsuredAccount>;
  /** Finds the account of this person; null when the system knows none. */
  findAccount?(holder: AccountHolder, call: UpstreamCall): Promise<RemoteAccount | null>;
  /** Switches an account off; done already is done. */
  disableAccount?(account: { readonly identifier: string }, call: UpstreamCall): Promise<void>;
  /** Fields of a person that it shows, and that differ when HR changes them. */
  readonly shows: readonly MovedField[];
  /** Brings an account in line with its person; what it says already may be said again. */
  updateAccount?(
    account: { readonly identifier: string },
    update: AccountUpdate,
    call: UpstreamCall,
  ): Promise<void>;
}

/** A system that the service can be connected to: one folder, one line in the registry. */
export interface ConnectorDefinition<Config = unknown> extends UpstreamDefinition<Config> {
  /** Its code is a value of the GraphQL enum `AccountSystem`. */
  readonly facet: 'accounts';
  /** Defaults of the Settings that exist because this system is registered. */
  readonly defaults: {
    /** Of `rate_limit_<system>_per_second`. */
    readonly ratePerSecond: number;
    /** Of `max_concurrency_<system>`. */
    readonly maxConcurrency: number;
    /** Its entry in `account_dependencies`. */
    readonly dependsOn: readonly string[];
    /** Patterns for its answers that an operator may correct, by the key of the Setting. */
    readonly patterns: Readonly<
      Record<string, { readonly value: string; readonly zh: string; readonly en: string }>
    >;
  };
  connect(config: Config, dependencies: ConnectorDependencies): Connector;
}
