import type { StoredError } from '../../../domain/errors/error-entry.ts';
import type { IntakeWarningCode } from '../../../domain/provisioning/intake/intake-warnings.ts';
import type { ItemStatus, RequestStatus, TaskStatus } from '../../../domain/provisioning/states/states.ts';

/** What stands behind the types that are no rows. */
export interface ItemCountShape {
  readonly status: ItemStatus;
  readonly count: number;
}
export interface TaskCountShape {
  readonly system: string;
  readonly status: TaskStatus;
  readonly count: number;
}
export interface RequestCountShape {
  readonly status: RequestStatus;
  readonly count: number;
}
export interface SystemTaskStatsShape {
  readonly system: string;
  readonly total: number;
  readonly counts: readonly TaskCountShape[];
}
export interface ErrorSummaryShape {
  readonly system: string | null;
  readonly error: StoredError;
  readonly count: number;
}
export interface AccountWarningShape {
  readonly code: IntakeWarningCode;
  readonly message: string;
  readonly path: readonly string[];
  readonly employeeNumber: string | null;
}
