/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A downstream system that holds accounts; one value per registered connector. */
export const AccountSystem = {
  /** Mailbox / 企业邮箱 */
  Email: 'EMAIL',
  /** IDaaS directory / 统一身份（IDaaS） */
  Idaas: 'IDAAS',
  /** WeLink */
  Welink: 'WELINK'
} as const;

export type AccountSystem = typeof AccountSystem[keyof typeof AccountSystem];
/** One person. Every field but partnerCompany is required; they are nullable so that every problem of a batch is reported at once. */
export type AccountUserInput = {
  /** Name or two-letter code, such as `中国` or `CN`, at most 50 characters; tells how to read the phone number. */
  country?: string | null | undefined;
  /** HR's code, at most 50 characters; has to be mapped before accounts can be made (`upsertDepartmentMappings`). */
  departmentCode?: string | null | undefined;
  /** At most 100 characters. Login and address are made from it once, and kept. */
  employeeName?: string | null | undefined;
  /** 1 to 50 ASCII letters, digits, `-`, `_`, `.`. */
  employeeNumber?: string | null | undefined;
  /** Employer of external staff, at most 100 characters; may be absent. */
  partnerCompany?: string | null | undefined;
  /** At most 40 characters with 5 to 25 digits, any usual notation; WELINK needs a mobile. */
  phoneNumber?: string | null | undefined;
};

/** How one execution of a task ended. Free ones do not count against maxAttempts. */
export const AttemptOutcome = {
  /** The account existed and is this person's. */
  Adopted: 'ADOPTED',
  /** The identity is another person's. */
  Conflict: 'CONFLICT',
  /** The account was made now. */
  Created: 'CREATED',
  /** The system refused our credentials. Free. */
  Credentials: 'CREDENTIALS',
  /** The program failed. */
  Error: 'ERROR',
  /** The worker died. Free. */
  Lost: 'LOST',
  /** The account was active already; nothing was sent. Free. */
  NotNeeded: 'NOT_NEEDED',
  /** What it depends on has not replicated yet. Free. */
  NotVisibleYet: 'NOT_VISIBLE_YET',
  /** Refused for good, by the system or by us before sending. */
  Rejected: 'REJECTED',
  /** Failed for a passing reason. Free when it probed an open circuit. */
  Retryable: 'RETRYABLE',
  /** The system asked us to slow down. Free. */
  Throttled: 'THROTTLED',
  /** Sent, the answer was lost. Free when it probed an open circuit. */
  Uncertain: 'UNCERTAIN'
} as const;

export type AttemptOutcome = typeof AttemptOutcome[keyof typeof AttemptOutcome];
/** Who needs accounts, where. Send lists through variables. */
export type CreateAccountsInput = {
  /** Person type or an alias of one, such as `11` or `供应商` (`personTypeMappings`); at most 50 characters. An unknown one counts as the Setting default_person_type. */
  accountType: string;
  /** The portal's own key of the matter, such as the number of its form; at most 50 characters. Another matter needs another key. */
  businessKey: string;
  /** Employment status of people HR does not know, such as `1`; at most 50 characters. */
  employeeType: string;
  /** 1 to 200 characters. The same key with the same content gives the same request, with other content IDEMPOTENCY_KEY_REUSED. Without it originSystem, businessKey, accountType, employeeType and systemList are the key. */
  idempotencyKey?: string | null | undefined;
  /** DRY_RUN stores and reserves nothing, not even an idempotency key; it checks the call and fills `warnings` and `preview`. */
  mode?: RunMode | null | undefined;
  /** Who is told when it is finished; part of what makes two calls the same. */
  notify?: NotifyInput | null | undefined;
  /** What becomes of the call when rows are bad. */
  onInvalid?: InvalidRowPolicy | null | undefined;
  /** How the portal calls itself; at most 50 characters. Origins take turns: one with much to do does not hold up the others. */
  originSystem: string;
  /** Order among the requests of the same origin system. Lowered to what the origin may ask for (Setting origin_priorities). */
  priority?: Priority | null | undefined;
  /** Exactly these; dependencies are not added: WELINK and EMAIL need an account in IDAAS, asked for here or there already. */
  systemList: Array<AccountSystem>;
  /** 1 to 10,000 people. */
  userList: Array<AccountUserInput>;
};

