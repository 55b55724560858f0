import type { StoredError } from '../../../domain/errors/error-entry.ts';
import type { IntakeWarningCode } from '../../../domain/provisioning/intake/intake-warnings.ts';
import type { ItemStatus, RequestStatus, TaskStatus } from '../../../domain/provisioning/states/states.ts';
import type { RunMode } from '../../../domain/runs/run-states.ts';
import type { TaskBatchOutcome } from '../../../jobs/provisioning/corrections/change-tasks.ts';
import type { ErasedCount } from '../../../jobs/provisioning/privacy/erased-rows.ts';
import type { RowPreview } from '../../../jobs/provisioning/requests/preview-accounts.ts';
import type { UserErrorShape } from '../../context/errors.ts';
import type { AccountRequestRow, AccountRow, AccountTaskRow, PersonRow, RequestItemRow } from './rows.ts';

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
export interface CreateAccountsPayloadShape {
  readonly request: AccountRequestRow | null;
  readonly replayed: boolean;
  readonly requeuedTasks: number;
  readonly userErrors: readonly UserErrorShape[];
  readonly userErrorCount: number;
  readonly existingRequestId: string | null;
  readonly warnings: readonly AccountWarningShape[];
  readonly warningCount: number;
  readonly preview: readonly RowPreview[];
}
export interface AccountWarningShape {
  readonly code: IntakeWarningCode;
  readonly message: string;
  readonly path: readonly string[];
  readonly employeeNumber: string | null;
}
export interface RequestPayloadShape {
  readonly request: AccountRequestRow | null;
  readonly userErrors: readonly UserErrorShape[];
}
export interface UpsertMappingsPayloadShape {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly releasedTasks: number;
  readonly userErrors: readonly UserErrorShape[];
}
export interface DeleteMappingsPayloadShape {
  readonly deleted: number;
  readonly userErrors: readonly UserErrorShape[];
}
export interface TaskBatchPayloadShape extends Omit<TaskBatchOutcome, 'taskIds' | 'userErrors'> {
  readonly tasks: readonly AccountTaskRow[];
  readonly userErrors: readonly UserErrorShape[];
}
export interface RetryTaskPayloadShape {
  readonly task: AccountTaskRow | null;
  readonly userErrors: readonly UserErrorShape[];
}
export interface UpdateItemPayloadShape {
  readonly item: RequestItemRow | null;
  readonly requeuedTasks: number;
  readonly userErrors: readonly UserErrorShape[];
}
export interface SetIdentifiersPayloadShape {
  readonly person: PersonRow | null;
  readonly requeuedTasks: number;
  readonly userErrors: readonly UserErrorShape[];
}
export interface ExportPersonPayloadShape {
  readonly document: Readonly<Record<string, readonly unknown[]>> | null;
  readonly userErrors: readonly UserErrorShape[];
}
export interface ErasePersonPayloadShape {
  readonly mode: RunMode;
  readonly counts: readonly ErasedCount[];
  readonly userErrors: readonly UserErrorShape[];
}
export interface LinkAccountPayloadShape {
  readonly account: AccountRow | null;
  readonly userErrors: readonly UserErrorShape[];
}
