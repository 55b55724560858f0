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
};
const documents: Documents = {
    "\n  mutation UpsertMappings($mappings: [DepartmentMappingInput!]!, $skipBad: Boolean!) {\n    upsertDepartmentMappings(input: { mappings: $mappings, skipBad: $skipBad }) {\n      created\n      updated\n      unchanged\n      releasedTasks\n      userErrors { code message path }\n    }\n  }\n": types.UpsertMappingsDocument,
    "\n  mutation CreateAccounts($input: CreateAccountsInput!) {\n    createAccounts(input: $input) {\n      request { requestId status statusDisplay totalUsers }\n      replayed\n      requeuedTasks\n      userErrors { code message path employeeNumber }\n      userErrorCount\n      existingRequestId\n    }\n  }\n": types.CreateAccountsDocument,
    "\n  subscription WatchRequest($requestId: String!) {\n    requestProgress(requestId: $requestId) {\n      final\n      percent\n      round\n      etaSeconds\n      taskCounts { system status count }\n      request {\n        requestId\n        status\n        statusDisplay\n        explanation\n        totalUsers\n        completedUsers\n        failedUsers\n        systemList\n        errorSummary { system code message count fixBy }\n      }\n    }\n  }\n": types.WatchRequestDocument,
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


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
