import type { GraphQLSchema } from 'graphql';
import { addApiKey } from './access/api-key.ts';
import { addRevokeApiKey, addRotateApiKey } from './access/change-api-key.ts';
import { addCreateApiKey } from './access/create-api-key.ts';
import { addCreateWatchToken } from './access/create-watch-token.ts';
import { addRateLimit } from './access/rate-limit.ts';
import { applyRules } from './access/rules.ts';
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
import { createParts } from './parts.ts';
import { addAccount } from './provisioning/account.ts';
import { addAccountPreview } from './provisioning/account-preview.ts';
import { addAccountRequest } from './provisioning/account-request.ts';
import { addAccountRequestItem } from './provisioning/account-request-item.ts';
import { addAccountTask } from './provisioning/account-task.ts';
import { addCancelRequest } from './provisioning/cancel-request.ts';
import { addCheckSystem } from './provisioning/check-system.ts';
import { addCounts } from './provisioning/count-types.ts';
import { addCreateAccountTasks } from './provisioning/create-account-tasks.ts';
import { addCreateAccounts } from './provisioning/create-accounts.ts';
import { addDeleteDepartmentMappings } from './provisioning/delete-department-mappings.ts';
import { addDeletePersonTypeMapping } from './provisioning/delete-person-type-mapping.ts';
import { addDepartmentMapping } from './provisioning/department-mapping.ts';
import { addDisableLeavers } from './provisioning/disable-leavers.ts';
import { addErasePerson } from './provisioning/erase-person.ts';
import { addExportPerson } from './provisioning/export-person.ts';
import { addLinkAccount } from './provisioning/link-account.ts';
import { addOverview } from './provisioning/overview.ts';
import { addPeople } from './provisioning/people.ts';
import { addPerson } from './provisioning/person.ts';
import { addPersonTypeMapping } from './provisioning/person-type-mapping.ts';
import { addProcessAccountTasks } from './provisioning/process-account-tasks.ts';
import { addRequestProgress } from './provisioning/request-progress.ts';
import { addRequestQueries } from './provisioning/requests.ts';
import { addRequestsProgress } from './provisioning/requests-progress.ts';
import { addResolveTask } from './provisioning/resolve-task.ts';
import { addRetryRequest } from './provisioning/retry-request.ts';
import { addRetryTask } from './provisioning/retry-task.ts';
import { addSetPersonIdentifiers } from './provisioning/set-person-identifiers.ts';
import { addStatistics } from './provisioning/statistics.ts';
import { addStoredErrors } from './provisioning/stored-error-types.ts';
import { addSyncHr } from './provisioning/sync-hr.ts';
import { addSystems } from './provisioning/systems.ts';
import { addTaskAttempt } from './provisioning/task-attempt.ts';
import { addTaskBatches } from './provisioning/task-batches.ts';
import { addTaskQueries } from './provisioning/tasks.ts';
import { addTimeline } from './provisioning/timeline.ts';
import { addUnlinkAccount } from './provisioning/unlink-account.ts';
import { addUpdateRequestItem } from './provisioning/update-request-item.ts';
import { addUpsertDepartmentMappings } from './provisioning/upsert-department-mappings.ts';
import { addUpsertPersonTypeMappings } from './provisioning/upsert-person-type-mappings.ts';
import { addVerifyAccounts } from './provisioning/verify-accounts.ts';
import { addWhyNot } from './provisioning/why-not.ts';
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
