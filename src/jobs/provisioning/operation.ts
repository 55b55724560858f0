import type { EntityManager } from '@mikro-orm/postgresql';
import type { PgBoss } from 'pg-boss';
import type { IntakeError } from '../../domain/provisioning/intake-error.ts';
import type { LiveSettings } from '../../entities/settings/live-settings.ts';

/** What an operation of the API works with; it opens its own transaction. */
export interface OperationContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  /** Codes of the registered systems. */
  readonly systems: readonly string[];
  /** Who asks; stored as `created_by`. */
  readonly principal: string;
  /** For the date in request ids. */
  readonly displayTimeZone: string;
}

/** An expected failure of an operation: code, parameters and path, rendered by whoever shows it. */
export type OperationError = IntakeError;
