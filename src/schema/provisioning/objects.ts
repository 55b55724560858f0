import type { StoredError } from '../../domain/error-entry.ts';
import type { ItemStatus, RequestStatus, TaskStatus } from '../../domain/provisioning/states.ts';
import type { UserErrorShape } from '../errors.ts';
import type { ProgressEvent } from './progress-event.ts';
import type {
  AccountRequestRow,
  AccountRow,
  AccountTaskRow,
  DepartmentMappingRow,
  PersonRow,
  PersonTypeMappingRow,
  RequestItemRow,
  TaskAttemptRow,
} from './rows.ts';

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
}
export interface RequestPayloadShape {
  readonly request: AccountRequestRow | null;
  readonly userErrors: readonly UserErrorShape[];
}
export interface UpsertDepartmentMappingsPayloadShape {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly releasedTasks: number;
  readonly userErrors: readonly UserErrorShape[];
}

/** What stands behind each type of area 1. */
export interface ProvisioningObjects {
  AccountRequest: AccountRequestRow;
  AccountRequestItem: RequestItemRow;
  AccountTask: AccountTaskRow;
  TaskAttempt: TaskAttemptRow;
  Person: PersonRow;
  Account: AccountRow;
  DepartmentMapping: DepartmentMappingRow;
  PersonTypeMapping: PersonTypeMappingRow;
  ItemError: StoredError;
  TaskError: StoredError;
  ItemCount: ItemCountShape;
  TaskCount: TaskCountShape;
  RequestCount: RequestCountShape;
  SystemTaskStats: SystemTaskStatsShape;
  ErrorSummaryEntry: ErrorSummaryShape;
  RequestProgress: ProgressEvent;
  UserError: UserErrorShape;
  CreateAccountsPayload: CreateAccountsPayloadShape;
  CancelRequestPayload: RequestPayloadShape;
  RetryRequestPayload: RequestPayloadShape & { readonly requeuedTasks: number };
  RetryTaskPayload: { readonly task: AccountTaskRow | null; readonly userErrors: readonly UserErrorShape[] };
  UpsertDepartmentMappingsPayload: UpsertDepartmentMappingsPayloadShape;
}
