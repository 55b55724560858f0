import type { GraphQLSchema } from 'graphql';
import { addApiKey } from './access/api-key.ts';
import { addRevokeApiKey, addRotateApiKey } from './access/change-api-key.ts';
import { addCreateApiKey } from './access/create-api-key.ts';
import { addRateLimit } from './access/rate-limit.ts';
import { addAuditEntry } from './audit/audit-entry.ts';
import { addVerifyAudit } from './audit/verify-audit.ts';
import { limitComplexity } from './complexity.ts';
import type { SystemInfo } from './context.ts';
import { addPoisonMessages } from './maintenance/poison-messages.ts';
import { addPurge } from './maintenance/purge.ts';
import { addNodes } from './node.ts';
import { addDeleteWebhook } from './notifications/delete-webhook.ts';
import { addRedeliver } from './notifications/redeliver.ts';
import { addTestWebhook } from './notifications/test-webhook.ts';
import { addUpsertWebhook } from './notifications/upsert-webhook.ts';
import { addWebhook } from './notifications/webhook.ts';
import { addWebhookDelivery } from './notifications/webhook-delivery.ts';
import { addOverview } from './overview/overview.ts';
import { createParts } from './parts.ts';
import { applyRules } from './permissions/rules.ts';
import { addAccount } from './provisioning/accounts/account.ts';
import { addDisableLeavers } from './provisioning/accounts/disable-leavers.ts';
import { addLinkAccount } from './provisioning/accounts/link-account.ts';
import { addSyncHr } from './provisioning/accounts/sync-hr.ts';
import { addUnlinkAccount } from './provisioning/accounts/unlink-account.ts';
import { addVerifyAccounts } from './provisioning/accounts/verify-accounts.ts';
import { addWhyNot } from './provisioning/explain/why-not.ts';
import { addDeleteDepartmentMappings } from './provisioning/mappings/delete-department-mappings.ts';
import { addDeletePersonTypeMapping } from './provisioning/mappings/delete-person-type-mapping.ts';
import { addDepartmentMapping } from './provisioning/mappings/department-mapping.ts';
import { addPersonTypeMapping } from './provisioning/mappings/person-type-mapping.ts';
import { addUpsertDepartmentMappings } from './provisioning/mappings/upsert-department-mappings.ts';
import { addUpsertPersonTypeMappings } from './provisioning/mappings/upsert-person-type-mappings.ts';
import { addErasePerson } from './provisioning/people/erase-person.ts';
import { addExportPerson } from './provisioning/people/export-person.ts';
import { addPeople } from './provisioning/people/people.ts';
import { addPerson } from './provisioning/people/person.ts';
import { addSetPersonIdentifiers } from './provisioning/people/set-person-identifiers.ts';
import { addTimeline } from './provisioning/people/timeline.ts';
import { addRequestProgress } from './provisioning/progress/request-progress.ts';
import { addRequestsProgress } from './provisioning/progress/requests-progress.ts';
import { addAccountPreview } from './provisioning/requests/account-preview.ts';
import { addAccountRequest } from './provisioning/requests/account-request.ts';
import { addAccountRequestItem } from './provisioning/requests/account-request-item.ts';
import { addCancelRequest } from './provisioning/requests/cancel-request.ts';
import { addCreateAccounts } from './provisioning/requests/create-accounts.ts';
import { addCreateWatchToken } from './provisioning/requests/create-watch-token.ts';
import { addRequestQueries } from './provisioning/requests/requests.ts';
import { addRetryRequest } from './provisioning/requests/retry-request.ts';
import { addUpdateRequestItem } from './provisioning/requests/update-request-item.ts';
import { addAccountTask } from './provisioning/tasks/account-task.ts';
import { addCounts } from './provisioning/tasks/count-types.ts';
import { addCreateAccountTasks } from './provisioning/tasks/create-account-tasks.ts';
import { addProcessAccountTasks } from './provisioning/tasks/process-account-tasks.ts';
import { addResolveTask } from './provisioning/tasks/resolve-task.ts';
import { addRetryTask } from './provisioning/tasks/retry-task.ts';
import { addStatistics } from './provisioning/tasks/statistics.ts';
import { addStoredErrors } from './provisioning/tasks/stored-error-types.ts';
import { addTaskAttempt } from './provisioning/tasks/task-attempt.ts';
import { addTaskBatches } from './provisioning/tasks/task-batches.ts';
import { addTaskQueries } from './provisioning/tasks/tasks.ts';
import { addCancelRun } from './runs/cancel-run.ts';
import { addContinueRun } from './runs/continue-run.ts';
import { addRunPayload } from './runs/run-payload.ts';
import { addRunProgress } from './runs/run-progress.ts';
import { addRunQueries } from './runs/runs.ts';
import { addSchedules } from './runs/schedules.ts';
import { addSyncRun } from './runs/sync-run.ts';
import { addSyncStatus } from './runs/sync-status.ts';
import { addRotateSecrets } from './secrets/rotate-secrets.ts';
import { addSetting } from './settings/setting.ts';
import { addSettingChange } from './settings/setting-change.ts';
import { addUpdateSetting } from './settings/update-setting.ts';
import { addCheckSystem } from './systems/check-system.ts';
import { addSystems } from './systems/systems.ts';
import { addUserError } from './user-error.ts';

/** Every type, query, mutation and subscription of the API. */
const additions = [
  addUserError,
  addNodes,
  addAccountRequest,
  addAccountRequestItem,
  addAccountTask,
  addTaskAttempt,
  addStoredErrors,
  addCounts,
  addPerson,
  addPeople,
  addTimeline,
  addWhyNot,
  addTaskBatches,
  addOverview,
  addSystems,
  addCheckSystem,
  addAccount,
  addDepartmentMapping,
  addPersonTypeMapping,
  addStatistics,
  addRequestQueries,
  addTaskQueries,
  addRequestProgress,
  addRequestsProgress,
  addAccountPreview,
  addCreateAccounts,
  addCancelRequest,
  addRetryRequest,
  addRetryTask,
  addResolveTask,
  addUpdateRequestItem,
  addSetPersonIdentifiers,
  addLinkAccount,
  addUnlinkAccount,
  addErasePerson,
  addExportPerson,
  addVerifyAccounts,
  addUpsertDepartmentMappings,
  addDeleteDepartmentMappings,
  addUpsertPersonTypeMappings,
  addDeletePersonTypeMapping,
  addAuditEntry,
  addVerifyAudit,
  addSetting,
  addSettingChange,
  addUpdateSetting,
  addSyncRun,
  addRunQueries,
  addRunProgress,
  addRunPayload,
  addCancelRun,
  addContinueRun,
  addSyncHr,
  addWebhook,
  addWebhookDelivery,
  addUpsertWebhook,
  addDeleteWebhook,
  addTestWebhook,
  addRedeliver,
  addPurge,
  addPoisonMessages,
  addApiKey,
  addCreateApiKey,
  addRevokeApiKey,
  addRotateApiKey,
  addCreateWatchToken,
  addRateLimit,
  addRotateSecrets,
  addCreateAccountTasks,
  addProcessAccountTasks,
  addSchedules,
  addSyncStatus,
  addDisableLeavers,
];

/** The API for these systems; its context is a `RequestScope` per operation. */
export function createSchema(options: { readonly systems: readonly SystemInfo[] }): GraphQLSchema {
  const parts = createParts(options.systems);
  for (const add of additions) add(parts);
  const schema = parts.builder.toSchema();
  applyRules(schema);
  limitComplexity(schema);
  return schema;
}
