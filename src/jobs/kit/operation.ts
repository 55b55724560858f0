import type { EntityManager } from '@mikro-orm/postgresql';
import type { PgBoss } from 'pg-boss';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import type { LiveSettings } from './live-settings.ts';

/** Dependencies of a mutation's function in `jobs`; it opens its own transaction. */
export interface OperationContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  readonly secrets: SecretKeys;
  /** Codes of the registered systems. */
  readonly systems: readonly string[];
  /** The signed-in principal; stored as `created_by`. */
  readonly principal: string;
  /** For the date in request ids. */
  readonly displayTimeZone: string;
  /** Domain of addresses whose person type has none; null when this process has none configured. */
  readonly defaultEmailDomain: string | null;
}

/** An expected failure of an operation: code, parameters and path, rendered where it is shown. */
export interface OperationError {
  readonly code: string;
  readonly parameters: ErrorParameters;
  /** Relative to `input`; list positions count from 0. */
  readonly path: readonly string[];
  readonly employeeNumber: string | null;
}

/** An error about one field of the input. */
export function operationError(
  code: string,
  options: { readonly path: readonly string[]; readonly parameters?: ErrorParameters },
): OperationError {
  return { code, parameters: options.parameters ?? {}, path: options.path, employeeNumber: null };
}
