/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Carries the types of a document's result and variables. */
export interface DocumentTypeDecoration<TResult, TVariables> {
  __apiType?: (variables: TVariables) => TResult;
}
/** Whose names are accepted. */
export type AcceptNamesInput = {
  /** Without regard to case; at most 1,000. */
  readonly employeeNumbers: ReadonlyArray<string>;
};

/** How it stands with a person's account in a system. */
export const AccountAnswer = {
  /** A person has to act before it can be made. */
  Blocked: 'BLOCKED',
  /** It was wanted and then cancelled. */
  Cancelled: 'CANCELLED',
  /** The account exists, switched off. */
  Disabled: 'DISABLED',
  /** It was tried and failed. */
  Failed: 'FAILED',
  /** The account exists and is active. */
  HasAccount: 'HAS_ACCOUNT',
  /** It is being made, or looked up, right now. */
  InProgress: 'IN_PROGRESS',
  /** No request wants it, and no schedule plans it. */
  NotWanted: 'NOT_WANTED',
  /** Neither HR nor a request told us of such a person. */
  UnknownPerson: 'UNKNOWN_PERSON',
  /** It will be made; nothing to do. */
  Waiting: 'WAITING'
} as const;

export type AccountAnswer = typeof AccountAnswer[keyof typeof AccountAnswer];
/** What happened to an account. */
export const AccountChangeKind = {
  /** Seen for the first time. */
  Add: 'ADD',
  /** Disappeared. */
  Delete: 'DELETE',
  /** Attributes changed, or the clock locked it. */
  ModifyOther: 'MODIFY_OTHER',
  /** Rights were granted or revoked. */
  ModifyPrivilege: 'MODIFY_PRIVILEGE',
  /** Back again. */
  Reactivate: 'REACTIVATE',
  /** The same account under another name. */
  Rename: 'RENAME'
} as const;

export type AccountChangeKind = typeof AccountChangeKind[keyof typeof AccountChangeKind];
/** Origin of an account. */
export const AccountOrigin = {
  /** Found at the system when it was to be made. */
  Adopted: 'ADOPTED',
  /** Made by this service. */
  Created: 'CREATED',
  /** Known from HR or a first import. */
  Imported: 'IMPORTED',
  /** Linked by an operator. */
  Linked: 'LINKED'
} as const;

export type AccountOrigin = typeof AccountOrigin[keyof typeof AccountOrigin];
/** PLANNED from the moment a task exists; ACTIVE when it exists at the system. */
export const AccountState = {
  /** Exists at the system. */
  Active: 'ACTIVE',
  /** Exists, switched off. */
  Disabled: 'DISABLED',
  /** A task exists; the account does not yet. */
  Planned: 'PLANNED'
} as const;

export type AccountState = typeof AccountState[keyof typeof AccountState];
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
  readonly country?: string | null | undefined;
  /** HR's code, at most 50 characters; has to be mapped before accounts can be made (`upsertDepartmentMappings`). */
  readonly departmentCode?: string | null | undefined;
  /** At most 100 characters. Login and address are made from it once, and kept. */
  readonly employeeName?: string | null | undefined;
  /** 1 to 50 ASCII letters, digits, `-`, `_`, `.`. */
  readonly employeeNumber?: string | null | undefined;
  /** Employer of external staff, at most 100 characters; may be absent. */
  readonly partnerCompany?: string | null | undefined;
  /** At most 40 characters with 5 to 25 digits, any usual notation; WELINK needs a mobile. */
  readonly phoneNumber?: string | null | undefined;
};

/** What a dry run of `createAccounts` warns of. */
export const AccountWarningCode = {
  /** The account type is no person type; the default type counts. */
  AccountTypeUnknown: 'ACCOUNT_TYPE_UNKNOWN',
  /** Nobody knows the country, so its phone is not read as a Chinese one. */
  CountryUnknown: 'COUNTRY_UNKNOWN',
  /** The department has no mapping yet; tasks fail until the operator adds one. */
  DepartmentUnmapped: 'DEPARTMENT_UNMAPPED',
  /** The name is improbable; no account is made until a person corrects or accepts it. */
  NameDoubtful: 'NAME_DOUBTFUL',
  /** Accounts bear the name without a note that a Setting names. */
  NameNoteLeftOff: 'NAME_NOTE_LEFT_OFF',
  /** A character of the name has no reading, and the employee number replaces the name. */
  NameNotSpelled: 'NAME_NOT_SPELLED',
  /** The employee number belongs to a person of another name; the row fails, or is accepted by a Setting. */
  PersonMismatch: 'PERSON_MISMATCH',
  /** A system that needs a phone is wanted, and this one cannot be dialled. */
  PhoneInvalid: 'PHONE_INVALID',
  /** WELINK is wanted, and the phone is no mobile. */
  PhoneNotMobile: 'PHONE_NOT_MOBILE',
  /** WELINK is wanted, and the phone looks like a placeholder. */
  PhonePlaceholder: 'PHONE_PLACEHOLDER',
  /** Two rows of the call have one phone, and WELINK signs people in by it. */
  PhoneShared: 'PHONE_SHARED'
} as const;

export type AccountWarningCode = typeof AccountWarningCode[keyof typeof AccountWarningCode];
/** Where to look for accounts that are there already. */
export type AdoptAccountsInput = {
  /** DRY_RUN lists what would be adopted (`SyncRun.items`). */
  readonly mode?: RunMode;
  /** Only there; all without. Systems that cannot be asked are left out, and named in the summary. */
  readonly systems?: ReadonlyArray<AccountSystem> | null | undefined;
};

/** Whether an API key works. */
export const ApiKeyState = {
  /** It works. */
  Active: 'ACTIVE',
  /** Its time is over. */
  Expired: 'EXPIRED',
  /** Somebody ended it. */
  Revoked: 'REVOKED'
} as const;

export type ApiKeyState = typeof ApiKeyState[keyof typeof ApiKeyState];
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
/** All given conditions must hold. Absent: no condition. */
export type AuditEntryFilter = {
  /** This action, as in `action`. */
  readonly action?: string | null | undefined;
  /** By this principal, job or role, as in `actor`. */
  readonly actor?: string | null | undefined;
  /** Of this operation or job. */
  readonly correlationId?: string | null | undefined;
  /** At this moment or later. */
  readonly since?: string | null | undefined;
  /** About this one, as in `subjectId`; for TASK also its taskId, for PERSON its employee number. */
  readonly subjectId?: string | null | undefined;
  /** About things of this kind, such as TASK. */
  readonly subjectKind?: string | null | undefined;
  /** Before this moment. */
  readonly until?: string | null | undefined;
};

/** What can be wrong with the audit log. */
export const AuditProblemKind = {
  /** An entry is not what was sealed. */
  EntryAltered: 'ENTRY_ALTERED',
  /** An entry stands where everything was sealed long ago, under no seal. */
  EntryInserted: 'ENTRY_INSERTED',
  /** The contents of an entry stood in another place. */
  EntryMoved: 'ENTRY_MOVED',
  /** An entry that was sealed is gone. */
  EntryRemoved: 'ENTRY_REMOVED',
  /** The head that was noted earlier is not in the chain. */
  HeadMissing: 'HEAD_MISSING',
  /** A seal does not have the contents its hash was made of. */
  SealAltered: 'SEAL_ALTERED',
  /** A seal does not follow the one before it. */
  SealMoved: 'SEAL_MOVED',
  /** Seals before this one are gone, and the purge did not take them. */
  SealRemoved: 'SEAL_REMOVED'
} as const;

export type AuditProblemKind = typeof AuditProblemKind[keyof typeof AuditProblemKind];
/** Which periods become one event. */
export const BlockPolicy = {
  /** Consecutive periods are one block. */
  Contiguous: 'CONTIGUOUS',
  /** Every period of a half-day is one block, as the first system had it. */
  HalfDay: 'HALF_DAY'
} as const;

export type BlockPolicy = typeof BlockPolicy[keyof typeof BlockPolicy];
/** State of an event. */
export const CalendarEventState = {
  /** Not at WPS any more. */
  Deleted: 'DELETED',
  /** WPS refused it; the next run tries again. */
  Failed: 'FAILED',
  /** To be created. */
  Pending: 'PENDING',
  /** At WPS, and to be changed or deleted. */
  Stale: 'STALE',
  /** At WPS, as it should be. */
  Synced: 'SYNCED'
} as const;

export type CalendarEventState = typeof CalendarEventState[keyof typeof CalendarEventState];
/** State of a member. */
export const CalendarMemberState = {
  /** A member. */
  Active: 'ACTIVE',
  /** WPS refused it; the next run tries again. */
  Failed: 'FAILED',
  /** To be added, or to get another role. */
  Pending: 'PENDING',
  /** Not a member any more. */
  Removed: 'REMOVED',
  /** To be removed. */
  Removing: 'REMOVING',
  /** WPS knows nobody of this number; every run asks again. */
  UserMissing: 'USER_MISSING'
} as const;

export type CalendarMemberState = typeof CalendarMemberState[keyof typeof CalendarMemberState];
/** What a sync of calendars is about. */
export const CalendarSyncKind = {
  /** The whole timetable: courses, lessons and people. */
  Full: 'FULL',
  /** What changed in the timetable since the last run. */
  Incremental: 'INCREMENTAL',
  /** Members of the calendars only. */
  Users: 'USERS'
} as const;

export type CalendarSyncKind = typeof CalendarSyncKind[keyof typeof CalendarSyncKind];
/** Which request is no longer wanted. */
export type CancelRequestInput = {
  /** Public id, `req_…`. */
  readonly requestId: string;
};

/** Which run is to stop. */
export type CancelRunInput = {
  /** Public id, `run_…`. */
  readonly runId: string;
};

/** Which tasks to cancel. */
export type CancelTasksInput = {
  /** The `matched` of a dry run: where it differs by more than a tenth (and more than 10), nothing is changed. */
  readonly expectedCount?: number | null | undefined;
  /** At least one condition. Takes PENDING, WAITING and RETRY. With `requestId`, tasks that another open request wants too are kept; without it they are cancelled for all requests. */
  readonly filter: TaskFilter;
  /** Most tasks of this call, oldest first: 1 to 10000. */
  readonly maxTasks?: number;
  /** DRY_RUN only counts and names them; there is no default. */
  readonly mode: RunMode;
};

/** Whether a category could be read. */
export const CategoryStatus = {
  /** Our credential may not read it. */
  Denied: 'DENIED',
  /** Reading it failed. */
  Error: 'ERROR',
  /** Read. */
  Ok: 'OK',
  /** This server has no such thing. */
  Unsupported: 'UNSUPPORTED'
} as const;

export type CategoryStatus = typeof CategoryStatus[keyof typeof CategoryStatus];
/** What to check. */
export type CheckSystemInput = {
  /** The system. */
  readonly system: AccountSystem;
};

/** What to check. */
export type CheckUpstreamInput = {
  /** As in `systems`: IDAAS, HIEDS, WPS … */
  readonly code: string;
};

/** Whether a system is called at all. */
export const CircuitState = {
  /** As usual. */
  Closed: 'CLOSED',
  /** It failed again and again, or refused our credentials: only a trial now and then. */
  Open: 'OPEN'
} as const;

export type CircuitState = typeof CircuitState[keyof typeof CircuitState];
/** Which account, and which classes. */
export type ClassifyDatabaseAccountInput = {
  /** The account. */
  readonly accountId: string | number;
  /** Codes of classes it is put into. */
  readonly add?: ReadonlyArray<string> | null | undefined;
  /** Codes of classes it is taken out of. */
  readonly remove?: ReadonlyArray<string> | null | undefined;
};

/** Which instance of which run. */
export type ConfirmDisappearanceInput = {
  /** The name of the instance. */
  readonly instance: string;
  /** Public id, `run_…`. */
  readonly runId: string;
};

/** Which run may go on. */
export type ConfirmRunInput = {
  /** Public id, `run_…`. */
  readonly runId: string;
};

/** Who or what is in two places at once. */
export const ConflictKind = {
  /** One room with two teachers at once. */
  Room: 'ROOM',
  /** Students of two offerings at once. */
  Student: 'STUDENT',
  /** One teacher in two rooms at once. */
  Teacher: 'TEACHER'
} as const;

export type ConflictKind = typeof ConflictKind[keyof typeof ConflictKind];
/** State of a calendar. */
export const CourseCalendarState = {
  /** At WPS. */
  Active: 'ACTIVE',
  /** Deleted with the calendars of its term. */
  Deleted: 'DELETED',
  /** WPS refused it; the next run tries again. */
  Failed: 'FAILED',
  /** To be created. */
  Pending: 'PENDING'
} as const;

export type CourseCalendarState = typeof CourseCalendarState[keyof typeof CourseCalendarState];
/** For whom tasks are to be planned. */
export type CreateAccountTasksInput = {
  /** People of HR with one of these statuses, instead of those who work here by the Setting valid_employee_statuses. */
  readonly employeeStatus?: ReadonlyArray<string> | null | undefined;
  /** DRY_RUN says what would be planned: `SyncRun.summary` how many, `SyncRun.items` the first 1,000 people with their systems. */
  readonly mode?: RunMode;
};

/** Who needs accounts, where. Send lists through variables. */
export type CreateAccountsInput = {
  /** Person type or an alias of one, such as `11` or `供应商` (`personTypeMappings`); at most 50 characters. An unknown one counts as the Setting default_person_type. */
  readonly accountType: string;
  /** The portal's own key of the matter, such as the number of its form; at most 50 characters. Another matter needs another key. */
  readonly businessKey: string;
  /** Employment status of people HR does not know, such as `1`; at most 50 characters. */
  readonly employeeType: string;
  /** 1 to 200 characters. The same key with the same content gives the same request, with other content IDEMPOTENCY_KEY_REUSED. Without it originSystem, businessKey, accountType, employeeType and systemList are the key. */
  readonly idempotencyKey?: string | null | undefined;
  /** DRY_RUN stores and reserves nothing, not even an idempotency key; it checks the call and fills `warnings` and `preview`. */
  readonly mode?: RunMode | null | undefined;
  /** Who is notified when it is finished; part of the content that identical calls share. */
  readonly notify?: NotifyInput | null | undefined;
  /** How bad rows are handled. */
  readonly onInvalid?: InvalidRowPolicy | null | undefined;
  /** How the portal calls itself; at most 50 characters. Origins take turns: one with much to do does not hold up the others. */
  readonly originSystem: string;
  /** Order among the requests of the same origin system. Lowered to what the origin may ask for (Setting origin_priorities). */
  readonly priority?: Priority | null | undefined;
  /** Exactly these; dependencies are not added: WELINK and EMAIL need an account in IDAAS, asked for here or there already. */
  readonly systemList: ReadonlyArray<AccountSystem>;
  /** 1 to 10,000 people. */
  readonly userList: ReadonlyArray<AccountUserInput>;
};

/** What the key is to be. */
export type CreateApiKeyInput = {
  /** When it stops working; absent: never. */
  readonly expiresAt?: string | null | undefined;
  /** What it is for; at most 100 characters. */
  readonly name: string;
  /** Binds it to these origin systems: it sends and sees requests of these only, and may have scopes of requests and people only. Absent: not bound. */
  readonly originSystems?: ReadonlyArray<string> | null | undefined;
  /** Who acts with it; absent: the name. Keys of one principal share idempotency keys and rate limit. */
  readonly principal?: string | null | undefined;
  /** What it permits, such as `requests:write`, `requests:read`; see docs/access.md. */
  readonly scopes: ReadonlyArray<string>;
};

/** What the token may watch. */
export type CreateWatchTokenInput = {
  /** Public id, `req_…`. */
  readonly requestId: string;
};

/** All given conditions must hold. Absent: no condition; an empty list matches nothing. */
export type DatabaseAccountChangeFilter = {
  /** Of this account. */
  readonly accountId?: string | number | null | undefined;
  /** Of one of these instances. */
  readonly instance?: ReadonlyArray<string> | null | undefined;
  /** Of one of these kinds. */
  readonly kind?: ReadonlyArray<AccountChangeKind> | null | undefined;
  /** Found by this run, `run_…`. */
  readonly runId?: string | null | undefined;
  /** Not before. */
  readonly since?: string | null | undefined;
  /** Before. */
  readonly until?: string | null | undefined;
};

/** All given conditions must hold. Absent: no condition; an empty list matches nothing. */
export type DatabaseAccountFilter = {
  /** With one of these, at this moment. */
  readonly capability?: ReadonlyArray<DatabaseCapability> | null | undefined;
  /** In one of these classes. */
  readonly classification?: ReadonlyArray<string> | null | undefined;
  /** Of this person. */
  readonly employeeNumber?: string | null | undefined;
  /** Of one of these kinds of servers. */
  readonly engine?: ReadonlyArray<DatabaseEngine> | null | undefined;
  /** Of one of these instances. */
  readonly instance?: ReadonlyArray<string> | null | undefined;
  /** That cannot, or can, log in at this moment. */
  readonly locked?: boolean | null | undefined;
  /** Matched so. */
  readonly personMatch?: ReadonlyArray<PersonMatch> | null | undefined;
  /** Only, or without, roles. */
  readonly role?: boolean | null | undefined;
  /** With this text in the display name, whatever its case; nothing is a wildcard. */
  readonly search?: string | null | undefined;
  /** In one of these states; absent: all. */
  readonly state?: ReadonlyArray<DatabaseAccountState> | null | undefined;
  /** Only, or without, system accounts. */
  readonly system?: boolean | null | undefined;
};

/** Whether the account exists. */
export const DatabaseAccountState = {
  /** Seen by the last run. */
  Active: 'ACTIVE',
  /** Gone; its history stays. */
  Disappeared: 'DISAPPEARED'
} as const;

export type DatabaseAccountState = typeof DatabaseAccountState[keyof typeof DatabaseAccountState];
/** What an account amounts to. */
export const DatabaseCapability = {
  /** May give rights to others. */
  GrantAdmin: 'GRANT_ADMIN',
  /** Cannot log in. */
  Locked: 'LOCKED',
  /** May do everything, or can make itself able to. */
  Superuser: 'SUPERUSER'
} as const;

export type DatabaseCapability = typeof DatabaseCapability[keyof typeof DatabaseCapability];
/** Kind of server. */
export const DatabaseEngine = {
  /** MySQL and MariaDB; `product` tells them apart. */
  Mysql: 'MYSQL',
  /** Oracle. */
  Oracle: 'ORACLE',
  /** PostgreSQL. */
  Postgresql: 'POSTGRESQL',
  /** Microsoft SQL Server. */
  Sqlserver: 'SQLSERVER'
} as const;

export type DatabaseEngine = typeof DatabaseEngine[keyof typeof DatabaseEngine];
/** All given conditions must hold. Absent: no condition; an empty list matches nothing. */
export type DatabaseInstanceFilter = {
  /** Of one of these kinds. */
  readonly engine?: ReadonlyArray<DatabaseEngine> | null | undefined;
  /** Whose newest run failed, or not. */
  readonly failing?: boolean | null | undefined;
  /** With this text in name or host, whatever its case. */
  readonly search?: string | null | undefined;
  /** In one of these states. */
  readonly state?: ReadonlyArray<InstanceState> | null | undefined;
  /** With this tag. */
  readonly tag?: string | null | undefined;
};

/** Which calendars to delete. */
export type DeleteTermCalendarsInput = {
  /** DRY_RUN says what would go; RUN deletes. */
  readonly mode?: RunMode;
  /** As the source writes it: 2024-2025-2. */
  readonly term: string;
};

/** Which webhook is to go. */
export type DeleteWebhookInput = {
  /** Its id. */
  readonly id: string | number;
};

/** How an event reaches a receiver. */
export const DeliveryChannel = {
  /** Sent by mail. */
  Email: 'EMAIL',
  /** Posted to a URL. */
  Webhook: 'WEBHOOK'
} as const;

export type DeliveryChannel = typeof DeliveryChannel[keyof typeof DeliveryChannel];
/** State of a delivery. */
export const DeliveryStatus = {
  /** Given up; `redeliver` sends it again. */
  DeadLetter: 'DEAD_LETTER',
  /** The receiver took it. */
  Delivered: 'DELIVERED',
  /** Not tried yet, or sent again by hand. */
  Pending: 'PENDING',
  /** The last attempt failed; it is tried again. */
  Retry: 'RETRY',
  /** Not sent, for the reason in `error`; `redeliver` sends it again. */
  Skipped: 'SKIPPED'
} as const;