/** One mapping; replaces the one of the same idataDepartmentCode. */
export type DepartmentMappingInput = {
  /** Code at IDaaS and WeLink, at most 100. */
  idaasDepartmentCode: string;
  /** HR's code, at most 50 characters. */
  idataDepartmentCode: string;
  /** Directory OU, at most 500; may be empty. */
  ou: string;
};

/** Why a call was refused. More codes may be added; each says whose fault it is and what to do. */
export const ErrorCode = {
  /** The department has no mapping. The operator adds one. */
  DepartmentUnmapped: 'DEPARTMENT_UNMAPPED',
  /** The same employee number, or code, twice in one call. The caller keeps one row. */
  DuplicateRow: 'DUPLICATE_ROW',
  /** There is no domain for an address. The operator sets one. */
  EmailDomainMissing: 'EMAIL_DOMAIN_MISSING',
  /** Switched off by a Setting. The operator switches it on. */
  FeatureDisabled: 'FEATURE_DISABLED',
  /** The key was used with other content. The caller takes another key or businessKey. */
  IdempotencyKeyReused: 'IDEMPOTENCY_KEY_REUSED',
  /** The name or account is another person's, or was. The caller takes another, or settles whose it is. */
  IdentifierTaken: 'IDENTIFIER_TAKEN',
  /** A value that is not accepted. The caller corrects it. */
  Invalid: 'INVALID',
  /** The present state does not permit this. The caller reads it again and acts on that. */
  InvalidState: 'INVALID_STATE',
  /** Still used by something else. The caller removes those uses first. */
  InUse: 'IN_USE',
  /** No login fits the limit of the directory. A shorter number is needed. */
  LoginTooLong: 'LOGIN_TOO_LONG',
  /** No such thing, or not visible to the caller, who checks the id. */
  NotFound: 'NOT_FOUND',
  /** HR owns the value. It is corrected there, and comes with the next sync. */
  OwnedByHr: 'OWNED_BY_HR',
  /** The employee number belongs to a person of another name. The caller checks both. */
  PersonMismatch: 'PERSON_MISMATCH',
  /** The person type has no mapping. The operator adds one. */
  PersonTypeUnmapped: 'PERSON_TYPE_UNMAPPED',
  /** A mobile number is needed. The caller sends one. */
  PhoneNotMobile: 'PHONE_NOT_MOBILE',
  /** Missing or blank. The caller fills it in and sends the call again. */
  Required: 'REQUIRED',
  /** Accounts in this system are switched off. The caller leaves it out, or asks the operator. */
  SystemDisabled: 'SYSTEM_DISABLED',
  /** The connection to the system is not configured. The operator sets its variables. */
  SystemNotConfigured: 'SYSTEM_NOT_CONFIGURED',
  /** Longer than allowed. The caller shortens it. */
  TooLong: 'TOO_LONG',
  /** More entries than one call may have. The caller splits it. */
  TooMany: 'TOO_MANY',
  /** The system could not be asked now. The caller tries again later, or takes responsibility. */
  Unverified: 'UNVERIFIED',
  /** Somebody else changed it meanwhile. The caller reads it again. */
  VersionConflict: 'VERSION_CONFLICT'
} as const;

export type ErrorCode = typeof ErrorCode[keyof typeof ErrorCode];
/** Who can put it right. */
export const FixBy = {
  /** The portal that asked: correct the data, send it again. */
  Caller: 'CALLER',
  /** Goes away by itself. */
  Nobody: 'NOBODY',
  /** The operator of AccountSync. */
  Operator: 'OPERATOR',
  /** The owner of the other system. */
  UpstreamOwner: 'UPSTREAM_OWNER'
} as const;

