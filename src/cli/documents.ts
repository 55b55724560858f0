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

/** One request, with what failed in it. */
export const showRequest = graphql(`
  query ShowRequest($requestId: String!) {
    request(requestId: $requestId) {
      requestId
      originSystem
      businessKey
      status
      statusDisplay
      explanation
      progress
      round
      totalUsers
      completedUsers
      failedUsers
      createdAt
      completedAt
      errorSummary { system code message count fixBy }
    }
  }
`);

/** One task, with its attempts. */
export const showTask = graphql(`
  query ShowTask($taskId: String!) {
    task(taskId: $taskId) {
      taskId
      system
      status
      statusDisplay
      explanation
      accountIdentifier
      attemptCount
      maxAttempts
      nextAttemptAt
      person { employeeNumber fullName }
      attempts { executionAttempt outcome errorCode errorMessage startedAt finishedAt }
    }
  }
`);

/** Tries again what failed in a request. */
export const retryRequest = graphql(`
  mutation RetryRequest($requestId: String!, $systems: [AccountSystem!]) {
    retryRequest(input: { requestId: $requestId, systems: $systems }) {
      request { requestId status statusDisplay }
      requeuedTasks
      userErrors { code message path }
    }
  }
`);

/** Stops what a request still wants. */
export const cancelRequest = graphql(`
  mutation CancelRequest($requestId: String!) {
    cancelRequest(input: { requestId: $requestId }) {
      request { requestId status statusDisplay }
      userErrors { code message path }
    }
  }
`);

/** Tasks by system and state. */
export const showStatistics = graphql(`
  query ShowStatistics {
    taskStats { system total counts { status count } }
    requestCounts { status count }
  }
`);