export type DeliveryStatus = typeof DeliveryStatus[keyof typeof DeliveryStatus];
/** One mapping; replaces the one of the same idataDepartmentCode. */
export type DepartmentMappingInput = {
  /** Code at IDaaS and WeLink, at most 100. */
  readonly idaasDepartmentCode: string;
  /** HR's code, at most 50 characters. */
  readonly idataDepartmentCode: string;
  /** Directory OU, at most 500; may be empty. */
  readonly ou: string;
};

/** How to treat people who left. */
export type DisableLeaversInput = {
  /** DRY_RUN says who would be disabled at which system; `SyncRun.items` has who. */
  readonly mode?: RunMode;
};

/** Which messages: one of both. */
export type DiscardPoisonMessagesInput = {
  /** Ids of `poisonMessages`, at most 1,000. */
  readonly ids?: ReadonlyArray<string | number> | null | undefined;
  /** All of this queue. */
  readonly queue?: string | null | undefined;
};

/** Which failures to put away. */
export type DismissTasksInput = {
  /** The `matched` of a dry run: where it differs by more than a tenth (and more than 10), nothing is changed. */
  readonly expectedCount?: number | null | undefined;
  /** At least one condition; of FAILED tasks only. */
  readonly filter: TaskFilter;
  /** DRY_RUN only counts them; there is no default. */
  readonly mode: RunMode;
  /** Why, for later readers; 1 to 500 characters. */
  readonly reason: string;
  /** True: bring back what was put away. */
  readonly restore?: boolean;
};

/** Whose data, and why. */
export type ErasePersonInput = {
  /** Without regard to case. */
  readonly employeeNumber: string;
  /** DRY_RUN: only counts. */
  readonly mode?: RunMode;
  /** Kept in the audit log: a ticket, not a name. At most 500 characters. */
  readonly reason: string;
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
  /** The name hardly is one, and a Setting refuses such. The caller corrects it. */
  NameDoubtful: 'NAME_DOUBTFUL',
  /** The name is in use. The caller takes another. */
  NameTaken: 'NAME_TAKEN',
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
  /** There is no master key to encrypt a secret with. The operator sets SECRETS_KEY. */
  SecretsKeyMissing: 'SECRETS_KEY_MISSING',
  /** Accounts in this system are switched off. The caller leaves it out, or asks the operator. */
  SystemDisabled: 'SYSTEM_DISABLED',
  /** The connection to the system is not configured. The operator sets its variables. */
  SystemNotConfigured: 'SYSTEM_NOT_CONFIGURED',
  /** Longer than allowed. The caller shortens it. */
  TooLong: 'TOO_LONG',
  /** More entries than one call may have. The caller splits it. */
  TooMany: 'TOO_MANY',
  /** Nobody answered in time. The operator looks whether workers run; the caller tries again. */
  Unavailable: 'UNAVAILABLE',
  /** The system could not be asked now. The caller tries again later, or takes responsibility. */
  Unverified: 'UNVERIFIED',
  /** Another caller changed it first. The caller reads it again. */
  VersionConflict: 'VERSION_CONFLICT'
} as const;

export type ErrorCode = typeof ErrorCode[keyof typeof ErrorCode];
/** Whose data, and why. */
export type ExportPersonInput = {
  /** Without regard to case. */
  readonly employeeNumber: string;
  /** Kept in the audit log: a ticket, not a name. At most 500 characters. */
  readonly reason: string;
};

/** How WPS differs from what is recorded. */
export const FindingKind = {
  /** At WPS otherwise than it is recorded. */
  Drift: 'DRIFT',
  /** Somebody else made it; never touched. */
  Foreign: 'FOREIGN',
  /** Recorded here, and not at WPS. */
  MissingRemote: 'MISSING_REMOTE',
  /** Ours at WPS, and not recorded here: a double, or somebody removed before. */
  OrphanRemote: 'ORPHAN_REMOTE'
} as const;

export type FindingKind = typeof FindingKind[keyof typeof FindingKind];
/** What a finding is about. */
export const FindingSubject = {
  /** A calendar. */
  Calendar: 'CALENDAR',
  /** An event. */
  Event: 'EVENT',
  /** A member. */
  Member: 'MEMBER'
} as const;

export type FindingSubject = typeof FindingSubject[keyof typeof FindingSubject];
/** Who can put it right. */
export const FixBy = {
  /** The portal that asked: correct the data, send it again. */
  Caller: 'CALLER',
  /** No person: it passes without action. */
  Nobody: 'NOBODY',
  /** The operator of AccountSync. */
  Operator: 'OPERATOR',
  /** The owner of the other system. */
  UpstreamOwner: 'UPSTREAM_OWNER'
} as const;

export type FixBy = typeof FixBy[keyof typeof FixBy];
/** How the service is. */
export const HealthLevel = {
  /** It works, but the reasons need attention. */
  Attention: 'ATTENTION',
  /** Somewhere accounts are not being made, without intention. */
  Broken: 'BROKEN',
  /** Nothing to do. */
  Ok: 'OK'
} as const;

export type HealthLevel = typeof HealthLevel[keyof typeof HealthLevel];
/** A batch of rows. */
export type ImportFirstSystemInput = {
  /** Key of the row before these; rows that follow another place are left out. */
  readonly after?: string | null | undefined;
  /** Tasks it completed are compared with what would be planned here. */
  readonly compare?: boolean;
  /** There are no more rows. */
  readonly finish?: boolean;
  /** DRY_RUN writes nothing but the run, and says what would become of the rows. */
  readonly mode?: RunMode;
  /** Nothing is imported: requests and tasks that were open at the cut-over, and tasks that had failed, are requested anew by a run of its own. */
  readonly resubmitOpen?: boolean;
  /** At most 2,000 rows in order of their key: objects by column, and what was looked up beside them. */
  readonly rows?: ReadonlyArray<unknown> | null | undefined;
  /** Of the first call; without it an import begins, or goes on. */
  readonly runId?: string | null | undefined;
  /** What is read, without a password; with the first call. */
  readonly source?: string | null | undefined;
  /** Its name there without `syncservice_`. */
  readonly table?: string | null | undefined;
  /** Columns that are not taken over; with the first call. */
  readonly unknownColumns?: ReadonlyArray<string> | null | undefined;
};

/** Whether runs over all take it. */
export const InstanceState = {
  /** Read by runs over all. */
  Active: 'ACTIVE',
  /** Read only when it is named. */
  Paused: 'PAUSED'
} as const;

export type InstanceState = typeof InstanceState[keyof typeof InstanceState];
/** How a call with bad rows is handled. */
export const InvalidRowPolicy = {
  /** Good rows are stored, bad ones are reported. */
  AcceptValid: 'ACCEPT_VALID',
  /** One bad row refuses the call; nothing is stored. */
  RejectAll: 'REJECT_ALL'
} as const;

export type InvalidRowPolicy = typeof InvalidRowPolicy[keyof typeof InvalidRowPolicy];
/** Which account is whose. */
export type LinkAccountInput = {
  /** Without regard to case. */
  readonly employeeNumber: string;
  /** Links it also when the system does not know it, knows another, or cannot be asked. */
  readonly force?: boolean;
  /** What the system calls it: IDAAS the login, WELINK the corpUserId, EMAIL the address; at most 320 characters. */
  readonly identifier: string;
  /** The system's own id, where it has one; at most 320 characters. */
  readonly remoteId?: string | null | undefined;
  /** Where the account is. */
  readonly system: AccountSystem;
};

/** Who is notified when a request is finished, once per round. */
export type NotifyInput = {
  /** At most 10 mail addresses. */
  readonly emails?: ReadonlyArray<string> | null | undefined;
  /** Gets a signed `request.finished` (docs/notifications.md); has to be permitted by the Setting notify_webhook_allowlist. */
  readonly webhookUrl?: string | null | undefined;
};

/** What a right is about. */
export const PermissionCategory = {
  /** What a role of PostgreSQL is. */
  Attribute: 'ATTRIBUTE',
  /** Rights of a column. */
  Column: 'COLUMN',
  /** Rights of a database. */
  Database: 'DATABASE',
  /** What new objects will be granted. */
  Default: 'DEFAULT',
  /** Rights of anything else. */
  Object: 'OBJECT',
  /** May act as another account. */
  Proxy: 'PROXY',
  /** Space in a tablespace. */
  Quota: 'QUOTA',
  /** Membership in a role. */
  Role: 'ROLE',
  /** Rights of a function or procedure. */
  Routine: 'ROUTINE',
  /** Rights of a schema. */
  Schema: 'SCHEMA',
  /** Rights of a sequence. */
  Sequence: 'SEQUENCE',
  /** Rights of the whole server. */
  Server: 'SERVER',
  /** Oracle's system privileges. */
  System: 'SYSTEM',
  /** Rights of a table or view. */
  Table: 'TABLE',
  /** Rights of a type. */
  Type: 'TYPE'
} as const;

export type PermissionCategory = typeof PermissionCategory[keyof typeof PermissionCategory];
/** Given or denied. */
export const PermissionState = {
  /** Taken back from what is wider. */
  Deny: 'DENY',
  /** Given. */
  Grant: 'GRANT'
} as const;

export type PermissionState = typeof PermissionState[keyof typeof PermissionState];
/** What happened to a person. */
export const PersonEventKind = {
  /** An account was found at the system. */
  AccountAdopted: 'ACCOUNT_ADOPTED',
  /** This service made an account. */
  AccountCreated: 'ACCOUNT_CREATED',
  /** An account was switched off. */
  AccountDisabled: 'ACCOUNT_DISABLED',
  /** An account was switched on again. */
  AccountEnabled: 'ACCOUNT_ENABLED',
  /** An account became known from HR or a first import. */
  AccountImported: 'ACCOUNT_IMPORTED',
  /** An operator linked an account. */
  AccountLinked: 'ACCOUNT_LINKED',
  /** An account was taken out of the records. */
  AccountRemoved: 'ACCOUNT_REMOVED',
  /** An attempt ended; `outcome` says how. */
  AttemptEnded: 'ATTEMPT_ENDED',
  /** An attempt began and has not ended. */
  AttemptStarted: 'ATTEMPT_STARTED',
  /** HR or a request first told us of them. */
  PersonAdded: 'PERSON_ADDED',
  /** A request asked for accounts. */
  RequestAccepted: 'REQUEST_ACCEPTED',
  /** The person was cancelled in a request. */
  RequestCancelled: 'REQUEST_CANCELLED',
  /** Every account a request wanted exists. */
  RequestCompleted: 'REQUEST_COMPLETED',
  /** The person failed in a request. */
  RequestFailed: 'REQUEST_FAILED',
  /** A run had something to say of them. */
  RunRecord: 'RUN_RECORD',
  /** Every request that wanted the task was cancelled. */
  TaskCancelled: 'TASK_CANCELLED',
  /** A task ended with an account. */
  TaskCompleted: 'TASK_COMPLETED',
  /** A task ended without one. */
  TaskFailed: 'TASK_FAILED',
  /** An account was planned. */
  TaskPlanned: 'TASK_PLANNED'
} as const;

export type PersonEventKind = typeof PersonEventKind[keyof typeof PersonEventKind];
/** All given conditions must hold. Absent: no condition; an empty list matches nothing. */
export type PersonFilter = {
  /** With an account in this state, in the system of `system` if that is given. */
  readonly accountState?: AccountState | null | undefined;
  /** With this department, in HR's code, among theirs. */
  readonly departmentCode?: string | null | undefined;
  /** With one of these numbers, without regard to case; at most 10000. */
  readonly employeeNumbers?: ReadonlyArray<string> | null | undefined;
  /** With one of these statuses, as HR's or the request's. */
  readonly employeeStatus?: ReadonlyArray<string> | null | undefined;
  /** With an account of this name, in the system of `system` if that is given, without regard to case. */
  readonly identifier?: string | null | undefined;
  /** Whose directory login, HR's or the one reserved here, is this, without regard to case. */
  readonly login?: string | null | undefined;
  /** With this text in employee number, name, English name, pinyin (of HR, or once an address is reserved) or e-mail address, case-insensitive; `%` and `_` are ordinary characters. */
  readonly search?: string | null | undefined;
  /** Of whom HR, or only a request, told us. */
  readonly source?: PersonSource | null | undefined;
  /** With an account in this system, in the state of accountState if that is given. */
  readonly system?: AccountSystem | null | undefined;
  /** Without an ACTIVE account in this system; whyNot tells the reason for each. */
  readonly withoutAccountIn?: AccountSystem | null | undefined;
};

/** Whose account it is taken for. */
export const PersonMatch = {
  /** Several people, or rules that contradict each other: a person has to say. */
  Doubtful: 'DOUBTFUL',
  /** Nobody's, on purpose. */
  Ignored: 'IGNORED',
  /** One person, by an exact rule or by hand. */
  Matched: 'MATCHED',
  /** Nobody has such a name. */
  Unmatched: 'UNMATCHED'
} as const;

export type PersonMatch = typeof PersonMatch[keyof typeof PersonMatch];
/** Who told us about a person. */
export const PersonSource = {
  /** From the HR system. */
  Hr: 'HR',
  /** Brought by a request; HR does not know the person. */
  Request: 'REQUEST'
} as const;