export type FixBy = typeof FixBy[keyof typeof FixBy];
/** What becomes of a call with bad rows. */
export const InvalidRowPolicy = {
  /** Good rows are stored, bad ones are reported. */
  AcceptValid: 'ACCEPT_VALID',
  /** One bad row refuses the call; nothing is stored. */
  RejectAll: 'REJECT_ALL'
} as const;

export type InvalidRowPolicy = typeof InvalidRowPolicy[keyof typeof InvalidRowPolicy];
/** Who is told when a request is finished, once per round. */
export type NotifyInput = {
  /** At most 10 mail addresses. */
  emails?: Array<string> | null | undefined;
  /** Gets a signed `request.finished` (docs/notifications.md); has to be permitted by the Setting notify_webhook_allowlist. */
  webhookUrl?: string | null | undefined;
};

/** Order among the tasks of one origin system. */
export const Priority = {
  /** Before everything else of the same origin system. */
  High: 'HIGH',
  /** After everything else of the same origin system. */
  Low: 'LOW',
  /** The usual. */
  Normal: 'NORMAL'
} as const;

export type Priority = typeof Priority[keyof typeof Priority];
/** State of a request, derived from its items. */
export const RequestStatus = {
  /** All items are final; none failed, some were cancelled. */
  Cancelled: 'CANCELLED',
  /** Every wanted account exists. */
  Completed: 'COMPLETED',
  /** All items are final; none completed, at least one failed. */
  Failed: 'FAILED',
  /** All items are final; some completed, some failed. */
  PartialFailed: 'PARTIAL_FAILED',
  /** Accepted; nothing was planned yet. */
  Pending: 'PENDING',
  /** At least one item can still move. */
  Processing: 'PROCESSING'
} as const;

export type RequestStatus = typeof RequestStatus[keyof typeof RequestStatus];
/** Whether it writes. */
export const RunMode = {
  /** Says what it would do; writes nothing but the run. */
  DryRun: 'DRY_RUN',
  /** Does it. */
  Run: 'RUN'
} as const;

export type RunMode = typeof RunMode[keyof typeof RunMode];
/** State of a task. */
export const TaskStatus = {
  /** No request wanted it any more. */
  Cancelled: 'CANCELLED',
  /** The account exists. */
  Completed: 'COMPLETED',
  /** Ended without an account; can be retried by hand. */
  Failed: 'FAILED',
  /** Ready, waiting for its turn. */
  Pending: 'PENDING',
  /** An attempt is under way. */
  Processing: 'PROCESSING',
  /** The last attempt failed for a passing reason; it is tried again. */
  Retry: 'RETRY',
  /** Sent, the answer was lost; a look-up settles it. */
  Uncertain: 'UNCERTAIN',
  /** An account it depends on does not exist yet. */
  Waiting: 'WAITING'
} as const;

export type TaskStatus = typeof TaskStatus[keyof typeof TaskStatus];
export type UpsertMappingsMutationVariables = Exact<{
  mappings: Array<DepartmentMappingInput> | DepartmentMappingInput;
  skipBad: boolean;
}>;


export type UpsertMappingsMutation = { upsertDepartmentMappings: { created: number, updated: number, unchanged: number, releasedTasks: number, userErrors: Array<{ code: ErrorCode, message: string, path: Array<string> | null }> } };

export type CreateAccountsMutationVariables = Exact<{
  input: CreateAccountsInput;
}>;


export type CreateAccountsMutation = { createAccounts: { replayed: boolean, requeuedTasks: number, userErrorCount: number, existingRequestId: string | null, request: { requestId: string, status: RequestStatus, statusDisplay: string, totalUsers: number } | null, userErrors: Array<{ code: ErrorCode, message: string, path: Array<string> | null, employeeNumber: string | null }> } };

