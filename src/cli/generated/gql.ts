/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation UpsertMappings($mappings: [DepartmentMappingInput!]!, $skipBad: Boolean!) {\n    upsertDepartmentMappings(input: { mappings: $mappings, skipBad: $skipBad }) {\n      created\n      updated\n      unchanged\n      releasedTasks\n      userErrors { code message path }\n    }\n  }\n": typeof types.UpsertMappingsDocument,
    "\n  mutation CreateAccounts($input: CreateAccountsInput!) {\n    createAccounts(input: $input) {\n      request { requestId status statusDisplay totalUsers }\n      replayed\n      requeuedTasks\n      userErrors { code message path employeeNumber }\n      userErrorCount\n      existingRequestId\n    }\n  }\n": typeof types.CreateAccountsDocument,
    "\n  subscription WatchRequest($requestId: String!) {\n    requestProgress(requestId: $requestId) {\n      final\n      percent\n      round\n      etaSeconds\n      taskCounts { system status count }\n      request {\n        requestId\n        status\n        statusDisplay\n        explanation\n        totalUsers\n        completedUsers\n        failedUsers\n        systemList\n        errorSummary { system code message count fixBy }\n      }\n    }\n  }\n": typeof types.WatchRequestDocument,
    "\n  query ShowRequest($requestId: String!) {\n    request(requestId: $requestId) {\n      requestId\n      originSystem\n      businessKey\n      status\n      statusDisplay\n      explanation\n      progress\n      round\n      totalUsers\n      completedUsers\n      failedUsers\n      createdAt\n      completedAt\n      errorSummary { system code message count fixBy }\n    }\n  }\n": typeof types.ShowRequestDocument,
    "\n  query ShowTask($taskId: String!) {\n    task(taskId: $taskId) {\n      taskId\n      system\n      status\n      statusDisplay\n      explanation\n      accountIdentifier\n      attemptCount\n      maxAttempts\n      nextAttemptAt\n      person { employeeNumber fullName }\n      attempts { executionAttempt outcome errorCode errorMessage startedAt finishedAt }\n    }\n  }\n": typeof types.ShowTaskDocument,
    "\n  mutation RetryRequest($requestId: String!, $systems: [AccountSystem!]) {\n    retryRequest(input: { requestId: $requestId, systems: $systems }) {\n      request { requestId status statusDisplay }\n      requeuedTasks\n      userErrors { code message path }\n    }\n  }\n": typeof types.RetryRequestDocument,
    "\n  mutation CancelRequest($requestId: String!) {\n    cancelRequest(input: { requestId: $requestId }) {\n      request { requestId status statusDisplay }\n      userErrors { code message path }\n    }\n  }\n": typeof types.CancelRequestDocument,
    "\n  query ShowStatistics {\n    taskStats { system total counts { status count } }\n    requestCounts { status count }\n  }\n": typeof types.ShowStatisticsDocument,
    "\n  query ShowSettings($keys: [String!]) {\n    settings(keys: $keys) { key value defaultValue description version updatedAt updatedBy }\n  }\n": typeof types.ShowSettingsDocument,
    "\n  mutation UpdateSetting($key: String!, $value: JSON!, $expectedVersion: Int) {\n    updateSetting(input: { key: $key, value: $value, expectedVersion: $expectedVersion }) {\n      setting { key value version }\n      userErrors { code message path }\n    }\n  }\n": typeof types.UpdateSettingDocument,
    "\n  query ShowSettingChanges($key: String, $first: Int!) {\n    settingChanges(key: $key, first: $first) {\n      nodes { key oldValue newValue changedBy changedAt }\n    }\n  }\n": typeof types.ShowSettingChangesDocument,
};
const documents: Documents = {
    "\n  mutation UpsertMappings($mappings: [DepartmentMappingInput!]!, $skipBad: Boolean!) {\n    upsertDepartmentMappings(input: { mappings: $mappings, skipBad: $skipBad }) {\n      created\n      updated\n      unchanged\n      releasedTasks\n      userErrors { code message path }\n    }\n  }\n": types.UpsertMappingsDocument,
    "\n  mutation CreateAccounts($input: CreateAccountsInput!) {\n    createAccounts(input: $input) {\n      request { requestId status statusDisplay totalUsers }\n      replayed\n      requeuedTasks\n      userErrors { code message path employeeNumber }\n      userErrorCount\n      existingRequestId\n    }\n  }\n": types.CreateAccountsDocument,
    "\n  subscription WatchRequest($requestId: String!) {\n    requestProgress(requestId: $requestId) {\n      final\n      percent\n      round\n      etaSeconds\n      taskCounts { system status count }\n      request {\n        requestId\n        status\n        statusDisplay\n        explanation\n        totalUsers\n        completedUsers\n        failedUsers\n        systemList\n        errorSummary { system code message count fixBy }\n      }\n    }\n  }\n": types.WatchRequestDocument,
    "\n  query ShowRequest($requestId: String!) {\n    request(requestId: $requestId) {\n      requestId\n      originSystem\n      businessKey\n      status\n      statusDisplay\n      explanation\n      progress\n      round\n      totalUsers\n      completedUsers\n      failedUsers\n      createdAt\n      completedAt\n      errorSummary { system code message count fixBy }\n    }\n  }\n": types.ShowRequestDocument,
    "\n  query ShowTask($taskId: String!) {\n    task(taskId: $taskId) {\n      taskId\n      system\n      status\n      statusDisplay\n      explanation\n      accountIdentifier\n      attemptCount\n      maxAttempts\n      nextAttemptAt\n      person { employeeNumber fullName }\n      attempts { executionAttempt outcome errorCode errorMessage startedAt finishedAt }\n    }\n  }\n": types.ShowTaskDocument,
    "\n  mutation RetryRequest($requestId: String!, $systems: [AccountSystem!]) {\n    retryRequest(input: { requestId: $requestId, systems: $systems }) {\n      request { requestId status statusDisplay }\n      requeuedTasks\n      userErrors { code message path }\n    }\n  }\n": types.RetryRequestDocument,
    "\n  mutation CancelRequest($requestId: String!) {\n    cancelRequest(input: { requestId: $requestId }) {\n      request { requestId status statusDisplay }\n      userErrors { code message path }\n    }\n  }\n": types.CancelRequestDocument,
    "\n  query ShowStatistics {\n    taskStats { system total counts { status count } }\n    requestCounts { status count }\n  }\n": types.ShowStatisticsDocument,
    "\n  query ShowSettings($keys: [String!]) {\n    settings(keys: $keys) { key value defaultValue description version updatedAt updatedBy }\n  }\n": types.ShowSettingsDocument,
    "\n  mutation UpdateSetting($key: String!, $value: JSON!, $expectedVersion: Int) {\n    updateSetting(input: { key: $key, value: $value, expectedVersion: $expectedVersion }) {\n      setting { key value version }\n      userErrors { code message path }\n    }\n  }\n": types.UpdateSettingDocument,
    "\n  query ShowSettingChanges($key: String, $first: Int!) {\n    settingChanges(key: $key, first: $first) {\n      nodes { key oldValue newValue changedBy changedAt }\n    }\n  }\n": types.ShowSettingChangesDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpsertMappings($mappings: [DepartmentMappingInput!]!, $skipBad: Boolean!) {\n    upsertDepartmentMappings(input: { mappings: $mappings, skipBad: $skipBad }) {\n      created\n      updated\n      unchanged\n      releasedTasks\n      userErrors { code message path }\n    }\n  }\n"): typeof import('./graphql.ts').UpsertMappingsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateAccounts($input: CreateAccountsInput!) {\n    createAccounts(input: $input) {\n      request { requestId status statusDisplay totalUsers }\n      replayed\n      requeuedTasks\n      userErrors { code message path employeeNumber }\n      userErrorCount\n      existingRequestId\n    }\n  }\n"): typeof import('./graphql.ts').CreateAccountsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WatchRequest($requestId: String!) {\n    requestProgress(requestId: $requestId) {\n      final\n      percent\n      round\n      etaSeconds\n      taskCounts { system status count }\n      request {\n        requestId\n        status\n        statusDisplay\n        explanation\n        totalUsers\n        completedUsers\n        failedUsers\n        systemList\n        errorSummary { system code message count fixBy }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').WatchRequestDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ShowRequest($requestId: String!) {\n    request(requestId: $requestId) {\n      requestId\n      originSystem\n      businessKey\n      status\n      statusDisplay\n      explanation\n      progress\n      round\n      totalUsers\n      completedUsers\n      failedUsers\n      createdAt\n      completedAt\n      errorSummary { system code message count fixBy }\n    }\n  }\n"): typeof import('./graphql.ts').ShowRequestDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ShowTask($taskId: String!) {\n    task(taskId: $taskId) {\n      taskId\n      system\n      status\n      statusDisplay\n      explanation\n      accountIdentifier\n      attemptCount\n      maxAttempts\n      nextAttemptAt\n      person { employeeNumber fullName }\n      attempts { executionAttempt outcome errorCode errorMessage startedAt finishedAt }\n    }\n  }\n"): typeof import('./graphql.ts').ShowTaskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RetryRequest($requestId: String!, $systems: [AccountSystem!]) {\n    retryRequest(input: { requestId: $requestId, systems: $systems }) {\n      request { requestId status statusDisplay }\n      requeuedTasks\n      userErrors { code message path }\n    }\n  }\n"): typeof import('./graphql.ts').RetryRequestDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelRequest($requestId: String!) {\n    cancelRequest(input: { requestId: $requestId }) {\n      request { requestId status statusDisplay }\n      userErrors { code message path }\n    }\n  }\n"): typeof import('./graphql.ts').CancelRequestDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ShowStatistics {\n    taskStats { system total counts { status count } }\n    requestCounts { status count }\n  }\n"): typeof import('./graphql.ts').ShowStatisticsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ShowSettings($keys: [String!]) {\n    settings(keys: $keys) { key value defaultValue description version updatedAt updatedBy }\n  }\n"): typeof import('./graphql.ts').ShowSettingsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateSetting($key: String!, $value: JSON!, $expectedVersion: Int) {\n    updateSetting(input: { key: $key, value: $value, expectedVersion: $expectedVersion }) {\n      setting { key value version }\n      userErrors { code message path }\n    }\n  }\n"): typeof import('./graphql.ts').UpdateSettingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ShowSettingChanges($key: String, $first: Int!) {\n    settingChanges(key: $key, first: $first) {\n      nodes { key oldValue newValue changedBy changedAt }\n    }\n  }\n"): typeof import('./graphql.ts').ShowSettingChangesDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
