import type { EntityManager } from '@mikro-orm/postgresql';
import type { PgBoss } from 'pg-boss';
import type { Visibility } from '../../domain/access/visibility.ts';
import type { Locale } from '../../domain/errors/error-entry.ts';
import type { AdviceForm } from '../../domain/explanations/actions.ts';
import type { ChangeFeed } from '../../jobs/kit/change-feed.ts';
import type { LiveSettings } from '../../jobs/kit/live-settings.ts';
import type { SecretKeys } from '../../jobs/secrets/secret-keys.ts';

/** The viewer of an operation. */
export interface Viewer {
  /** Stable name of the principal, e.g. `admin`; idempotency keys belong to it, not to one of its API keys. */
  readonly principal: string;
  readonly scopes: ReadonlySet<string>;
  readonly sees: Visibility;
  /** Primary key of the API key; null for the bootstrap key and for JWTs. */
  readonly keyId: string | null;
  /** When the credential ends; null or absent: it does not. */
  readonly expiresAt?: Date | null;
}

/** Points that a principal has left. */
export interface RateLimitState {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: Date;
}

/** Bounds how many operations a principal begins, over all processes. */
export interface RateLimits {
  /** Takes one; null when it may go on, else in how many seconds to try again. */
  take(principal: string): Promise<number | null>;
  stateOf(principal: string): Promise<RateLimitState>;
}

/** A registered system as far as the API shows it. */
export interface SystemInfo {
  readonly system: string;
  readonly displayName: { readonly zh: string; readonly en: string };
}

/** An upstream that holds no accounts. */
export interface SourceInfo extends SystemInfo {
  /** The facet that it serves. */
  readonly facet: string;
  /** Settings that say whether it is used and how often it is called, where they are not those of every system. */
  readonly switch?: string;
  readonly rate?: string;
  /** The kind of runs that read it, where what is known of it is known by them. */
  readonly runKind?: string;
}

/** Services that stay the same for the life of the process. */
export interface SchemaServices {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  readonly secrets: SecretKeys;
  readonly feed: ChangeFeed;
  readonly rateLimits: RateLimits;
  readonly systems: readonly SystemInfo[];
  readonly sources: readonly SourceInfo[];
  readonly displayTimeZone: string;
  /** Domain of addresses whose person type has none; null when this process was not told. */
  readonly defaultEmailDomain: string | null;
  /** Where check-in lessons link to; null: nowhere. */
  readonly attendanceUrl?: string | null;
  readonly defaultLocale: Locale;
  /** What OIDC_ISSUER says and what its address describes, once they were seen to differ. */
  readonly issuerMismatch?: () => { readonly configured: string; readonly found: string } | null;
}

/** The scope of one operation; of one event in subscriptions. */
export interface RequestScope {
  readonly services: SchemaServices;
  /** A fork of its own. */
  readonly em: EntityManager;
  /** Null: the caller is not signed in, and everything is refused. */
  readonly viewer: Viewer | null;
  /** From Accept-Language or connection_init, else DEFAULT_LOCALE. */
  readonly locale: Locale;
  /** How texts name what to do; absent: operations of the API. */
  readonly form?: AdviceForm | undefined;
  /** Correlation id, in the log and in masked errors. */
  readonly correlationId: string;
}