export type WatchRequestSubscriptionVariables = Exact<{
  requestId: string;
}>;


export type WatchRequestSubscription = { requestProgress: { final: boolean, percent: number, round: number, etaSeconds: number | null, taskCounts: Array<{ system: AccountSystem, status: TaskStatus, count: number }>, request: { requestId: string, status: RequestStatus, statusDisplay: string, explanation: string | null, totalUsers: number, completedUsers: number, failedUsers: number, systemList: Array<AccountSystem>, errorSummary: Array<{ system: AccountSystem | null, code: string, message: string, count: number, fixBy: FixBy }> } } };

export type ShowRequestQueryVariables = Exact<{
  requestId: string;
}>;


export type ShowRequestQuery = { request: { requestId: string, originSystem: string, businessKey: string, status: RequestStatus, statusDisplay: string, explanation: string | null, progress: number, round: number, totalUsers: number, completedUsers: number, failedUsers: number, createdAt: string, completedAt: string | null, errorSummary: Array<{ system: AccountSystem | null, code: string, message: string, count: number, fixBy: FixBy }> } | null };

export type ShowTaskQueryVariables = Exact<{
  taskId: string;
}>;


export type ShowTaskQuery = { task: { taskId: string, system: AccountSystem, status: TaskStatus, statusDisplay: string, explanation: string | null, accountIdentifier: string | null, attemptCount: number, maxAttempts: number, nextAttemptAt: string | null, person: { employeeNumber: string, fullName: string } | null, attempts: Array<{ executionAttempt: number, outcome: AttemptOutcome | null, errorCode: string | null, errorMessage: string | null, startedAt: string, finishedAt: string | null }> } | null };

export type RetryRequestMutationVariables = Exact<{
  requestId: string;
  systems?: Array<AccountSystem> | AccountSystem | null | undefined;
}>;


export type RetryRequestMutation = { retryRequest: { requeuedTasks: number, request: { requestId: string, status: RequestStatus, statusDisplay: string } | null, userErrors: Array<{ code: ErrorCode, message: string, path: Array<string> | null }> } };

export type CancelRequestMutationVariables = Exact<{
  requestId: string;
}>;


export type CancelRequestMutation = { cancelRequest: { request: { requestId: string, status: RequestStatus, statusDisplay: string } | null, userErrors: Array<{ code: ErrorCode, message: string, path: Array<string> | null }> } };

export type ShowStatisticsQueryVariables = Exact<{ [key: string]: never; }>;


export type ShowStatisticsQuery = { taskStats: Array<{ system: AccountSystem, total: number, counts: Array<{ status: TaskStatus, count: number }> }>, requestCounts: Array<{ status: RequestStatus, count: number }> };

export type ShowSettingsQueryVariables = Exact<{
  keys?: Array<string> | string | null | undefined;
}>;


export type ShowSettingsQuery = { settings: Array<{ key: string, value: unknown, defaultValue: unknown, description: string, version: number, updatedAt: string | null, updatedBy: string | null }> };

export type UpdateSettingMutationVariables = Exact<{
  key: string;
  value: unknown;
  expectedVersion?: number | null | undefined;
}>;


export type UpdateSettingMutation = { updateSetting: { setting: { key: string, value: unknown, version: number } | null, userErrors: Array<{ code: ErrorCode, message: string, path: Array<string> | null }> } };

export type ShowSettingChangesQueryVariables = Exact<{
  key?: string | null | undefined;
  first: number;
}>;


