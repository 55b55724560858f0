import type { EntityManager } from '@mikro-orm/postgresql';
import type { PgBoss } from 'pg-boss';
import type { LiveSettings } from '../../kit/live-settings.ts';
import type { VerifyAccountsContext } from '../verification/verify-accounts.ts';

/** Dependencies of the job of an import. */
export interface ImportJobContext extends VerifyAccountsContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  readonly defaultEmailDomain: string | null;
  /** Aborts when the process stops: the run goes on elsewhere. */
  readonly stopping: AbortSignal;
}