export type PersonSource = typeof PersonSource[keyof typeof PersonSource];
/** One mapping; replaces the one of the same personType as a whole. */
export type PersonTypeMappingInput = {
  /** Other names portals use, at most 100; none may belong to another mapping. */
  readonly aliases?: ReadonlyArray<string>;
  /** For people, at most 500. */
  readonly description?: string | null | undefined;
  /** Domain of its addresses, with or without `@`; none: EMAIL_DOMAIN. */
  readonly emailDomain?: string | null | undefined;
  /** The userType at IDaaS, at most 50. */
  readonly idaasUserType: string;
  /** False: as if it did not exist. */
  readonly isActive?: boolean;
  /** The code, at most 50 characters. */
  readonly personType: string;
  /** The personType at WeLink, at most 50. */
  readonly welinkPersonType: string;
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
/** How many tasks are to be run. */
export type ProcessAccountTasksInput = {
  /** Most tasks of the run, 1 to 10,000; default: the Setting max_tasks_per_batch. */
  readonly maxTasks?: number | null | undefined;
  /** DRY_RUN lists the tasks that would be run (`SyncRun.items`, WOULD_RUN) and those that wait, with what for (WAITS). */
  readonly mode?: RunMode;
};

/** What a process does. */
export const ProcessRole = {
  /** Serves and works. */
  All: 'ALL',
  /** Serves the API; takes no jobs. */
  Server: 'SERVER',
  /** Takes jobs; serves no API. */
  Worker: 'WORKER'
} as const;

export type ProcessRole = typeof ProcessRole[keyof typeof ProcessRole];
/** Whether to purge, or only to count. */
export type PurgeInput = {
  /** DRY_RUN: only counts. */
  readonly mode?: RunMode;
};

/** Which term to compare, and whether to repair. */
export type ReconcileCalendarsInput = {
  /** DRY_RUN reports; RUN repairs as well. What others made is never touched. */
  readonly mode?: RunMode;
  /** As the source writes it: 2024-2025-2. */
  readonly term: string;
};

/** One delivery by `deliveryId`; or those of one webhook by `webhookId` and `since`. */
export type RedeliverInput = {
  /** The id of a `WebhookDelivery`, of a webhook or a mail. */
  readonly deliveryId?: string | number | null | undefined;
  /** Events that happened at or after this moment. */
  readonly since?: string | null | undefined;
  /** With `since`: only deliveries in one of these states; absent: in any. */
  readonly status?: ReadonlyArray<DeliveryStatus> | null | undefined;
  /** The id of a `Webhook`; with `since`. */
  readonly webhookId?: string | number | null | undefined;
};

/** Which messages: one of both. */
export type RedrivePoisonMessagesInput = {
  /** Ids of `poisonMessages`, at most 1,000. */
  readonly ids?: ReadonlyArray<string | number> | null | undefined;
  /** All of this queue. */
  readonly queue?: string | null | undefined;
};

/** A server. */
export type RegisterDatabaseInstanceInput = {
  /** PEM of the authority, for VERIFY_CA and VERIFY_FULL. */
  readonly caCertificate?: string | null | undefined;
  /** Maintenance database (PostgreSQL), service name (Oracle); absent: the engine's own. */
  readonly database?: string | null | undefined;
  /** Kind of server. */
  readonly engine: DatabaseEngine;
  /** Name or address. */
  readonly host: string;
  /** Unique, at most 100 characters. */
  readonly name: string;
  /** Never shown again. */
  readonly password: string;
  /** Absent: the engine's own. */
  readonly port?: number | null | undefined;
  /** LIKE patterns, added to the engine's own. */
  readonly systemAccounts?: ReadonlyArray<string> | null | undefined;
  /** For filters. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** How to encrypt. */
  readonly tls?: TlsMode;
  /** As whom it is read. */
  readonly username: string;
};

/** Which run must not go on. */
export type RejectRunInput = {
  /** The reason, kept with the run; at most 1000 characters. */
  readonly reason?: string | null | undefined;
  /** Public id, `run_…`. */
  readonly runId: string;
};

/** Form of a report. */
export const ReportFormat = {
  /** One row per item, safe against formulas. */
  Csv: 'CSV',
  /** A document for people. */
  Markdown: 'MARKDOWN'
} as const;

export type ReportFormat = typeof ReportFormat[keyof typeof ReportFormat];
/** All given conditions must hold. Absent: no condition; an empty list matches nothing. */
export type RequestFilter = {
  /** Exactly this account type. */
  readonly accountType?: string | null | undefined;
  /** Exactly this business key. */
  readonly businessKey?: string | null | undefined;
  /** Accepted after this moment. */
  readonly createdAfter?: string | null | undefined;
  /** Accepted before this moment. */
  readonly createdBefore?: string | null | undefined;
  /** Sent by exactly this principal. */
  readonly createdBy?: string | null | undefined;
  /** Has an item of this employee number, without regard to case. */
  readonly employeeNumber?: string | null | undefined;
  /** With an item whose error has one of these codes. */
  readonly errorCode?: ReadonlyArray<string> | null | undefined;
  /** Exactly this origin system. */
  readonly originSystem?: string | null | undefined;
  /** Whose business key or request id contains this text, without regard to case. */
  readonly search?: string | null | undefined;
  /** In one of these states. */
  readonly status?: ReadonlyArray<RequestStatus> | null | undefined;
  /** Wants an account in one of these systems. */
  readonly system?: ReadonlyArray<AccountSystem> | null | undefined;
  /** Changed after this moment. */
  readonly updatedAfter?: string | null | undefined;
};

/** State of one person in a request, derived from tasks and accounts. */
export const RequestItemStatus = {
  /** Cancelled before every account existed. */
  Cancelled: 'CANCELLED',
  /** Every wanted account is active. */
  Completed: 'COMPLETED',
  /** An account is missing, and no task can make it without action. */
  Failed: 'FAILED',
  /** Accepted; the person is not stored yet. */
  Pending: 'PENDING',
  /** The person is stored; tasks are not planned yet. */
  Synced: 'SYNCED',
  /** Every wanted system has a task or an active account. */
  TaskCreated: 'TASK_CREATED'
} as const;

export type RequestItemStatus = typeof RequestItemStatus[keyof typeof RequestItemStatus];
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
/** What a person found out about a task whose answer was lost. */
export type ResolveTaskInput = {
  /** The newest `executionAttempt` when the person looked: refused with VERSION_CONFLICT if it was sent again since. Default: whichever it is. */
  readonly attempt?: number | null | undefined;
  /** With EXISTS, and required there: what the system calls the account: IDAAS the login, WELINK the corpUserId, EMAIL the address; at most 320 characters. */
  readonly identifier?: string | null | undefined;
  /** What was found. */
  readonly outcome: TaskResolution;
  /** With GIVE_UP, and required there: the reason, shown with the task; at most 500 characters. */
  readonly reason?: string | null | undefined;
  /** With EXISTS: the system's own id, where it has one; at most 320 characters. */
  readonly remoteId?: string | null | undefined;
  /** Public id of the task. */
  readonly taskId: string;
};

/** Whom to restore. */
export type RestoreCalendarUserInput = {
  /** DRY_RUN says in which calendars they are missing. */
  readonly mode?: RunMode;
  /** As the source writes it: 2024-2025-2. */
  readonly term: string;
  /** Student or staff number. */
  readonly userNo: string;
};

/** Which run is to go on. */
export type ResumeRunInput = {
  /** Public id, `run_…`. */
  readonly runId: string;
};

/** Which run has failed records. */
export type RetryFailedItemsInput = {
  /** Public id, `run_…`. */
  readonly runId: string;
};

/** What to try again. */
export type RetryRequestInput = {
  /** Public id, `req_…`. */
  readonly requestId: string;
  /** Only tasks of these systems; absent: all. */
  readonly systems?: ReadonlyArray<AccountSystem> | null | undefined;
};

/** What to try again. */
export type RetryTaskInput = {
  /** Public id of the task. */
  readonly taskId: string;
};

/** Which tasks to try again. */
export type RetryTasksInput = {
  /** The `matched` of a dry run: where it differs by more than a tenth (and more than 10), nothing is changed. */
  readonly expectedCount?: number | null | undefined;
  /** At least one condition. Without `status`: FAILED and RETRY; CANCELLED tasks only where `status` names them. */
  readonly filter: TaskFilter;
  /** Most tasks of this call, oldest first: 1 to 10000. */
  readonly maxTasks?: number;
  /** DRY_RUN only counts and names them; there is no default. */
  readonly mode: RunMode;
};

/** Which key is to end. */
export type RevokeApiKeyInput = {
  /** The `id` of the key. */
  readonly id: string | number;
};

/** Which key is to be replaced. */
export type RotateApiKeyInput = {
  /** The `id` of the key. */
  readonly id: string | number;
  /** How long the old key works on; 0 to 2592000. */
  readonly overlapSeconds?: number;
};

/** All given conditions must hold. Absent: no condition; an empty list matches nothing. */
export type RunFilter = {
  /** Started by this principal, exactly as `createdBy` shows it. */
  readonly createdBy?: string | null | undefined;
  /** Of one of these kinds. */
  readonly kind?: ReadonlyArray<RunKind> | null | undefined;
  /** Real runs or dry runs. */
  readonly mode?: RunMode | null | undefined;
  /** About this term, or instance. */
  readonly scope?: string | null | undefined;
  /** Begun after this moment. */
  readonly startedAfter?: string | null | undefined;
  /** Begun before this moment. */
  readonly startedBefore?: string | null | undefined;
  /** In one of these states. */
  readonly status?: ReadonlyArray<RunStatus> | null | undefined;
  /** Started in one of these ways. */
  readonly trigger?: ReadonlyArray<RunTrigger> | null | undefined;
};

/** Outcome of one record. */
export const RunItemOutcome = {
  /** It was found at its system and is active here now. */
  Adopted: 'ADOPTED',
  /** Waits for a person: too many of its accounts are gone. */
  AwaitingConfirmation: 'AWAITING_CONFIRMATION',
  /** Cannot be done from here: do it by hand at the system that the details name. */
  ByHand: 'BY_HAND',
  /** Not done: the run was stopped. */
  Cancelled: 'CANCELLED',
  /** Done. */
  Completed: 'COMPLETED',
  /** Its source contradicts itself; the run went on all the same. */
  Conflicting: 'CONFLICTING',
  /** It differed; the system's values are recorded now. */
  Corrected: 'CORRECTED',
  /** It was created, and the other system confirmed it. */
  Created: 'CREATED',
  /** It was deleted, and the other system confirmed it. */
  Deleted: 'DELETED',
  /** Its system describes it otherwise than it is recorded here. */
  Differing: 'DIFFERING',
  /** The account was disabled. */
  Disabled: 'DISABLED',
  /** Tried and not done; `retryFailedItems` tries again. */
  Failed: 'FAILED',
  /** It was missing and is PLANNED again, but not made: a switch is off, or no request or HR wants it. A retry makes it. */
  Forgotten: 'FORGOTTEN',
  /** Taken, but not all of it. */
  Incomplete: 'INCOMPLETE',
  /** Active here, and its system knows it no more. */
  Missing: 'MISSING',
  /** It exists at its system, and no person has it here. */
  Orphan: 'ORPHAN',
  /** Still to be done by this run, perhaps after a confirmation. */
  Pending: 'PENDING',
  /** Left out. */
  Skipped: 'SKIPPED',
  /** A task was made that brings the account about. */
  TaskCreated: 'TASK_CREATED',
  /** It was brought in line with its source. */
  Updated: 'UPDATED',
  /** A dry run: would be left alone, because it waits for what the message says. */
  Waits: 'WAITS',
  /** A dry run: found at its system, and would be active here. */
  WouldAdopt: 'WOULD_ADOPT',
  /** A dry run: would be deleted. */
  WouldDelete: 'WOULD_DELETE',
  /** A dry run: the account would be disabled. */
  WouldDisable: 'WOULD_DISABLE',
  /** A dry run: the account would be enabled again. */
  WouldEnable: 'WOULD_ENABLE',
  /** A dry run: would be new. */
  WouldInsert: 'WOULD_INSERT',
  /** A dry run: would be run once. */
  WouldRun: 'WOULD_RUN',
  /** A dry run: would change. */
  WouldUpdate: 'WOULD_UPDATE'
} as const;

export type RunItemOutcome = typeof RunItemOutcome[keyof typeof RunItemOutcome];
/** What a run does. */
export const RunKind = {
  /** Whether accounts are still there. */
  AccountVerification: 'ACCOUNT_VERIFICATION',
  /** The calendars of a term deleted. */
  CalendarDeletion: 'CALENDAR_DELETION',
  /** The whole timetable to calendars. */
  CalendarFull: 'CALENDAR_FULL',
  /** What changed in the timetable. */
  CalendarIncremental: 'CALENDAR_INCREMENTAL',
  /** Calendars compared with WPS. */
  CalendarReconciliation: 'CALENDAR_RECONCILIATION',
  /** One person put back into their calendars. */
  CalendarRestore: 'CALENDAR_RESTORE',
  /** Members of calendars. */
  CalendarUsers: 'CALENDAR_USERS',
  /** Accounts and permissions of remote databases. */
  DatabaseAccounts: 'DATABASE_ACCOUNTS',
  /** Data of the first system, and look-ups of the accounts it claims. */
  FirstSystemImport: 'FIRST_SYSTEM_IMPORT',
  /** People from HR. */
  HrSync: 'HR_SYNC',
  /** Accounts of people who left. */
  Leavers: 'LEAVERS',
  /** Tasks for people who lack accounts. */
  TaskCreation: 'TASK_CREATION',
  /** A number of ready tasks, once each. */
  TaskProcessing: 'TASK_PROCESSING'
} as const;

export type RunKind = typeof RunKind[keyof typeof RunKind];
/** Whether it writes. */
export const RunMode = {
  /** Says what it would do; writes nothing but the run. */
  DryRun: 'DRY_RUN',
  /** Does it. */
  Run: 'RUN'
} as const;

export type RunMode = typeof RunMode[keyof typeof RunMode];
/** State of a run. */
export const RunStatus = {
  /** Would change more than it may without a person; waits for confirmRun or rejectRun. */
  AwaitingConfirmation: 'AWAITING_CONFIRMATION',
  /** Stopped by a person; what was done stays. */
  Cancelled: 'CANCELLED',
  /** Everything done. */
  Completed: 'COMPLETED',
  /** Done; some records were refused or are incomplete. */
  CompletedWithErrors: 'COMPLETED_WITH_ERRORS',
  /** Ended without its work. */
  Failed: 'FAILED',
  /** Under way, or about to be. */
  Running: 'RUNNING'
} as const;

export type RunStatus = typeof RunStatus[keyof typeof RunStatus];
/** What started a run. */
export const RunTrigger = {
  /** By another job. */
  Event: 'EVENT',
  /** By hand, for several. */
  ManualBatch: 'MANUAL_BATCH',
  /** By hand, for one. */
  ManualSingle: 'MANUAL_SINGLE',
  /** By hand: mutation or command line. */
  ManualTask: 'MANUAL_TASK',
  /** By its schedule. */
  ScheduledTask: 'SCHEDULED_TASK'
} as const;

export type RunTrigger = typeof RunTrigger[keyof typeof RunTrigger];
/** What a person is to be called; what is absent stays, or is chosen as for everybody. */
export type SetPersonIdentifiersInput = {
  /** What stands before the `@`: 1 to 64 of `a-z 0-9 - _ .`; the domain follows from the type. */
  readonly emailLocalPart?: string | null | undefined;
  /** Without regard to case. */
  readonly employeeNumber: string;
  /** Directory login: 1 to 20 ASCII letters, digits, `-`, `_`, `.`; no dot at the end. */
  readonly username?: string | null | undefined;
};

/** userType narrows a USERS run. mode DRY_RUN returns the plan as items of the run and writes nothing, here or there. */
export type StartCalendarSyncInput = {
  /** What it is about. */
  readonly kind: CalendarSyncKind;
  /** DRY_RUN returns the plan as items of the run; writes nothing, here or there. */
  readonly mode?: RunMode;
  /** As the source writes it: 2024-2025-2. */
  readonly term: string;
  /** Of a USERS run: which people it is about. */
  readonly userType?: TimetableUserScope;
};

/** What is to be read. */
export type StartDatabaseSyncInput = {
  /** By name: MANUAL_SINGLE one, MANUAL_BATCH at least one, MANUAL_TASK none. */
  readonly instances?: ReadonlyArray<string> | null | undefined;
  /** DRY_RUN counts only. */
  readonly mode?: RunMode;
  /** EVENT and SCHEDULED_TASK are the service’s own. */
  readonly type: RunTrigger;
};

/** State of a stage. */
export const StepStatus = {
  /** Stopped. */
  Cancelled: 'CANCELLED',
  /** Done. */
  Completed: 'COMPLETED',
  /** Failed. */
  Failed: 'FAILED',
  /** Not begun. */
  Pending: 'PENDING',
  /** Under way. */
  Running: 'RUNNING',
  /** Never begun, because the run ended. */
  Skipped: 'SKIPPED'
} as const;

export type StepStatus = typeof StepStatus[keyof typeof StepStatus];
/** How to sync people from HR. */
export type SyncHrInput = {
  /** Everybody, not only who changed since the last sync. */
  readonly forceFullSync?: boolean;
  /** DRY_RUN reads HR and says what would change; `SyncRun.items` has who. */
  readonly mode?: RunMode;
};

/** All given conditions must hold. Absent: no condition; an empty list matches nothing. */
export type TaskAttemptFilter = {
  /** For this person, without regard to case. */
  readonly employeeNumber?: string | null | undefined;
  /** That met one of these errors. */
  readonly errorCode?: ReadonlyArray<string> | null | undefined;
  /** True: only those under way; false: only those that ended. */
  readonly open?: boolean | null | undefined;
  /** That ended in one of these ways. */
  readonly outcome?: ReadonlyArray<AttemptOutcome> | null | undefined;
  /** That began after this moment. */
  readonly startedAfter?: string | null | undefined;
  /** That began before this moment. */
  readonly startedBefore?: string | null | undefined;
  /** At one of these systems. */
  readonly system?: ReadonlyArray<AccountSystem> | null | undefined;
};

/** All given conditions must hold. Absent: no condition; an empty list matches nothing. */
export type TaskFilter = {
  /** Of this person, without regard to case. */
  readonly employeeNumber?: string | null | undefined;
  /** Whose lastError has one of these codes. */
  readonly errorCode?: ReadonlyArray<string> | null | undefined;
  /** Whose lastError one of these can put right. */
  readonly fixBy?: ReadonlyArray<FixBy> | null | undefined;
  /** Wanted by a request of exactly this origin system. */
  readonly originSystem?: string | null | undefined;
  /** Wanted by an item of this request. */
  readonly requestId?: string | null | undefined;
  /** In one of these states. */
  readonly status?: ReadonlyArray<TaskStatus> | null | undefined;
  /** In one of these systems. */
  readonly system?: ReadonlyArray<AccountSystem> | null | undefined;
  /** These, by public id; at most 1,000. */
  readonly taskIds?: ReadonlyArray<string> | null | undefined;
  /** Changed after this moment. */
  readonly updatedAfter?: string | null | undefined;
  /** Not changed since this moment. */
  readonly updatedBefore?: string | null | undefined;
  /** WAITING because the person has no active account in this system. */
  readonly waitingFor?: AccountSystem | null | undefined;
};

/** What a person found out about a task whose answer was lost. */
export const TaskResolution = {
  /** The account is there, under `identifier`. */
  Exists: 'EXISTS',
  /** It is not to be tried further: the task fails, for `reason`. */
  GiveUp: 'GIVE_UP',
  /** It is not there: the task is sent again. */
  SendAgain: 'SEND_AGAIN'
} as const;

export type TaskResolution = typeof TaskResolution[keyof typeof TaskResolution];
/** State of a task. */
export const TaskStatus = {
  /** Every request that wanted it was cancelled. */
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
  /** Sent, the answer was lost; a look-up settles it, or a person by resolveTask. */
  Uncertain: 'UNCERTAIN',
  /** An account it depends on does not exist yet. */
  Waiting: 'WAITING'
} as const;

export type TaskStatus = typeof TaskStatus[keyof typeof TaskStatus];
/** Whether a term is synced. */
export const TermStatus = {
  /** Not synced any more; its calendars stay. */
  Closed: 'CLOSED',
  /** Synced. */
  Open: 'OPEN'
} as const;

export type TermStatus = typeof TermStatus[keyof typeof TermStatus];
/** Which webhook to try. */
export type TestWebhookInput = {
  /** Its id. */
  readonly id: string | number;
};

/** Which people a USERS run is about. */
export const TimetableUserScope = {
  /** Both. */
  All: 'ALL',
  /** A student. */
  Student: 'STUDENT',
  /** A member of staff. */
  Teacher: 'TEACHER'
} as const;

export type TimetableUserScope = typeof TimetableUserScope[keyof typeof TimetableUserScope];
/** How connections are encrypted. */
export const TlsMode = {
  /** No encryption. */
  Disabled: 'DISABLED',
  /** Encrypted where the server offers it. */
  Preferred: 'PREFERRED',
  /** Encrypted, whatever the certificate. */
  Required: 'REQUIRED',
  /** Encrypted, with a certificate of a known authority. */
  VerifyCa: 'VERIFY_CA',
  /** As VERIFY_CA, and made out to this host. */
  VerifyFull: 'VERIFY_FULL'
} as const;

export type TlsMode = typeof TlsMode[keyof typeof TlsMode];
/** Which link is wrong. */
export type UnlinkAccountInput = {
  /** Without regard to case. */
  readonly employeeNumber: string;
  /** Where the account is. */
  readonly system: AccountSystem;
};

/** Corrected values of one person of a request, named by position or employeeNumber; absent fields stay as they are. */
export type UpdateRequestItemInput = {
  /** Name or two-letter code, at most 50 characters. */
  readonly country?: string | null | undefined;
  /** HR's code, at most 50 characters. */
  readonly departmentCode?: string | null | undefined;
  /** At most 100 characters. Logins and addresses stay as they were chosen. */
  readonly employeeName?: string | null | undefined;
  /** Of the person, without regard to case. */
  readonly employeeNumber?: string | null | undefined;
  /** At most 100 characters; null takes it away. */
  readonly partnerCompany?: string | null | undefined;
  /** At most 40 characters with 5 to 25 digits. */
  readonly phoneNumber?: string | null | undefined;
  /** Index in the userList that was sent, from 0. */
  readonly position?: number | null | undefined;
  /** Public id, `req_…`. */
  readonly requestId: string;
};

/** What to set. */
export type UpdateSettingInput = {
  /** Sets it only if this is its present version; 0: only if it was never set. */
  readonly expectedVersion?: number | null | undefined;
  /** Key of the Setting. */
  readonly key: string;
  /** Its new value; the default is a value like any other. */
  readonly value: unknown;
};

/** What to change of a term; what is absent stays as it is. */
export type UpdateTermInput = {
  /** Which periods become one event. */
  readonly blockPolicy?: BlockPolicy | null | undefined;
  /** CLOSED: not synced any more. */
  readonly status?: TermStatus | null | undefined;
  /** As the source writes it: 2024-2025-2. */
  readonly term: string;
};

/** Mappings to add or replace. */
export type UpsertDepartmentMappingsInput = {
  /** 1 to 20,000 mappings. */
  readonly mappings: ReadonlyArray<DepartmentMappingInput>;
  /** DRY_RUN: only counts what would come of it. */
  readonly mode?: RunMode;
  /** Store the good ones although others are bad; otherwise one bad mapping refuses all. */
  readonly skipBad?: boolean;
};

/** Mappings to add or replace; one bad mapping refuses all. */
export type UpsertPersonTypeMappingsInput = {
  /** The mappings, at most 500. */
  readonly mappings: ReadonlyArray<PersonTypeMappingInput>;
  /** DRY_RUN: only counts what would come of it. */
  readonly mode?: RunMode;
};

/** A webhook to add or change. What is absent stays as it is. */
export type UpsertWebhookInput = {
  /** For people, at most 500 characters; empty removes it. */
  readonly description?: string | null | undefined;
  /** Events that it receives; default of a new one: all. */
  readonly events?: ReadonlyArray<WebhookEvent> | null | undefined;
  /** Which one to change; absent: that of this URL, new if there is none. */
  readonly id?: string | number | null | undefined;
  /** False: nothing is sent. A new one: true. */
  readonly isActive?: boolean | null | undefined;
  /** Make a new secret; the one before signs too for 24 hours. */
  readonly rotateSecret?: boolean | null | undefined;
  /** https, or http on this machine; no user name or password. Required in a new one. Redirects are not followed. */
  readonly url?: string | null | undefined;
};

/** What something outside is for. */
export const UpstreamFacet = {
  /** Holds accounts: tasks are executed there. */
  Accounts: 'ACCOUNTS',
  /** Holds course calendars. */
  Calendars: 'CALENDARS',
  /** People come from there. */
  People: 'PEOPLE',
  /** The timetable is read there. */
  Timetable: 'TIMETABLE'
} as const;

export type UpstreamFacet = typeof UpstreamFacet[keyof typeof UpstreamFacet];
/** Which accounts to verify. */
export type VerifyAccountsInput = {
  /** Only of these people, at most 10,000; everybody without. */
  readonly employeeNumbers?: ReadonlyArray<string> | null | undefined;
  /** DRY_RUN only lists what it finds (`SyncRun.items`); RUN corrects our records too. */
  readonly mode?: RunMode;
  /** Only there; all without. Systems that cannot be asked are left out, and named in the summary. */
  readonly systems?: ReadonlyArray<AccountSystem> | null | undefined;
};

/** All given conditions must hold. Absent: no condition; an empty list matches nothing. */
export type WebhookDeliveryFilter = {
  /** Sent this way. */
  readonly channel?: DeliveryChannel | null | undefined;
  /** About one of these. */
  readonly event?: ReadonlyArray<WebhookEvent> | null | undefined;
  /** About this event, `evt_…`. */
  readonly eventId?: string | null | undefined;
  /** Happened after this moment. */
  readonly occurredAfter?: string | null | undefined;
  /** Happened before this moment. */
  readonly occurredBefore?: string | null | undefined;
  /** About this request, `req_…`. */
  readonly requestId?: string | null | undefined;
  /** In one of these states. */
  readonly status?: ReadonlyArray<DeliveryStatus> | null | undefined;
  /** Signed for this webhook. */
  readonly webhookId?: string | number | null | undefined;
};

/** Events that a webhook can receive. */
export const WebhookEvent = {
  /** `calendar.run_finished`: a calendar run changed something at WPS; says how much. */
  CalendarRunFinished: 'CALENDAR_RUN_FINISHED',
  /** `calendar.system_error`: a calendar run was stopped by what a person has to put right. */
  CalendarSystemError: 'CALENDAR_SYSTEM_ERROR',
  /** `database.account.changed`: a run logged changes at an instance; one digest per instance and run, none for its first. */
  DatabaseAccountChanged: 'DATABASE_ACCOUNT_CHANGED',
  /** `database.privileged_account.appeared`: an account has become SUPERUSER or GRANT_ADMIN, or is new as such. */
  DatabasePrivilegedAccountAppeared: 'DATABASE_PRIVILEGED_ACCOUNT_APPEARED',
  /** `request.finished`: every item of a request is final; once per round. */
  RequestFinished: 'REQUEST_FINISHED',
  /** `run.awaiting_confirmation`: a run waits for `confirmRun` or `rejectRun`. */
  RunAwaitingConfirmation: 'RUN_AWAITING_CONFIRMATION',
  /** `run.finished`: a run ended. A scheduled one that keeps failing is announced once, and again when it works. */
  RunFinished: 'RUN_FINISHED',
  /** `system.circuit_closed`: the system answers again. */
  SystemCircuitClosed: 'SYSTEM_CIRCUIT_CLOSED',
  /** `system.circuit_opened`: nothing is sent to a system but single trials. */
  SystemCircuitOpened: 'SYSTEM_CIRCUIT_OPENED',
  /** `task.failed`: tasks failed; one digest per system, error code and quarter of an hour. */
  TaskFailed: 'TASK_FAILED'
} as const;

export type WebhookEvent = typeof WebhookEvent[keyof typeof WebhookEvent];
export type ApiKeyFieldsFragment = { readonly id: string, readonly name: string, readonly prefix: string, readonly principal: string, readonly scopes: ReadonlyArray<string>, readonly originSystems: ReadonlyArray<string> | null, readonly state: ApiKeyState, readonly createdAt: string, readonly createdBy: string, readonly lastUsedAt: string | null, readonly expiresAt: string | null, readonly revokedAt: string | null };

export type ApiKeysQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type ApiKeysQuery = { readonly apiKeys: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly prefix: string, readonly principal: string, readonly scopes: ReadonlyArray<string>, readonly originSystems: ReadonlyArray<string> | null, readonly state: ApiKeyState, readonly createdAt: string, readonly createdBy: string, readonly lastUsedAt: string | null, readonly expiresAt: string | null, readonly revokedAt: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CreateApiKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateApiKeyMutation = { readonly createApiKey: { readonly secret: string | null, readonly notice: string | null, readonly apiKey: { readonly id: string, readonly name: string, readonly prefix: string, readonly principal: string, readonly scopes: ReadonlyArray<string>, readonly originSystems: ReadonlyArray<string> | null, readonly state: ApiKeyState, readonly createdAt: string, readonly createdBy: string, readonly lastUsedAt: string | null, readonly expiresAt: string | null, readonly revokedAt: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type RotateApiKeyMutationVariables = Exact<{
  input: RotateApiKeyInput;
}>;


export type RotateApiKeyMutation = { readonly rotateApiKey: { readonly secret: string | null, readonly apiKey: { readonly id: string, readonly name: string, readonly prefix: string, readonly principal: string, readonly scopes: ReadonlyArray<string>, readonly originSystems: ReadonlyArray<string> | null, readonly state: ApiKeyState, readonly createdAt: string, readonly createdBy: string, readonly lastUsedAt: string | null, readonly expiresAt: string | null, readonly revokedAt: string | null } | null, readonly previous: { readonly id: string, readonly name: string, readonly prefix: string, readonly principal: string, readonly scopes: ReadonlyArray<string>, readonly originSystems: ReadonlyArray<string> | null, readonly state: ApiKeyState, readonly createdAt: string, readonly createdBy: string, readonly lastUsedAt: string | null, readonly expiresAt: string | null, readonly revokedAt: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type RevokeApiKeyMutationVariables = Exact<{
  input: RevokeApiKeyInput;
}>;


export type RevokeApiKeyMutation = { readonly revokeApiKey: { readonly apiKey: { readonly id: string, readonly name: string, readonly prefix: string, readonly principal: string, readonly scopes: ReadonlyArray<string>, readonly originSystems: ReadonlyArray<string> | null, readonly state: ApiKeyState, readonly createdAt: string, readonly createdBy: string, readonly lastUsedAt: string | null, readonly expiresAt: string | null, readonly revokedAt: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type CreateWatchTokenMutationVariables = Exact<{
  input: CreateWatchTokenInput;
}>;


export type CreateWatchTokenMutation = { readonly createWatchToken: { readonly token: string | null, readonly expiresAt: string | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type AuditEntriesQueryVariables = Exact<{
  filter?: AuditEntryFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type AuditEntriesQuery = { readonly auditEntries: { readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly entryId: string, readonly at: string, readonly actor: string, readonly action: string, readonly subjectKind: string, readonly subjectId: string, readonly before: unknown, readonly after: unknown, readonly correlationId: string | null, readonly sealed: boolean }> } };

export type VerifyAuditQueryVariables = Exact<{
  after?: string | null | undefined;
  head?: string | null | undefined;
}>;


export type VerifyAuditQuery = { readonly verifyAudit: { readonly seals: number, readonly entries: number, readonly upTo: string, readonly complete: boolean, readonly head: string | null, readonly headFound: boolean | null, readonly unsealed: number, readonly problem: { readonly kind: AuditProblemKind, readonly seal: string | null, readonly entry: string | null, readonly message: string } | null } };

export type TermFieldsFragment = { readonly code: string, readonly status: TermStatus, readonly blockPolicy: BlockPolicy, readonly lessonCount: number, readonly blockCount: number, readonly calendarCounts: ReadonlyArray<{ readonly state: CourseCalendarState, readonly count: number }>, readonly eventCounts: ReadonlyArray<{ readonly state: CalendarEventState, readonly count: number }>, readonly memberCounts: ReadonlyArray<{ readonly state: CalendarMemberState, readonly count: number }>, readonly lastFullSync: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly lastIncrementalSync: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly liveRun: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null };

export type TermsQueryVariables = Exact<{ [key: string]: never; }>;


export type TermsQuery = { readonly terms: ReadonlyArray<{ readonly code: string, readonly status: TermStatus, readonly blockPolicy: BlockPolicy, readonly lessonCount: number, readonly blockCount: number, readonly calendarCounts: ReadonlyArray<{ readonly state: CourseCalendarState, readonly count: number }>, readonly eventCounts: ReadonlyArray<{ readonly state: CalendarEventState, readonly count: number }>, readonly memberCounts: ReadonlyArray<{ readonly state: CalendarMemberState, readonly count: number }>, readonly lastFullSync: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly lastIncrementalSync: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly liveRun: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null }> };

export type OpenFindingsQueryVariables = Exact<{
  term: string;
}>;


export type OpenFindingsQuery = { readonly calendarFindings: { readonly totalCount: number } };

export type CalendarConflictsQueryVariables = Exact<{
  term: string;
  kind?: ReadonlyArray<ConflictKind> | ConflictKind | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CalendarConflictsQuery = { readonly calendarConflicts: { readonly nodes: ReadonlyArray<{ readonly kind: ConflictKind, readonly subject: string, readonly date: string, readonly startsAt: string, readonly endsAt: string, readonly students: number | null, readonly blocks: ReadonlyArray<{ readonly offering: string, readonly courseName: string, readonly rooms: ReadonlyArray<string> }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CalendarFindingsQueryVariables = Exact<{
  term: string;
  open?: boolean | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CalendarFindingsQuery = { readonly calendarFindings: { readonly nodes: ReadonlyArray<{ readonly kind: FindingKind, readonly subject: FindingSubject, readonly message: string, readonly foundAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type RunReportQueryVariables = Exact<{
  runId: string;
  format: ReportFormat;
}>;


export type RunReportQuery = { readonly run: { readonly report: string } | null };

export type StartCalendarSyncMutationVariables = Exact<{
  input: StartCalendarSyncInput;
}>;


export type StartCalendarSyncMutation = { readonly startCalendarSync: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type ReconcileCalendarsMutationVariables = Exact<{
  input: ReconcileCalendarsInput;
}>;


export type ReconcileCalendarsMutation = { readonly reconcileCalendars: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type RestoreCalendarUserMutationVariables = Exact<{
  input: RestoreCalendarUserInput;
}>;


export type RestoreCalendarUserMutation = { readonly restoreCalendarUser: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type DeleteTermCalendarsMutationVariables = Exact<{
  input: DeleteTermCalendarsInput;
}>;


export type DeleteTermCalendarsMutation = { readonly deleteTermCalendars: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type UpdateTermMutationVariables = Exact<{
  input: UpdateTermInput;
}>;


export type UpdateTermMutation = { readonly updateTerm: { readonly term: { readonly code: string, readonly status: TermStatus, readonly blockPolicy: BlockPolicy, readonly lessonCount: number, readonly blockCount: number, readonly calendarCounts: ReadonlyArray<{ readonly state: CourseCalendarState, readonly count: number }>, readonly eventCounts: ReadonlyArray<{ readonly state: CalendarEventState, readonly count: number }>, readonly memberCounts: ReadonlyArray<{ readonly state: CalendarMemberState, readonly count: number }>, readonly lastFullSync: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly lastIncrementalSync: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly liveRun: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type UpdateRequestItemMutationVariables = Exact<{
  input: UpdateRequestItemInput;
}>;


export type UpdateRequestItemMutation = { readonly updateRequestItem: { readonly requeuedTasks: number, readonly item: { readonly position: number, readonly employeeNumber: string, readonly employeeName: string, readonly departmentCode: string, readonly phoneNumber: string, readonly status: RequestItemStatus, readonly statusDisplay: string, readonly explanation: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type SetPersonIdentifiersMutationVariables = Exact<{
  input: SetPersonIdentifiersInput;
}>;


export type SetPersonIdentifiersMutation = { readonly setPersonIdentifiers: { readonly requeuedTasks: number, readonly person: { readonly employeeNumber: string, readonly fullName: string, readonly emailAddress: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type LinkAccountMutationVariables = Exact<{
  input: LinkAccountInput;
}>;


export type LinkAccountMutation = { readonly linkAccount: { readonly account: { readonly system: AccountSystem, readonly state: AccountState, readonly origin: AccountOrigin | null, readonly identifier: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type UnlinkAccountMutationVariables = Exact<{
  input: UnlinkAccountInput;
}>;


export type UnlinkAccountMutation = { readonly unlinkAccount: { readonly account: { readonly system: AccountSystem, readonly state: AccountState, readonly origin: AccountOrigin | null, readonly identifier: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type AcceptNamesMutationVariables = Exact<{
  input: AcceptNamesInput;
}>;


export type AcceptNamesMutation = { readonly acceptNames: { readonly accepted: ReadonlyArray<string>, readonly requeuedTasks: number, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type DatabaseErrorFieldsFragment = { readonly code: string, readonly message: string, readonly retryable: boolean, readonly fixBy: FixBy, readonly sqlState: string | null, readonly vendorCode: string | null, readonly phase: string | null };

export type CoverageFieldsFragment = { readonly category: PermissionCategory, readonly scope: string | null, readonly status: CategoryStatus, readonly message: string | null, readonly grant: string | null };

export type DatabaseInstanceFieldsFragment = { readonly name: string, readonly engine: DatabaseEngine, readonly product: string | null, readonly version: string | null, readonly host: string, readonly port: number, readonly database: string | null, readonly username: string, readonly tls: TlsMode, readonly state: InstanceState, readonly tags: ReadonlyArray<string>, readonly accountCount: number, readonly lastSuccessAt: string | null, readonly explanation: string | null, readonly lastSync: { readonly status: RunItemOutcome, readonly finishedAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly retryable: boolean, readonly fixBy: FixBy, readonly sqlState: string | null, readonly vendorCode: string | null, readonly phase: string | null } | null } | null };

export type DatabaseRightFieldsFragment = { readonly category: PermissionCategory, readonly scope: string, readonly object: string | null, readonly privilege: string, readonly state: PermissionState, readonly grantable: boolean, readonly via: ReadonlyArray<string>, readonly account: { readonly displayName: string } };

export type DatabaseInstancesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: DatabaseInstanceFilter | null | undefined;
}>;


export type DatabaseInstancesQuery = { readonly databaseInstances: { readonly nodes: ReadonlyArray<{ readonly name: string, readonly engine: DatabaseEngine, readonly product: string | null, readonly version: string | null, readonly host: string, readonly port: number, readonly database: string | null, readonly username: string, readonly tls: TlsMode, readonly state: InstanceState, readonly tags: ReadonlyArray<string>, readonly accountCount: number, readonly lastSuccessAt: string | null, readonly explanation: string | null, readonly lastSync: { readonly status: RunItemOutcome, readonly finishedAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly retryable: boolean, readonly fixBy: FixBy, readonly sqlState: string | null, readonly vendorCode: string | null, readonly phase: string | null } | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type DatabaseAccountsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: DatabaseAccountFilter | null | undefined;
}>;


export type DatabaseAccountsQuery = { readonly databaseAccounts: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly displayName: string, readonly isRole: boolean, readonly isSystem: boolean, readonly state: DatabaseAccountState, readonly locked: boolean, readonly lockReasons: ReadonlyArray<string>, readonly capabilities: ReadonlyArray<DatabaseCapability>, readonly capabilityReasons: ReadonlyArray<string>, readonly effectiveRoles: ReadonlyArray<string>, readonly personMatch: PersonMatch, readonly person: { readonly employeeNumber: string } | null, readonly classifications: ReadonlyArray<{ readonly code: string }>, readonly instance: { readonly name: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type DatabaseAccountChangesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: DatabaseAccountChangeFilter | null | undefined;
}>;


export type DatabaseAccountChangesQuery = { readonly databaseAccountChanges: { readonly nodes: ReadonlyArray<{ readonly kind: AccountChangeKind, readonly message: string, readonly at: string, readonly other: unknown, readonly account: { readonly displayName: string, readonly instance: { readonly name: string } }, readonly run: { readonly runId: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type WhoCanQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  instance: string;
  privilege: string;
  scope?: string | null | undefined;
  object?: string | null | undefined;
}>;


export type WhoCanQuery = { readonly whoCan: { readonly nodes: ReadonlyArray<{ readonly category: PermissionCategory, readonly scope: string, readonly object: string | null, readonly privilege: string, readonly state: PermissionState, readonly grantable: boolean, readonly via: ReadonlyArray<string>, readonly account: { readonly displayName: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type RegisterDatabaseInstanceMutationVariables = Exact<{
  input: RegisterDatabaseInstanceInput;
}>;


export type RegisterDatabaseInstanceMutation = { readonly registerDatabaseInstance: { readonly instance: { readonly name: string, readonly engine: DatabaseEngine, readonly product: string | null, readonly version: string | null, readonly host: string, readonly port: number, readonly database: string | null, readonly username: string, readonly tls: TlsMode, readonly state: InstanceState, readonly tags: ReadonlyArray<string>, readonly accountCount: number, readonly lastSuccessAt: string | null, readonly explanation: string | null, readonly lastSync: { readonly status: RunItemOutcome, readonly finishedAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly retryable: boolean, readonly fixBy: FixBy, readonly sqlState: string | null, readonly vendorCode: string | null, readonly phase: string | null } | null } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type TestDatabaseConnectionMutationVariables = Exact<{
  name: string;
}>;


export type TestDatabaseConnectionMutation = { readonly testDatabaseConnection: { readonly reachable: boolean, readonly product: string | null, readonly version: string | null, readonly tlsInUse: boolean | null, readonly latencyMs: number | null, readonly coverage: ReadonlyArray<{ readonly category: PermissionCategory, readonly scope: string | null, readonly status: CategoryStatus, readonly message: string | null, readonly grant: string | null }>, readonly error: { readonly code: string, readonly message: string, readonly retryable: boolean, readonly fixBy: FixBy, readonly sqlState: string | null, readonly vendorCode: string | null, readonly phase: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type StartDatabaseSyncMutationVariables = Exact<{
  input: StartDatabaseSyncInput;
}>;


export type StartDatabaseSyncMutation = { readonly startDatabaseSync: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type ConfirmDisappearanceMutationVariables = Exact<{
  input: ConfirmDisappearanceInput;
}>;


export type ConfirmDisappearanceMutation = { readonly confirmDisappearance: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type ClassifyDatabaseAccountMutationVariables = Exact<{
  input: ClassifyDatabaseAccountInput;
}>;


export type ClassifyDatabaseAccountMutation = { readonly classifyDatabaseAccount: { readonly account: { readonly displayName: string, readonly classifications: ReadonlyArray<{ readonly code: string }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type WebhookFieldsFragment = { readonly id: string, readonly url: string, readonly events: ReadonlyArray<WebhookEvent>, readonly isActive: boolean, readonly description: string | null, readonly createdBy: string, readonly updatedAt: string };

export type DeliveryFieldsFragment = { readonly id: string, readonly eventId: string, readonly type: string, readonly channel: DeliveryChannel, readonly target: string, readonly status: DeliveryStatus, readonly attempts: number, readonly occurredAt: string, readonly nextAttemptAt: string | null, readonly deliveredAt: string | null, readonly errorCode: string | null, readonly errorMessage: string | null };

export type WebhooksQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhooksQuery = { readonly webhooks: ReadonlyArray<{ readonly id: string, readonly url: string, readonly events: ReadonlyArray<WebhookEvent>, readonly isActive: boolean, readonly description: string | null, readonly createdBy: string, readonly updatedAt: string }> };

export type WebhookDeliveriesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: WebhookDeliveryFilter | null | undefined;
}>;


export type WebhookDeliveriesQuery = { readonly webhookDeliveries: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly eventId: string, readonly type: string, readonly channel: DeliveryChannel, readonly target: string, readonly status: DeliveryStatus, readonly attempts: number, readonly occurredAt: string, readonly nextAttemptAt: string | null, readonly deliveredAt: string | null, readonly errorCode: string | null, readonly errorMessage: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type UpsertWebhookMutationVariables = Exact<{
  input: UpsertWebhookInput;
}>;


export type UpsertWebhookMutation = { readonly upsertWebhook: { readonly secret: string | null, readonly notice: string | null, readonly webhook: { readonly id: string, readonly url: string, readonly events: ReadonlyArray<WebhookEvent>, readonly isActive: boolean, readonly description: string | null, readonly createdBy: string, readonly updatedAt: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type DeleteWebhookMutationVariables = Exact<{
  input: DeleteWebhookInput;
}>;


export type DeleteWebhookMutation = { readonly deleteWebhook: { readonly deleted: boolean, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type TestWebhookMutationVariables = Exact<{
  input: TestWebhookInput;
}>;


export type TestWebhookMutation = { readonly testWebhook: { readonly delivery: { readonly id: string, readonly eventId: string, readonly type: string, readonly channel: DeliveryChannel, readonly target: string, readonly status: DeliveryStatus, readonly attempts: number, readonly occurredAt: string, readonly nextAttemptAt: string | null, readonly deliveredAt: string | null, readonly errorCode: string | null, readonly errorMessage: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type RedeliverMutationVariables = Exact<{
  input: RedeliverInput;
}>;


export type RedeliverMutation = { readonly redeliver: { readonly requeued: number, readonly delivery: { readonly id: string, readonly eventId: string, readonly type: string, readonly channel: DeliveryChannel, readonly target: string, readonly status: DeliveryStatus, readonly attempts: number, readonly occurredAt: string, readonly nextAttemptAt: string | null, readonly deliveredAt: string | null, readonly errorCode: string | null, readonly errorMessage: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type PurgeMutationVariables = Exact<{
  input: PurgeInput;
}>;


export type PurgeMutation = { readonly purge: { readonly mode: RunMode, readonly counts: ReadonlyArray<{ readonly table: string, readonly rows: number, readonly complete: boolean }>, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type PersonTypeMappingsQueryVariables = Exact<{ [key: string]: never; }>;


export type PersonTypeMappingsQuery = { readonly personTypeMappings: ReadonlyArray<{ readonly personType: string, readonly aliases: ReadonlyArray<string>, readonly emailDomain: string | null, readonly idaasUserType: string, readonly welinkPersonType: string, readonly isActive: boolean, readonly description: string | null }> };

export type UpsertPersonTypeMappingsMutationVariables = Exact<{
  input: UpsertPersonTypeMappingsInput;
}>;


export type UpsertPersonTypeMappingsMutation = { readonly upsertPersonTypeMappings: { readonly created: number, readonly updated: number, readonly unchanged: number, readonly releasedTasks: number, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type OverviewQueryVariables = Exact<{
  since?: string | null | undefined;
}>;


export type OverviewQuery = { readonly overview: { readonly at: string, readonly health: HealthLevel, readonly sandboxed: ReadonlyArray<string>, readonly switchesOff: ReadonlyArray<string>, readonly uncertainTasks: number, readonly reasons: ReadonlyArray<{ readonly level: HealthLevel, readonly code: string, readonly message: string, readonly fixBy: FixBy, readonly system: string | null, readonly whatToDo: string, readonly setting: string | null, readonly runId: string | null }>, readonly systems: ReadonlyArray<{ readonly code: string, readonly facet: UpstreamFacet, readonly system: AccountSystem | null, readonly displayName: string, readonly configured: boolean | null, readonly enabled: boolean, readonly sandboxed: boolean | null, readonly explanation: string | null, readonly lastSuccessAt: string | null, readonly throttledUntil: string | null, readonly ratePerSecond: number, readonly maxConcurrency: number | null, readonly circuit: { readonly state: CircuitState }, readonly paused: { readonly until: string | null, readonly reason: string } | null, readonly lastError: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null, readonly lastCheck: { readonly checkedAt: string, readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly detail: string | null, readonly host: string, readonly tokenEndsAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null }>, readonly taskCounts: ReadonlyArray<{ readonly system: AccountSystem, readonly status: TaskStatus, readonly count: number }>, readonly oldestReady: { readonly taskId: string, readonly system: AccountSystem, readonly since: string, readonly ageSeconds: number } | null, readonly failures: ReadonlyArray<{ readonly system: AccountSystem | null, readonly code: string, readonly message: string, readonly fixBy: FixBy, readonly whatToDo: string, readonly tasks: number, readonly people: number, readonly requests: number, readonly retrying: number, readonly firstAt: string, readonly lastAt: string }>, readonly deadLetters: ReadonlyArray<{ readonly queue: string, readonly count: number }>, readonly awaitingConfirmation: ReadonlyArray<{ readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> }>, readonly lastHrSync: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null } };

export type ActivityQueryVariables = Exact<{
  hours: number;
}>;


export type ActivityQuery = { readonly activity: ReadonlyArray<{ readonly hour: string, readonly system: AccountSystem, readonly created: number, readonly ended: number, readonly done: number, readonly retried: number, readonly failed: number }> };

export type PersonQueryVariables = Exact<{
  employeeNumber: string;
}>;


export type PersonQuery = { readonly person: { readonly employeeNumber: string, readonly fullName: string, readonly personType: string, readonly employeeStatus: string, readonly emailAddress: string | null, readonly phoneNumber: string | null, readonly departmentCode: string | null, readonly source: PersonSource, readonly accounts: ReadonlyArray<{ readonly system: AccountSystem, readonly identifier: string | null, readonly state: AccountState, readonly origin: AccountOrigin | null, readonly createdAt: string, readonly updatedAt: string }>, readonly tasks: { readonly nodes: ReadonlyArray<{ readonly taskId: string, readonly system: AccountSystem, readonly status: TaskStatus, readonly statusDisplay: string, readonly explanation: string | null, readonly accountIdentifier: string | null, readonly attemptCount: number, readonly maxAttempts: number, readonly nextAttemptAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly completedAt: string | null, readonly lastError: { readonly code: string, readonly message: string, readonly retryable: boolean, readonly fixBy: FixBy } | null, readonly person: { readonly employeeNumber: string, readonly fullName: string } | null }> }, readonly requestItems: { readonly nodes: ReadonlyArray<{ readonly status: RequestItemStatus, readonly statusDisplay: string, readonly explanation: string | null, readonly createdAt: string, readonly request: { readonly requestId: string, readonly originSystem: string, readonly businessKey: string, readonly status: RequestStatus, readonly statusDisplay: string } }> } } | null };

export type PeopleQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: PersonFilter | null | undefined;
}>;


export type PeopleQuery = { readonly people: { readonly nodes: ReadonlyArray<{ readonly employeeNumber: string, readonly fullName: string, readonly personType: string, readonly employeeStatus: string, readonly emailAddress: string | null, readonly departmentCode: string | null, readonly source: PersonSource, readonly accounts: ReadonlyArray<{ readonly system: AccountSystem, readonly identifier: string | null, readonly state: AccountState }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type PersonTimelineQueryVariables = Exact<{
  employeeNumber: string;
  first: number;
  after?: string | null | undefined;
}>;


export type PersonTimelineQuery = { readonly person: { readonly timeline: { readonly nodes: ReadonlyArray<{ readonly at: string, readonly kind: PersonEventKind, readonly system: AccountSystem | null, readonly outcome: string | null, readonly errorCode: string | null, readonly text: string, readonly requestId: string | null, readonly taskId: string | null, readonly runId: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type WhyNotQueryVariables = Exact<{
  employeeNumber: string;
  system: AccountSystem;
}>;


export type WhyNotQuery = { readonly whyNot: { readonly employeeNumber: string, readonly system: AccountSystem, readonly state: AccountAnswer, readonly code: string, readonly explanation: string, readonly whatToDo: string, readonly fixBy: FixBy, readonly setting: string | null, readonly account: { readonly state: AccountState, readonly identifier: string | null, readonly origin: AccountOrigin | null } | null, readonly task: { readonly taskId: string, readonly status: TaskStatus, readonly statusDisplay: string } | null, readonly request: { readonly requestId: string, readonly status: RequestStatus, readonly statusDisplay: string } | null, readonly run: { readonly runId: string, readonly kind: RunKind, readonly status: RunStatus } | null } };

export type ExportPersonMutationVariables = Exact<{
  input: ExportPersonInput;
}>;


export type ExportPersonMutation = { readonly exportPerson: { readonly document: unknown, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type ErasePersonMutationVariables = Exact<{
  input: ErasePersonInput;
}>;


export type ErasePersonMutation = { readonly erasePerson: { readonly mode: RunMode, readonly counts: ReadonlyArray<{ readonly table: string, readonly rows: number }>, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type PoisonMessagesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  queue?: string | null | undefined;
}>;


export type PoisonMessagesQuery = { readonly poisonMessages: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly queue: string, readonly at: string, readonly tries: number, readonly readable: boolean, readonly error: string | null, readonly payload: unknown }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type RedrivePoisonMessagesMutationVariables = Exact<{
  input: RedrivePoisonMessagesInput;
}>;


export type RedrivePoisonMessagesMutation = { readonly redrivePoisonMessages: { readonly redriven: number, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type DiscardPoisonMessagesMutationVariables = Exact<{
  input: DiscardPoisonMessagesInput;
}>;


export type DiscardPoisonMessagesMutation = { readonly discardPoisonMessages: { readonly discarded: number, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type RequestFieldsFragment = { readonly requestId: string, readonly originSystem: string, readonly businessKey: string, readonly accountType: string, readonly employeeType: string, readonly systemList: ReadonlyArray<AccountSystem>, readonly priority: Priority, readonly status: RequestStatus, readonly statusDisplay: string, readonly explanation: string | null, readonly totalUsers: number, readonly processedUsers: number, readonly completedUsers: number, readonly failedUsers: number, readonly rejectedUsers: number, readonly progress: number, readonly round: number, readonly createdBy: string, readonly createdAt: string, readonly updatedAt: string, readonly completedAt: string | null, readonly errorSummary: ReadonlyArray<{ readonly system: AccountSystem | null, readonly code: string, readonly message: string, readonly count: number, readonly fixBy: FixBy }> };

export type UserErrorFieldsFragment = { readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null };

export type CreateAccountsMutationVariables = Exact<{
  input: CreateAccountsInput;
}>;


export type CreateAccountsMutation = { readonly createAccounts: { readonly replayed: boolean, readonly requeuedTasks: number, readonly userErrorCount: number, readonly existingRequestId: string | null, readonly request: { readonly requestId: string, readonly originSystem: string, readonly businessKey: string, readonly accountType: string, readonly employeeType: string, readonly systemList: ReadonlyArray<AccountSystem>, readonly priority: Priority, readonly status: RequestStatus, readonly statusDisplay: string, readonly explanation: string | null, readonly totalUsers: number, readonly processedUsers: number, readonly completedUsers: number, readonly failedUsers: number, readonly rejectedUsers: number, readonly progress: number, readonly round: number, readonly createdBy: string, readonly createdAt: string, readonly updatedAt: string, readonly completedAt: string | null, readonly errorSummary: ReadonlyArray<{ readonly system: AccountSystem | null, readonly code: string, readonly message: string, readonly count: number, readonly fixBy: FixBy }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type PreviewAccountsMutationVariables = Exact<{
  input: CreateAccountsInput;
}>;


export type PreviewAccountsMutation = { readonly createAccounts: { readonly replayed: boolean, readonly existingRequestId: string | null, readonly warningCount: number, readonly userErrorCount: number, readonly preview: ReadonlyArray<{ readonly position: number, readonly employeeNumber: string, readonly username: string | null, readonly emailAddress: string | null, readonly missingSystems: ReadonlyArray<AccountSystem>, readonly knownPerson: { readonly employeeNumber: string, readonly fullName: string, readonly source: PersonSource } | null }>, readonly warnings: ReadonlyArray<{ readonly code: AccountWarningCode, readonly message: string, readonly path: ReadonlyArray<string>, readonly employeeNumber: string | null }>, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type RequestQueryVariables = Exact<{
  requestId: string;
}>;


export type RequestQuery = { readonly request: { readonly requestId: string, readonly originSystem: string, readonly businessKey: string, readonly accountType: string, readonly employeeType: string, readonly systemList: ReadonlyArray<AccountSystem>, readonly priority: Priority, readonly status: RequestStatus, readonly statusDisplay: string, readonly explanation: string | null, readonly totalUsers: number, readonly processedUsers: number, readonly completedUsers: number, readonly failedUsers: number, readonly rejectedUsers: number, readonly progress: number, readonly round: number, readonly createdBy: string, readonly createdAt: string, readonly updatedAt: string, readonly completedAt: string | null, readonly errorSummary: ReadonlyArray<{ readonly system: AccountSystem | null, readonly code: string, readonly message: string, readonly count: number, readonly fixBy: FixBy }> } | null };

export type RequestsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: RequestFilter | null | undefined;
}>;


export type RequestsQuery = { readonly requests: { readonly nodes: ReadonlyArray<{ readonly requestId: string, readonly originSystem: string, readonly businessKey: string, readonly accountType: string, readonly employeeType: string, readonly systemList: ReadonlyArray<AccountSystem>, readonly priority: Priority, readonly status: RequestStatus, readonly statusDisplay: string, readonly explanation: string | null, readonly totalUsers: number, readonly processedUsers: number, readonly completedUsers: number, readonly failedUsers: number, readonly rejectedUsers: number, readonly progress: number, readonly round: number, readonly createdBy: string, readonly createdAt: string, readonly updatedAt: string, readonly completedAt: string | null, readonly errorSummary: ReadonlyArray<{ readonly system: AccountSystem | null, readonly code: string, readonly message: string, readonly count: number, readonly fixBy: FixBy }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type RequestItemsQueryVariables = Exact<{
  requestId: string;
  first: number;
  after?: string | null | undefined;
  status?: ReadonlyArray<RequestItemStatus> | RequestItemStatus | null | undefined;
  errorCode?: ReadonlyArray<string> | string | null | undefined;
}>;


export type RequestItemsQuery = { readonly request: { readonly items: { readonly nodes: ReadonlyArray<{ readonly position: number, readonly employeeNumber: string, readonly employeeName: string, readonly departmentCode: string, readonly phoneNumber: string, readonly partnerCompany: string | null, readonly country: string, readonly status: RequestItemStatus, readonly statusDisplay: string, readonly explanation: string | null, readonly error: { readonly code: string, readonly message: string, readonly retryable: boolean, readonly fixBy: FixBy } | null, readonly person: { readonly emailAddress: string | null, readonly accounts: ReadonlyArray<{ readonly system: AccountSystem, readonly state: AccountState, readonly identifier: string | null }> } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type RetryRequestMutationVariables = Exact<{
  input: RetryRequestInput;
}>;


export type RetryRequestMutation = { readonly retryRequest: { readonly requeuedTasks: number, readonly request: { readonly requestId: string, readonly originSystem: string, readonly businessKey: string, readonly accountType: string, readonly employeeType: string, readonly systemList: ReadonlyArray<AccountSystem>, readonly priority: Priority, readonly status: RequestStatus, readonly statusDisplay: string, readonly explanation: string | null, readonly totalUsers: number, readonly processedUsers: number, readonly completedUsers: number, readonly failedUsers: number, readonly rejectedUsers: number, readonly progress: number, readonly round: number, readonly createdBy: string, readonly createdAt: string, readonly updatedAt: string, readonly completedAt: string | null, readonly errorSummary: ReadonlyArray<{ readonly system: AccountSystem | null, readonly code: string, readonly message: string, readonly count: number, readonly fixBy: FixBy }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type CancelRequestMutationVariables = Exact<{
  input: CancelRequestInput;
}>;


export type CancelRequestMutation = { readonly cancelRequest: { readonly request: { readonly requestId: string, readonly originSystem: string, readonly businessKey: string, readonly accountType: string, readonly employeeType: string, readonly systemList: ReadonlyArray<AccountSystem>, readonly priority: Priority, readonly status: RequestStatus, readonly statusDisplay: string, readonly explanation: string | null, readonly totalUsers: number, readonly processedUsers: number, readonly completedUsers: number, readonly failedUsers: number, readonly rejectedUsers: number, readonly progress: number, readonly round: number, readonly createdBy: string, readonly createdAt: string, readonly updatedAt: string, readonly completedAt: string | null, readonly errorSummary: ReadonlyArray<{ readonly system: AccountSystem | null, readonly code: string, readonly message: string, readonly count: number, readonly fixBy: FixBy }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type WatchRequestSubscriptionVariables = Exact<{
  requestId: string;
}>;


export type WatchRequestSubscription = { readonly requestProgress: { readonly final: boolean, readonly percent: number, readonly round: number, readonly totalUsers: number, readonly processedUsers: number, readonly completedUsers: number, readonly failedUsers: number, readonly ratePerSecond: number | null, readonly etaSeconds: number | null, readonly changedItemCount: number, readonly taskCounts: ReadonlyArray<{ readonly system: AccountSystem, readonly status: TaskStatus, readonly count: number }>, readonly changedItems: ReadonlyArray<{ readonly position: number, readonly employeeNumber: string, readonly employeeName: string, readonly status: RequestItemStatus, readonly statusDisplay: string, readonly explanation: string | null }>, readonly request: { readonly requestId: string, readonly originSystem: string, readonly businessKey: string, readonly accountType: string, readonly employeeType: string, readonly systemList: ReadonlyArray<AccountSystem>, readonly priority: Priority, readonly status: RequestStatus, readonly statusDisplay: string, readonly explanation: string | null, readonly totalUsers: number, readonly processedUsers: number, readonly completedUsers: number, readonly failedUsers: number, readonly rejectedUsers: number, readonly progress: number, readonly round: number, readonly createdBy: string, readonly createdAt: string, readonly updatedAt: string, readonly completedAt: string | null, readonly errorSummary: ReadonlyArray<{ readonly system: AccountSystem | null, readonly code: string, readonly message: string, readonly count: number, readonly fixBy: FixBy }> } } };

export type RunFieldsFragment = { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> };

export type RunPayloadFieldsFragment = { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> };

export type RunQueryVariables = Exact<{
  runId: string;
}>;


export type RunQuery = { readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null };

export type RunsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: RunFilter | null | undefined;
}>;


export type RunsQuery = { readonly runs: { readonly nodes: ReadonlyArray<{ readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type RunItemsQueryVariables = Exact<{
  runId: string;
  first: number;
  after?: string | null | undefined;
  outcome?: ReadonlyArray<RunItemOutcome> | RunItemOutcome | null | undefined;
}>;


export type RunItemsQuery = { readonly run: { readonly items: { readonly nodes: ReadonlyArray<{ readonly key: string, readonly outcome: RunItemOutcome, readonly errorCode: string | null, readonly message: string | null, readonly details: unknown }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type WatchRunSubscriptionVariables = Exact<{
  runId: string;
}>;


export type WatchRunSubscription = { readonly runProgress: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } };

export type SyncHrMutationVariables = Exact<{
  input: SyncHrInput;
}>;


export type SyncHrMutation = { readonly syncHr: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type ImportFirstSystemMutationVariables = Exact<{
  input: ImportFirstSystemInput;
}>;


export type ImportFirstSystemMutation = { readonly importFirstSystem: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type DisableLeaversMutationVariables = Exact<{
  input: DisableLeaversInput;
}>;


export type DisableLeaversMutation = { readonly disableLeavers: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type CancelRunMutationVariables = Exact<{
  input: CancelRunInput;
}>;


export type CancelRunMutation = { readonly cancelRun: { readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type ConfirmRunMutationVariables = Exact<{
  input: ConfirmRunInput;
}>;


export type ConfirmRunMutation = { readonly confirmRun: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type RejectRunMutationVariables = Exact<{
  input: RejectRunInput;
}>;


export type RejectRunMutation = { readonly rejectRun: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type ResumeRunMutationVariables = Exact<{
  input: ResumeRunInput;
}>;


export type ResumeRunMutation = { readonly resumeRun: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type RetryFailedItemsMutationVariables = Exact<{
  input: RetryFailedItemsInput;
}>;


export type RetryFailedItemsMutation = { readonly retryFailedItems: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type SchedulesQueryVariables = Exact<{ [key: string]: never; }>;


export type SchedulesQuery = { readonly schedules: ReadonlyArray<{ readonly name: string, readonly kind: RunKind, readonly enabled: boolean, readonly intervalMinutes: number, readonly lastFiredAt: string | null, readonly nextFiringAt: string | null }> };

export type SyncStatusQueryVariables = Exact<{
  kind?: ReadonlyArray<RunKind> | RunKind | null | undefined;
}>;


export type SyncStatusQuery = { readonly syncStatus: ReadonlyArray<{ readonly kind: RunKind, readonly configured: boolean, readonly enabled: boolean, readonly intervalMinutes: number | null, readonly nextFiringAt: string | null, readonly watermark: string | null, readonly lastRun: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly lastSuccessfulRun: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly runningRun: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly awaitingConfirmation: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null }> };

export type CreateAccountTasksMutationVariables = Exact<{
  input: CreateAccountTasksInput;
}>;


export type CreateAccountTasksMutation = { readonly createAccountTasks: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type ProcessAccountTasksMutationVariables = Exact<{
  input: ProcessAccountTasksInput;
}>;


export type ProcessAccountTasksMutation = { readonly processAccountTasks: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type AdoptAccountsMutationVariables = Exact<{
  input: AdoptAccountsInput;
}>;


export type AdoptAccountsMutation = { readonly adoptAccounts: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type VerifyAccountsMutationVariables = Exact<{
  input: VerifyAccountsInput;
}>;


export type VerifyAccountsMutation = { readonly verifyAccounts: { readonly joined: boolean, readonly run: { readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly confirmedBy: string | null, readonly rejectedBy: string | null, readonly rejectionReason: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type RotateSecretsMutationVariables = Exact<{ [key: string]: never; }>;


export type RotateSecretsMutation = { readonly rotateSecrets: { readonly keyId: string | null, readonly renewed: number, readonly counts: ReadonlyArray<{ readonly keyId: string | null, readonly count: number, readonly readable: boolean }>, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type SettingsQueryVariables = Exact<{
  keys?: ReadonlyArray<string> | string | null | undefined;
}>;


export type SettingsQuery = { readonly settings: ReadonlyArray<{ readonly key: string, readonly value: unknown, readonly defaultValue: unknown, readonly description: string, readonly version: number, readonly updatedAt: string | null, readonly updatedBy: string | null }> };

export type SettingChangesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  key?: string | null | undefined;
}>;


export type SettingChangesQuery = { readonly settingChanges: { readonly nodes: ReadonlyArray<{ readonly key: string, readonly oldValue: unknown, readonly newValue: unknown, readonly changedBy: string, readonly changedAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type UpdateSettingMutationVariables = Exact<{
  input: UpdateSettingInput;
}>;


export type UpdateSettingMutation = { readonly updateSetting: { readonly setting: { readonly key: string, readonly value: unknown, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type UpsertDepartmentMappingsMutationVariables = Exact<{
  input: UpsertDepartmentMappingsInput;
}>;


export type UpsertDepartmentMappingsMutation = { readonly upsertDepartmentMappings: { readonly created: number, readonly updated: number, readonly unchanged: number, readonly releasedTasks: number, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type SystemCheckFieldsFragment = { readonly checkedAt: string, readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly detail: string | null, readonly host: string, readonly tokenEndsAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null };

export type SystemFieldsFragment = { readonly code: string, readonly facet: UpstreamFacet, readonly system: AccountSystem | null, readonly displayName: string, readonly configured: boolean | null, readonly enabled: boolean, readonly sandboxed: boolean | null, readonly explanation: string | null, readonly lastSuccessAt: string | null, readonly throttledUntil: string | null, readonly ratePerSecond: number, readonly maxConcurrency: number | null, readonly circuit: { readonly state: CircuitState }, readonly paused: { readonly until: string | null, readonly reason: string } | null, readonly lastError: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null, readonly lastCheck: { readonly checkedAt: string, readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly detail: string | null, readonly host: string, readonly tokenEndsAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null };

export type SystemsQueryVariables = Exact<{ [key: string]: never; }>;


export type SystemsQuery = { readonly systems: ReadonlyArray<{ readonly code: string, readonly facet: UpstreamFacet, readonly system: AccountSystem | null, readonly displayName: string, readonly configured: boolean | null, readonly enabled: boolean, readonly sandboxed: boolean | null, readonly explanation: string | null, readonly lastSuccessAt: string | null, readonly throttledUntil: string | null, readonly ratePerSecond: number, readonly maxConcurrency: number | null, readonly circuit: { readonly state: CircuitState }, readonly paused: { readonly until: string | null, readonly reason: string } | null, readonly lastError: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null, readonly lastCheck: { readonly checkedAt: string, readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly detail: string | null, readonly host: string, readonly tokenEndsAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null }> };

export type CheckSystemMutationVariables = Exact<{
  input: CheckSystemInput;
}>;


export type CheckSystemMutation = { readonly checkSystem: { readonly check: { readonly checkedAt: string, readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly detail: string | null, readonly host: string, readonly tokenEndsAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null, readonly system: { readonly code: string, readonly facet: UpstreamFacet, readonly system: AccountSystem | null, readonly displayName: string, readonly configured: boolean | null, readonly enabled: boolean, readonly sandboxed: boolean | null, readonly explanation: string | null, readonly lastSuccessAt: string | null, readonly throttledUntil: string | null, readonly ratePerSecond: number, readonly maxConcurrency: number | null, readonly circuit: { readonly state: CircuitState }, readonly paused: { readonly until: string | null, readonly reason: string } | null, readonly lastError: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null, readonly lastCheck: { readonly checkedAt: string, readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly detail: string | null, readonly host: string, readonly tokenEndsAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null }, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type CheckUpstreamMutationVariables = Exact<{
  input: CheckUpstreamInput;
}>;


export type CheckUpstreamMutation = { readonly checkUpstream: { readonly check: { readonly checkedAt: string, readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly detail: string | null, readonly host: string, readonly tokenEndsAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null, readonly system: { readonly code: string, readonly facet: UpstreamFacet, readonly system: AccountSystem | null, readonly displayName: string, readonly configured: boolean | null, readonly enabled: boolean, readonly sandboxed: boolean | null, readonly explanation: string | null, readonly lastSuccessAt: string | null, readonly throttledUntil: string | null, readonly ratePerSecond: number, readonly maxConcurrency: number | null, readonly circuit: { readonly state: CircuitState }, readonly paused: { readonly until: string | null, readonly reason: string } | null, readonly lastError: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null, readonly lastCheck: { readonly checkedAt: string, readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly detail: string | null, readonly host: string, readonly tokenEndsAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null }, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type CheckCalendarSystemMutationVariables = Exact<{ [key: string]: never; }>;


export type CheckCalendarSystemMutation = { readonly checkCalendarSystem: { readonly check: { readonly checkedAt: string, readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly detail: string | null, readonly host: string, readonly tokenEndsAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null, readonly system: { readonly code: string, readonly facet: UpstreamFacet, readonly system: AccountSystem | null, readonly displayName: string, readonly configured: boolean | null, readonly enabled: boolean, readonly sandboxed: boolean | null, readonly explanation: string | null, readonly lastSuccessAt: string | null, readonly throttledUntil: string | null, readonly ratePerSecond: number, readonly maxConcurrency: number | null, readonly circuit: { readonly state: CircuitState }, readonly paused: { readonly until: string | null, readonly reason: string } | null, readonly lastError: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null, readonly lastCheck: { readonly checkedAt: string, readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly detail: string | null, readonly host: string, readonly tokenEndsAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null }, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type CheckTimetableSourceMutationVariables = Exact<{ [key: string]: never; }>;


export type CheckTimetableSourceMutation = { readonly checkTimetableSource: { readonly check: { readonly checkedAt: string, readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly detail: string | null, readonly host: string, readonly tokenEndsAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null, readonly system: { readonly code: string, readonly facet: UpstreamFacet, readonly system: AccountSystem | null, readonly displayName: string, readonly configured: boolean | null, readonly enabled: boolean, readonly sandboxed: boolean | null, readonly explanation: string | null, readonly lastSuccessAt: string | null, readonly throttledUntil: string | null, readonly ratePerSecond: number, readonly maxConcurrency: number | null, readonly circuit: { readonly state: CircuitState }, readonly paused: { readonly until: string | null, readonly reason: string } | null, readonly lastError: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null, readonly lastCheck: { readonly checkedAt: string, readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly detail: string | null, readonly host: string, readonly tokenEndsAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null }, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type ConnectionsQueryVariables = Exact<{ [key: string]: never; }>;


export type ConnectionsQuery = { readonly processes: ReadonlyArray<{ readonly role: ProcessRole, readonly version: string, readonly host: string, readonly pid: number, readonly startedAt: string, readonly lastSeenAt: string, readonly isAlive: boolean }>, readonly connections: ReadonlyArray<{ readonly code: string, readonly displayName: string, readonly sandboxed: boolean, readonly address: string | null, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string | null }> }> };

export type TaskFieldsFragment = { readonly taskId: string, readonly system: AccountSystem, readonly status: TaskStatus, readonly statusDisplay: string, readonly explanation: string | null, readonly accountIdentifier: string | null, readonly attemptCount: number, readonly maxAttempts: number, readonly nextAttemptAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly completedAt: string | null, readonly lastError: { readonly code: string, readonly message: string, readonly retryable: boolean, readonly fixBy: FixBy } | null, readonly person: { readonly employeeNumber: string, readonly fullName: string } | null };

export type TaskQueryVariables = Exact<{
  taskId: string;
}>;


export type TaskQuery = { readonly task: { readonly taskId: string, readonly system: AccountSystem, readonly status: TaskStatus, readonly statusDisplay: string, readonly explanation: string | null, readonly accountIdentifier: string | null, readonly attemptCount: number, readonly maxAttempts: number, readonly nextAttemptAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly completedAt: string | null, readonly attempts: ReadonlyArray<{ readonly executionAttempt: number, readonly outcome: AttemptOutcome | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly startedAt: string, readonly finishedAt: string | null }>, readonly lastError: { readonly code: string, readonly message: string, readonly retryable: boolean, readonly fixBy: FixBy } | null, readonly person: { readonly employeeNumber: string, readonly fullName: string } | null } | null };

export type TasksQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: TaskFilter | null | undefined;
}>;


export type TasksQuery = { readonly tasks: { readonly nodes: ReadonlyArray<{ readonly taskId: string, readonly system: AccountSystem, readonly status: TaskStatus, readonly statusDisplay: string, readonly explanation: string | null, readonly accountIdentifier: string | null, readonly attemptCount: number, readonly maxAttempts: number, readonly nextAttemptAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly completedAt: string | null, readonly lastError: { readonly code: string, readonly message: string, readonly retryable: boolean, readonly fixBy: FixBy } | null, readonly person: { readonly employeeNumber: string, readonly fullName: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type RetryTaskMutationVariables = Exact<{
  input: RetryTaskInput;
}>;


export type RetryTaskMutation = { readonly retryTask: { readonly task: { readonly taskId: string, readonly system: AccountSystem, readonly status: TaskStatus, readonly statusDisplay: string, readonly explanation: string | null, readonly accountIdentifier: string | null, readonly attemptCount: number, readonly maxAttempts: number, readonly nextAttemptAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly completedAt: string | null, readonly lastError: { readonly code: string, readonly message: string, readonly retryable: boolean, readonly fixBy: FixBy } | null, readonly person: { readonly employeeNumber: string, readonly fullName: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type ResolveTaskMutationVariables = Exact<{
  input: ResolveTaskInput;
}>;


export type ResolveTaskMutation = { readonly resolveTask: { readonly task: { readonly taskId: string, readonly system: AccountSystem, readonly status: TaskStatus, readonly statusDisplay: string, readonly explanation: string | null, readonly accountIdentifier: string | null, readonly attemptCount: number, readonly maxAttempts: number, readonly nextAttemptAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly completedAt: string | null, readonly lastError: { readonly code: string, readonly message: string, readonly retryable: boolean, readonly fixBy: FixBy } | null, readonly person: { readonly employeeNumber: string, readonly fullName: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type StatisticsQueryVariables = Exact<{ [key: string]: never; }>;


export type StatisticsQuery = { readonly taskStats: ReadonlyArray<{ readonly system: AccountSystem, readonly total: number, readonly counts: ReadonlyArray<{ readonly status: TaskStatus, readonly count: number }> }>, readonly requestCounts: ReadonlyArray<{ readonly status: RequestStatus, readonly count: number }> };

export type RetryTasksMutationVariables = Exact<{
  input: RetryTasksInput;
}>;


export type RetryTasksMutation = { readonly retryTasks: { readonly matched: number, readonly requeuedTasks: number, readonly remaining: number, readonly people: number, readonly requests: number, readonly groups: ReadonlyArray<{ readonly system: AccountSystem, readonly code: string | null, readonly count: number }>, readonly tasks: ReadonlyArray<{ readonly taskId: string, readonly system: AccountSystem, readonly status: TaskStatus, readonly statusDisplay: string }>, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type CancelTasksMutationVariables = Exact<{
  input: CancelTasksInput;
}>;


export type CancelTasksMutation = { readonly cancelTasks: { readonly matched: number, readonly cancelledTasks: number, readonly remaining: number, readonly people: number, readonly requests: number, readonly groups: ReadonlyArray<{ readonly system: AccountSystem, readonly code: string | null, readonly count: number }>, readonly tasks: ReadonlyArray<{ readonly taskId: string, readonly system: AccountSystem, readonly status: TaskStatus, readonly statusDisplay: string }>, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type DismissTasksMutationVariables = Exact<{
  input: DismissTasksInput;
}>;


export type DismissTasksMutation = { readonly dismissTasks: { readonly matched: number, readonly dismissedTasks: number, readonly dismissedItems: number, readonly remaining: number, readonly groups: ReadonlyArray<{ readonly system: AccountSystem, readonly code: string | null, readonly count: number }>, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type AttemptsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: TaskAttemptFilter | null | undefined;
}>;


export type AttemptsQuery = { readonly attempts: { readonly nodes: ReadonlyArray<{ readonly executionAttempt: number, readonly outcome: AttemptOutcome | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly task: { readonly taskId: string, readonly system: AccountSystem } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

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
export const ApiKeyFieldsFragmentDoc = new TypedDocumentString(`
    fragment ApiKeyFields on ApiKey {
  id
  name
  prefix
  principal
  scopes
  originSystems
  state
  createdAt
  createdBy
  lastUsedAt
  expiresAt
  revokedAt
}
    `, {"fragmentName":"ApiKeyFields"}) as unknown as TypedDocumentString<ApiKeyFieldsFragment, unknown>;
export const RunFieldsFragmentDoc = new TypedDocumentString(`
    fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
    `, {"fragmentName":"RunFields"}) as unknown as TypedDocumentString<RunFieldsFragment, unknown>;
export const TermFieldsFragmentDoc = new TypedDocumentString(`
    fragment TermFields on Term {
  code
  status
  blockPolicy
  lessonCount
  blockCount
  calendarCounts {
    state
    count
  }
  eventCounts {
    state
    count
  }
  memberCounts {
    state
    count
  }
  lastFullSync {
    ...RunFields
  }
  lastIncrementalSync {
    ...RunFields
  }
  liveRun {
    ...RunFields
  }
}
    fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}`, {"fragmentName":"TermFields"}) as unknown as TypedDocumentString<TermFieldsFragment, unknown>;
export const CoverageFieldsFragmentDoc = new TypedDocumentString(`
    fragment CoverageFields on CategoryCoverage {
  category
  scope
  status
  message
  grant
}
    `, {"fragmentName":"CoverageFields"}) as unknown as TypedDocumentString<CoverageFieldsFragment, unknown>;
export const DatabaseErrorFieldsFragmentDoc = new TypedDocumentString(`
    fragment DatabaseErrorFields on DatabaseError {
  code
  message
  retryable
  fixBy
  sqlState
  vendorCode
  phase
}
    `, {"fragmentName":"DatabaseErrorFields"}) as unknown as TypedDocumentString<DatabaseErrorFieldsFragment, unknown>;
export const DatabaseInstanceFieldsFragmentDoc = new TypedDocumentString(`
    fragment DatabaseInstanceFields on DatabaseInstance {
  name
  engine
  product
  version
  host
  port
  database
  username
  tls
  state
  tags
  accountCount
  lastSuccessAt
  explanation
  lastSync {
    status
    finishedAt
    error {
      ...DatabaseErrorFields
    }
  }
}
    fragment DatabaseErrorFields on DatabaseError {
  code
  message
  retryable
  fixBy
  sqlState
  vendorCode
  phase
}`, {"fragmentName":"DatabaseInstanceFields"}) as unknown as TypedDocumentString<DatabaseInstanceFieldsFragment, unknown>;
export const DatabaseRightFieldsFragmentDoc = new TypedDocumentString(`
    fragment DatabaseRightFields on DatabasePermission {
  category
  scope
  object
  privilege
  state
  grantable
  via
  account {
    displayName
  }
}
    `, {"fragmentName":"DatabaseRightFields"}) as unknown as TypedDocumentString<DatabaseRightFieldsFragment, unknown>;
export const WebhookFieldsFragmentDoc = new TypedDocumentString(`
    fragment WebhookFields on Webhook {
  id
  url
  events
  isActive
  description
  createdBy
  updatedAt
}
    `, {"fragmentName":"WebhookFields"}) as unknown as TypedDocumentString<WebhookFieldsFragment, unknown>;
export const DeliveryFieldsFragmentDoc = new TypedDocumentString(`
    fragment DeliveryFields on WebhookDelivery {
  id
  eventId
  type
  channel
  target
  status
  attempts
  occurredAt
  nextAttemptAt
  deliveredAt
  errorCode
  errorMessage
}
    `, {"fragmentName":"DeliveryFields"}) as unknown as TypedDocumentString<DeliveryFieldsFragment, unknown>;
export const RequestFieldsFragmentDoc = new TypedDocumentString(`
    fragment RequestFields on AccountRequest {
  requestId
  originSystem
  businessKey
  accountType
  employeeType
  systemList
  priority
  status
  statusDisplay
  explanation
  totalUsers
  processedUsers
  completedUsers
  failedUsers
  rejectedUsers
  progress
  round
  errorSummary {
    system
    code
    message
    count
    fixBy
  }
  createdBy
  createdAt
  updatedAt
  completedAt
}
    `, {"fragmentName":"RequestFields"}) as unknown as TypedDocumentString<RequestFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = new TypedDocumentString(`
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
    `, {"fragmentName":"UserErrorFields"}) as unknown as TypedDocumentString<UserErrorFieldsFragment, unknown>;
export const RunPayloadFieldsFragmentDoc = new TypedDocumentString(`
    fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}`, {"fragmentName":"RunPayloadFields"}) as unknown as TypedDocumentString<RunPayloadFieldsFragment, unknown>;
export const SystemCheckFieldsFragmentDoc = new TypedDocumentString(`
    fragment SystemCheckFields on SystemCheck {
  checkedAt
  reachable
  credentialsAccepted
  latencyMs
  detail
  host
  tokenEndsAt
  error {
    code
    message
    fixBy
  }
}
    `, {"fragmentName":"SystemCheckFields"}) as unknown as TypedDocumentString<SystemCheckFieldsFragment, unknown>;
export const SystemFieldsFragmentDoc = new TypedDocumentString(`
    fragment SystemFields on UpstreamSystem {
  code
  facet
  system
  displayName
  configured
  enabled
  sandboxed
  explanation
  lastSuccessAt
  throttledUntil
  ratePerSecond
  maxConcurrency
  circuit {
    state
  }
  paused {
    until
    reason
  }
  lastError {
    code
    message
    fixBy
  }
  lastCheck {
    ...SystemCheckFields
  }
}
    fragment SystemCheckFields on SystemCheck {
  checkedAt
  reachable
  credentialsAccepted
  latencyMs
  detail
  host
  tokenEndsAt
  error {
    code
    message
    fixBy
  }
}`, {"fragmentName":"SystemFields"}) as unknown as TypedDocumentString<SystemFieldsFragment, unknown>;
export const TaskFieldsFragmentDoc = new TypedDocumentString(`
    fragment TaskFields on AccountTask {
  taskId
  system
  status
  statusDisplay
  explanation
  accountIdentifier
  attemptCount
  maxAttempts
  nextAttemptAt
  lastError {
    code
    message
    retryable
    fixBy
  }
  createdAt
  updatedAt
  completedAt
  person {
    employeeNumber
    fullName
  }
}
    `, {"fragmentName":"TaskFields"}) as unknown as TypedDocumentString<TaskFieldsFragment, unknown>;
export const ApiKeysDocument = new TypedDocumentString(`
    query ApiKeys($first: Int!, $after: String) {
  apiKeys(first: $first, after: $after) {
    nodes {
      ...ApiKeyFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ApiKeyFields on ApiKey {
  id
  name
  prefix
  principal
  scopes
  originSystems
  state
  createdAt
  createdBy
  lastUsedAt
  expiresAt
  revokedAt
}`) as unknown as TypedDocumentString<ApiKeysQuery, ApiKeysQueryVariables>;
export const CreateApiKeyDocument = new TypedDocumentString(`
    mutation CreateApiKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    apiKey {
      ...ApiKeyFields
    }
    secret
    notice
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment ApiKeyFields on ApiKey {
  id
  name
  prefix
  principal
  scopes
  originSystems
  state
  createdAt
  createdBy
  lastUsedAt
  expiresAt
  revokedAt
}
fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<CreateApiKeyMutation, CreateApiKeyMutationVariables>;
export const RotateApiKeyDocument = new TypedDocumentString(`
    mutation RotateApiKey($input: RotateApiKeyInput!) {
  rotateApiKey(input: $input) {
    apiKey {
      ...ApiKeyFields
    }
    previous {
      ...ApiKeyFields
    }
    secret
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment ApiKeyFields on ApiKey {
  id
  name
  prefix
  principal
  scopes
  originSystems
  state
  createdAt
  createdBy
  lastUsedAt
  expiresAt
  revokedAt
}
fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<RotateApiKeyMutation, RotateApiKeyMutationVariables>;
export const RevokeApiKeyDocument = new TypedDocumentString(`
    mutation RevokeApiKey($input: RevokeApiKeyInput!) {
  revokeApiKey(input: $input) {
    apiKey {
      ...ApiKeyFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment ApiKeyFields on ApiKey {
  id
  name
  prefix
  principal
  scopes
  originSystems
  state
  createdAt
  createdBy
  lastUsedAt
  expiresAt
  revokedAt
}
fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>;
export const CreateWatchTokenDocument = new TypedDocumentString(`
    mutation CreateWatchToken($input: CreateWatchTokenInput!) {
  createWatchToken(input: $input) {
    token
    expiresAt
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<CreateWatchTokenMutation, CreateWatchTokenMutationVariables>;
export const AuditEntriesDocument = new TypedDocumentString(`
    query AuditEntries($filter: AuditEntryFilter, $first: Int!, $after: String) {
  auditEntries(filter: $filter, first: $first, after: $after) {
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      entryId
      at
      actor
      action
      subjectKind
      subjectId
      before
      after
      correlationId
      sealed
    }
  }
}
    `) as unknown as TypedDocumentString<AuditEntriesQuery, AuditEntriesQueryVariables>;
export const VerifyAuditDocument = new TypedDocumentString(`
    query VerifyAudit($after: String, $head: String) {
  verifyAudit(after: $after, head: $head) {
    seals
    entries
    upTo
    complete
    problem {
      kind
      seal
      entry
      message
    }
    head
    headFound
    unsealed
  }
}
    `) as unknown as TypedDocumentString<VerifyAuditQuery, VerifyAuditQueryVariables>;
export const TermsDocument = new TypedDocumentString(`
    query Terms {
  terms {
    ...TermFields
  }
}
    fragment TermFields on Term {
  code
  status
  blockPolicy
  lessonCount
  blockCount
  calendarCounts {
    state
    count
  }
  eventCounts {
    state
    count
  }
  memberCounts {
    state
    count
  }
  lastFullSync {
    ...RunFields
  }
  lastIncrementalSync {
    ...RunFields
  }
  liveRun {
    ...RunFields
  }
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}`) as unknown as TypedDocumentString<TermsQuery, TermsQueryVariables>;
export const OpenFindingsDocument = new TypedDocumentString(`
    query OpenFindings($term: String!) {
  calendarFindings(term: $term, open: true, first: 1) {
    totalCount
  }
}
    `) as unknown as TypedDocumentString<OpenFindingsQuery, OpenFindingsQueryVariables>;
export const CalendarConflictsDocument = new TypedDocumentString(`
    query CalendarConflicts($term: String!, $kind: [ConflictKind!], $first: Int!, $after: String) {
  calendarConflicts(term: $term, kind: $kind, first: $first, after: $after) {
    nodes {
      kind
      subject
      date
      startsAt
      endsAt
      students
      blocks {
        offering
        courseName
        rooms
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<CalendarConflictsQuery, CalendarConflictsQueryVariables>;
export const CalendarFindingsDocument = new TypedDocumentString(`
    query CalendarFindings($term: String!, $open: Boolean, $first: Int!, $after: String) {
  calendarFindings(term: $term, open: $open, first: $first, after: $after) {
    nodes {
      kind
      subject
      message
      foundAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<CalendarFindingsQuery, CalendarFindingsQueryVariables>;
export const RunReportDocument = new TypedDocumentString(`
    query RunReport($runId: String!, $format: ReportFormat!) {
  run(runId: $runId) {
    report(format: $format)
  }
}
    `) as unknown as TypedDocumentString<RunReportQuery, RunReportQueryVariables>;
export const StartCalendarSyncDocument = new TypedDocumentString(`
    mutation StartCalendarSync($input: StartCalendarSyncInput!) {
  startCalendarSync(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<StartCalendarSyncMutation, StartCalendarSyncMutationVariables>;
export const ReconcileCalendarsDocument = new TypedDocumentString(`
    mutation ReconcileCalendars($input: ReconcileCalendarsInput!) {
  reconcileCalendars(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<ReconcileCalendarsMutation, ReconcileCalendarsMutationVariables>;
export const RestoreCalendarUserDocument = new TypedDocumentString(`
    mutation RestoreCalendarUser($input: RestoreCalendarUserInput!) {
  restoreCalendarUser(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<RestoreCalendarUserMutation, RestoreCalendarUserMutationVariables>;
export const DeleteTermCalendarsDocument = new TypedDocumentString(`
    mutation DeleteTermCalendars($input: DeleteTermCalendarsInput!) {
  deleteTermCalendars(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<DeleteTermCalendarsMutation, DeleteTermCalendarsMutationVariables>;
export const UpdateTermDocument = new TypedDocumentString(`
    mutation UpdateTerm($input: UpdateTermInput!) {
  updateTerm(input: $input) {
    term {
      ...TermFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment TermFields on Term {
  code
  status
  blockPolicy
  lessonCount
  blockCount
  calendarCounts {
    state
    count
  }
  eventCounts {
    state
    count
  }
  memberCounts {
    state
    count
  }
  lastFullSync {
    ...RunFields
  }
  lastIncrementalSync {
    ...RunFields
  }
  liveRun {
    ...RunFields
  }
}
fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}`) as unknown as TypedDocumentString<UpdateTermMutation, UpdateTermMutationVariables>;
export const UpdateRequestItemDocument = new TypedDocumentString(`
    mutation UpdateRequestItem($input: UpdateRequestItemInput!) {
  updateRequestItem(input: $input) {
    item {
      position
      employeeNumber
      employeeName
      departmentCode
      phoneNumber
      status
      statusDisplay
      explanation
    }
    requeuedTasks
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<UpdateRequestItemMutation, UpdateRequestItemMutationVariables>;
export const SetPersonIdentifiersDocument = new TypedDocumentString(`
    mutation SetPersonIdentifiers($input: SetPersonIdentifiersInput!) {
  setPersonIdentifiers(input: $input) {
    person {
      employeeNumber
      fullName
      emailAddress
    }
    requeuedTasks
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<SetPersonIdentifiersMutation, SetPersonIdentifiersMutationVariables>;
export const LinkAccountDocument = new TypedDocumentString(`
    mutation LinkAccount($input: LinkAccountInput!) {
  linkAccount(input: $input) {
    account {
      system
      state
      origin
      identifier
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<LinkAccountMutation, LinkAccountMutationVariables>;
export const UnlinkAccountDocument = new TypedDocumentString(`
    mutation UnlinkAccount($input: UnlinkAccountInput!) {
  unlinkAccount(input: $input) {
    account {
      system
      state
      origin
      identifier
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<UnlinkAccountMutation, UnlinkAccountMutationVariables>;
export const AcceptNamesDocument = new TypedDocumentString(`
    mutation AcceptNames($input: AcceptNamesInput!) {
  acceptNames(input: $input) {
    accepted
    requeuedTasks
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<AcceptNamesMutation, AcceptNamesMutationVariables>;
export const DatabaseInstancesDocument = new TypedDocumentString(`
    query DatabaseInstances($first: Int!, $after: String, $filter: DatabaseInstanceFilter) {
  databaseInstances(first: $first, after: $after, filter: $filter) {
    nodes {
      ...DatabaseInstanceFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment DatabaseErrorFields on DatabaseError {
  code
  message
  retryable
  fixBy
  sqlState
  vendorCode
  phase
}
fragment DatabaseInstanceFields on DatabaseInstance {
  name
  engine
  product
  version
  host
  port
  database
  username
  tls
  state
  tags
  accountCount
  lastSuccessAt
  explanation
  lastSync {
    status
    finishedAt
    error {
      ...DatabaseErrorFields
    }
  }
}`) as unknown as TypedDocumentString<DatabaseInstancesQuery, DatabaseInstancesQueryVariables>;
export const DatabaseAccountsDocument = new TypedDocumentString(`
    query DatabaseAccounts($first: Int!, $after: String, $filter: DatabaseAccountFilter) {
  databaseAccounts(first: $first, after: $after, filter: $filter) {
    nodes {
      id
      displayName
      isRole
      isSystem
      state
      locked
      lockReasons
      capabilities
      capabilityReasons
      effectiveRoles
      personMatch
      person {
        employeeNumber
      }
      classifications {
        code
      }
      instance {
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<DatabaseAccountsQuery, DatabaseAccountsQueryVariables>;
export const DatabaseAccountChangesDocument = new TypedDocumentString(`
    query DatabaseAccountChanges($first: Int!, $after: String, $filter: DatabaseAccountChangeFilter) {
  databaseAccountChanges(first: $first, after: $after, filter: $filter) {
    nodes {
      kind
      message
      at
      other
      account {
        displayName
        instance {
          name
        }
      }
      run {
        runId
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<DatabaseAccountChangesQuery, DatabaseAccountChangesQueryVariables>;
export const WhoCanDocument = new TypedDocumentString(`
    query WhoCan($first: Int!, $after: String, $instance: String!, $privilege: String!, $scope: String, $object: String) {
  whoCan(
    first: $first
    after: $after
    instance: $instance
    privilege: $privilege
    scope: $scope
    object: $object
  ) {
    nodes {
      ...DatabaseRightFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment DatabaseRightFields on DatabasePermission {
  category
  scope
  object
  privilege
  state
  grantable
  via
  account {
    displayName
  }
}`) as unknown as TypedDocumentString<WhoCanQuery, WhoCanQueryVariables>;
export const RegisterDatabaseInstanceDocument = new TypedDocumentString(`
    mutation RegisterDatabaseInstance($input: RegisterDatabaseInstanceInput!) {
  registerDatabaseInstance(input: $input) {
    instance {
      ...DatabaseInstanceFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment DatabaseErrorFields on DatabaseError {
  code
  message
  retryable
  fixBy
  sqlState
  vendorCode
  phase
}
fragment DatabaseInstanceFields on DatabaseInstance {
  name
  engine
  product
  version
  host
  port
  database
  username
  tls
  state
  tags
  accountCount
  lastSuccessAt
  explanation
  lastSync {
    status
    finishedAt
    error {
      ...DatabaseErrorFields
    }
  }
}
fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<RegisterDatabaseInstanceMutation, RegisterDatabaseInstanceMutationVariables>;
export const TestDatabaseConnectionDocument = new TypedDocumentString(`
    mutation TestDatabaseConnection($name: String!) {
  testDatabaseConnection(name: $name) {
    reachable
    product
    version
    tlsInUse
    latencyMs
    coverage {
      ...CoverageFields
    }
    error {
      ...DatabaseErrorFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment DatabaseErrorFields on DatabaseError {
  code
  message
  retryable
  fixBy
  sqlState
  vendorCode
  phase
}
fragment CoverageFields on CategoryCoverage {
  category
  scope
  status
  message
  grant
}
fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<TestDatabaseConnectionMutation, TestDatabaseConnectionMutationVariables>;
export const StartDatabaseSyncDocument = new TypedDocumentString(`
    mutation StartDatabaseSync($input: StartDatabaseSyncInput!) {
  startDatabaseSync(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<StartDatabaseSyncMutation, StartDatabaseSyncMutationVariables>;
export const ConfirmDisappearanceDocument = new TypedDocumentString(`
    mutation ConfirmDisappearance($input: ConfirmDisappearanceInput!) {
  confirmDisappearance(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<ConfirmDisappearanceMutation, ConfirmDisappearanceMutationVariables>;
export const ClassifyDatabaseAccountDocument = new TypedDocumentString(`
    mutation ClassifyDatabaseAccount($input: ClassifyDatabaseAccountInput!) {
  classifyDatabaseAccount(input: $input) {
    account {
      displayName
      classifications {
        code
      }
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<ClassifyDatabaseAccountMutation, ClassifyDatabaseAccountMutationVariables>;
export const WebhooksDocument = new TypedDocumentString(`
    query Webhooks {
  webhooks {
    ...WebhookFields
  }
}
    fragment WebhookFields on Webhook {
  id
  url
  events
  isActive
  description
  createdBy
  updatedAt
}`) as unknown as TypedDocumentString<WebhooksQuery, WebhooksQueryVariables>;
export const WebhookDeliveriesDocument = new TypedDocumentString(`
    query WebhookDeliveries($first: Int!, $after: String, $filter: WebhookDeliveryFilter) {
  webhookDeliveries(first: $first, after: $after, filter: $filter) {
    nodes {
      ...DeliveryFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment DeliveryFields on WebhookDelivery {
  id
  eventId
  type
  channel
  target
  status
  attempts
  occurredAt
  nextAttemptAt
  deliveredAt
  errorCode
  errorMessage
}`) as unknown as TypedDocumentString<WebhookDeliveriesQuery, WebhookDeliveriesQueryVariables>;
export const UpsertWebhookDocument = new TypedDocumentString(`
    mutation UpsertWebhook($input: UpsertWebhookInput!) {
  upsertWebhook(input: $input) {
    webhook {
      ...WebhookFields
    }
    secret
    notice
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment WebhookFields on Webhook {
  id
  url
  events
  isActive
  description
  createdBy
  updatedAt
}
fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<UpsertWebhookMutation, UpsertWebhookMutationVariables>;
export const DeleteWebhookDocument = new TypedDocumentString(`
    mutation DeleteWebhook($input: DeleteWebhookInput!) {
  deleteWebhook(input: $input) {
    deleted
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<DeleteWebhookMutation, DeleteWebhookMutationVariables>;
export const TestWebhookDocument = new TypedDocumentString(`
    mutation TestWebhook($input: TestWebhookInput!) {
  testWebhook(input: $input) {
    delivery {
      ...DeliveryFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment DeliveryFields on WebhookDelivery {
  id
  eventId
  type
  channel
  target
  status
  attempts
  occurredAt
  nextAttemptAt
  deliveredAt
  errorCode
  errorMessage
}
fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<TestWebhookMutation, TestWebhookMutationVariables>;
export const RedeliverDocument = new TypedDocumentString(`
    mutation Redeliver($input: RedeliverInput!) {
  redeliver(input: $input) {
    requeued
    delivery {
      ...DeliveryFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment DeliveryFields on WebhookDelivery {
  id
  eventId
  type
  channel
  target
  status
  attempts
  occurredAt
  nextAttemptAt
  deliveredAt
  errorCode
  errorMessage
}
fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<RedeliverMutation, RedeliverMutationVariables>;
export const PurgeDocument = new TypedDocumentString(`
    mutation Purge($input: PurgeInput!) {
  purge(input: $input) {
    mode
    counts {
      table
      rows
      complete
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<PurgeMutation, PurgeMutationVariables>;
export const PersonTypeMappingsDocument = new TypedDocumentString(`
    query PersonTypeMappings {
  personTypeMappings {
    personType
    aliases
    emailDomain
    idaasUserType
    welinkPersonType
    isActive
    description
  }
}
    `) as unknown as TypedDocumentString<PersonTypeMappingsQuery, PersonTypeMappingsQueryVariables>;
export const UpsertPersonTypeMappingsDocument = new TypedDocumentString(`
    mutation UpsertPersonTypeMappings($input: UpsertPersonTypeMappingsInput!) {
  upsertPersonTypeMappings(input: $input) {
    created
    updated
    unchanged
    releasedTasks
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<UpsertPersonTypeMappingsMutation, UpsertPersonTypeMappingsMutationVariables>;
export const OverviewDocument = new TypedDocumentString(`
    query Overview($since: DateTime) {
  overview(since: $since) {
    at
    health
    reasons {
      level
      code
      message
      fixBy
      system
      whatToDo
      setting
      runId
    }
    systems {
      ...SystemFields
    }
    sandboxed
    switchesOff
    taskCounts {
      system
      status
      count
    }
    uncertainTasks
    oldestReady {
      taskId
      system
      since
      ageSeconds
    }
    failures {
      system
      code
      message
      fixBy
      whatToDo
      tasks
      people
      requests
      retrying
      firstAt
      lastAt
    }
    deadLetters {
      queue
      count
    }
    awaitingConfirmation {
      ...RunFields
    }
    lastHrSync {
      ...RunFields
    }
  }
}
    fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment SystemCheckFields on SystemCheck {
  checkedAt
  reachable
  credentialsAccepted
  latencyMs
  detail
  host
  tokenEndsAt
  error {
    code
    message
    fixBy
  }
}
fragment SystemFields on UpstreamSystem {
  code
  facet
  system
  displayName
  configured
  enabled
  sandboxed
  explanation
  lastSuccessAt
  throttledUntil
  ratePerSecond
  maxConcurrency
  circuit {
    state
  }
  paused {
    until
    reason
  }
  lastError {
    code
    message
    fixBy
  }
  lastCheck {
    ...SystemCheckFields
  }
}`) as unknown as TypedDocumentString<OverviewQuery, OverviewQueryVariables>;
export const ActivityDocument = new TypedDocumentString(`
    query Activity($hours: Int!) {
  activity(hours: $hours) {
    hour
    system
    created
    ended
    done
    retried
    failed
  }
}
    `) as unknown as TypedDocumentString<ActivityQuery, ActivityQueryVariables>;
export const PersonDocument = new TypedDocumentString(`
    query Person($employeeNumber: String!) {
  person(employeeNumber: $employeeNumber) {
    employeeNumber
    fullName
    personType
    employeeStatus
    emailAddress
    phoneNumber
    departmentCode
    source
    accounts {
      system
      identifier
      state
      origin
      createdAt
      updatedAt
    }
    tasks(first: 20) {
      nodes {
        ...TaskFields
      }
    }
    requestItems(first: 20) {
      nodes {
        status
        statusDisplay
        explanation
        createdAt
        request {
          requestId
          originSystem
          businessKey
          status
          statusDisplay
        }
      }
    }
  }
}
    fragment TaskFields on AccountTask {
  taskId
  system
  status
  statusDisplay
  explanation
  accountIdentifier
  attemptCount
  maxAttempts
  nextAttemptAt
  lastError {
    code
    message
    retryable
    fixBy
  }
  createdAt
  updatedAt
  completedAt
  person {
    employeeNumber
    fullName
  }
}`) as unknown as TypedDocumentString<PersonQuery, PersonQueryVariables>;
export const PeopleDocument = new TypedDocumentString(`
    query People($first: Int!, $after: String, $filter: PersonFilter) {
  people(first: $first, after: $after, filter: $filter) {
    nodes {
      employeeNumber
      fullName
      personType
      employeeStatus
      emailAddress
      departmentCode
      source
      accounts {
        system
        identifier
        state
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<PeopleQuery, PeopleQueryVariables>;
export const PersonTimelineDocument = new TypedDocumentString(`
    query PersonTimeline($employeeNumber: String!, $first: Int!, $after: String) {
  person(employeeNumber: $employeeNumber) {
    timeline(first: $first, after: $after) {
      nodes {
        at
        kind
        system
        outcome
        errorCode
        text
        requestId
        taskId
        runId
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PersonTimelineQuery, PersonTimelineQueryVariables>;
export const WhyNotDocument = new TypedDocumentString(`
    query WhyNot($employeeNumber: String!, $system: AccountSystem!) {
  whyNot(employeeNumber: $employeeNumber, system: $system) {
    employeeNumber
    system
    state
    code
    explanation
    whatToDo
    fixBy
    setting
    account {
      state
      identifier
      origin
    }
    task {
      taskId
      status
      statusDisplay
    }
    request {
      requestId
      status
      statusDisplay
    }
    run {
      runId
      kind
      status
    }
  }
}
    `) as unknown as TypedDocumentString<WhyNotQuery, WhyNotQueryVariables>;
export const ExportPersonDocument = new TypedDocumentString(`
    mutation ExportPerson($input: ExportPersonInput!) {
  exportPerson(input: $input) {
    document
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<ExportPersonMutation, ExportPersonMutationVariables>;
export const ErasePersonDocument = new TypedDocumentString(`
    mutation ErasePerson($input: ErasePersonInput!) {
  erasePerson(input: $input) {
    mode
    counts {
      table
      rows
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<ErasePersonMutation, ErasePersonMutationVariables>;
export const PoisonMessagesDocument = new TypedDocumentString(`
    query PoisonMessages($first: Int!, $after: String, $queue: String) {
  poisonMessages(first: $first, after: $after, queue: $queue) {
    nodes {
      id
      queue
      at
      tries
      readable
      error
      payload
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<PoisonMessagesQuery, PoisonMessagesQueryVariables>;
export const RedrivePoisonMessagesDocument = new TypedDocumentString(`
    mutation RedrivePoisonMessages($input: RedrivePoisonMessagesInput!) {
  redrivePoisonMessages(input: $input) {
    redriven
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<RedrivePoisonMessagesMutation, RedrivePoisonMessagesMutationVariables>;
export const DiscardPoisonMessagesDocument = new TypedDocumentString(`
    mutation DiscardPoisonMessages($input: DiscardPoisonMessagesInput!) {
  discardPoisonMessages(input: $input) {
    discarded
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<DiscardPoisonMessagesMutation, DiscardPoisonMessagesMutationVariables>;
export const CreateAccountsDocument = new TypedDocumentString(`
    mutation CreateAccounts($input: CreateAccountsInput!) {
  createAccounts(input: $input) {
    request {
      ...RequestFields
    }
    replayed
    requeuedTasks
    userErrors {
      ...UserErrorFields
    }
    userErrorCount
    existingRequestId
  }
}
    fragment RequestFields on AccountRequest {
  requestId
  originSystem
  businessKey
  accountType
  employeeType
  systemList
  priority
  status
  statusDisplay
  explanation
  totalUsers
  processedUsers
  completedUsers
  failedUsers
  rejectedUsers
  progress
  round
  errorSummary {
    system
    code
    message
    count
    fixBy
  }
  createdBy
  createdAt
  updatedAt
  completedAt
}
fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<CreateAccountsMutation, CreateAccountsMutationVariables>;
export const PreviewAccountsDocument = new TypedDocumentString(`
    mutation PreviewAccounts($input: CreateAccountsInput!) {
  createAccounts(input: $input) {
    replayed
    existingRequestId
    preview {
      position
      employeeNumber
      username
      emailAddress
      missingSystems
      knownPerson {
        employeeNumber
        fullName
        source
      }
    }
    warnings {
      code
      message
      path
      employeeNumber
    }
    warningCount
    userErrors {
      ...UserErrorFields
    }
    userErrorCount
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<PreviewAccountsMutation, PreviewAccountsMutationVariables>;
export const RequestDocument = new TypedDocumentString(`
    query Request($requestId: String!) {
  request(requestId: $requestId) {
    ...RequestFields
  }
}
    fragment RequestFields on AccountRequest {
  requestId
  originSystem
  businessKey
  accountType
  employeeType
  systemList
  priority
  status
  statusDisplay
  explanation
  totalUsers
  processedUsers
  completedUsers
  failedUsers
  rejectedUsers
  progress
  round
  errorSummary {
    system
    code
    message
    count
    fixBy
  }
  createdBy
  createdAt
  updatedAt
  completedAt
}`) as unknown as TypedDocumentString<RequestQuery, RequestQueryVariables>;
export const RequestsDocument = new TypedDocumentString(`
    query Requests($first: Int!, $after: String, $filter: RequestFilter) {
  requests(first: $first, after: $after, filter: $filter) {
    nodes {
      ...RequestFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment RequestFields on AccountRequest {
  requestId
  originSystem
  businessKey
  accountType
  employeeType
  systemList
  priority
  status
  statusDisplay
  explanation
  totalUsers
  processedUsers
  completedUsers
  failedUsers
  rejectedUsers
  progress
  round
  errorSummary {
    system
    code
    message
    count
    fixBy
  }
  createdBy
  createdAt
  updatedAt
  completedAt
}`) as unknown as TypedDocumentString<RequestsQuery, RequestsQueryVariables>;
export const RequestItemsDocument = new TypedDocumentString(`
    query RequestItems($requestId: String!, $first: Int!, $after: String, $status: [RequestItemStatus!], $errorCode: [String!]) {
  request(requestId: $requestId) {
    items(first: $first, after: $after, status: $status, errorCode: $errorCode) {
      nodes {
        position
        employeeNumber
        employeeName
        departmentCode
        phoneNumber
        partnerCompany
        country
        status
        statusDisplay
        explanation
        error {
          code
          message
          retryable
          fixBy
        }
        person {
          emailAddress
          accounts {
            system
            state
            identifier
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RequestItemsQuery, RequestItemsQueryVariables>;
export const RetryRequestDocument = new TypedDocumentString(`
    mutation RetryRequest($input: RetryRequestInput!) {
  retryRequest(input: $input) {
    request {
      ...RequestFields
    }
    requeuedTasks
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment RequestFields on AccountRequest {
  requestId
  originSystem
  businessKey
  accountType
  employeeType
  systemList
  priority
  status
  statusDisplay
  explanation
  totalUsers
  processedUsers
  completedUsers
  failedUsers
  rejectedUsers
  progress
  round
  errorSummary {
    system
    code
    message
    count
    fixBy
  }
  createdBy
  createdAt
  updatedAt
  completedAt
}
fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<RetryRequestMutation, RetryRequestMutationVariables>;
export const CancelRequestDocument = new TypedDocumentString(`
    mutation CancelRequest($input: CancelRequestInput!) {
  cancelRequest(input: $input) {
    request {
      ...RequestFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment RequestFields on AccountRequest {
  requestId
  originSystem
  businessKey
  accountType
  employeeType
  systemList
  priority
  status
  statusDisplay
  explanation
  totalUsers
  processedUsers
  completedUsers
  failedUsers
  rejectedUsers
  progress
  round
  errorSummary {
    system
    code
    message
    count
    fixBy
  }
  createdBy
  createdAt
  updatedAt
  completedAt
}
fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<CancelRequestMutation, CancelRequestMutationVariables>;
export const WatchRequestDocument = new TypedDocumentString(`
    subscription WatchRequest($requestId: String!) {
  requestProgress(requestId: $requestId) {
    final
    percent
    round
    totalUsers
    processedUsers
    completedUsers
    failedUsers
    ratePerSecond
    etaSeconds
    taskCounts {
      system
      status
      count
    }
    changedItems {
      position
      employeeNumber
      employeeName
      status
      statusDisplay
      explanation
    }
    changedItemCount
    request {
      ...RequestFields
    }
  }
}
    fragment RequestFields on AccountRequest {
  requestId
  originSystem
  businessKey
  accountType
  employeeType
  systemList
  priority
  status
  statusDisplay
  explanation
  totalUsers
  processedUsers
  completedUsers
  failedUsers
  rejectedUsers
  progress
  round
  errorSummary {
    system
    code
    message
    count
    fixBy
  }
  createdBy
  createdAt
  updatedAt
  completedAt
}`) as unknown as TypedDocumentString<WatchRequestSubscription, WatchRequestSubscriptionVariables>;
export const RunDocument = new TypedDocumentString(`
    query Run($runId: String!) {
  run(runId: $runId) {
    ...RunFields
  }
}
    fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}`) as unknown as TypedDocumentString<RunQuery, RunQueryVariables>;
export const RunsDocument = new TypedDocumentString(`
    query Runs($first: Int!, $after: String, $filter: RunFilter) {
  runs(first: $first, after: $after, filter: $filter) {
    nodes {
      ...RunFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}`) as unknown as TypedDocumentString<RunsQuery, RunsQueryVariables>;
export const RunItemsDocument = new TypedDocumentString(`
    query RunItems($runId: String!, $first: Int!, $after: String, $outcome: [RunItemOutcome!]) {
  run(runId: $runId) {
    items(first: $first, after: $after, outcome: $outcome) {
      nodes {
        key
        outcome
        errorCode
        message
        details
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunItemsQuery, RunItemsQueryVariables>;
export const WatchRunDocument = new TypedDocumentString(`
    subscription WatchRun($runId: String!) {
  runProgress(runId: $runId) {
    ...RunFields
  }
}
    fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}`) as unknown as TypedDocumentString<WatchRunSubscription, WatchRunSubscriptionVariables>;
export const SyncHrDocument = new TypedDocumentString(`
    mutation SyncHr($input: SyncHrInput!) {
  syncHr(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<SyncHrMutation, SyncHrMutationVariables>;
export const ImportFirstSystemDocument = new TypedDocumentString(`
    mutation ImportFirstSystem($input: ImportFirstSystemInput!) {
  importFirstSystem(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<ImportFirstSystemMutation, ImportFirstSystemMutationVariables>;
export const DisableLeaversDocument = new TypedDocumentString(`
    mutation DisableLeavers($input: DisableLeaversInput!) {
  disableLeavers(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<DisableLeaversMutation, DisableLeaversMutationVariables>;
export const CancelRunDocument = new TypedDocumentString(`
    mutation CancelRun($input: CancelRunInput!) {
  cancelRun(input: $input) {
    run {
      ...RunFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}`) as unknown as TypedDocumentString<CancelRunMutation, CancelRunMutationVariables>;
export const ConfirmRunDocument = new TypedDocumentString(`
    mutation ConfirmRun($input: ConfirmRunInput!) {
  confirmRun(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<ConfirmRunMutation, ConfirmRunMutationVariables>;
export const RejectRunDocument = new TypedDocumentString(`
    mutation RejectRun($input: RejectRunInput!) {
  rejectRun(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<RejectRunMutation, RejectRunMutationVariables>;
export const ResumeRunDocument = new TypedDocumentString(`
    mutation ResumeRun($input: ResumeRunInput!) {
  resumeRun(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<ResumeRunMutation, ResumeRunMutationVariables>;
export const RetryFailedItemsDocument = new TypedDocumentString(`
    mutation RetryFailedItems($input: RetryFailedItemsInput!) {
  retryFailedItems(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<RetryFailedItemsMutation, RetryFailedItemsMutationVariables>;
export const SchedulesDocument = new TypedDocumentString(`
    query Schedules {
  schedules {
    name
    kind
    enabled
    intervalMinutes
    lastFiredAt
    nextFiringAt
  }
}
    `) as unknown as TypedDocumentString<SchedulesQuery, SchedulesQueryVariables>;
export const SyncStatusDocument = new TypedDocumentString(`
    query SyncStatus($kind: [RunKind!]) {
  syncStatus(kind: $kind) {
    kind
    configured
    enabled
    intervalMinutes
    nextFiringAt
    watermark
    lastRun {
      ...RunFields
    }
    lastSuccessfulRun {
      ...RunFields
    }
    runningRun {
      ...RunFields
    }
    awaitingConfirmation {
      ...RunFields
    }
  }
}
    fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}`) as unknown as TypedDocumentString<SyncStatusQuery, SyncStatusQueryVariables>;
export const CreateAccountTasksDocument = new TypedDocumentString(`
    mutation CreateAccountTasks($input: CreateAccountTasksInput!) {
  createAccountTasks(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<CreateAccountTasksMutation, CreateAccountTasksMutationVariables>;
export const ProcessAccountTasksDocument = new TypedDocumentString(`
    mutation ProcessAccountTasks($input: ProcessAccountTasksInput!) {
  processAccountTasks(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<ProcessAccountTasksMutation, ProcessAccountTasksMutationVariables>;
export const AdoptAccountsDocument = new TypedDocumentString(`
    mutation AdoptAccounts($input: AdoptAccountsInput!) {
  adoptAccounts(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<AdoptAccountsMutation, AdoptAccountsMutationVariables>;
export const VerifyAccountsDocument = new TypedDocumentString(`
    mutation VerifyAccounts($input: VerifyAccountsInput!) {
  verifyAccounts(input: $input) {
    ...RunPayloadFields
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment RunFields on SyncRun {
  runId
  kind
  mode
  trigger
  status
  progress
  steps {
    key
    parentKey
    name
    status
    done
    total
    failed
    error
    startedAt
    finishedAt
  }
  summary
  error
  createdBy
  startedAt
  finishedAt
  confirmedBy
  rejectedBy
  rejectionReason
}
fragment RunPayloadFields on RunPayload {
  run {
    ...RunFields
  }
  joined
  userErrors {
    ...UserErrorFields
  }
}`) as unknown as TypedDocumentString<VerifyAccountsMutation, VerifyAccountsMutationVariables>;
export const RotateSecretsDocument = new TypedDocumentString(`
    mutation RotateSecrets {
  rotateSecrets {
    keyId
    renewed
    counts {
      keyId
      count
      readable
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<RotateSecretsMutation, RotateSecretsMutationVariables>;
export const SettingsDocument = new TypedDocumentString(`
    query Settings($keys: [String!]) {
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
    `) as unknown as TypedDocumentString<SettingsQuery, SettingsQueryVariables>;
export const SettingChangesDocument = new TypedDocumentString(`
    query SettingChanges($first: Int!, $after: String, $key: String) {
  settingChanges(first: $first, after: $after, key: $key) {
    nodes {
      key
      oldValue
      newValue
      changedBy
      changedAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<SettingChangesQuery, SettingChangesQueryVariables>;
export const UpdateSettingDocument = new TypedDocumentString(`
    mutation UpdateSetting($input: UpdateSettingInput!) {
  updateSetting(input: $input) {
    setting {
      key
      value
      version
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<UpdateSettingMutation, UpdateSettingMutationVariables>;
export const UpsertDepartmentMappingsDocument = new TypedDocumentString(`
    mutation UpsertDepartmentMappings($input: UpsertDepartmentMappingsInput!) {
  upsertDepartmentMappings(input: $input) {
    created
    updated
    unchanged
    releasedTasks
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<UpsertDepartmentMappingsMutation, UpsertDepartmentMappingsMutationVariables>;
export const SystemsDocument = new TypedDocumentString(`
    query Systems {
  systems {
    ...SystemFields
  }
}
    fragment SystemCheckFields on SystemCheck {
  checkedAt
  reachable
  credentialsAccepted
  latencyMs
  detail
  host
  tokenEndsAt
  error {
    code
    message
    fixBy
  }
}
fragment SystemFields on UpstreamSystem {
  code
  facet
  system
  displayName
  configured
  enabled
  sandboxed
  explanation
  lastSuccessAt
  throttledUntil
  ratePerSecond
  maxConcurrency
  circuit {
    state
  }
  paused {
    until
    reason
  }
  lastError {
    code
    message
    fixBy
  }
  lastCheck {
    ...SystemCheckFields
  }
}`) as unknown as TypedDocumentString<SystemsQuery, SystemsQueryVariables>;
export const CheckSystemDocument = new TypedDocumentString(`
    mutation CheckSystem($input: CheckSystemInput!) {
  checkSystem(input: $input) {
    check {
      ...SystemCheckFields
    }
    system {
      ...SystemFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment SystemCheckFields on SystemCheck {
  checkedAt
  reachable
  credentialsAccepted
  latencyMs
  detail
  host
  tokenEndsAt
  error {
    code
    message
    fixBy
  }
}
fragment SystemFields on UpstreamSystem {
  code
  facet
  system
  displayName
  configured
  enabled
  sandboxed
  explanation
  lastSuccessAt
  throttledUntil
  ratePerSecond
  maxConcurrency
  circuit {
    state
  }
  paused {
    until
    reason
  }
  lastError {
    code
    message
    fixBy
  }
  lastCheck {
    ...SystemCheckFields
  }
}`) as unknown as TypedDocumentString<CheckSystemMutation, CheckSystemMutationVariables>;
export const CheckUpstreamDocument = new TypedDocumentString(`
    mutation CheckUpstream($input: CheckUpstreamInput!) {
  checkUpstream(input: $input) {
    check {
      ...SystemCheckFields
    }
    system {
      ...SystemFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment SystemCheckFields on SystemCheck {
  checkedAt
  reachable
  credentialsAccepted
  latencyMs
  detail
  host
  tokenEndsAt
  error {
    code
    message
    fixBy
  }
}
fragment SystemFields on UpstreamSystem {
  code
  facet
  system
  displayName
  configured
  enabled
  sandboxed
  explanation
  lastSuccessAt
  throttledUntil
  ratePerSecond
  maxConcurrency
  circuit {
    state
  }
  paused {
    until
    reason
  }
  lastError {
    code
    message
    fixBy
  }
  lastCheck {
    ...SystemCheckFields
  }
}`) as unknown as TypedDocumentString<CheckUpstreamMutation, CheckUpstreamMutationVariables>;
export const CheckCalendarSystemDocument = new TypedDocumentString(`
    mutation CheckCalendarSystem {
  checkCalendarSystem {
    check {
      ...SystemCheckFields
    }
    system {
      ...SystemFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment SystemCheckFields on SystemCheck {
  checkedAt
  reachable
  credentialsAccepted
  latencyMs
  detail
  host
  tokenEndsAt
  error {
    code
    message
    fixBy
  }
}
fragment SystemFields on UpstreamSystem {
  code
  facet
  system
  displayName
  configured
  enabled
  sandboxed
  explanation
  lastSuccessAt
  throttledUntil
  ratePerSecond
  maxConcurrency
  circuit {
    state
  }
  paused {
    until
    reason
  }
  lastError {
    code
    message
    fixBy
  }
  lastCheck {
    ...SystemCheckFields
  }
}`) as unknown as TypedDocumentString<CheckCalendarSystemMutation, CheckCalendarSystemMutationVariables>;
export const CheckTimetableSourceDocument = new TypedDocumentString(`
    mutation CheckTimetableSource {
  checkTimetableSource {
    check {
      ...SystemCheckFields
    }
    system {
      ...SystemFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment SystemCheckFields on SystemCheck {
  checkedAt
  reachable
  credentialsAccepted
  latencyMs
  detail
  host
  tokenEndsAt
  error {
    code
    message
    fixBy
  }
}
fragment SystemFields on UpstreamSystem {
  code
  facet
  system
  displayName
  configured
  enabled
  sandboxed
  explanation
  lastSuccessAt
  throttledUntil
  ratePerSecond
  maxConcurrency
  circuit {
    state
  }
  paused {
    until
    reason
  }
  lastError {
    code
    message
    fixBy
  }
  lastCheck {
    ...SystemCheckFields
  }
}`) as unknown as TypedDocumentString<CheckTimetableSourceMutation, CheckTimetableSourceMutationVariables>;
export const ConnectionsDocument = new TypedDocumentString(`
    query Connections {
  processes {
    role
    version
    host
    pid
    startedAt
    lastSeenAt
    isAlive
  }
  connections {
    code
    displayName
    sandboxed
    address
    variables {
      name
      value
    }
  }
}
    `) as unknown as TypedDocumentString<ConnectionsQuery, ConnectionsQueryVariables>;
export const TaskDocument = new TypedDocumentString(`
    query Task($taskId: String!) {
  task(taskId: $taskId) {
    ...TaskFields
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
    fragment TaskFields on AccountTask {
  taskId
  system
  status
  statusDisplay
  explanation
  accountIdentifier
  attemptCount
  maxAttempts
  nextAttemptAt
  lastError {
    code
    message
    retryable
    fixBy
  }
  createdAt
  updatedAt
  completedAt
  person {
    employeeNumber
    fullName
  }
}`) as unknown as TypedDocumentString<TaskQuery, TaskQueryVariables>;
export const TasksDocument = new TypedDocumentString(`
    query Tasks($first: Int!, $after: String, $filter: TaskFilter) {
  tasks(first: $first, after: $after, filter: $filter) {
    nodes {
      ...TaskFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment TaskFields on AccountTask {
  taskId
  system
  status
  statusDisplay
  explanation
  accountIdentifier
  attemptCount
  maxAttempts
  nextAttemptAt
  lastError {
    code
    message
    retryable
    fixBy
  }
  createdAt
  updatedAt
  completedAt
  person {
    employeeNumber
    fullName
  }
}`) as unknown as TypedDocumentString<TasksQuery, TasksQueryVariables>;
export const RetryTaskDocument = new TypedDocumentString(`
    mutation RetryTask($input: RetryTaskInput!) {
  retryTask(input: $input) {
    task {
      ...TaskFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment TaskFields on AccountTask {
  taskId
  system
  status
  statusDisplay
  explanation
  accountIdentifier
  attemptCount
  maxAttempts
  nextAttemptAt
  lastError {
    code
    message
    retryable
    fixBy
  }
  createdAt
  updatedAt
  completedAt
  person {
    employeeNumber
    fullName
  }
}`) as unknown as TypedDocumentString<RetryTaskMutation, RetryTaskMutationVariables>;
export const ResolveTaskDocument = new TypedDocumentString(`
    mutation ResolveTask($input: ResolveTaskInput!) {
  resolveTask(input: $input) {
    task {
      ...TaskFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}
fragment TaskFields on AccountTask {
  taskId
  system
  status
  statusDisplay
  explanation
  accountIdentifier
  attemptCount
  maxAttempts
  nextAttemptAt
  lastError {
    code
    message
    retryable
    fixBy
  }
  createdAt
  updatedAt
  completedAt
  person {
    employeeNumber
    fullName
  }
}`) as unknown as TypedDocumentString<ResolveTaskMutation, ResolveTaskMutationVariables>;
export const StatisticsDocument = new TypedDocumentString(`
    query Statistics {
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
    `) as unknown as TypedDocumentString<StatisticsQuery, StatisticsQueryVariables>;
export const RetryTasksDocument = new TypedDocumentString(`
    mutation RetryTasks($input: RetryTasksInput!) {
  retryTasks(input: $input) {
    matched
    requeuedTasks
    remaining
    people
    requests
    groups {
      system
      code
      count
    }
    tasks {
      taskId
      system
      status
      statusDisplay
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<RetryTasksMutation, RetryTasksMutationVariables>;
export const CancelTasksDocument = new TypedDocumentString(`
    mutation CancelTasks($input: CancelTasksInput!) {
  cancelTasks(input: $input) {
    matched
    cancelledTasks
    remaining
    people
    requests
    groups {
      system
      code
      count
    }
    tasks {
      taskId
      system
      status
      statusDisplay
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<CancelTasksMutation, CancelTasksMutationVariables>;
export const DismissTasksDocument = new TypedDocumentString(`
    mutation DismissTasks($input: DismissTasksInput!) {
  dismissTasks(input: $input) {
    matched
    dismissedTasks
    dismissedItems
    remaining
    groups {
      system
      code
      count
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  code
  message
  path
  employeeNumber
}`) as unknown as TypedDocumentString<DismissTasksMutation, DismissTasksMutationVariables>;
export const AttemptsDocument = new TypedDocumentString(`
    query Attempts($first: Int!, $after: String, $filter: TaskAttemptFilter) {
  attempts(first: $first, after: $after, filter: $filter) {
    nodes {
      task {
        taskId
        system
      }
      executionAttempt
      outcome
      errorCode
      errorMessage
      startedAt
      finishedAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<AttemptsQuery, AttemptsQueryVariables>;