export type ShowSettingChangesQuery = { settingChanges: { nodes: Array<{ key: string, oldValue: unknown, newValue: unknown, changedBy: string, changedAt: string }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const UpsertMappingsDocument = new TypedDocumentString(`
    mutation UpsertMappings($mappings: [DepartmentMappingInput!]!, $skipBad: Boolean!) {
  upsertDepartmentMappings(input: { mappings: $mappings, skipBad: $skipBad }) {
    created
    updated
    unchanged
    releasedTasks
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<UpsertMappingsMutation, UpsertMappingsMutationVariables>;
export const CreateAccountsDocument = new TypedDocumentString(`
    mutation CreateAccounts($input: CreateAccountsInput!) {
  createAccounts(input: $input) {
    request {
      requestId
      status
      statusDisplay
      totalUsers
    }
    replayed
    requeuedTasks
    userErrors {
      code
      message
      path
      employeeNumber
    }
    userErrorCount
    existingRequestId
  }
}
    `) as unknown as TypedDocumentString<CreateAccountsMutation, CreateAccountsMutationVariables>;
export const WatchRequestDocument = new TypedDocumentString(`
    subscription WatchRequest($requestId: String!) {
  requestProgress(requestId: $requestId) {
    final
    percent
    round
    etaSeconds
    taskCounts {
      system
      status
      count
    }
    request {
      requestId
      status
      statusDisplay
      explanation
      totalUsers
      completedUsers
      failedUsers
      systemList
      errorSummary {
        system
        code
        message
        count
        fixBy
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WatchRequestSubscription, WatchRequestSubscriptionVariables>;
export const ShowRequestDocument = new TypedDocumentString(`
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
    errorSummary {
      system
      code
      message
      count
      fixBy
    }
  }
}
    `) as unknown as TypedDocumentString<ShowRequestQuery, ShowRequestQueryVariables>;
export const ShowTaskDocument = new TypedDocumentString(`
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
    person {
      employeeNumber
      fullName
    }
    attempts {
      executionAttempt
      outcome
      errorCode
      errorMessage
      startedAt
      finishedAt
    }
  }
}
    `) as unknown as TypedDocumentString<ShowTaskQuery, ShowTaskQueryVariables>;
export const RetryRequestDocument = new TypedDocumentString(`
    mutation RetryRequest($requestId: String!, $systems: [AccountSystem!]) {
  retryRequest(input: { requestId: $requestId, systems: $systems }) {
    request {
      requestId
      status
      statusDisplay
    }
    requeuedTasks
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<RetryRequestMutation, RetryRequestMutationVariables>;
export const CancelRequestDocument = new TypedDocumentString(`
    mutation CancelRequest($requestId: String!) {
  cancelRequest(input: { requestId: $requestId }) {
    request {
      requestId
      status
      statusDisplay
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<CancelRequestMutation, CancelRequestMutationVariables>;
export const ShowStatisticsDocument = new TypedDocumentString(`
    query ShowStatistics {
  taskStats {
    system
    total
    counts {
      status
      count
    }
  }
  requestCounts {
    status
    count
  }
}
    `) as unknown as TypedDocumentString<ShowStatisticsQuery, ShowStatisticsQueryVariables>;
export const ShowSettingsDocument = new TypedDocumentString(`
    query ShowSettings($keys: [String!]) {
  settings(keys: $keys) {
    key
    value
    defaultValue
    description
    version
    updatedAt
    updatedBy
  }
}
    `) as unknown as TypedDocumentString<ShowSettingsQuery, ShowSettingsQueryVariables>;
export const UpdateSettingDocument = new TypedDocumentString(`
    mutation UpdateSetting($key: String!, $value: JSON!, $expectedVersion: Int) {
  updateSetting(
    input: { key: $key, value: $value, expectedVersion: $expectedVersion }
  ) {
    setting {
      key
      value
      version
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateSettingMutation, UpdateSettingMutationVariables>;
export const ShowSettingChangesDocument = new TypedDocumentString(`
    query ShowSettingChanges($key: String, $first: Int!) {
  settingChanges(key: $key, first: $first) {
    nodes {
      key
      oldValue
      newValue
      changedBy
      changedAt
    }
  }
}
    `) as unknown as TypedDocumentString<ShowSettingChangesQuery, ShowSettingChangesQueryVariables>;