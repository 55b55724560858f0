import { graphql } from './generated/gql.ts';

/** Department mappings; those that exist are updated. */
export const upsertMappings = graphql(`
  mutation UpsertMappings($mappings: [DepartmentMappingInput!]!, $skipBad: Boolean!) {
    upsertDepartmentMappings(input: { mappings: $mappings, skipBad: $skipBad }) {
      created
      updated
      unchanged
      releasedTasks
      userErrors { code message path }
    }
  }
`);

/** Asks for accounts. */
export const createAccounts = graphql(`
  mutation CreateAccounts($input: CreateAccountsInput!) {
    createAccounts(input: $input) {
      request { requestId status statusDisplay totalUsers }
      replayed
      requeuedTasks
      userErrors { code message path employeeNumber }
      userErrorCount
      existingRequestId
    }
  }
`);

/** Live progress of a request, to its end. */
export const watchRequest = graphql(`
  subscription WatchRequest($requestId: String!) {
    requestProgress(requestId: $requestId) {
      final
      percent
      round
      etaSeconds
      taskCounts { system status count }
      request {
        requestId
        status
        statusDisplay
        explanation
        totalUsers
        completedUsers
        failedUsers
        systemList
        errorSummary { system code message count fixBy }
      }
    }
  }
`);
