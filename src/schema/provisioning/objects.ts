import type { StoredError } from '../../domain/errors/error-entry.ts';
import type { HealthReason } from '../../domain/explanations/judge-health.ts';
import type { PausedSystem } from '../../domain/settings/paused-systems.ts';
import type { PersonDepartment } from '../../entities/people/person.ts';
import type { TaskGroup } from '../../jobs/provisioning/corrections/change-tasks.ts';
import type { ErasedCount } from '../../jobs/provisioning/privacy/erased-rows.ts';
import type { RowPreview } from '../../jobs/provisioning/requests/preview-accounts.ts';
import type { UserErrorShape } from '../errors.ts';
import type {
  DeadLetterShape,
  FailureGroupShape,
  OldestReadyShape,
  OverviewShape,
} from '../overview/read-overview.ts';
import type {
  CheckSystemPayloadShape,
  SystemCheckShape,
  SystemErrorShape,
  SystemShape,
} from '../systems/read-systems.ts';
import type { WhyNotShape } from './explain/read-why-not.ts';
import type { PersonEventRow } from './people/read-timeline.ts';
import type { ProgressEvent, ProgressState } from './progress/progress-event.ts';
import type { RequestsProgressEvent } from './progress/watched-requests.ts';
import type {
  AccountRequestRow,
  AccountRow,
  AccountTaskRow,
  DepartmentMappingRow,
  PersonRow,
  PersonTypeMappingRow,
  RequestItemRow,
  TaskAttemptRow,
} from './rows/rows.ts';
import type {
  AccountWarningShape,
  CreateAccountsPayloadShape,
  DeleteMappingsPayloadShape,
  ErasePersonPayloadShape,
  ErrorSummaryShape,
  ExportPersonPayloadShape,
  ItemCountShape,
  LinkAccountPayloadShape,
  RequestCountShape,
  RequestPayloadShape,
  RetryTaskPayloadShape,
  SetIdentifiersPayloadShape,
  SystemTaskStatsShape,
  TaskBatchPayloadShape,
  TaskCountShape,
  UpdateItemPayloadShape,
  UpsertMappingsPayloadShape,
} from './rows/shapes.ts';

/** What stands behind each type of area 1. */
export interface ProvisioningObjects {
  AccountRequest: AccountRequestRow;
  AccountRequestItem: RequestItemRow;
  AccountTask: AccountTaskRow;
  TaskAttempt: TaskAttemptRow;
  Person: PersonRow;
  PersonDepartment: PersonDepartment;
  PersonEvent: PersonEventRow;
  WhyNot: WhyNotShape;
  RequestsProgress: RequestsProgressEvent;
  WatchedRequest: ProgressState;
  TaskGroup: TaskGroup;
  RetryTasksPayload: TaskBatchPayloadShape;
  CancelTasksPayload: TaskBatchPayloadShape;
  Overview: OverviewShape;
  HealthReason: HealthReason;
  FailureGroup: FailureGroupShape;
  OldestReadyTask: OldestReadyShape;
  DeadLetterCount: DeadLetterShape;
  UpstreamSystem: SystemShape;
  SystemPause: PausedSystem;
  SystemCircuit: SystemShape;
  SystemCheck: SystemCheckShape;
  SystemError: SystemErrorShape;
  CheckSystemPayload: CheckSystemPayloadShape;
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
  AccountWarning: AccountWarningShape;
  AccountPreview: RowPreview;
  CreateAccountsPayload: CreateAccountsPayloadShape;
  CancelRequestPayload: RequestPayloadShape;
  RetryRequestPayload: RequestPayloadShape & { readonly requeuedTasks: number };
  RetryTaskPayload: RetryTaskPayloadShape;
  ResolveTaskPayload: RetryTaskPayloadShape;
  UpdateRequestItemPayload: UpdateItemPayloadShape;
  SetPersonIdentifiersPayload: SetIdentifiersPayloadShape;
  ErasedCount: ErasedCount;
  ErasePersonPayload: ErasePersonPayloadShape;
  ExportPersonPayload: ExportPersonPayloadShape;
  LinkAccountPayload: LinkAccountPayloadShape;
  UpsertDepartmentMappingsPayload: UpsertMappingsPayloadShape;
  UpsertPersonTypeMappingsPayload: UpsertMappingsPayloadShape;
  DeleteDepartmentMappingsPayload: DeleteMappingsPayloadShape;
  DeletePersonTypeMappingPayload: DeleteMappingsPayloadShape;
}
