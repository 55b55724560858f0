/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A downstream system that holds accounts; one value per registered connector. */
export type AccountSystem =
  /** Mailbox (企业邮箱) */
  | 'EMAIL'
  /** IDaaS directory (统一身份（IDaaS）) */
  | 'IDAAS'
  /** WeLink (WeLink) */
  | 'WELINK';

/** One person. Every field but partnerCompany is required; they are nullable so that every problem of a batch is reported at once. */
export type AccountUserInput = {
  /** Name or two-letter code; tells how to read the phone number. */
  country?: string | null | undefined;
  /** HR's code, at most 50 characters. */
  departmentCode?: string | null | undefined;
  /** At most 100 characters. */
  employeeName?: string | null | undefined;
  /** 1 to 50 ASCII letters, digits, `-`, `_`, `.`. */
  employeeNumber?: string | null | undefined;
  /** At most 100 characters. */
  partnerCompany?: string | null | undefined;
  /** At most 40 characters with 5 to 25 digits; WELINK needs a mobile. */
  phoneNumber?: string | null | undefined;
};

/** Who needs accounts, where. Send lists through variables. */
export type CreateAccountsInput = {
  /** Person type, or an alias of one; at most 50. */
  accountType: string;
  /** The portal's own key of the matter; at most 50. */
  businessKey: string;
  /** Employment status of new people; at most 50. */
  employeeType: string;
  /** 1 to 200 characters. The same key with the same content gives the same request. Without it originSystem, businessKey, types and systems are the key. */
  idempotencyKey?: string | null | undefined;
  /** What becomes of the call when rows are bad. */
  onInvalid?: InvalidRowPolicy | null | undefined;
  /** How the portal calls itself; at most 50 characters. */
  originSystem: string;
  /** Lowered to what the origin system may ask for. */
  priority?: Priority | null | undefined;
  /** Exactly these; dependencies are not added. */
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
export type ErrorCode =
  /** The department has no mapping. The operator adds one. */
  | 'DEPARTMENT_UNMAPPED'
  /** The same employee number twice in one call. The caller keeps one row. */
  | 'DUPLICATE_ROW'
  /** Switched off by a Setting. The operator switches it on. */
  | 'FEATURE_DISABLED'
  /** The key was used with other content. The caller takes another key or businessKey. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** A value that is not accepted. The caller corrects it. */
  | 'INVALID'
  /** The present state does not permit this. The caller reads it again and acts on that. */
  | 'INVALID_STATE'
  /** Still used by something else. The caller removes those uses first. */
  | 'IN_USE'
  /** No login fits the limit of the directory. A shorter number is needed. */
  | 'LOGIN_TOO_LONG'
  /** No such thing, or not visible to the caller, who checks the id. */
  | 'NOT_FOUND'
  /** The employee number belongs to a person of another name. The caller checks both. */
  | 'PERSON_MISMATCH'
  /** The person type has no mapping. The operator adds one. */
  | 'PERSON_TYPE_UNMAPPED'
  /** A mobile number is needed. The caller sends one. */
  | 'PHONE_NOT_MOBILE'
  /** Missing or blank. The caller fills it in and sends the call again. */
  | 'REQUIRED'
  /** Accounts in this system are switched off. The caller leaves it out, or asks the operator. */
  | 'SYSTEM_DISABLED'
  /** Longer than allowed. The caller shortens it. */
  | 'TOO_LONG'
  /** More entries than one call may have. The caller splits it. */
  | 'TOO_MANY'
  /** Somebody else changed it meanwhile. The caller reads it again. */
  | 'VERSION_CONFLICT';

/** Who can put it right. */
export type FixBy =
  /** The portal that asked: correct the data, send it again. */
  | 'CALLER'
  /** Goes away by itself. */
  | 'NOBODY'
  /** The operator of AccountSync. */
  | 'OPERATOR'
  /** The owner of the other system. */
  | 'UPSTREAM_OWNER';

/** What becomes of a call with bad rows. */
export type InvalidRowPolicy =
  /** Good rows are stored, bad ones are reported. */
  | 'ACCEPT_VALID'
  /** One bad row refuses the call; nothing is stored. */
  | 'REJECT_ALL';

/** Order among the tasks of one origin system. */
export type Priority =
  /** Before everything else of the same origin system. */
  | 'HIGH'
  /** After everything else of the same origin system. */
  | 'LOW'
  /** The usual. */
  | 'NORMAL';

/** State of a request, derived from its items. */
export type RequestStatus =
  /** All items are final; none failed, some were cancelled. */
  | 'CANCELLED'
  /** Every wanted account exists. */
  | 'COMPLETED'
  /** All items are final; none completed, at least one failed. */
  | 'FAILED'
  /** All items are final; some completed, some failed. */
  | 'PARTIAL_FAILED'
  /** Accepted; nothing was planned yet. */
  | 'PENDING'
  /** At least one item can still move. */
  | 'PROCESSING';

/** State of a task. */
export type TaskStatus =
  /** No request wanted it any more. */
  | 'CANCELLED'
  /** The account exists. */
  | 'COMPLETED'
  /** Ended without an account; can be retried by hand. */
  | 'FAILED'
  /** Ready, waiting for its turn. */
  | 'PENDING'
  /** An attempt is under way. */
  | 'PROCESSING'
  /** The last attempt failed for a passing reason; it is tried again. */
  | 'RETRY'
  /** Sent, the answer was lost; a look-up settles it. */
  | 'UNCERTAIN'
  /** An account it depends on does not exist yet. */
  | 'WAITING';

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