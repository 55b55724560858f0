/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Carries the types of a document's result and variables. */
export interface DocumentTypeDecoration<TResult, TVariables> {
  __apiType?: (variables: TVariables) => TResult;
}
/** How it stands with a person's account in a system. */
export type AccountAnswer =
  /** A person has to act before it can be made. */
  | 'BLOCKED'
  /** It was wanted and then cancelled. */
  | 'CANCELLED'
  /** The account exists, switched off. */
  | 'DISABLED'
  /** It was tried and failed. */
  | 'FAILED'
  /** The account exists and is active. */
  | 'HAS_ACCOUNT'
  /** It is being made, or looked up, right now. */
  | 'IN_PROGRESS'
  /** No request wants it, and no schedule plans it. */
  | 'NOT_WANTED'
  /** Neither HR nor a request told us of such a person. */
  | 'UNKNOWN_PERSON'
  /** It will be made; nothing to do. */
  | 'WAITING';

/** What happened to an account. */
export type AccountChangeKind =
  /** Seen for the first time. */
  | 'ADD'
  /** Disappeared. */
  | 'DELETE'
  /** Attributes changed, or the clock locked it. */
  | 'MODIFY_OTHER'
  /** Rights were granted or revoked. */
  | 'MODIFY_PRIVILEGE'
  /** Back again. */
  | 'REACTIVATE'
  /** The same account under another name. */
  | 'RENAME';

/** Origin of an account. */
export type AccountOrigin =
  /** Found at the system when it was to be made. */
  | 'ADOPTED'
  /** Made by this service. */
  | 'CREATED'
  /** Known from HR or a first import. */
  | 'IMPORTED'
  /** Linked by an operator. */
  | 'LINKED';

/** PLANNED from the moment a task exists; ACTIVE when it exists at the system. */
export type AccountState =
  /** Exists at the system. */
  | 'ACTIVE'
  /** Exists, switched off. */
  | 'DISABLED'
  /** A task exists; the account does not yet. */
  | 'PLANNED';

/** A downstream system that holds accounts; one value per registered connector. */
export type AccountSystem =
  /** Mailbox / 企业邮箱 */
  | 'EMAIL'
  /** IDaaS directory / 统一身份（IDaaS） */
  | 'IDAAS'
  /** WeLink */
  | 'WELINK';

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
export type AccountWarningCode =
  /** The account type is no person type; the default type counts. */
  | 'ACCOUNT_TYPE_UNKNOWN'
  /** Nobody knows the country, so its phone is not read as a Chinese one. */
  | 'COUNTRY_UNKNOWN'
  /** The department has no mapping yet; tasks fail until the operator adds one. */
  | 'DEPARTMENT_UNMAPPED'
  /** The name is improbable; no account is made until a person corrects or accepts it. */
  | 'NAME_DOUBTFUL'
  /** Accounts bear the name without a note that a Setting names. */
  | 'NAME_NOTE_LEFT_OFF'
  /** A character of the name has no reading, and the employee number replaces the name. */
  | 'NAME_NOT_SPELLED'
  /** The employee number belongs to a person of another name; the row fails, or is accepted by a Setting. */
  | 'PERSON_MISMATCH'
  /** A system that needs a phone is wanted, and this one cannot be dialled. */
  | 'PHONE_INVALID'
  /** WELINK is wanted, and the phone is no mobile. */
  | 'PHONE_NOT_MOBILE'
  /** WELINK is wanted, and the phone looks like a placeholder. */
  | 'PHONE_PLACEHOLDER'
  /** Two rows of the call have one phone, and WELINK signs people in by it. */
  | 'PHONE_SHARED';

/** Where to look for accounts that are there already. */
export type AdoptAccountsInput = {
  /** DRY_RUN lists what would be adopted (`SyncRun.items`). */
  readonly mode?: RunMode;
  /** Only there; all without. Systems that cannot be asked are left out, and named in the summary. */
  readonly systems?: ReadonlyArray<AccountSystem> | null | undefined;
};

/** Whether an API key works. */
export type ApiKeyState =
  /** It works. */
  | 'ACTIVE'
  /** Its time is over. */
  | 'EXPIRED'
  /** Somebody ended it. */
  | 'REVOKED';

/** How one execution of a task ended. Free ones do not count against maxAttempts. */
export type AttemptOutcome =
  /** The account existed and is this person's. */
  | 'ADOPTED'
  /** The identity is another person's. */
  | 'CONFLICT'
  /** The account was made now. */
  | 'CREATED'
  /** The system refused our credentials. Free. */
  | 'CREDENTIALS'
  /** The program failed. */
  | 'ERROR'
  /** The worker died. Free. */
  | 'LOST'
  /** The account was active already; nothing was sent. Free. */
  | 'NOT_NEEDED'
  /** What it depends on has not replicated yet. Free. */
  | 'NOT_VISIBLE_YET'
  /** Refused for good, by the system or by us before sending. */
  | 'REJECTED'
  /** Failed for a passing reason. Free when it probed an open circuit. */
  | 'RETRYABLE'
  /** The system asked us to slow down. Free. */
  | 'THROTTLED'
  /** Sent, the answer was lost. Free when it probed an open circuit. */
  | 'UNCERTAIN';

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
export type AuditProblemKind =
  /** An entry is not what was sealed. */
  | 'ENTRY_ALTERED'
  /** An entry stands where everything was sealed long ago, under no seal. */
  | 'ENTRY_INSERTED'
  /** The contents of an entry stood in another place. */
  | 'ENTRY_MOVED'
  /** An entry that was sealed is gone. */
  | 'ENTRY_REMOVED'
  /** The head that was noted earlier is not in the chain. */
  | 'HEAD_MISSING'
  /** A seal does not have the contents its hash was made of. */
  | 'SEAL_ALTERED'
  /** A seal does not follow the one before it. */
  | 'SEAL_MOVED'
  /** Seals before this one are gone, and the purge did not take them. */
  | 'SEAL_REMOVED';

/** Which periods become one event. */
export type BlockPolicy =
  /** Consecutive periods are one block. */
  | 'CONTIGUOUS'
  /** Every period of a half-day is one block, as the first system had it. */
  | 'HALF_DAY';

/** State of an event. */
export type CalendarEventState =
  /** Not at WPS any more. */
  | 'DELETED'
  /** WPS refused it; the next run tries again. */
  | 'FAILED'
  /** To be created. */
  | 'PENDING'
  /** At WPS, and to be changed or deleted. */
  | 'STALE'
  /** At WPS, as it should be. */
  | 'SYNCED';

/** State of a member. */
export type CalendarMemberState =
  /** A member. */
  | 'ACTIVE'
  /** WPS refused it; the next run tries again. */
  | 'FAILED'
  /** To be added, or to get another role. */
  | 'PENDING'
  /** Not a member any more. */
  | 'REMOVED'
  /** To be removed. */
  | 'REMOVING'
  /** WPS knows nobody of this number; every run asks again. */
  | 'USER_MISSING';

/** What a member may do. */
export type CalendarRole =
  /** The first teacher of the offering. */
  | 'OWNER'
  /** Sees the calendar: students. */
  | 'READER'
  /** Changes it too: further teachers. */
  | 'WRITER';

/** What a sync of calendars is about. */
export type CalendarSyncKind =
  /** The whole timetable: courses, lessons and people. */
  | 'FULL'
  /** What changed in the timetable since the last run. */
  | 'INCREMENTAL'
  /** Members of the calendars only. */
  | 'USERS';

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
export type CategoryStatus =
  /** Our credential may not read it. */
  | 'DENIED'
  /** Reading it failed. */
  | 'ERROR'
  /** Read. */
  | 'OK'
  /** This server has no such thing. */
  | 'UNSUPPORTED';

/** What to check. */
export type CheckUpstreamInput = {
  /** As in `systems`: IDAAS, HIEDS, WPS … */
  readonly code: string;
};

/** Whether a system is called at all. */
export type CircuitState =
  /** As usual. */
  | 'CLOSED'
  /** It failed again and again, or refused our credentials: only a trial now and then. */
  | 'OPEN';

/** Holds when an attribute has this value. */
export type ClassificationAttributeInput = {
  /** The value; null: none. */
  readonly equals: unknown;
  /** As in `DatabaseAccount.attributes`. */
  readonly name: string;
};

/** A typed tree over facts; exactly one of the members of each node is set. */
export type ClassificationConditionInput = {
  /** All of these hold. */
  readonly all?: ReadonlyArray<ClassificationConditionInput> | null | undefined;
  /** One of these holds. */
  readonly any?: ReadonlyArray<ClassificationConditionInput> | null | undefined;
  /** It has this attribute. */
  readonly attribute?: ClassificationAttributeInput | null | undefined;
  /** It has the capability. */
  readonly capability?: DatabaseCapability | null | undefined;
  /** It is of this kind of server. */
  readonly engine?: DatabaseEngine | null | undefined;
  /** It cannot, or can, log in. */
  readonly locked?: boolean | null | undefined;
  /** Its display name is LIKE this; `\` takes `%` and `_` as they are. */
  readonly nameLike?: string | null | undefined;
  /** This does not hold. */
  readonly not?: ClassificationConditionInput | null | undefined;
  /** It has the right. */
  readonly privilege?: ClassificationPrivilegeInput | null | undefined;
  /** It has the rights of this role, by display name. */
  readonly role?: string | null | undefined;
  /** It is, or is not, a system account. */
  readonly system?: boolean | null | undefined;
};

/** Holds when the account has such a right. */
export type ClassificationPrivilegeInput = {
  /** Of this category; absent: any. */
  readonly category?: PermissionCategory | null | undefined;
  /** Also through roles. */
  readonly effective?: boolean;
  /** That may, or may not, be passed on; absent: either. */
  readonly grantable?: boolean | null | undefined;
  /** On this object; absent: any. */
  readonly object?: string | null | undefined;
  /** The engine's keyword, whatever its case. */
  readonly privilege: string;
  /** In this database; absent: any. */
  readonly scope?: string | null | undefined;
};

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
export type ConflictKind =
  /** One room with two teachers at once. */
  | 'ROOM'
  /** Students of two offerings at once. */
  | 'STUDENT'
  /** One teacher in two rooms at once. */
  | 'TEACHER';

/** All given conditions must hold. */
export type CourseCalendarFilter = {
  /** With this text in offering or title. */
  readonly search?: string | null | undefined;
  /** In one of these states. */
  readonly state?: ReadonlyArray<CourseCalendarState> | null | undefined;
  /** Of which this person is, or should be, a member. */
  readonly userNo?: string | null | undefined;
};

/** State of a calendar. */
export type CourseCalendarState =
  /** At WPS. */
  | 'ACTIVE'
  /** Deleted with the calendars of its term. */
  | 'DELETED'
  /** WPS refused it; the next run tries again. */
  | 'FAILED'
  /** To be created. */
  | 'PENDING';

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
export type DatabaseAccountState =
  /** Seen by the last run. */
  | 'ACTIVE'
  /** Gone; its history stays. */
  | 'DISAPPEARED';

/** What an account amounts to. */
export type DatabaseCapability =
  /** May give rights to others. */
  | 'GRANT_ADMIN'
  /** Cannot log in. */
  | 'LOCKED'
  /** May do everything, or can make itself able to. */
  | 'SUPERUSER';

/** Kind of server. */
export type DatabaseEngine =
  /** MySQL and MariaDB; `product` tells them apart. */
  | 'MYSQL'
  /** Oracle. */
  | 'ORACLE'
  /** PostgreSQL. */
  | 'POSTGRESQL'
  /** Microsoft SQL Server. */
  | 'SQLSERVER';

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

/** Mappings to delete. */
export type DeleteDepartmentMappingsInput = {
  /** HR's codes of the mappings. */
  readonly idataDepartmentCodes: ReadonlyArray<string>;
};

/** The mapping to delete. */
export type DeletePersonTypeMappingInput = {
  /** Its code. */
  readonly personType: string;
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
export type DeliveryChannel =
  /** Sent by mail. */
  | 'EMAIL'
  /** Posted to a URL. */
  | 'WEBHOOK';

/** State of a delivery. */
export type DeliveryStatus =
  /** Given up; `redeliver` sends it again. */
  | 'DEAD_LETTER'
  /** The receiver took it. */
  | 'DELIVERED'
  /** Not tried yet, or sent again by hand. */
  | 'PENDING'
  /** The last attempt failed; it is tried again. */
  | 'RETRY'
  /** Not sent, for the reason in `error`; `redeliver` sends it again. */
  | 'SKIPPED';

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
export type ErrorCode =
  /** The department has no mapping. The operator adds one. */
  | 'DEPARTMENT_UNMAPPED'
  /** The same employee number, or code, twice in one call. The caller keeps one row. */
  | 'DUPLICATE_ROW'
  /** There is no domain for an address. The operator sets one. */
  | 'EMAIL_DOMAIN_MISSING'
  /** Switched off by a Setting. The operator switches it on. */
  | 'FEATURE_DISABLED'
  /** The key was used with other content. The caller takes another key or businessKey. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The name or account is another person's, or was. The caller takes another, or settles whose it is. */
  | 'IDENTIFIER_TAKEN'
  /** A value that is not accepted. The caller corrects it. */
  | 'INVALID'
  /** The present state does not permit this. The caller reads it again and acts on that. */
  | 'INVALID_STATE'
  /** Still used by something else. The caller removes those uses first. */
  | 'IN_USE'
  /** No login fits the limit of the directory. A shorter number is needed. */
  | 'LOGIN_TOO_LONG'
  /** The name hardly is one, and a Setting refuses such. The caller corrects it. */
  | 'NAME_DOUBTFUL'
  /** The name is in use. The caller takes another. */
  | 'NAME_TAKEN'
  /** No such thing, or not visible to the caller, who checks the id. */
  | 'NOT_FOUND'
  /** HR owns the value. It is corrected there, and comes with the next sync. */
  | 'OWNED_BY_HR'
  /** The employee number belongs to a person of another name. The caller checks both. */
  | 'PERSON_MISMATCH'
  /** The person type has no mapping. The operator adds one. */
  | 'PERSON_TYPE_UNMAPPED'
  /** A mobile number is needed. The caller sends one. */
  | 'PHONE_NOT_MOBILE'
  /** Missing or blank. The caller fills it in and sends the call again. */
  | 'REQUIRED'
  /** There is no master key to encrypt a secret with. The operator sets SECRETS_KEY. */
  | 'SECRETS_KEY_MISSING'
  /** Accounts in this system are switched off. The caller leaves it out, or asks the operator. */
  | 'SYSTEM_DISABLED'
  /** The connection to the system is not configured. The operator sets its variables. */
  | 'SYSTEM_NOT_CONFIGURED'
  /** Longer than allowed. The caller shortens it. */
  | 'TOO_LONG'
  /** More entries than one call may have. The caller splits it. */
  | 'TOO_MANY'
  /** Nobody answered in time. The operator looks whether workers run; the caller tries again. */
  | 'UNAVAILABLE'
  /** The system could not be asked now. The caller tries again later, or takes responsibility. */
  | 'UNVERIFIED'
  /** Another caller changed it first. The caller reads it again. */
  | 'VERSION_CONFLICT';

/** Whose data, and why. */
export type ExportPersonInput = {
  /** Without regard to case. */
  readonly employeeNumber: string;
  /** Kept in the audit log: a ticket, not a name. At most 500 characters. */
  readonly reason: string;
};

/** How WPS differs from what is recorded. */
export type FindingKind =
  /** At WPS otherwise than it is recorded. */
  | 'DRIFT'
  /** Somebody else made it; never touched. */
  | 'FOREIGN'
  /** Recorded here, and not at WPS. */
  | 'MISSING_REMOTE'
  /** Ours at WPS, and not recorded here: a double, or somebody removed before. */
  | 'ORPHAN_REMOTE';

/** What a finding is about. */
export type FindingSubject =
  /** A calendar. */
  | 'CALENDAR'
  /** An event. */
  | 'EVENT'
  /** A member. */
  | 'MEMBER';

/** Who can put it right. */
export type FixBy =
  /** The portal that asked: correct the data, send it again. */
  | 'CALLER'
  /** No person: it passes without action. */
  | 'NOBODY'
  /** The operator of AccountSync. */
  | 'OPERATOR'
  /** The owner of the other system. */
  | 'UPSTREAM_OWNER';

/** How the service is. */
export type HealthLevel =
  /** It works, but the reasons need attention. */
  | 'ATTENTION'
  /** Somewhere accounts are not being made, without intention. */
  | 'BROKEN'
  /** Nothing to do. */
  | 'OK';

/** Whether runs over all take it. */
export type InstanceState =
  /** Read by runs over all. */
  | 'ACTIVE'
  /** Read only when it is named. */
  | 'PAUSED';

/** How a call with bad rows is handled. */
export type InvalidRowPolicy =
  /** Good rows are stored, bad ones are reported. */
  | 'ACCEPT_VALID'
  /** One bad row refuses the call; nothing is stored. */
  | 'REJECT_ALL';

/** All given conditions must hold. */
export type LessonBlockFilter = {
  /** With an event in one of these states. */
  readonly eventState?: ReadonlyArray<CalendarEventState> | null | undefined;
  /** On this day or later. */
  readonly from?: string | null | undefined;
  /** Of this offering. */
  readonly offering?: string | null | undefined;
  /** In a room of this name, at least for a period. */
  readonly room?: string | null | undefined;
  /** Taught by this staff number. */
  readonly teacher?: string | null | undefined;
  /** On this day or earlier. */
  readonly to?: string | null | undefined;
  /** Which this person should see. */
  readonly userNo?: string | null | undefined;
};

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

/** Which account is whose. */
export type LinkDatabaseAccountInput = {
  /** The account. */
  readonly accountId: string | number;
  /** Null: nobody's, on purpose (a service account). */
  readonly employeeNumber?: string | null | undefined;
};

/** Who is notified when a request is finished, once per round. */
export type NotifyInput = {
  /** At most 10 mail addresses. */
  readonly emails?: ReadonlyArray<string> | null | undefined;
  /** Gets a signed `request.finished` (docs/notifications.md); has to be permitted by the Setting notify_webhook_allowlist. */
  readonly webhookUrl?: string | null | undefined;
};

/** What to pause. */
export type PauseSystemInput = {
  /** Why; shown with every task that waits. Absent: it goes on at once. */
  readonly reason?: string | null | undefined;
  /** The system. */
  readonly system: AccountSystem;
  /** When it goes on by itself; absent: when told to. */
  readonly until?: string | null | undefined;
};

/** What a right is about. */
export type PermissionCategory =
  /** What a role of PostgreSQL is. */
  | 'ATTRIBUTE'
  /** Rights of a column. */
  | 'COLUMN'
  /** Rights of a database. */
  | 'DATABASE'
  /** What new objects will be granted. */
  | 'DEFAULT'
  /** Rights of anything else. */
  | 'OBJECT'
  /** May act as another account. */
  | 'PROXY'
  /** Space in a tablespace. */
  | 'QUOTA'
  /** Membership in a role. */
  | 'ROLE'
  /** Rights of a function or procedure. */
  | 'ROUTINE'
  /** Rights of a schema. */
  | 'SCHEMA'
  /** Rights of a sequence. */
  | 'SEQUENCE'
  /** Rights of the whole server. */
  | 'SERVER'
  /** Oracle's system privileges. */
  | 'SYSTEM'
  /** Rights of a table or view. */
  | 'TABLE'
  /** Rights of a type. */
  | 'TYPE';

/** Given or denied. */
export type PermissionState =
  /** Taken back from what is wider. */
  | 'DENY'
  /** Given. */
  | 'GRANT';

/** What happened to a person. */
export type PersonEventKind =
  /** An account was found at the system. */
  | 'ACCOUNT_ADOPTED'
  /** This service made an account. */
  | 'ACCOUNT_CREATED'
  /** An account was switched off. */
  | 'ACCOUNT_DISABLED'
  /** An account was switched on again. */
  | 'ACCOUNT_ENABLED'
  /** An account became known from HR or a first import. */
  | 'ACCOUNT_IMPORTED'
  /** An operator linked an account. */
  | 'ACCOUNT_LINKED'
  /** An account was taken out of the records. */
  | 'ACCOUNT_REMOVED'
  /** An attempt ended; `outcome` says how. */
  | 'ATTEMPT_ENDED'
  /** An attempt began and has not ended. */
  | 'ATTEMPT_STARTED'
  /** HR or a request first told us of them. */
  | 'PERSON_ADDED'
  /** A request asked for accounts. */
  | 'REQUEST_ACCEPTED'
  /** The person was cancelled in a request. */
  | 'REQUEST_CANCELLED'
  /** Every account a request wanted exists. */
  | 'REQUEST_COMPLETED'
  /** The person failed in a request. */
  | 'REQUEST_FAILED'
  /** A run had something to say of them. */
  | 'RUN_RECORD'
  /** Every request that wanted the task was cancelled. */
  | 'TASK_CANCELLED'
  /** A task ended with an account. */
  | 'TASK_COMPLETED'
  /** A task ended without one. */
  | 'TASK_FAILED'
  /** An account was planned. */
  | 'TASK_PLANNED';

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
export type PersonMatch =
  /** Several people, or rules that contradict each other: a person has to say. */
  | 'DOUBTFUL'
  /** Nobody's, on purpose. */
  | 'IGNORED'
  /** One person, by an exact rule or by hand. */
  | 'MATCHED'
  /** Nobody has such a name. */
  | 'UNMATCHED';

/** Who told us about a person. */
export type PersonSource =
  /** From the HR system. */
  | 'HR'
  /** Brought by a request; HR does not know the person. */
  | 'REQUEST';

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
export type Priority =
  /** Before everything else of the same origin system. */
  | 'HIGH'
  /** After everything else of the same origin system. */
  | 'LOW'
  /** The usual. */
  | 'NORMAL';

/** How many tasks are to be run. */
export type ProcessAccountTasksInput = {
  /** Most tasks of the run, 1 to 10,000; default: the Setting max_tasks_per_batch. */
  readonly maxTasks?: number | null | undefined;
  /** DRY_RUN lists the tasks that would be run (`SyncRun.items`, WOULD_RUN) and those that wait, with what for (WAITS). */
  readonly mode?: RunMode;
};

/** What a process does. */
export type ProcessRole =
  /** Serves and works. */
  | 'ALL'
  /** Serves the API; takes no jobs. */
  | 'SERVER'
  /** Takes jobs; serves no API. */
  | 'WORKER';

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

/** Which instance is removed. */
export type RemoveDatabaseInstanceInput = {
  /** RUN removes it. */
  readonly mode?: RunMode;
  /** Which. */
  readonly name: string;
};

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

/** All given conditions must hold. Absent: no condition; an empty list matches nothing. */
export type RequestItemFilter = {
  /** That failed with one of these codes. */
  readonly errorCode?: ReadonlyArray<string> | null | undefined;
  /** Whose error one of these can put right. */
  readonly fixBy?: ReadonlyArray<FixBy> | null | undefined;
  /** Of a request of exactly this origin system. */
  readonly originSystem?: string | null | undefined;
  /** Of this request. */
  readonly requestId?: string | null | undefined;
  /** Whose employee number or name contains this text, case-insensitive. */
  readonly search?: string | null | undefined;
  /** In one of these states. */
  readonly status?: ReadonlyArray<RequestItemStatus> | null | undefined;
  /** Changed after this moment. */
  readonly updatedAfter?: string | null | undefined;
  /** Not changed since this moment. */
  readonly updatedBefore?: string | null | undefined;
};

/** State of one person in a request, derived from tasks and accounts. */
export type RequestItemStatus =
  /** Cancelled before every account existed. */
  | 'CANCELLED'
  /** Every wanted account is active. */
  | 'COMPLETED'
  /** An account is missing, and no task can make it without action. */
  | 'FAILED'
  /** Accepted; the person is not stored yet. */
  | 'PENDING'
  /** The person is stored; tasks are not planned yet. */
  | 'SYNCED'
  /** Every wanted system has a task or an active account. */
  | 'TASK_CREATED';

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
export type RunItemOutcome =
  /** It was found at its system and is active here now. */
  | 'ADOPTED'
  /** Waits for a person: too many of its accounts are gone. */
  | 'AWAITING_CONFIRMATION'
  /** Cannot be done from here: do it by hand at the system that the details name. */
  | 'BY_HAND'
  /** Not done: the run was stopped. */
  | 'CANCELLED'
  /** Done. */
  | 'COMPLETED'
  /** Its source contradicts itself; the run went on all the same. */
  | 'CONFLICTING'
  /** It differed; the system's values are recorded now. */
  | 'CORRECTED'
  /** It was created, and the other system confirmed it. */
  | 'CREATED'
  /** It was deleted, and the other system confirmed it. */
  | 'DELETED'
  /** Its system describes it otherwise than it is recorded here. */
  | 'DIFFERING'
  /** The account was disabled. */
  | 'DISABLED'
  /** Tried and not done; `retryFailedItems` tries again. */
  | 'FAILED'
  /** It was missing and is PLANNED again, but not made: a switch is off, or no request or HR wants it. A retry makes it. */
  | 'FORGOTTEN'
  /** Taken, but not all of it. */
  | 'INCOMPLETE'
  /** Active here, and its system knows it no more. */
  | 'MISSING'
  /** It exists at its system, and no person has it here. */
  | 'ORPHAN'
  /** Still to be done by this run, perhaps after a confirmation. */
  | 'PENDING'
  /** Left out. */
  | 'SKIPPED'
  /** A task was made that brings the account about. */
  | 'TASK_CREATED'
  /** It was brought in line with its source. */
  | 'UPDATED'
  /** A dry run: would be left alone, because it waits for what the message says. */
  | 'WAITS'
  /** A dry run: found at its system, and would be active here. */
  | 'WOULD_ADOPT'
  /** A dry run: would be deleted. */
  | 'WOULD_DELETE'
  /** A dry run: the account would be disabled. */
  | 'WOULD_DISABLE'
  /** A dry run: the account would be enabled again. */
  | 'WOULD_ENABLE'
  /** A dry run: would be new. */
  | 'WOULD_INSERT'
  /** A dry run: would be run once. */
  | 'WOULD_RUN'
  /** A dry run: would change. */
  | 'WOULD_UPDATE';

/** What a run does. */
export type RunKind =
  /** Whether accounts are still there. */
  | 'ACCOUNT_VERIFICATION'
  /** The calendars of a term deleted. */
  | 'CALENDAR_DELETION'
  /** The whole timetable to calendars. */
  | 'CALENDAR_FULL'
  /** What changed in the timetable. */
  | 'CALENDAR_INCREMENTAL'
  /** Calendars compared with WPS. */
  | 'CALENDAR_RECONCILIATION'
  /** One person put back into their calendars. */
  | 'CALENDAR_RESTORE'
  /** Members of calendars. */
  | 'CALENDAR_USERS'
  /** Accounts and permissions of remote databases. */
  | 'DATABASE_ACCOUNTS'
  /** Data of the first system, and look-ups of the accounts it claims. */
  | 'FIRST_SYSTEM_IMPORT'
  /** People from HR. */
  | 'HR_SYNC'
  /** Accounts of people who left. */
  | 'LEAVERS'
  /** Tasks for people who lack accounts. */
  | 'TASK_CREATION'
  /** A number of ready tasks, once each. */
  | 'TASK_PROCESSING';

/** Whether it writes. */
export type RunMode =
  /** Says what it would do; writes nothing but the run. */
  | 'DRY_RUN'
  /** Does it. */
  | 'RUN';

/** State of a run. */
export type RunStatus =
  /** Would change more than it may without a person; waits for confirmRun or rejectRun. */
  | 'AWAITING_CONFIRMATION'
  /** Stopped by a person; what was done stays. */
  | 'CANCELLED'
  /** Everything done. */
  | 'COMPLETED'
  /** Done; some records were refused or are incomplete. */
  | 'COMPLETED_WITH_ERRORS'
  /** Ended without its work. */
  | 'FAILED'
  /** Under way, or about to be. */
  | 'RUNNING';

/** What started a run. */
export type RunTrigger =
  /** By another job. */
  | 'EVENT'
  /** By hand, for several. */
  | 'MANUAL_BATCH'
  /** By hand, for one. */
  | 'MANUAL_SINGLE'
  /** By hand: mutation or command line. */
  | 'MANUAL_TASK'
  /** By its schedule. */
  | 'SCHEDULED_TASK';

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
export type StepStatus =
  /** Stopped. */
  | 'CANCELLED'
  /** Done. */
  | 'COMPLETED'
  /** Failed. */
  | 'FAILED'
  /** Not begun. */
  | 'PENDING'
  /** Under way. */
  | 'RUNNING'
  /** Never begun, because the run ended. */
  | 'SKIPPED';

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
export type TaskResolution =
  /** The account is there, under `identifier`. */
  | 'EXISTS'
  /** It is not to be tried further: the task fails, for `reason`. */
  | 'GIVE_UP'
  /** It is not there: the task is sent again. */
  | 'SEND_AGAIN';

/** State of a task. */
export type TaskStatus =
  /** Every request that wanted it was cancelled. */
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
  /** Sent, the answer was lost; a look-up settles it, or a person by resolveTask. */
  | 'UNCERTAIN'
  /** An account it depends on does not exist yet. */
  | 'WAITING';

/** Whether a term is synced. */
export type TermStatus =
  /** Not synced any more; its calendars stay. */
  | 'CLOSED'
  /** Synced. */
  | 'OPEN';

/** Which webhook to try. */
export type TestWebhookInput = {
  /** Its id. */
  readonly id: string | number;
};

/** Which people a USERS run is about. */
export type TimetableUserScope =
  /** Both. */
  | 'ALL'
  /** A student. */
  | 'STUDENT'
  /** A member of staff. */
  | 'TEACHER';

/** Kind of a person of the timetable. */
export type TimetableUserType =
  /** A student. */
  | 'STUDENT'
  /** A member of staff. */
  | 'TEACHER';

/** How connections are encrypted. */
export type TlsMode =
  /** No encryption. */
  | 'DISABLED'
  /** Encrypted where the server offers it. */
  | 'PREFERRED'
  /** Encrypted, whatever the certificate. */
  | 'REQUIRED'
  /** Encrypted, with a certificate of a known authority. */
  | 'VERIFY_CA'
  /** As VERIFY_CA, and made out to this host. */
  | 'VERIFY_FULL';

/** Which link is wrong. */
export type UnlinkAccountInput = {
  /** Without regard to case. */
  readonly employeeNumber: string;
  /** Where the account is. */
  readonly system: AccountSystem;
};

/** What changes of an instance. */
export type UpdateDatabaseInstanceInput = {
  /** PEM; null: none. */
  readonly caCertificate?: string | null | undefined;
  /** Null: the engine's own. */
  readonly database?: string | null | undefined;
  /** Name or address. */
  readonly host?: string | null | undefined;
  /** Which. */
  readonly name: string;
  /** What it is called from now on. */
  readonly newName?: string | null | undefined;
  /** Never shown again. */
  readonly password?: string | null | undefined;
  /** Where it listens. */
  readonly port?: number | null | undefined;
  /** Whether runs over all take it. */
  readonly state?: InstanceState | null | undefined;
  /** Instead of those it has. */
  readonly systemAccounts?: ReadonlyArray<string> | null | undefined;
  /** Instead of those it has. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** How to encrypt. */
  readonly tls?: TlsMode | null | undefined;
  /** As whom it is read. */
  readonly username?: string | null | undefined;
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

/** A rule. */
export type UpsertClassificationRuleInput = {
  /** A letter, then letters, digits, `_`, `.`, `-`; at most 50. */
  readonly code: string;
  /** False: it gives nothing. */
  readonly enabled?: boolean;
  /** Only there; absent: everywhere. */
  readonly engines?: ReadonlyArray<DatabaseEngine> | null | undefined;
  /** DRY_RUN stores nothing. */
  readonly mode?: RunMode;
  /** What it is called in English. */
  readonly nameEn: string;
  /** What the class is called in Chinese. */
  readonly nameZh: string;
  /** When an account is in the class. */
  readonly when: ClassificationConditionInput;
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
export type UpstreamFacet =
  /** Holds accounts: tasks are executed there. */
  | 'ACCOUNTS'
  /** Holds course calendars. */
  | 'CALENDARS'
  /** People come from there. */
  | 'PEOPLE'
  /** The timetable is read there. */
  | 'TIMETABLE';

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
export type WebhookEvent =
  /** `calendar.run_finished`: a calendar run changed something at WPS; says how much. */
  | 'CALENDAR_RUN_FINISHED'
  /** `calendar.system_error`: a calendar run was stopped by what a person has to put right. */
  | 'CALENDAR_SYSTEM_ERROR'
  /** `database.account.changed`: a run logged changes at an instance; one digest per instance and run, none for its first. */
  | 'DATABASE_ACCOUNT_CHANGED'
  /** `database.privileged_account.appeared`: an account has become SUPERUSER or GRANT_ADMIN, or is new as such. */
  | 'DATABASE_PRIVILEGED_ACCOUNT_APPEARED'
  /** `request.finished`: every item of a request is final; once per round. */
  | 'REQUEST_FINISHED'
  /** `run.awaiting_confirmation`: a run waits for `confirmRun` or `rejectRun`. */
  | 'RUN_AWAITING_CONFIRMATION'
  /** `run.finished`: a run ended. A scheduled one that keeps failing is announced once, and again when it works. */
  | 'RUN_FINISHED'
  /** `system.circuit_closed`: the system answers again. */
  | 'SYSTEM_CIRCUIT_CLOSED'
  /** `system.circuit_opened`: nothing is sent to a system but single trials. */
  | 'SYSTEM_CIRCUIT_OPENED'
  /** `task.failed`: tasks failed; one digest per system, error code and quarter of an hour. */
  | 'TASK_FAILED';

export type FindQueryVariables = Exact<{
  search: string;
  first: number;
  people: boolean;
  requests: boolean;
}>;


export type FindQuery = { readonly person?: { readonly employeeNumber: string, readonly fullName: string, readonly emailAddress: string | null } | null, readonly people?: { readonly nodes: ReadonlyArray<{ readonly employeeNumber: string, readonly fullName: string, readonly emailAddress: string | null }> }, readonly requests?: { readonly nodes: ReadonlyArray<{ readonly requestId: string, readonly businessKey: string, readonly statusDisplay: string }> } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly principal: string, readonly scopes: ReadonlyArray<string>, readonly originSystems: ReadonlyArray<string> | null, readonly expiresAt: string | null }, readonly rateLimit: { readonly limit: number, readonly remaining: number, readonly resetAt: string } };

export type HealthQueryVariables = Exact<{ [key: string]: never; }>;


export type HealthQuery = { readonly overview: { readonly health: HealthLevel, readonly reasons: ReadonlyArray<{ readonly code: string }> } };

export type ApiKeysQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  state?: ReadonlyArray<ApiKeyState> | ApiKeyState | null | undefined;
  principal?: string | null | undefined;
}>;


export type ApiKeysQuery = { readonly apiKeys: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly prefix: string, readonly principal: string, readonly scopes: ReadonlyArray<string>, readonly originSystems: ReadonlyArray<string> | null, readonly state: ApiKeyState, readonly createdAt: string, readonly createdBy: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null, readonly revokedBy: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type CreateApiKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateApiKeyMutation = { readonly createApiKey: { readonly secret: string | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type RotateApiKeyMutationVariables = Exact<{
  input: RotateApiKeyInput;
}>;


export type RotateApiKeyMutation = { readonly rotateApiKey: { readonly secret: string | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type RevokeApiKeyMutationVariables = Exact<{
  input: RevokeApiKeyInput;
}>;


export type RevokeApiKeyMutation = { readonly revokeApiKey: { readonly apiKey: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type AuditEntriesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: AuditEntryFilter | null | undefined;
}>;


export type AuditEntriesQuery = { readonly auditEntries: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly entryId: string, readonly at: string, readonly action: string, readonly actor: string, readonly subjectKind: string, readonly subjectId: string, readonly before: unknown, readonly after: unknown, readonly correlationId: string | null, readonly sealed: boolean, readonly subject:
        | { readonly __typename: 'Account' }
        | { readonly __typename: 'AccountRequest', readonly requestId: string }
        | { readonly __typename: 'AccountRequestItem', readonly employeeNumber: string, readonly request: { readonly requestId: string } }
        | { readonly __typename: 'AccountTask', readonly taskId: string }
        | { readonly __typename: 'ApiKey' }
        | { readonly __typename: 'AuditEntry' }
        | { readonly __typename: 'CalendarEvent' }
        | { readonly __typename: 'CalendarFinding' }
        | { readonly __typename: 'CalendarMember' }
        | { readonly __typename: 'CourseCalendar' }
        | { readonly __typename: 'DatabaseAccount' }
        | { readonly __typename: 'DatabaseAccountChange' }
        | { readonly __typename: 'DatabaseClassificationRule' }
        | { readonly __typename: 'DatabaseInstance' }
        | { readonly __typename: 'DepartmentMapping', readonly idataDepartmentCode: string }
        | { readonly __typename: 'LessonBlock' }
        | { readonly __typename: 'Person', readonly employeeNumber: string }
        | { readonly __typename: 'PersonTypeMapping' }
        | { readonly __typename: 'SettingChange' }
        | { readonly __typename: 'SyncRun', readonly runId: string }
        | { readonly __typename: 'Term' }
        | { readonly __typename: 'Webhook' }
        | { readonly __typename: 'WebhookDelivery' }
       | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type VerifyAuditQueryVariables = Exact<{
  after?: string | null | undefined;
  head?: string | null | undefined;
}>;


export type VerifyAuditQuery = { readonly verifyAudit: { readonly complete: boolean, readonly entries: number, readonly seals: number, readonly unsealed: number, readonly head: string | null, readonly headFound: boolean | null, readonly upTo: string, readonly problem: { readonly kind: AuditProblemKind, readonly message: string, readonly entry: string | null, readonly seal: string | null } | null } };

export type PurgeMutationVariables = Exact<{
  input: PurgeInput;
}>;


export type PurgeMutation = { readonly purge: { readonly counts: ReadonlyArray<{ readonly table: string, readonly rows: number, readonly complete: boolean }>, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type RotateSecretsMutationVariables = Exact<{ [key: string]: never; }>;


export type RotateSecretsMutation = { readonly rotateSecrets: { readonly renewed: number, readonly keyId: string | null, readonly counts: ReadonlyArray<{ readonly keyId: string | null, readonly count: number, readonly readable: boolean }>, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type TermsQueryVariables = Exact<{ [key: string]: never; }>;


export type TermsQuery = { readonly terms: ReadonlyArray<{ readonly id: string, readonly code: string, readonly status: TermStatus, readonly blockPolicy: BlockPolicy, readonly lessonCount: number, readonly blockCount: number, readonly calendarCounts: ReadonlyArray<{ readonly state: CourseCalendarState, readonly count: number }>, readonly eventCounts: ReadonlyArray<{ readonly state: CalendarEventState, readonly count: number }>, readonly memberCounts: ReadonlyArray<{ readonly state: CalendarMemberState, readonly count: number }>, readonly lastFullSync: { readonly runId: string, readonly status: RunStatus, readonly startedAt: string } | null, readonly lastIncrementalSync: { readonly runId: string, readonly status: RunStatus, readonly startedAt: string } | null, readonly liveRun: { readonly runId: string, readonly kind: RunKind, readonly progress: number | null } | null }> };

export type CourseCalendarsQueryVariables = Exact<{
  term: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: CourseCalendarFilter | null | undefined;
}>;


export type CourseCalendarsQuery = { readonly courseCalendars: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly offering: string, readonly title: string | null, readonly desiredTitle: string, readonly wpsCalendarId: string | null, readonly state: CourseCalendarState, readonly explanation: string | null, readonly updatedAt: string, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type TimetableQueryVariables = Exact<{
  term: string;
  first: number;
  after?: string | null | undefined;
  filter?: LessonBlockFilter | null | undefined;
}>;


export type TimetableQuery = { readonly lessonBlocks: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly offering: string, readonly courseName: string, readonly teachingWeek: number | null, readonly weekday: number, readonly date: string, readonly periods: ReadonlyArray<number>, readonly startsAt: string, readonly endsAt: string, readonly building: string | null, readonly rooms: ReadonlyArray<string>, readonly checkIn: boolean, readonly teachers: ReadonlyArray<{ readonly userNo: string, readonly name: string | null }>, readonly event: { readonly id: string, readonly state: CalendarEventState } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type FirstLessonQueryVariables = Exact<{
  term: string;
}>;


export type FirstLessonQuery = { readonly lessonBlocks: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly date: string }> } };

export type ConflictsQueryVariables = Exact<{
  term: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  kind?: ReadonlyArray<ConflictKind> | ConflictKind | null | undefined;
}>;


export type ConflictsQuery = { readonly calendarConflicts: { readonly nodes: ReadonlyArray<{ readonly kind: ConflictKind, readonly subject: string, readonly date: string, readonly startsAt: string, readonly endsAt: string, readonly students: number | null, readonly blocks: ReadonlyArray<{ readonly id: string, readonly offering: string, readonly courseName: string, readonly rooms: ReadonlyArray<string> }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type FindingsQueryVariables = Exact<{
  term: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  kind?: ReadonlyArray<FindingKind> | FindingKind | null | undefined;
  open?: boolean | null | undefined;
}>;


export type FindingsQuery = { readonly calendarFindings: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: FindingKind, readonly subject: FindingSubject, readonly message: string, readonly remoteId: string | null, readonly foundAt: string, readonly repairedAt: string | null, readonly details: unknown, readonly calendar: { readonly id: string, readonly offering: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type CourseCalendarQueryVariables = Exact<{
  term: string;
  offering: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  state?: ReadonlyArray<CalendarMemberState> | CalendarMemberState | null | undefined;
  search?: string | null | undefined;
}>;


export type CourseCalendarQuery = { readonly courseCalendar: { readonly id: string, readonly offering: string, readonly title: string | null, readonly desiredTitle: string, readonly wpsCalendarId: string | null, readonly state: CourseCalendarState, readonly explanation: string | null, readonly createdAt: string, readonly updatedAt: string, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null, readonly members: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly userNo: string, readonly name: string | null, readonly userType: TimetableUserType, readonly desiredRole: CalendarRole | null, readonly actualRole: CalendarRole | null, readonly state: CalendarMemberState, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } } | null };

export type StartCalendarSyncMutationVariables = Exact<{
  input: StartCalendarSyncInput;
}>;


export type StartCalendarSyncMutation = { readonly startCalendarSync: { readonly joined: boolean, readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type ReconcileCalendarsMutationVariables = Exact<{
  input: ReconcileCalendarsInput;
}>;


export type ReconcileCalendarsMutation = { readonly reconcileCalendars: { readonly joined: boolean, readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type RestoreCalendarUserMutationVariables = Exact<{
  input: RestoreCalendarUserInput;
}>;


export type RestoreCalendarUserMutation = { readonly restoreCalendarUser: { readonly joined: boolean, readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DeleteTermCalendarsMutationVariables = Exact<{
  input: DeleteTermCalendarsInput;
}>;


export type DeleteTermCalendarsMutation = { readonly deleteTermCalendars: { readonly joined: boolean, readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type UpdateTermMutationVariables = Exact<{
  input: UpdateTermInput;
}>;


export type UpdateTermMutation = { readonly updateTerm: { readonly term: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type CoverageRowFragment = { readonly category: PermissionCategory, readonly scope: string | null, readonly status: CategoryStatus, readonly message: string | null, readonly grant: string | null };

export type DatabaseInstancesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: DatabaseInstanceFilter | null | undefined;
}>;


export type DatabaseInstancesQuery = { readonly databaseInstances: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly engine: DatabaseEngine, readonly product: string | null, readonly version: string | null, readonly host: string, readonly port: number, readonly username: string, readonly state: InstanceState, readonly tags: ReadonlyArray<string>, readonly tls: TlsMode, readonly accountCount: number, readonly lastSuccessAt: string | null, readonly explanation: string | null, readonly database: string | null, readonly systemAccounts: ReadonlyArray<string>, readonly lastSync: { readonly status: RunItemOutcome, readonly startedAt: string | null, readonly run: { readonly runId: string }, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null, readonly coverage: ReadonlyArray<{ readonly category: PermissionCategory, readonly scope: string | null, readonly status: CategoryStatus, readonly message: string | null, readonly grant: string | null }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type DatabaseAccountsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: DatabaseAccountFilter | null | undefined;
}>;


export type DatabaseAccountsQuery = { readonly databaseAccounts: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly displayName: string, readonly isRole: boolean, readonly isSystem: boolean, readonly state: DatabaseAccountState, readonly locked: boolean, readonly capabilities: ReadonlyArray<DatabaseCapability>, readonly personMatch: PersonMatch, readonly lastLoginAt: string | null, readonly lastSeenAt: string, readonly person: { readonly employeeNumber: string, readonly fullName: string } | null, readonly classifications: ReadonlyArray<{ readonly code: string, readonly name: string }>, readonly instance: { readonly id: string, readonly name: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type DatabaseAccountQueryVariables = Exact<{
  id: string | number;
}>;


export type DatabaseAccountQuery = { readonly databaseAccount: { readonly id: string, readonly displayName: string, readonly name: string, readonly host: string | null, readonly nativeId: string | null, readonly isRole: boolean, readonly isSystem: boolean, readonly state: DatabaseAccountState, readonly locked: boolean, readonly lockReasons: ReadonlyArray<string>, readonly expiresAt: string | null, readonly lastLoginAt: string | null, readonly capabilities: ReadonlyArray<DatabaseCapability>, readonly capabilityReasons: ReadonlyArray<string>, readonly personMatch: PersonMatch, readonly personMatchReason: string | null, readonly memberOf: ReadonlyArray<string>, readonly effectiveRoles: ReadonlyArray<string>, readonly firstSeenAt: string, readonly lastSeenAt: string, readonly disappearedAt: string | null, readonly attributes: unknown, readonly person: { readonly employeeNumber: string, readonly fullName: string } | null, readonly classifications: ReadonlyArray<{ readonly code: string, readonly name: string, readonly manual: boolean }>, readonly instance: { readonly id: string, readonly name: string, readonly engine: DatabaseEngine } } | null };

export type PermissionRowFragment = { readonly category: PermissionCategory, readonly scope: string, readonly object: string | null, readonly privilege: string, readonly state: PermissionState, readonly grantable: boolean, readonly via: ReadonlyArray<string> };

export type DatabasePermissionsQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
  inherited: boolean;
}>;


export type DatabasePermissionsQuery = { readonly databaseAccount: { readonly id: string, readonly permissions: { readonly nodes: ReadonlyArray<{ readonly category: PermissionCategory, readonly scope: string, readonly object: string | null, readonly privilege: string, readonly state: PermissionState, readonly grantable: boolean, readonly via: ReadonlyArray<string> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type DatabaseChangesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: DatabaseAccountChangeFilter | null | undefined;
}>;


export type DatabaseChangesQuery = { readonly databaseAccountChanges: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: AccountChangeKind, readonly message: string, readonly at: string, readonly account: { readonly id: string, readonly displayName: string, readonly instance: { readonly id: string, readonly name: string } }, readonly added: ReadonlyArray<{ readonly category: PermissionCategory, readonly scope: string, readonly object: string | null, readonly privilege: string, readonly state: PermissionState, readonly grantable: boolean, readonly via: ReadonlyArray<string> }>, readonly removed: ReadonlyArray<{ readonly category: PermissionCategory, readonly scope: string, readonly object: string | null, readonly privilege: string, readonly state: PermissionState, readonly grantable: boolean, readonly via: ReadonlyArray<string> }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type WhoCanQueryVariables = Exact<{
  instance: string;
  privilege: string;
  scope?: string | null | undefined;
  object?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type WhoCanQuery = { readonly whoCan: { readonly nodes: ReadonlyArray<{ readonly category: PermissionCategory, readonly scope: string, readonly object: string | null, readonly privilege: string, readonly state: PermissionState, readonly grantable: boolean, readonly via: ReadonlyArray<string>, readonly account: { readonly id: string, readonly displayName: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type ClassificationRulesQueryVariables = Exact<{ [key: string]: never; }>;


export type ClassificationRulesQuery = { readonly databaseClassificationRules: ReadonlyArray<{ readonly id: string, readonly code: string, readonly name: string, readonly engines: ReadonlyArray<DatabaseEngine>, readonly enabled: boolean, readonly accounts: number, readonly when: unknown, readonly nameZh: string, readonly nameEn: string }> };

export type LeaverFindingsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type LeaverFindingsQuery = { readonly leaverFindings: { readonly nodes: ReadonlyArray<{ readonly reason: string, readonly since: string | null, readonly person: { readonly employeeNumber: string, readonly fullName: string }, readonly accounts: ReadonlyArray<{ readonly id: string, readonly system: AccountSystem, readonly state: AccountState }>, readonly databaseAccounts: ReadonlyArray<{ readonly id: string, readonly displayName: string, readonly instance: { readonly id: string, readonly name: string } }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type RegisterDatabaseInstanceMutationVariables = Exact<{
  input: RegisterDatabaseInstanceInput;
}>;


export type RegisterDatabaseInstanceMutation = { readonly registerDatabaseInstance: { readonly instance: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type TestDatabaseConnectionMutationVariables = Exact<{
  name: string;
}>;


export type TestDatabaseConnectionMutation = { readonly testDatabaseConnection: { readonly reachable: boolean, readonly product: string | null, readonly version: string | null, readonly latencyMs: number | null, readonly tlsInUse: boolean | null, readonly coverage: ReadonlyArray<{ readonly category: PermissionCategory, readonly scope: string | null, readonly status: CategoryStatus, readonly message: string | null, readonly grant: string | null }>, readonly error: { readonly code: string, readonly message: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type StartDatabaseSyncMutationVariables = Exact<{
  input: StartDatabaseSyncInput;
}>;


export type StartDatabaseSyncMutation = { readonly startDatabaseSync: { readonly joined: boolean, readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type LinkDatabaseAccountMutationVariables = Exact<{
  input: LinkDatabaseAccountInput;
}>;


export type LinkDatabaseAccountMutation = { readonly linkDatabaseAccount: { readonly account: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type UpdateDatabaseInstanceMutationVariables = Exact<{
  input: UpdateDatabaseInstanceInput;
}>;


export type UpdateDatabaseInstanceMutation = { readonly updateDatabaseInstance: { readonly instance: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type RemoveDatabaseInstanceMutationVariables = Exact<{
  input: RemoveDatabaseInstanceInput;
}>;


export type RemoveDatabaseInstanceMutation = { readonly removeDatabaseInstance: { readonly accounts: number, readonly changes: number, readonly removed: boolean, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type ConfirmDisappearanceMutationVariables = Exact<{
  input: ConfirmDisappearanceInput;
}>;


export type ConfirmDisappearanceMutation = { readonly confirmDisappearance: { readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type ClassifyDatabaseAccountMutationVariables = Exact<{
  input: ClassifyDatabaseAccountInput;
}>;


export type ClassifyDatabaseAccountMutation = { readonly classifyDatabaseAccount: { readonly account: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type UpsertClassificationRuleMutationVariables = Exact<{
  input: UpsertClassificationRuleInput;
}>;


export type UpsertClassificationRuleMutation = { readonly upsertClassificationRule: { readonly matches: number, readonly rule: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DeleteClassificationRuleMutationVariables = Exact<{
  code: string;
}>;


export type DeleteClassificationRuleMutation = { readonly deleteClassificationRule: { readonly matches: number, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DepartmentMappingsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type DepartmentMappingsQuery = { readonly departmentMappings: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly idataDepartmentCode: string, readonly idaasDepartmentCode: string, readonly ou: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type UpsertDepartmentMappingsMutationVariables = Exact<{
  input: UpsertDepartmentMappingsInput;
}>;


export type UpsertDepartmentMappingsMutation = { readonly upsertDepartmentMappings: { readonly created: number, readonly updated: number, readonly unchanged: number, readonly releasedTasks: number, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DeleteDepartmentMappingsMutationVariables = Exact<{
  input: DeleteDepartmentMappingsInput;
}>;


export type DeleteDepartmentMappingsMutation = { readonly deleteDepartmentMappings: { readonly deleted: number, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type PersonTypeMappingsQueryVariables = Exact<{ [key: string]: never; }>;


export type PersonTypeMappingsQuery = { readonly personTypeMappings: ReadonlyArray<{ readonly id: string, readonly personType: string, readonly aliases: ReadonlyArray<string>, readonly emailDomain: string | null, readonly idaasUserType: string, readonly welinkPersonType: string, readonly isActive: boolean, readonly description: string | null }> };

export type UpsertPersonTypeMappingsMutationVariables = Exact<{
  input: UpsertPersonTypeMappingsInput;
}>;


export type UpsertPersonTypeMappingsMutation = { readonly upsertPersonTypeMappings: { readonly created: number, readonly updated: number, readonly unchanged: number, readonly releasedTasks: number, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DeletePersonTypeMappingMutationVariables = Exact<{
  input: DeletePersonTypeMappingInput;
}>;


export type DeletePersonTypeMappingMutation = { readonly deletePersonTypeMapping: { readonly deleted: number, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type UnmappedDepartmentsQueryVariables = Exact<{ [key: string]: never; }>;


export type UnmappedDepartmentsQuery = { readonly unmappedDepartments: ReadonlyArray<{ readonly departmentCode: string, readonly people: number }> };

export type WebhooksQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhooksQuery = { readonly webhooks: ReadonlyArray<{ readonly id: string, readonly url: string, readonly description: string | null, readonly events: ReadonlyArray<WebhookEvent>, readonly isActive: boolean, readonly createdBy: string, readonly createdAt: string, readonly updatedAt: string, readonly previousSecretUntil: string | null, readonly lastDelivery: { readonly eventId: string, readonly status: DeliveryStatus, readonly occurredAt: string, readonly errorMessage: string | null } | null }> };

export type UpsertWebhookMutationVariables = Exact<{
  input: UpsertWebhookInput;
}>;


export type UpsertWebhookMutation = { readonly upsertWebhook: { readonly secret: string | null, readonly webhook: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type TestWebhookMutationVariables = Exact<{
  input: TestWebhookInput;
}>;


export type TestWebhookMutation = { readonly testWebhook: { readonly delivery: { readonly eventId: string, readonly status: DeliveryStatus } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DeleteWebhookMutationVariables = Exact<{
  input: DeleteWebhookInput;
}>;


export type DeleteWebhookMutation = { readonly deleteWebhook: { readonly deleted: boolean, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DeliveriesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: WebhookDeliveryFilter | null | undefined;
}>;


export type DeliveriesQuery = { readonly webhookDeliveries: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly eventId: string, readonly type: string, readonly channel: DeliveryChannel, readonly target: string, readonly status: DeliveryStatus, readonly attempts: number, readonly responseStatus: number | null, readonly durationMs: number | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly occurredAt: string, readonly nextAttemptAt: string | null, readonly deliveredAt: string | null, readonly data: unknown, readonly advice: ReadonlyArray<{ readonly button: string, readonly page: string }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type RedeliverMutationVariables = Exact<{
  input: RedeliverInput;
}>;


export type RedeliverMutation = { readonly redeliver: { readonly requeued: number, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type SchedulesQueryVariables = Exact<{ [key: string]: never; }>;


export type SchedulesQuery = { readonly schedules: ReadonlyArray<{ readonly name: string, readonly kind: RunKind, readonly enabled: boolean, readonly intervalMinutes: number, readonly lastFiredAt: string | null, readonly nextFiringAt: string | null }> };

export type SystemsQueryVariables = Exact<{ [key: string]: never; }>;


export type SystemsQuery = { readonly systems: ReadonlyArray<{ readonly facet: UpstreamFacet, readonly system: AccountSystem | null, readonly code: string, readonly displayName: string, readonly enabled: boolean, readonly sandboxed: boolean | null, readonly configured: boolean | null, readonly explanation: string | null, readonly throttledUntil: string | null, readonly lastSuccessAt: string | null, readonly maxConcurrency: number | null, readonly ratePerSecond: number, readonly circuit: { readonly state: CircuitState, readonly since: string | null, readonly nextTrialAt: string | null, readonly reason: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null }, readonly paused: { readonly reason: string, readonly until: string | null } | null, readonly lastError: { readonly code: string, readonly message: string, readonly fixBy: FixBy, readonly at: string | null } | null, readonly lastCheck: { readonly checkedAt: string, readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly host: string, readonly detail: string | null, readonly tokenEndsAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null }> };

export type CheckAnswerFragment = { readonly check: { readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly detail: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> };

export type CheckUpstreamMutationVariables = Exact<{
  input: CheckUpstreamInput;
}>;


export type CheckUpstreamMutation = { readonly checkUpstream: { readonly check: { readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly detail: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type InstallationQueryVariables = Exact<{ [key: string]: never; }>;


export type InstallationQuery = { readonly processes: ReadonlyArray<{ readonly role: ProcessRole, readonly version: string, readonly host: string, readonly pid: number, readonly startedAt: string, readonly lastSeenAt: string, readonly isAlive: boolean }>, readonly connections: ReadonlyArray<{ readonly code: string, readonly displayName: string, readonly sandboxed: boolean, readonly address: string | null, readonly variables: ReadonlyArray<{ readonly name: string, readonly value: string | null }> }> };

export type CheckCalendarSystemMutationVariables = Exact<{ [key: string]: never; }>;


export type CheckCalendarSystemMutation = { readonly checkCalendarSystem: { readonly check: { readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly detail: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type CheckTimetableSourceMutationVariables = Exact<{ [key: string]: never; }>;


export type CheckTimetableSourceMutation = { readonly checkTimetableSource: { readonly check: { readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly detail: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type PauseSystemMutationVariables = Exact<{
  input: PauseSystemInput;
}>;


export type PauseSystemMutation = { readonly pauseSystem: { readonly system: { readonly code: string }, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type SettingsQueryVariables = Exact<{
  keys?: ReadonlyArray<string> | string | null | undefined;
}>;


export type SettingsQuery = { readonly settings: ReadonlyArray<{ readonly key: string, readonly value: unknown, readonly defaultValue: unknown, readonly description: string, readonly group: string, readonly version: number, readonly updatedAt: string | null, readonly updatedBy: string | null }> };

export type SettingChangesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  key?: string | null | undefined;
}>;


export type SettingChangesQuery = { readonly settingChanges: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly key: string, readonly oldValue: unknown, readonly newValue: unknown, readonly changedBy: string, readonly changedAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type UpdateSettingMutationVariables = Exact<{
  input: UpdateSettingInput;
}>;


export type UpdateSettingMutation = { readonly updateSetting: { readonly setting: { readonly key: string, readonly version: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type PoisonMessagesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  queue?: string | null | undefined;
}>;


export type PoisonMessagesQuery = { readonly poisonMessages: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly queue: string, readonly at: string, readonly error: string | null, readonly payload: unknown, readonly readable: boolean, readonly tries: number }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type RedrivePoisonMutationVariables = Exact<{
  input: RedrivePoisonMessagesInput;
}>;


export type RedrivePoisonMutation = { readonly redrivePoisonMessages: { readonly redriven: number, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DiscardPoisonMutationVariables = Exact<{
  input: DiscardPoisonMessagesInput;
}>;


export type DiscardPoisonMutation = { readonly discardPoisonMessages: { readonly discarded: number, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type SystemFactsFragment = { readonly facet: UpstreamFacet, readonly system: AccountSystem | null, readonly code: string, readonly displayName: string, readonly enabled: boolean, readonly sandboxed: boolean | null, readonly configured: boolean | null, readonly explanation: string | null, readonly throttledUntil: string | null, readonly lastSuccessAt: string | null, readonly maxConcurrency: number | null, readonly ratePerSecond: number, readonly circuit: { readonly state: CircuitState, readonly since: string | null, readonly nextTrialAt: string | null, readonly reason: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null }, readonly paused: { readonly reason: string, readonly until: string | null } | null, readonly lastError: { readonly code: string, readonly message: string, readonly fixBy: FixBy, readonly at: string | null } | null, readonly lastCheck: { readonly checkedAt: string, readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly host: string, readonly detail: string | null, readonly tokenEndsAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null };

export type OverviewQueryVariables = Exact<{ [key: string]: never; }>;


export type OverviewQuery = { readonly overview: { readonly at: string, readonly health: HealthLevel, readonly sandboxed: ReadonlyArray<string>, readonly switchesOff: ReadonlyArray<string>, readonly uncertainTasks: number, readonly reasons: ReadonlyArray<{ readonly code: string, readonly level: HealthLevel, readonly message: string, readonly whatToDo: string, readonly fixBy: FixBy, readonly system: string | null, readonly setting: string | null, readonly runId: string | null, readonly advice: ReadonlyArray<{ readonly button: string, readonly page: string }> }>, readonly failures: ReadonlyArray<{ readonly system: AccountSystem | null, readonly code: string, readonly message: string, readonly fixBy: FixBy, readonly tasks: number, readonly people: number, readonly requests: number, readonly retrying: number, readonly firstAt: string, readonly lastAt: string, readonly advice: ReadonlyArray<{ readonly button: string, readonly page: string }> }>, readonly systems: ReadonlyArray<{ readonly facet: UpstreamFacet, readonly system: AccountSystem | null, readonly code: string, readonly displayName: string, readonly enabled: boolean, readonly sandboxed: boolean | null, readonly configured: boolean | null, readonly explanation: string | null, readonly throttledUntil: string | null, readonly lastSuccessAt: string | null, readonly maxConcurrency: number | null, readonly ratePerSecond: number, readonly circuit: { readonly state: CircuitState, readonly since: string | null, readonly nextTrialAt: string | null, readonly reason: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null }, readonly paused: { readonly reason: string, readonly until: string | null } | null, readonly lastError: { readonly code: string, readonly message: string, readonly fixBy: FixBy, readonly at: string | null } | null, readonly lastCheck: { readonly checkedAt: string, readonly reachable: boolean, readonly credentialsAccepted: boolean | null, readonly latencyMs: number, readonly host: string, readonly detail: string | null, readonly tokenEndsAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null } | null }>, readonly taskCounts: ReadonlyArray<{ readonly system: AccountSystem, readonly status: TaskStatus, readonly count: number }>, readonly awaitingConfirmation: ReadonlyArray<{ readonly runId: string, readonly kind: RunKind, readonly startedAt: string }>, readonly deadLetters: ReadonlyArray<{ readonly queue: string, readonly count: number }>, readonly lastHrSync: { readonly runId: string, readonly status: RunStatus, readonly startedAt: string, readonly finishedAt: string | null } | null, readonly oldestReady: { readonly taskId: string, readonly system: AccountSystem, readonly since: string, readonly ageSeconds: number } | null } };

export type ActivityQueryVariables = Exact<{
  hours: number;
}>;


export type ActivityQuery = { readonly activity: ReadonlyArray<{ readonly hour: string, readonly system: AccountSystem, readonly done: number, readonly failed: number, readonly retried: number, readonly created: number, readonly ended: number }> };

export type PeopleQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: PersonFilter | null | undefined;
}>;


export type PeopleQuery = { readonly people: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly employeeNumber: string, readonly fullName: string, readonly personType: string, readonly employeeStatus: string, readonly departmentCode: string | null, readonly emailAddress: string | null, readonly source: PersonSource, readonly accounts: ReadonlyArray<{ readonly id: string, readonly system: AccountSystem, readonly state: AccountState, readonly identifier: string | null }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type PersonQueryVariables = Exact<{
  employeeNumber: string;
  requests: boolean;
  operate: boolean;
}>;


export type PersonQuery = { readonly person: { readonly id: string, readonly employeeNumber: string, readonly fullName: string, readonly englishName: string | null, readonly pinyinName: string | null, readonly personType: string, readonly employeeStatus: string, readonly emailAddress: string | null, readonly phoneNumber: string | null, readonly username: string | null, readonly departmentCode: string | null, readonly source: PersonSource, readonly hireDate: string | null, readonly disableDate: string | null, readonly createdAt: string, readonly updatedAt: string, readonly departments: ReadonlyArray<{ readonly departmentCode: string, readonly country: string | null, readonly partnerCompany: string | null, readonly mapping?: { readonly idaasDepartmentCode: string, readonly ou: string } | null }>, readonly accounts: ReadonlyArray<{ readonly id: string, readonly system: AccountSystem, readonly state: AccountState, readonly identifier: string | null, readonly origin: AccountOrigin | null, readonly createdAt: string }>, readonly tasks?: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly taskId: string, readonly system: AccountSystem, readonly status: TaskStatus, readonly updatedAt: string }> }, readonly requestItems?: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly position: number, readonly status: RequestItemStatus, readonly explanation: string | null, readonly departmentCode: string, readonly phoneNumber: string, readonly employeeName: string, readonly partnerCompany: string | null, readonly country: string, readonly request: { readonly id: string, readonly requestId: string, readonly businessKey: string, readonly originSystem: string, readonly createdAt: string } }> } } | null };

export type PersonTimelineQueryVariables = Exact<{
  employeeNumber: string;
  first: number;
  after?: string | null | undefined;
  kind?: ReadonlyArray<PersonEventKind> | PersonEventKind | null | undefined;
  system?: ReadonlyArray<AccountSystem> | AccountSystem | null | undefined;
}>;


export type PersonTimelineQuery = { readonly person: { readonly id: string, readonly timeline: { readonly nodes: ReadonlyArray<{ readonly at: string, readonly kind: PersonEventKind, readonly system: AccountSystem | null, readonly text: string, readonly outcome: string | null, readonly requestId: string | null, readonly taskId: string | null, readonly runId: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type WhyNotQueryVariables = Exact<{
  employeeNumber: string;
  system: AccountSystem;
}>;


export type WhyNotQuery = { readonly whyNot: { readonly system: AccountSystem, readonly state: AccountAnswer, readonly code: string, readonly explanation: string, readonly whatToDo: string, readonly fixBy: FixBy, readonly setting: string | null, readonly advice: ReadonlyArray<{ readonly button: string, readonly page: string }>, readonly account: { readonly id: string, readonly state: AccountState, readonly identifier: string | null } | null, readonly task: { readonly id: string, readonly taskId: string, readonly status: TaskStatus } | null, readonly request: { readonly id: string, readonly requestId: string } | null, readonly item: { readonly id: string, readonly position: number, readonly employeeName: string, readonly departmentCode: string, readonly phoneNumber: string, readonly partnerCompany: string | null, readonly country: string, readonly status: RequestItemStatus } | null, readonly run: { readonly runId: string } | null } };

export type LinkAccountMutationVariables = Exact<{
  input: LinkAccountInput;
}>;


export type LinkAccountMutation = { readonly linkAccount: { readonly account: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type UnlinkAccountMutationVariables = Exact<{
  input: UnlinkAccountInput;
}>;


export type UnlinkAccountMutation = { readonly unlinkAccount: { readonly account: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type SetPersonIdentifiersMutationVariables = Exact<{
  input: SetPersonIdentifiersInput;
}>;


export type SetPersonIdentifiersMutation = { readonly setPersonIdentifiers: { readonly requeuedTasks: number, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type ExportPersonMutationVariables = Exact<{
  input: ExportPersonInput;
}>;


export type ExportPersonMutation = { readonly exportPerson: { readonly document: unknown, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type ErasePersonMutationVariables = Exact<{
  input: ErasePersonInput;
}>;


export type ErasePersonMutation = { readonly erasePerson: { readonly counts: ReadonlyArray<{ readonly table: string, readonly rows: number }>, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type RequestRowFragment = { readonly id: string, readonly requestId: string, readonly businessKey: string, readonly originSystem: string, readonly accountType: string, readonly status: RequestStatus, readonly statusDisplay: string, readonly systemList: ReadonlyArray<AccountSystem>, readonly priority: Priority, readonly totalUsers: number, readonly completedUsers: number, readonly failedUsers: number, readonly progress: number, readonly explanation: string | null, readonly createdBy: string, readonly createdAt: string };

export type RequestsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: RequestFilter | null | undefined;
}>;


export type RequestsQuery = { readonly requests: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly requestId: string, readonly businessKey: string, readonly originSystem: string, readonly accountType: string, readonly status: RequestStatus, readonly statusDisplay: string, readonly systemList: ReadonlyArray<AccountSystem>, readonly priority: Priority, readonly totalUsers: number, readonly completedUsers: number, readonly failedUsers: number, readonly progress: number, readonly explanation: string | null, readonly createdBy: string, readonly createdAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type RequestCountsQueryVariables = Exact<{
  filter?: RequestFilter | null | undefined;
}>;


export type RequestCountsQuery = { readonly requestCounts: ReadonlyArray<{ readonly status: RequestStatus, readonly count: number }> };

export type RequestsLiveSubscriptionVariables = Exact<{
  status?: ReadonlyArray<RequestStatus> | RequestStatus | null | undefined;
  originSystem?: string | null | undefined;
}>;


export type RequestsLiveSubscription = { readonly requestsProgress: { readonly snapshot: boolean, readonly truncated: boolean, readonly changed: ReadonlyArray<{ readonly request: { readonly id: string, readonly requestId: string, readonly businessKey: string, readonly originSystem: string, readonly accountType: string, readonly status: RequestStatus, readonly statusDisplay: string, readonly systemList: ReadonlyArray<AccountSystem>, readonly priority: Priority, readonly totalUsers: number, readonly completedUsers: number, readonly failedUsers: number, readonly progress: number, readonly explanation: string | null, readonly createdBy: string, readonly createdAt: string } }> } };

export type RequestQueryVariables = Exact<{
  requestId: string;
}>;


export type RequestQuery = { readonly request: { readonly employeeType: string, readonly rejectedUsers: number, readonly processedUsers: number, readonly round: number, readonly updatedAt: string, readonly completedAt: string | null, readonly id: string, readonly requestId: string, readonly businessKey: string, readonly originSystem: string, readonly accountType: string, readonly status: RequestStatus, readonly statusDisplay: string, readonly systemList: ReadonlyArray<AccountSystem>, readonly priority: Priority, readonly totalUsers: number, readonly completedUsers: number, readonly failedUsers: number, readonly progress: number, readonly explanation: string | null, readonly createdBy: string, readonly createdAt: string, readonly advice: ReadonlyArray<{ readonly button: string, readonly page: string }>, readonly rejectedRows: ReadonlyArray<{ readonly position: number, readonly codes: ReadonlyArray<string>, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly employeeNumber: string | null }> }>, readonly notify: { readonly emails: ReadonlyArray<string>, readonly webhookUrl: string | null } | null, readonly itemCounts: ReadonlyArray<{ readonly status: RequestItemStatus, readonly count: number }>, readonly taskCounts: ReadonlyArray<{ readonly system: AccountSystem, readonly status: TaskStatus, readonly count: number }>, readonly errorSummary: ReadonlyArray<{ readonly system: AccountSystem | null, readonly code: string, readonly message: string, readonly count: number, readonly fixBy: FixBy, readonly advice: ReadonlyArray<{ readonly button: string, readonly page: string }> }> } | null };

export type RequestItemsQueryVariables = Exact<{
  requestId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  status?: ReadonlyArray<RequestItemStatus> | RequestItemStatus | null | undefined;
  search?: string | null | undefined;
  errorCode?: ReadonlyArray<string> | string | null | undefined;
}>;


export type RequestItemsQuery = { readonly request: { readonly id: string, readonly items: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly position: number, readonly employeeNumber: string, readonly employeeName: string, readonly departmentCode: string, readonly phoneNumber: string, readonly partnerCompany: string | null, readonly country: string, readonly status: RequestItemStatus, readonly explanation: string | null, readonly advice: ReadonlyArray<{ readonly button: string, readonly page: string }>, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy, readonly retryable: boolean } | null, readonly tasks: ReadonlyArray<{ readonly id: string, readonly taskId: string, readonly system: AccountSystem, readonly status: TaskStatus, readonly accountIdentifier: string | null }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } } | null };

export type RequestLiveSubscriptionVariables = Exact<{
  requestId: string;
}>;


export type RequestLiveSubscription = { readonly requestProgress: { readonly percent: number, readonly etaSeconds: number | null, readonly ratePerSecond: number | null, readonly final: boolean, readonly changedItemCount: number } };

export type RetryRequestMutationVariables = Exact<{
  input: RetryRequestInput;
}>;


export type RetryRequestMutation = { readonly retryRequest: { readonly requeuedTasks: number, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type CancelRequestMutationVariables = Exact<{
  input: CancelRequestInput;
}>;


export type CancelRequestMutation = { readonly cancelRequest: { readonly request: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type UpdateRequestItemMutationVariables = Exact<{
  input: UpdateRequestItemInput;
}>;


export type UpdateRequestItemMutation = { readonly updateRequestItem: { readonly requeuedTasks: number, readonly item: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type CreateAccountsMutationVariables = Exact<{
  input: CreateAccountsInput;
}>;


export type CreateAccountsMutation = { readonly createAccounts: { readonly replayed: boolean, readonly existingRequestId: string | null, readonly warningCount: number, readonly userErrorCount: number, readonly request: { readonly requestId: string } | null, readonly warnings: ReadonlyArray<{ readonly code: AccountWarningCode, readonly message: string, readonly path: ReadonlyArray<string>, readonly employeeNumber: string | null }>, readonly preview: ReadonlyArray<{ readonly position: number, readonly employeeNumber: string, readonly username: string | null, readonly emailAddress: string | null, readonly missingSystems: ReadonlyArray<AccountSystem> }>, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null, readonly employeeNumber: string | null }> } };

export type AllItemsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: RequestItemFilter | null | undefined;
}>;


export type AllItemsQuery = { readonly requestItems: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly employeeNumber: string, readonly employeeName: string, readonly departmentCode: string, readonly status: RequestItemStatus, readonly explanation: string | null, readonly updatedAt: string, readonly advice: ReadonlyArray<{ readonly button: string, readonly page: string }>, readonly error: { readonly code: string, readonly message: string, readonly fixBy: FixBy } | null, readonly request: { readonly requestId: string, readonly businessKey: string, readonly originSystem: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type RunRowFragment = { readonly id: string, readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null };

export type RunsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: RunFilter | null | undefined;
}>;


export type RunsQuery = { readonly runs: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type RunWholeFragment = { readonly confirmationRequestedAt: string | null, readonly confirmedBy: string | null, readonly confirmedAt: string | null, readonly rejectedBy: string | null, readonly rejectedAt: string | null, readonly rejectionReason: string | null, readonly id: string, readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> };

export type RunQueryVariables = Exact<{
  runId: string;
}>;


export type RunQuery = { readonly run: { readonly confirmationRequestedAt: string | null, readonly confirmedBy: string | null, readonly confirmedAt: string | null, readonly rejectedBy: string | null, readonly rejectedAt: string | null, readonly rejectionReason: string | null, readonly id: string, readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } | null };

export type RunLiveSubscriptionVariables = Exact<{
  runId: string;
}>;


export type RunLiveSubscription = { readonly runProgress: { readonly confirmationRequestedAt: string | null, readonly confirmedBy: string | null, readonly confirmedAt: string | null, readonly rejectedBy: string | null, readonly rejectedAt: string | null, readonly rejectionReason: string | null, readonly id: string, readonly runId: string, readonly kind: RunKind, readonly mode: RunMode, readonly trigger: RunTrigger, readonly status: RunStatus, readonly progress: number | null, readonly summary: unknown, readonly error: string | null, readonly createdBy: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly steps: ReadonlyArray<{ readonly key: string, readonly parentKey: string | null, readonly name: string, readonly status: StepStatus, readonly done: number, readonly total: number | null, readonly failed: number, readonly error: string | null, readonly startedAt: string | null, readonly finishedAt: string | null }> } };

export type RunItemsQueryVariables = Exact<{
  runId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  outcome?: ReadonlyArray<RunItemOutcome> | RunItemOutcome | null | undefined;
  search?: string | null | undefined;
}>;


export type RunItemsQuery = { readonly run: { readonly id: string, readonly items: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly key: string, readonly outcome: RunItemOutcome, readonly errorCode: string | null, readonly message: string | null, readonly details: unknown }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } } | null };

export type SyncStatusQueryVariables = Exact<{ [key: string]: never; }>;


export type SyncStatusQuery = { readonly syncStatus: ReadonlyArray<{ readonly kind: RunKind, readonly configured: boolean, readonly enabled: boolean, readonly intervalMinutes: number | null, readonly nextFiringAt: string | null, readonly watermark: string | null, readonly lastRun: { readonly runId: string, readonly status: RunStatus, readonly startedAt: string } | null, readonly runningRun: { readonly runId: string } | null, readonly awaitingConfirmation: { readonly runId: string } | null }> };

export type RunAnswerFragment = { readonly joined: boolean, readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> };

export type SyncHrMutationVariables = Exact<{
  input: SyncHrInput;
}>;


export type SyncHrMutation = { readonly syncHr: { readonly joined: boolean, readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type CreateAccountTasksMutationVariables = Exact<{
  input: CreateAccountTasksInput;
}>;


export type CreateAccountTasksMutation = { readonly createAccountTasks: { readonly joined: boolean, readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type ProcessAccountTasksMutationVariables = Exact<{
  input: ProcessAccountTasksInput;
}>;


export type ProcessAccountTasksMutation = { readonly processAccountTasks: { readonly joined: boolean, readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DisableLeaversMutationVariables = Exact<{
  input: DisableLeaversInput;
}>;


export type DisableLeaversMutation = { readonly disableLeavers: { readonly joined: boolean, readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type VerifyAccountsMutationVariables = Exact<{
  input: VerifyAccountsInput;
}>;


export type VerifyAccountsMutation = { readonly verifyAccounts: { readonly joined: boolean, readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type AdoptAccountsMutationVariables = Exact<{
  input: AdoptAccountsInput;
}>;


export type AdoptAccountsMutation = { readonly adoptAccounts: { readonly joined: boolean, readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type ConfirmRunMutationVariables = Exact<{
  input: ConfirmRunInput;
}>;


export type ConfirmRunMutation = { readonly confirmRun: { readonly joined: boolean, readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type RejectRunMutationVariables = Exact<{
  input: RejectRunInput;
}>;


export type RejectRunMutation = { readonly rejectRun: { readonly joined: boolean, readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type CancelRunMutationVariables = Exact<{
  input: CancelRunInput;
}>;


export type CancelRunMutation = { readonly cancelRun: { readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type ResumeRunMutationVariables = Exact<{
  input: ResumeRunInput;
}>;


export type ResumeRunMutation = { readonly resumeRun: { readonly joined: boolean, readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type RetryFailedItemsMutationVariables = Exact<{
  input: RetryFailedItemsInput;
}>;


export type RetryFailedItemsMutation = { readonly retryFailedItems: { readonly joined: boolean, readonly run: { readonly runId: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type TaskRowFragment = { readonly id: string, readonly taskId: string, readonly system: AccountSystem, readonly status: TaskStatus, readonly statusDisplay: string, readonly attemptCount: number, readonly maxAttempts: number, readonly nextAttemptAt: string | null, readonly explanation: string | null, readonly accountIdentifier: string | null, readonly createdAt: string, readonly updatedAt: string, readonly advice: ReadonlyArray<{ readonly button: string, readonly page: string }>, readonly person: { readonly employeeNumber: string, readonly fullName: string } | null, readonly lastError: { readonly code: string, readonly message: string, readonly retryable: boolean, readonly fixBy: FixBy } | null };

export type TasksQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: TaskFilter | null | undefined;
}>;


export type TasksQuery = { readonly tasks: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly taskId: string, readonly system: AccountSystem, readonly status: TaskStatus, readonly statusDisplay: string, readonly attemptCount: number, readonly maxAttempts: number, readonly nextAttemptAt: string | null, readonly explanation: string | null, readonly accountIdentifier: string | null, readonly createdAt: string, readonly updatedAt: string, readonly advice: ReadonlyArray<{ readonly button: string, readonly page: string }>, readonly person: { readonly employeeNumber: string, readonly fullName: string } | null, readonly lastError: { readonly code: string, readonly message: string, readonly retryable: boolean, readonly fixBy: FixBy } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type TaskCountsQueryVariables = Exact<{
  filter?: TaskFilter | null | undefined;
}>;


export type TaskCountsQuery = { readonly taskCounts: ReadonlyArray<{ readonly system: AccountSystem, readonly status: TaskStatus, readonly count: number }> };

export type TaskQueryVariables = Exact<{
  taskId: string;
  operate: boolean;
}>;


export type TaskQuery = { readonly task: { readonly result: unknown, readonly completedAt: string | null, readonly id: string, readonly taskId: string, readonly system: AccountSystem, readonly status: TaskStatus, readonly statusDisplay: string, readonly attemptCount: number, readonly maxAttempts: number, readonly nextAttemptAt: string | null, readonly explanation: string | null, readonly accountIdentifier: string | null, readonly createdAt: string, readonly updatedAt: string, readonly dependsOn: ReadonlyArray<{ readonly id: string, readonly taskId: string, readonly system: AccountSystem, readonly status: TaskStatus, readonly accountIdentifier: string | null }>, readonly attempts: ReadonlyArray<{ readonly executionAttempt: number, readonly outcome: AttemptOutcome | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly errorDetails?: unknown, readonly executionContext?: unknown, readonly startedAt: string, readonly finishedAt: string | null }>, readonly advice: ReadonlyArray<{ readonly button: string, readonly page: string }>, readonly person: { readonly employeeNumber: string, readonly fullName: string } | null, readonly lastError: { readonly code: string, readonly message: string, readonly retryable: boolean, readonly fixBy: FixBy } | null } | null };

export type RetryTaskMutationVariables = Exact<{
  input: RetryTaskInput;
}>;


export type RetryTaskMutation = { readonly retryTask: { readonly task: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type ResolveTaskMutationVariables = Exact<{
  input: ResolveTaskInput;
}>;


export type ResolveTaskMutation = { readonly resolveTask: { readonly task: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type RetryTasksMutationVariables = Exact<{
  input: RetryTasksInput;
}>;


export type RetryTasksMutation = { readonly retryTasks: { readonly matched: number, readonly people: number, readonly requests: number, readonly requeuedTasks: number, readonly remaining: number, readonly groups: ReadonlyArray<{ readonly system: AccountSystem, readonly code: string | null, readonly count: number }>, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type CancelTasksMutationVariables = Exact<{
  input: CancelTasksInput;
}>;


export type CancelTasksMutation = { readonly cancelTasks: { readonly matched: number, readonly people: number, readonly requests: number, readonly cancelledTasks: number, readonly remaining: number, readonly groups: ReadonlyArray<{ readonly system: AccountSystem, readonly code: string | null, readonly count: number }>, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DismissTasksMutationVariables = Exact<{
  input: DismissTasksInput;
}>;


export type DismissTasksMutation = { readonly dismissTasks: { readonly matched: number, readonly dismissedTasks: number, readonly dismissedItems: number, readonly remaining: number, readonly groups: ReadonlyArray<{ readonly system: AccountSystem, readonly code: string | null, readonly count: number }>, readonly userErrors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type AttemptsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: TaskAttemptFilter | null | undefined;
}>;


export type AttemptsQuery = { readonly attempts: { readonly nodes: ReadonlyArray<{ readonly executionAttempt: number, readonly outcome: AttemptOutcome | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly startedAt: string, readonly finishedAt: string | null, readonly task: { readonly id: string, readonly taskId: string, readonly system: AccountSystem } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

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
export const CoverageRowFragmentDoc = new TypedDocumentString(`
    fragment CoverageRow on CategoryCoverage {
  category
  scope
  status
  message
  grant
}
    `, {"fragmentName":"CoverageRow"}) as unknown as TypedDocumentString<CoverageRowFragment, unknown>;
export const PermissionRowFragmentDoc = new TypedDocumentString(`
    fragment PermissionRow on DatabasePermission {
  category
  scope
  object
  privilege
  state
  grantable
  via
}
    `, {"fragmentName":"PermissionRow"}) as unknown as TypedDocumentString<PermissionRowFragment, unknown>;
export const CheckAnswerFragmentDoc = new TypedDocumentString(`
    fragment CheckAnswer on CheckSystemPayload {
  check {
    reachable
    credentialsAccepted
    latencyMs
    detail
    error {
      code
      message
      fixBy
    }
  }
  userErrors {
    code
    message
    path
  }
}
    `, {"fragmentName":"CheckAnswer"}) as unknown as TypedDocumentString<CheckAnswerFragment, unknown>;
export const SystemFactsFragmentDoc = new TypedDocumentString(`
    fragment SystemFacts on UpstreamSystem {
  facet
  system
  code
  displayName
  enabled
  sandboxed
  configured
  explanation
  throttledUntil
  lastSuccessAt
  maxConcurrency
  ratePerSecond
  circuit {
    state
    since
    nextTrialAt
    reason {
      code
      message
      fixBy
    }
  }
  paused {
    reason
    until
  }
  lastError {
    code
    message
    fixBy
    at
  }
  lastCheck {
    checkedAt
    reachable
    credentialsAccepted
    latencyMs
    host
    detail
    tokenEndsAt
    error {
      code
      message
      fixBy
    }
  }
}
    `, {"fragmentName":"SystemFacts"}) as unknown as TypedDocumentString<SystemFactsFragment, unknown>;
export const RequestRowFragmentDoc = new TypedDocumentString(`
    fragment RequestRow on AccountRequest {
  id
  requestId
  businessKey
  originSystem
  accountType
  status
  statusDisplay
  systemList
  priority
  totalUsers
  completedUsers
  failedUsers
  progress
  explanation
  createdBy
  createdAt
}
    `, {"fragmentName":"RequestRow"}) as unknown as TypedDocumentString<RequestRowFragment, unknown>;
export const RunRowFragmentDoc = new TypedDocumentString(`
    fragment RunRow on SyncRun {
  id
  runId
  kind
  mode
  trigger
  status
  progress
  summary
  error
  createdBy
  startedAt
  finishedAt
}
    `, {"fragmentName":"RunRow"}) as unknown as TypedDocumentString<RunRowFragment, unknown>;
export const RunWholeFragmentDoc = new TypedDocumentString(`
    fragment RunWhole on SyncRun {
  ...RunRow
  confirmationRequestedAt
  confirmedBy
  confirmedAt
  rejectedBy
  rejectedAt
  rejectionReason
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
}
    fragment RunRow on SyncRun {
  id
  runId
  kind
  mode
  trigger
  status
  progress
  summary
  error
  createdBy
  startedAt
  finishedAt
}`, {"fragmentName":"RunWhole"}) as unknown as TypedDocumentString<RunWholeFragment, unknown>;
export const RunAnswerFragmentDoc = new TypedDocumentString(`
    fragment RunAnswer on RunPayload {
  joined
  run {
    runId
  }
  userErrors {
    code
    message
    path
  }
}
    `, {"fragmentName":"RunAnswer"}) as unknown as TypedDocumentString<RunAnswerFragment, unknown>;
export const TaskRowFragmentDoc = new TypedDocumentString(`
    fragment TaskRow on AccountTask {
  id
  taskId
  system
  status
  statusDisplay
  attemptCount
  maxAttempts
  nextAttemptAt
  explanation
  accountIdentifier
  advice {
    button
    page
  }
  person {
    employeeNumber
    fullName
  }
  lastError {
    code
    message
    retryable
    fixBy
  }
  createdAt
  updatedAt
}
    `, {"fragmentName":"TaskRow"}) as unknown as TypedDocumentString<TaskRowFragment, unknown>;
export const FindDocument = new TypedDocumentString(`
    query Find($search: String!, $first: Int!, $people: Boolean!, $requests: Boolean!) {
  person(employeeNumber: $search) @include(if: $people) {
    employeeNumber
    fullName
    emailAddress
  }
  people(first: $first, filter: { search: $search }) @include(if: $people) {
    nodes {
      employeeNumber
      fullName
      emailAddress
    }
  }
  requests(first: $first, filter: { search: $search }) @include(if: $requests) {
    nodes {
      requestId
      businessKey
      statusDisplay
    }
  }
}
    `) as unknown as TypedDocumentString<FindQuery, FindQueryVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    principal
    scopes
    originSystems
    expiresAt
  }
  rateLimit {
    limit
    remaining
    resetAt
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const HealthDocument = new TypedDocumentString(`
    query Health {
  overview {
    health
    reasons {
      code
    }
  }
}
    `) as unknown as TypedDocumentString<HealthQuery, HealthQueryVariables>;
export const ApiKeysDocument = new TypedDocumentString(`
    query ApiKeys($first: Int, $after: String, $last: Int, $before: String, $state: [ApiKeyState!], $principal: String) {
  apiKeys(
    first: $first
    after: $after
    last: $last
    before: $before
    state: $state
    principal: $principal
  ) {
    nodes {
      id
      name
      prefix
      principal
      scopes
      originSystems
      state
      createdAt
      createdBy
      expiresAt
      lastUsedAt
      revokedAt
      revokedBy
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ApiKeysQuery, ApiKeysQueryVariables>;
export const CreateApiKeyDocument = new TypedDocumentString(`
    mutation CreateApiKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    secret
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<CreateApiKeyMutation, CreateApiKeyMutationVariables>;
export const RotateApiKeyDocument = new TypedDocumentString(`
    mutation RotateApiKey($input: RotateApiKeyInput!) {
  rotateApiKey(input: $input) {
    secret
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<RotateApiKeyMutation, RotateApiKeyMutationVariables>;
export const RevokeApiKeyDocument = new TypedDocumentString(`
    mutation RevokeApiKey($input: RevokeApiKeyInput!) {
  revokeApiKey(input: $input) {
    apiKey {
      id
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>;
export const AuditEntriesDocument = new TypedDocumentString(`
    query AuditEntries($first: Int, $after: String, $last: Int, $before: String, $filter: AuditEntryFilter) {
  auditEntries(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      id
      entryId
      at
      action
      actor
      subjectKind
      subjectId
      subject {
        __typename
        ... on AccountRequest {
          requestId
        }
        ... on AccountRequestItem {
          employeeNumber
          request {
            requestId
          }
        }
        ... on AccountTask {
          taskId
        }
        ... on Person {
          employeeNumber
        }
        ... on SyncRun {
          runId
        }
        ... on DepartmentMapping {
          idataDepartmentCode
        }
      }
      before
      after
      correlationId
      sealed
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<AuditEntriesQuery, AuditEntriesQueryVariables>;
export const VerifyAuditDocument = new TypedDocumentString(`
    query VerifyAudit($after: String, $head: String) {
  verifyAudit(after: $after, head: $head) {
    complete
    entries
    seals
    unsealed
    head
    headFound
    upTo
    problem {
      kind
      message
      entry
      seal
    }
  }
}
    `) as unknown as TypedDocumentString<VerifyAuditQuery, VerifyAuditQueryVariables>;
export const PurgeDocument = new TypedDocumentString(`
    mutation Purge($input: PurgeInput!) {
  purge(input: $input) {
    counts {
      table
      rows
      complete
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<PurgeMutation, PurgeMutationVariables>;
export const RotateSecretsDocument = new TypedDocumentString(`
    mutation RotateSecrets {
  rotateSecrets {
    renewed
    keyId
    counts {
      keyId
      count
      readable
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<RotateSecretsMutation, RotateSecretsMutationVariables>;
export const TermsDocument = new TypedDocumentString(`
    query Terms {
  terms {
    id
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
      runId
      status
      startedAt
    }
    lastIncrementalSync {
      runId
      status
      startedAt
    }
    liveRun {
      runId
      kind
      progress
    }
  }
}
    `) as unknown as TypedDocumentString<TermsQuery, TermsQueryVariables>;
export const CourseCalendarsDocument = new TypedDocumentString(`
    query CourseCalendars($term: String!, $first: Int, $after: String, $last: Int, $before: String, $filter: CourseCalendarFilter) {
  courseCalendars(
    term: $term
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      id
      offering
      title
      desiredTitle
      wpsCalendarId
      state
      explanation
      updatedAt
      error {
        code
        message
        fixBy
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<CourseCalendarsQuery, CourseCalendarsQueryVariables>;
export const TimetableDocument = new TypedDocumentString(`
    query Timetable($term: String!, $first: Int!, $after: String, $filter: LessonBlockFilter) {
  lessonBlocks(term: $term, first: $first, after: $after, filter: $filter) {
    nodes {
      id
      offering
      courseName
      teachingWeek
      weekday
      date
      periods
      startsAt
      endsAt
      building
      rooms
      checkIn
      teachers {
        userNo
        name
      }
      event {
        id
        state
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<TimetableQuery, TimetableQueryVariables>;
export const FirstLessonDocument = new TypedDocumentString(`
    query FirstLesson($term: String!) {
  lessonBlocks(term: $term, first: 1) {
    nodes {
      id
      date
    }
  }
}
    `) as unknown as TypedDocumentString<FirstLessonQuery, FirstLessonQueryVariables>;
export const ConflictsDocument = new TypedDocumentString(`
    query Conflicts($term: String!, $first: Int, $after: String, $last: Int, $before: String, $kind: [ConflictKind!]) {
  calendarConflicts(
    term: $term
    first: $first
    after: $after
    last: $last
    before: $before
    kind: $kind
  ) {
    nodes {
      kind
      subject
      date
      startsAt
      endsAt
      students
      blocks {
        id
        offering
        courseName
        rooms
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ConflictsQuery, ConflictsQueryVariables>;
export const FindingsDocument = new TypedDocumentString(`
    query Findings($term: String!, $first: Int, $after: String, $last: Int, $before: String, $kind: [FindingKind!], $open: Boolean) {
  calendarFindings(
    term: $term
    first: $first
    after: $after
    last: $last
    before: $before
    kind: $kind
    open: $open
  ) {
    nodes {
      id
      kind
      subject
      message
      remoteId
      foundAt
      repairedAt
      details
      calendar {
        id
        offering
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<FindingsQuery, FindingsQueryVariables>;
export const CourseCalendarDocument = new TypedDocumentString(`
    query CourseCalendar($term: String!, $offering: String!, $first: Int, $after: String, $last: Int, $before: String, $state: [CalendarMemberState!], $search: String) {
  courseCalendar(term: $term, offering: $offering) {
    id
    offering
    title
    desiredTitle
    wpsCalendarId
    state
    explanation
    createdAt
    updatedAt
    error {
      code
      message
      fixBy
    }
    members(
      first: $first
      after: $after
      last: $last
      before: $before
      state: $state
      search: $search
    ) {
      nodes {
        id
        userNo
        name
        userType
        desiredRole
        actualRole
        state
        error {
          code
          message
          fixBy
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CourseCalendarQuery, CourseCalendarQueryVariables>;
export const StartCalendarSyncDocument = new TypedDocumentString(`
    mutation StartCalendarSync($input: StartCalendarSyncInput!) {
  startCalendarSync(input: $input) {
    ...RunAnswer
  }
}
    fragment RunAnswer on RunPayload {
  joined
  run {
    runId
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<StartCalendarSyncMutation, StartCalendarSyncMutationVariables>;
export const ReconcileCalendarsDocument = new TypedDocumentString(`
    mutation ReconcileCalendars($input: ReconcileCalendarsInput!) {
  reconcileCalendars(input: $input) {
    ...RunAnswer
  }
}
    fragment RunAnswer on RunPayload {
  joined
  run {
    runId
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<ReconcileCalendarsMutation, ReconcileCalendarsMutationVariables>;
export const RestoreCalendarUserDocument = new TypedDocumentString(`
    mutation RestoreCalendarUser($input: RestoreCalendarUserInput!) {
  restoreCalendarUser(input: $input) {
    ...RunAnswer
  }
}
    fragment RunAnswer on RunPayload {
  joined
  run {
    runId
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<RestoreCalendarUserMutation, RestoreCalendarUserMutationVariables>;
export const DeleteTermCalendarsDocument = new TypedDocumentString(`
    mutation DeleteTermCalendars($input: DeleteTermCalendarsInput!) {
  deleteTermCalendars(input: $input) {
    ...RunAnswer
  }
}
    fragment RunAnswer on RunPayload {
  joined
  run {
    runId
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<DeleteTermCalendarsMutation, DeleteTermCalendarsMutationVariables>;
export const UpdateTermDocument = new TypedDocumentString(`
    mutation UpdateTerm($input: UpdateTermInput!) {
  updateTerm(input: $input) {
    term {
      id
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateTermMutation, UpdateTermMutationVariables>;
export const DatabaseInstancesDocument = new TypedDocumentString(`
    query DatabaseInstances($first: Int, $after: String, $last: Int, $before: String, $filter: DatabaseInstanceFilter) {
  databaseInstances(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      id
      name
      engine
      product
      version
      host
      port
      username
      state
      tags
      tls
      accountCount
      lastSuccessAt
      explanation
      lastSync {
        status
        startedAt
        run {
          runId
        }
        error {
          code
          message
          fixBy
        }
      }
      database
      systemAccounts
      coverage {
        ...CoverageRow
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment CoverageRow on CategoryCoverage {
  category
  scope
  status
  message
  grant
}`) as unknown as TypedDocumentString<DatabaseInstancesQuery, DatabaseInstancesQueryVariables>;
export const DatabaseAccountsDocument = new TypedDocumentString(`
    query DatabaseAccounts($first: Int, $after: String, $last: Int, $before: String, $filter: DatabaseAccountFilter) {
  databaseAccounts(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      id
      displayName
      isRole
      isSystem
      state
      locked
      capabilities
      personMatch
      lastLoginAt
      lastSeenAt
      person {
        employeeNumber
        fullName
      }
      classifications {
        code
        name
      }
      instance {
        id
        name
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<DatabaseAccountsQuery, DatabaseAccountsQueryVariables>;
export const DatabaseAccountDocument = new TypedDocumentString(`
    query DatabaseAccount($id: ID!) {
  databaseAccount(id: $id) {
    id
    displayName
    name
    host
    nativeId
    isRole
    isSystem
    state
    locked
    lockReasons
    expiresAt
    lastLoginAt
    capabilities
    capabilityReasons
    personMatch
    personMatchReason
    memberOf
    effectiveRoles
    firstSeenAt
    lastSeenAt
    disappearedAt
    attributes
    person {
      employeeNumber
      fullName
    }
    classifications {
      code
      name
      manual
    }
    instance {
      id
      name
      engine
    }
  }
}
    `) as unknown as TypedDocumentString<DatabaseAccountQuery, DatabaseAccountQueryVariables>;
export const DatabasePermissionsDocument = new TypedDocumentString(`
    query DatabasePermissions($id: ID!, $first: Int!, $after: String, $search: String, $inherited: Boolean!) {
  databaseAccount(id: $id) {
    id
    permissions(
      first: $first
      after: $after
      search: $search
      inherited: $inherited
    ) {
      nodes {
        ...PermissionRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment PermissionRow on DatabasePermission {
  category
  scope
  object
  privilege
  state
  grantable
  via
}`) as unknown as TypedDocumentString<DatabasePermissionsQuery, DatabasePermissionsQueryVariables>;
export const DatabaseChangesDocument = new TypedDocumentString(`
    query DatabaseChanges($first: Int, $after: String, $last: Int, $before: String, $filter: DatabaseAccountChangeFilter) {
  databaseAccountChanges(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      id
      kind
      message
      at
      account {
        id
        displayName
        instance {
          id
          name
        }
      }
      added {
        ...PermissionRow
      }
      removed {
        ...PermissionRow
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment PermissionRow on DatabasePermission {
  category
  scope
  object
  privilege
  state
  grantable
  via
}`) as unknown as TypedDocumentString<DatabaseChangesQuery, DatabaseChangesQueryVariables>;
export const WhoCanDocument = new TypedDocumentString(`
    query WhoCan($instance: String!, $privilege: String!, $scope: String, $object: String, $first: Int, $after: String, $last: Int, $before: String) {
  whoCan(
    instance: $instance
    privilege: $privilege
    scope: $scope
    object: $object
    first: $first
    after: $after
    last: $last
    before: $before
  ) {
    nodes {
      ...PermissionRow
      account {
        id
        displayName
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment PermissionRow on DatabasePermission {
  category
  scope
  object
  privilege
  state
  grantable
  via
}`) as unknown as TypedDocumentString<WhoCanQuery, WhoCanQueryVariables>;
export const ClassificationRulesDocument = new TypedDocumentString(`
    query ClassificationRules {
  databaseClassificationRules {
    id
    code
    name
    nameZh: name(locale: ZH_CN)
    nameEn: name(locale: EN)
    engines
    enabled
    accounts
    when
  }
}
    `) as unknown as TypedDocumentString<ClassificationRulesQuery, ClassificationRulesQueryVariables>;
export const LeaverFindingsDocument = new TypedDocumentString(`
    query LeaverFindings($first: Int, $after: String, $last: Int, $before: String) {
  leaverFindings(first: $first, after: $after, last: $last, before: $before) {
    nodes {
      reason
      since
      person {
        employeeNumber
        fullName
      }
      accounts {
        id
        system
        state
      }
      databaseAccounts {
        id
        displayName
        instance {
          id
          name
        }
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<LeaverFindingsQuery, LeaverFindingsQueryVariables>;
export const RegisterDatabaseInstanceDocument = new TypedDocumentString(`
    mutation RegisterDatabaseInstance($input: RegisterDatabaseInstanceInput!) {
  registerDatabaseInstance(input: $input) {
    instance {
      id
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<RegisterDatabaseInstanceMutation, RegisterDatabaseInstanceMutationVariables>;
export const TestDatabaseConnectionDocument = new TypedDocumentString(`
    mutation TestDatabaseConnection($name: String!) {
  testDatabaseConnection(name: $name) {
    reachable
    product
    version
    latencyMs
    tlsInUse
    coverage {
      ...CoverageRow
    }
    error {
      code
      message
    }
    userErrors {
      code
      message
      path
    }
  }
}
    fragment CoverageRow on CategoryCoverage {
  category
  scope
  status
  message
  grant
}`) as unknown as TypedDocumentString<TestDatabaseConnectionMutation, TestDatabaseConnectionMutationVariables>;
export const StartDatabaseSyncDocument = new TypedDocumentString(`
    mutation StartDatabaseSync($input: StartDatabaseSyncInput!) {
  startDatabaseSync(input: $input) {
    ...RunAnswer
  }
}
    fragment RunAnswer on RunPayload {
  joined
  run {
    runId
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<StartDatabaseSyncMutation, StartDatabaseSyncMutationVariables>;
export const LinkDatabaseAccountDocument = new TypedDocumentString(`
    mutation LinkDatabaseAccount($input: LinkDatabaseAccountInput!) {
  linkDatabaseAccount(input: $input) {
    account {
      id
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<LinkDatabaseAccountMutation, LinkDatabaseAccountMutationVariables>;
export const UpdateDatabaseInstanceDocument = new TypedDocumentString(`
    mutation UpdateDatabaseInstance($input: UpdateDatabaseInstanceInput!) {
  updateDatabaseInstance(input: $input) {
    instance {
      id
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateDatabaseInstanceMutation, UpdateDatabaseInstanceMutationVariables>;
export const RemoveDatabaseInstanceDocument = new TypedDocumentString(`
    mutation RemoveDatabaseInstance($input: RemoveDatabaseInstanceInput!) {
  removeDatabaseInstance(input: $input) {
    accounts
    changes
    removed
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<RemoveDatabaseInstanceMutation, RemoveDatabaseInstanceMutationVariables>;
export const ConfirmDisappearanceDocument = new TypedDocumentString(`
    mutation ConfirmDisappearance($input: ConfirmDisappearanceInput!) {
  confirmDisappearance(input: $input) {
    run {
      runId
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<ConfirmDisappearanceMutation, ConfirmDisappearanceMutationVariables>;
export const ClassifyDatabaseAccountDocument = new TypedDocumentString(`
    mutation ClassifyDatabaseAccount($input: ClassifyDatabaseAccountInput!) {
  classifyDatabaseAccount(input: $input) {
    account {
      id
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<ClassifyDatabaseAccountMutation, ClassifyDatabaseAccountMutationVariables>;
export const UpsertClassificationRuleDocument = new TypedDocumentString(`
    mutation UpsertClassificationRule($input: UpsertClassificationRuleInput!) {
  upsertClassificationRule(input: $input) {
    matches
    rule {
      id
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<UpsertClassificationRuleMutation, UpsertClassificationRuleMutationVariables>;
export const DeleteClassificationRuleDocument = new TypedDocumentString(`
    mutation DeleteClassificationRule($code: String!) {
  deleteClassificationRule(code: $code) {
    matches
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteClassificationRuleMutation, DeleteClassificationRuleMutationVariables>;
export const DepartmentMappingsDocument = new TypedDocumentString(`
    query DepartmentMappings($first: Int, $after: String, $last: Int, $before: String, $search: String) {
  departmentMappings(
    first: $first
    after: $after
    last: $last
    before: $before
    search: $search
  ) {
    totalCount
    nodes {
      id
      idataDepartmentCode
      idaasDepartmentCode
      ou
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<DepartmentMappingsQuery, DepartmentMappingsQueryVariables>;
export const UpsertDepartmentMappingsDocument = new TypedDocumentString(`
    mutation UpsertDepartmentMappings($input: UpsertDepartmentMappingsInput!) {
  upsertDepartmentMappings(input: $input) {
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
    `) as unknown as TypedDocumentString<UpsertDepartmentMappingsMutation, UpsertDepartmentMappingsMutationVariables>;
export const DeleteDepartmentMappingsDocument = new TypedDocumentString(`
    mutation DeleteDepartmentMappings($input: DeleteDepartmentMappingsInput!) {
  deleteDepartmentMappings(input: $input) {
    deleted
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteDepartmentMappingsMutation, DeleteDepartmentMappingsMutationVariables>;
export const PersonTypeMappingsDocument = new TypedDocumentString(`
    query PersonTypeMappings {
  personTypeMappings {
    id
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
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<UpsertPersonTypeMappingsMutation, UpsertPersonTypeMappingsMutationVariables>;
export const DeletePersonTypeMappingDocument = new TypedDocumentString(`
    mutation DeletePersonTypeMapping($input: DeletePersonTypeMappingInput!) {
  deletePersonTypeMapping(input: $input) {
    deleted
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<DeletePersonTypeMappingMutation, DeletePersonTypeMappingMutationVariables>;
export const UnmappedDepartmentsDocument = new TypedDocumentString(`
    query UnmappedDepartments {
  unmappedDepartments {
    departmentCode
    people
  }
}
    `) as unknown as TypedDocumentString<UnmappedDepartmentsQuery, UnmappedDepartmentsQueryVariables>;
export const WebhooksDocument = new TypedDocumentString(`
    query Webhooks {
  webhooks {
    id
    url
    description
    events
    isActive
    createdBy
    createdAt
    updatedAt
    previousSecretUntil
    lastDelivery {
      eventId
      status
      occurredAt
      errorMessage
    }
  }
}
    `) as unknown as TypedDocumentString<WebhooksQuery, WebhooksQueryVariables>;
export const UpsertWebhookDocument = new TypedDocumentString(`
    mutation UpsertWebhook($input: UpsertWebhookInput!) {
  upsertWebhook(input: $input) {
    secret
    webhook {
      id
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<UpsertWebhookMutation, UpsertWebhookMutationVariables>;
export const TestWebhookDocument = new TypedDocumentString(`
    mutation TestWebhook($input: TestWebhookInput!) {
  testWebhook(input: $input) {
    delivery {
      eventId
      status
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<TestWebhookMutation, TestWebhookMutationVariables>;
export const DeleteWebhookDocument = new TypedDocumentString(`
    mutation DeleteWebhook($input: DeleteWebhookInput!) {
  deleteWebhook(input: $input) {
    deleted
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteWebhookMutation, DeleteWebhookMutationVariables>;
export const DeliveriesDocument = new TypedDocumentString(`
    query Deliveries($first: Int, $after: String, $last: Int, $before: String, $filter: WebhookDeliveryFilter) {
  webhookDeliveries(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      id
      eventId
      type
      channel
      target
      status
      attempts
      responseStatus
      durationMs
      errorCode
      errorMessage
      advice {
        button
        page
      }
      occurredAt
      nextAttemptAt
      deliveredAt
      data
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<DeliveriesQuery, DeliveriesQueryVariables>;
export const RedeliverDocument = new TypedDocumentString(`
    mutation Redeliver($input: RedeliverInput!) {
  redeliver(input: $input) {
    requeued
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<RedeliverMutation, RedeliverMutationVariables>;
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
export const SystemsDocument = new TypedDocumentString(`
    query Systems {
  systems {
    ...SystemFacts
  }
}
    fragment SystemFacts on UpstreamSystem {
  facet
  system
  code
  displayName
  enabled
  sandboxed
  configured
  explanation
  throttledUntil
  lastSuccessAt
  maxConcurrency
  ratePerSecond
  circuit {
    state
    since
    nextTrialAt
    reason {
      code
      message
      fixBy
    }
  }
  paused {
    reason
    until
  }
  lastError {
    code
    message
    fixBy
    at
  }
  lastCheck {
    checkedAt
    reachable
    credentialsAccepted
    latencyMs
    host
    detail
    tokenEndsAt
    error {
      code
      message
      fixBy
    }
  }
}`) as unknown as TypedDocumentString<SystemsQuery, SystemsQueryVariables>;
export const CheckUpstreamDocument = new TypedDocumentString(`
    mutation CheckUpstream($input: CheckUpstreamInput!) {
  checkUpstream(input: $input) {
    ...CheckAnswer
  }
}
    fragment CheckAnswer on CheckSystemPayload {
  check {
    reachable
    credentialsAccepted
    latencyMs
    detail
    error {
      code
      message
      fixBy
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<CheckUpstreamMutation, CheckUpstreamMutationVariables>;
export const InstallationDocument = new TypedDocumentString(`
    query Installation {
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
    `) as unknown as TypedDocumentString<InstallationQuery, InstallationQueryVariables>;
export const CheckCalendarSystemDocument = new TypedDocumentString(`
    mutation CheckCalendarSystem {
  checkCalendarSystem {
    ...CheckAnswer
  }
}
    fragment CheckAnswer on CheckSystemPayload {
  check {
    reachable
    credentialsAccepted
    latencyMs
    detail
    error {
      code
      message
      fixBy
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<CheckCalendarSystemMutation, CheckCalendarSystemMutationVariables>;
export const CheckTimetableSourceDocument = new TypedDocumentString(`
    mutation CheckTimetableSource {
  checkTimetableSource {
    ...CheckAnswer
  }
}
    fragment CheckAnswer on CheckSystemPayload {
  check {
    reachable
    credentialsAccepted
    latencyMs
    detail
    error {
      code
      message
      fixBy
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<CheckTimetableSourceMutation, CheckTimetableSourceMutationVariables>;
export const PauseSystemDocument = new TypedDocumentString(`
    mutation PauseSystem($input: PauseSystemInput!) {
  pauseSystem(input: $input) {
    system {
      code
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<PauseSystemMutation, PauseSystemMutationVariables>;
export const SettingsDocument = new TypedDocumentString(`
    query Settings($keys: [String!]) {
  settings(keys: $keys) {
    key
    value
    defaultValue
    description
    group
    version
    updatedAt
    updatedBy
  }
}
    `) as unknown as TypedDocumentString<SettingsQuery, SettingsQueryVariables>;
export const SettingChangesDocument = new TypedDocumentString(`
    query SettingChanges($first: Int, $after: String, $last: Int, $before: String, $key: String) {
  settingChanges(
    first: $first
    after: $after
    last: $last
    before: $before
    key: $key
  ) {
    nodes {
      id
      key
      oldValue
      newValue
      changedBy
      changedAt
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
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
export const PoisonMessagesDocument = new TypedDocumentString(`
    query PoisonMessages($first: Int, $after: String, $last: Int, $before: String, $queue: String) {
  poisonMessages(
    first: $first
    after: $after
    last: $last
    before: $before
    queue: $queue
  ) {
    totalCount
    nodes {
      id
      queue
      at
      error
      payload
      readable
      tries
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<PoisonMessagesQuery, PoisonMessagesQueryVariables>;
export const RedrivePoisonDocument = new TypedDocumentString(`
    mutation RedrivePoison($input: RedrivePoisonMessagesInput!) {
  redrivePoisonMessages(input: $input) {
    redriven
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<RedrivePoisonMutation, RedrivePoisonMutationVariables>;
export const DiscardPoisonDocument = new TypedDocumentString(`
    mutation DiscardPoison($input: DiscardPoisonMessagesInput!) {
  discardPoisonMessages(input: $input) {
    discarded
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<DiscardPoisonMutation, DiscardPoisonMutationVariables>;
export const OverviewDocument = new TypedDocumentString(`
    query Overview {
  overview {
    at
    health
    sandboxed
    switchesOff
    uncertainTasks
    reasons {
      code
      level
      message
      whatToDo
      advice {
        button
        page
      }
      fixBy
      system
      setting
      runId
    }
    failures {
      advice {
        button
        page
      }
      system
      code
      message
      fixBy
      tasks
      people
      requests
      retrying
      firstAt
      lastAt
    }
    systems {
      ...SystemFacts
    }
    taskCounts {
      system
      status
      count
    }
    awaitingConfirmation {
      runId
      kind
      startedAt
    }
    deadLetters {
      queue
      count
    }
    lastHrSync {
      runId
      status
      startedAt
      finishedAt
    }
    oldestReady {
      taskId
      system
      since
      ageSeconds
    }
  }
}
    fragment SystemFacts on UpstreamSystem {
  facet
  system
  code
  displayName
  enabled
  sandboxed
  configured
  explanation
  throttledUntil
  lastSuccessAt
  maxConcurrency
  ratePerSecond
  circuit {
    state
    since
    nextTrialAt
    reason {
      code
      message
      fixBy
    }
  }
  paused {
    reason
    until
  }
  lastError {
    code
    message
    fixBy
    at
  }
  lastCheck {
    checkedAt
    reachable
    credentialsAccepted
    latencyMs
    host
    detail
    tokenEndsAt
    error {
      code
      message
      fixBy
    }
  }
}`) as unknown as TypedDocumentString<OverviewQuery, OverviewQueryVariables>;
export const ActivityDocument = new TypedDocumentString(`
    query Activity($hours: Int!) {
  activity(hours: $hours) {
    hour
    system
    done
    failed
    retried
    created
    ended
  }
}
    `) as unknown as TypedDocumentString<ActivityQuery, ActivityQueryVariables>;
export const PeopleDocument = new TypedDocumentString(`
    query People($first: Int, $after: String, $last: Int, $before: String, $filter: PersonFilter) {
  people(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      id
      employeeNumber
      fullName
      personType
      employeeStatus
      departmentCode
      emailAddress
      source
      accounts {
        id
        system
        state
        identifier
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<PeopleQuery, PeopleQueryVariables>;
export const PersonDocument = new TypedDocumentString(`
    query Person($employeeNumber: String!, $requests: Boolean!, $operate: Boolean!) {
  person(employeeNumber: $employeeNumber) {
    id
    employeeNumber
    fullName
    englishName
    pinyinName
    personType
    employeeStatus
    emailAddress
    phoneNumber
    username
    departmentCode
    source
    hireDate
    disableDate
    createdAt
    updatedAt
    departments {
      departmentCode
      country
      partnerCompany
      mapping @include(if: $operate) {
        idaasDepartmentCode
        ou
      }
    }
    accounts {
      id
      system
      state
      identifier
      origin
      createdAt
    }
    tasks(first: 20) @include(if: $requests) {
      nodes {
        id
        taskId
        system
        status
        updatedAt
      }
    }
    requestItems(first: 20) @include(if: $requests) {
      nodes {
        id
        position
        status
        explanation
        departmentCode
        phoneNumber
        employeeName
        partnerCompany
        country
        request {
          id
          requestId
          businessKey
          originSystem
          createdAt
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PersonQuery, PersonQueryVariables>;
export const PersonTimelineDocument = new TypedDocumentString(`
    query PersonTimeline($employeeNumber: String!, $first: Int!, $after: String, $kind: [PersonEventKind!], $system: [AccountSystem!]) {
  person(employeeNumber: $employeeNumber) {
    id
    timeline(first: $first, after: $after, kind: $kind, system: $system) {
      nodes {
        at
        kind
        system
        text
        outcome
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
    system
    state
    code
    explanation
    whatToDo
    advice {
      button
      page
    }
    fixBy
    setting
    account {
      id
      state
      identifier
    }
    task {
      id
      taskId
      status
    }
    request {
      id
      requestId
    }
    item {
      id
      position
      employeeName
      departmentCode
      phoneNumber
      partnerCompany
      country
      status
    }
    run {
      runId
    }
  }
}
    `) as unknown as TypedDocumentString<WhyNotQuery, WhyNotQueryVariables>;
export const LinkAccountDocument = new TypedDocumentString(`
    mutation LinkAccount($input: LinkAccountInput!) {
  linkAccount(input: $input) {
    account {
      id
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<LinkAccountMutation, LinkAccountMutationVariables>;
export const UnlinkAccountDocument = new TypedDocumentString(`
    mutation UnlinkAccount($input: UnlinkAccountInput!) {
  unlinkAccount(input: $input) {
    account {
      id
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<UnlinkAccountMutation, UnlinkAccountMutationVariables>;
export const SetPersonIdentifiersDocument = new TypedDocumentString(`
    mutation SetPersonIdentifiers($input: SetPersonIdentifiersInput!) {
  setPersonIdentifiers(input: $input) {
    requeuedTasks
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<SetPersonIdentifiersMutation, SetPersonIdentifiersMutationVariables>;
export const ExportPersonDocument = new TypedDocumentString(`
    mutation ExportPerson($input: ExportPersonInput!) {
  exportPerson(input: $input) {
    document
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<ExportPersonMutation, ExportPersonMutationVariables>;
export const ErasePersonDocument = new TypedDocumentString(`
    mutation ErasePerson($input: ErasePersonInput!) {
  erasePerson(input: $input) {
    counts {
      table
      rows
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<ErasePersonMutation, ErasePersonMutationVariables>;
export const RequestsDocument = new TypedDocumentString(`
    query Requests($first: Int, $after: String, $last: Int, $before: String, $filter: RequestFilter) {
  requests(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      ...RequestRow
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment RequestRow on AccountRequest {
  id
  requestId
  businessKey
  originSystem
  accountType
  status
  statusDisplay
  systemList
  priority
  totalUsers
  completedUsers
  failedUsers
  progress
  explanation
  createdBy
  createdAt
}`) as unknown as TypedDocumentString<RequestsQuery, RequestsQueryVariables>;
export const RequestCountsDocument = new TypedDocumentString(`
    query RequestCounts($filter: RequestFilter) {
  requestCounts(filter: $filter) {
    status
    count
  }
}
    `) as unknown as TypedDocumentString<RequestCountsQuery, RequestCountsQueryVariables>;
export const RequestsLiveDocument = new TypedDocumentString(`
    subscription RequestsLive($status: [RequestStatus!], $originSystem: String) {
  requestsProgress(status: $status, originSystem: $originSystem) {
    snapshot
    truncated
    changed {
      request {
        ...RequestRow
      }
    }
  }
}
    fragment RequestRow on AccountRequest {
  id
  requestId
  businessKey
  originSystem
  accountType
  status
  statusDisplay
  systemList
  priority
  totalUsers
  completedUsers
  failedUsers
  progress
  explanation
  createdBy
  createdAt
}`) as unknown as TypedDocumentString<RequestsLiveSubscription, RequestsLiveSubscriptionVariables>;
export const RequestDocument = new TypedDocumentString(`
    query Request($requestId: String!) {
  request(requestId: $requestId) {
    ...RequestRow
    advice {
      button
      page
    }
    employeeType
    rejectedUsers
    rejectedRows {
      position
      codes
      userErrors {
        code
        message
        employeeNumber
      }
    }
    notify {
      emails
      webhookUrl
    }
    processedUsers
    round
    updatedAt
    completedAt
    itemCounts {
      status
      count
    }
    taskCounts {
      system
      status
      count
    }
    errorSummary {
      advice {
        button
        page
      }
      system
      code
      message
      count
      fixBy
    }
  }
}
    fragment RequestRow on AccountRequest {
  id
  requestId
  businessKey
  originSystem
  accountType
  status
  statusDisplay
  systemList
  priority
  totalUsers
  completedUsers
  failedUsers
  progress
  explanation
  createdBy
  createdAt
}`) as unknown as TypedDocumentString<RequestQuery, RequestQueryVariables>;
export const RequestItemsDocument = new TypedDocumentString(`
    query RequestItems($requestId: String!, $first: Int, $after: String, $last: Int, $before: String, $status: [RequestItemStatus!], $search: String, $errorCode: [String!]) {
  request(requestId: $requestId) {
    id
    items(
      first: $first
      after: $after
      last: $last
      before: $before
      status: $status
      search: $search
      errorCode: $errorCode
    ) {
      totalCount
      nodes {
        id
        advice {
          button
          page
        }
        position
        employeeNumber
        employeeName
        departmentCode
        phoneNumber
        partnerCompany
        country
        status
        explanation
        error {
          code
          message
          fixBy
          retryable
        }
        tasks {
          id
          taskId
          system
          status
          accountIdentifier
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RequestItemsQuery, RequestItemsQueryVariables>;
export const RequestLiveDocument = new TypedDocumentString(`
    subscription RequestLive($requestId: String!) {
  requestProgress(requestId: $requestId) {
    percent
    etaSeconds
    ratePerSecond
    final
    changedItemCount
  }
}
    `) as unknown as TypedDocumentString<RequestLiveSubscription, RequestLiveSubscriptionVariables>;
export const RetryRequestDocument = new TypedDocumentString(`
    mutation RetryRequest($input: RetryRequestInput!) {
  retryRequest(input: $input) {
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
    mutation CancelRequest($input: CancelRequestInput!) {
  cancelRequest(input: $input) {
    request {
      id
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<CancelRequestMutation, CancelRequestMutationVariables>;
export const UpdateRequestItemDocument = new TypedDocumentString(`
    mutation UpdateRequestItem($input: UpdateRequestItemInput!) {
  updateRequestItem(input: $input) {
    requeuedTasks
    item {
      id
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateRequestItemMutation, UpdateRequestItemMutationVariables>;
export const CreateAccountsDocument = new TypedDocumentString(`
    mutation CreateAccounts($input: CreateAccountsInput!) {
  createAccounts(input: $input) {
    replayed
    existingRequestId
    request {
      requestId
    }
    warningCount
    warnings {
      code
      message
      path
      employeeNumber
    }
    preview {
      position
      employeeNumber
      username
      emailAddress
      missingSystems
    }
    userErrorCount
    userErrors {
      code
      message
      path
      employeeNumber
    }
  }
}
    `) as unknown as TypedDocumentString<CreateAccountsMutation, CreateAccountsMutationVariables>;
export const AllItemsDocument = new TypedDocumentString(`
    query AllItems($first: Int, $after: String, $last: Int, $before: String, $filter: RequestItemFilter) {
  requestItems(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      id
      employeeNumber
      employeeName
      departmentCode
      status
      explanation
      updatedAt
      advice {
        button
        page
      }
      error {
        code
        message
        fixBy
      }
      request {
        requestId
        businessKey
        originSystem
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<AllItemsQuery, AllItemsQueryVariables>;
export const RunsDocument = new TypedDocumentString(`
    query Runs($first: Int, $after: String, $last: Int, $before: String, $filter: RunFilter) {
  runs(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      ...RunRow
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment RunRow on SyncRun {
  id
  runId
  kind
  mode
  trigger
  status
  progress
  summary
  error
  createdBy
  startedAt
  finishedAt
}`) as unknown as TypedDocumentString<RunsQuery, RunsQueryVariables>;
export const RunDocument = new TypedDocumentString(`
    query Run($runId: String!) {
  run(runId: $runId) {
    ...RunWhole
  }
}
    fragment RunRow on SyncRun {
  id
  runId
  kind
  mode
  trigger
  status
  progress
  summary
  error
  createdBy
  startedAt
  finishedAt
}
fragment RunWhole on SyncRun {
  ...RunRow
  confirmationRequestedAt
  confirmedBy
  confirmedAt
  rejectedBy
  rejectedAt
  rejectionReason
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
}`) as unknown as TypedDocumentString<RunQuery, RunQueryVariables>;
export const RunLiveDocument = new TypedDocumentString(`
    subscription RunLive($runId: String!) {
  runProgress(runId: $runId) {
    ...RunWhole
  }
}
    fragment RunRow on SyncRun {
  id
  runId
  kind
  mode
  trigger
  status
  progress
  summary
  error
  createdBy
  startedAt
  finishedAt
}
fragment RunWhole on SyncRun {
  ...RunRow
  confirmationRequestedAt
  confirmedBy
  confirmedAt
  rejectedBy
  rejectedAt
  rejectionReason
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
}`) as unknown as TypedDocumentString<RunLiveSubscription, RunLiveSubscriptionVariables>;
export const RunItemsDocument = new TypedDocumentString(`
    query RunItems($runId: String!, $first: Int, $after: String, $last: Int, $before: String, $outcome: [RunItemOutcome!], $search: String) {
  run(runId: $runId) {
    id
    items(
      first: $first
      after: $after
      last: $last
      before: $before
      outcome: $outcome
      search: $search
    ) {
      totalCount
      nodes {
        key
        outcome
        errorCode
        message
        details
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunItemsQuery, RunItemsQueryVariables>;
export const SyncStatusDocument = new TypedDocumentString(`
    query SyncStatus {
  syncStatus {
    kind
    configured
    enabled
    intervalMinutes
    nextFiringAt
    watermark
    lastRun {
      runId
      status
      startedAt
    }
    runningRun {
      runId
    }
    awaitingConfirmation {
      runId
    }
  }
}
    `) as unknown as TypedDocumentString<SyncStatusQuery, SyncStatusQueryVariables>;
export const SyncHrDocument = new TypedDocumentString(`
    mutation SyncHr($input: SyncHrInput!) {
  syncHr(input: $input) {
    ...RunAnswer
  }
}
    fragment RunAnswer on RunPayload {
  joined
  run {
    runId
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<SyncHrMutation, SyncHrMutationVariables>;
export const CreateAccountTasksDocument = new TypedDocumentString(`
    mutation CreateAccountTasks($input: CreateAccountTasksInput!) {
  createAccountTasks(input: $input) {
    ...RunAnswer
  }
}
    fragment RunAnswer on RunPayload {
  joined
  run {
    runId
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<CreateAccountTasksMutation, CreateAccountTasksMutationVariables>;
export const ProcessAccountTasksDocument = new TypedDocumentString(`
    mutation ProcessAccountTasks($input: ProcessAccountTasksInput!) {
  processAccountTasks(input: $input) {
    ...RunAnswer
  }
}
    fragment RunAnswer on RunPayload {
  joined
  run {
    runId
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<ProcessAccountTasksMutation, ProcessAccountTasksMutationVariables>;
export const DisableLeaversDocument = new TypedDocumentString(`
    mutation DisableLeavers($input: DisableLeaversInput!) {
  disableLeavers(input: $input) {
    ...RunAnswer
  }
}
    fragment RunAnswer on RunPayload {
  joined
  run {
    runId
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<DisableLeaversMutation, DisableLeaversMutationVariables>;
export const VerifyAccountsDocument = new TypedDocumentString(`
    mutation VerifyAccounts($input: VerifyAccountsInput!) {
  verifyAccounts(input: $input) {
    ...RunAnswer
  }
}
    fragment RunAnswer on RunPayload {
  joined
  run {
    runId
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<VerifyAccountsMutation, VerifyAccountsMutationVariables>;
export const AdoptAccountsDocument = new TypedDocumentString(`
    mutation AdoptAccounts($input: AdoptAccountsInput!) {
  adoptAccounts(input: $input) {
    ...RunAnswer
  }
}
    fragment RunAnswer on RunPayload {
  joined
  run {
    runId
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<AdoptAccountsMutation, AdoptAccountsMutationVariables>;
export const ConfirmRunDocument = new TypedDocumentString(`
    mutation ConfirmRun($input: ConfirmRunInput!) {
  confirmRun(input: $input) {
    ...RunAnswer
  }
}
    fragment RunAnswer on RunPayload {
  joined
  run {
    runId
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<ConfirmRunMutation, ConfirmRunMutationVariables>;
export const RejectRunDocument = new TypedDocumentString(`
    mutation RejectRun($input: RejectRunInput!) {
  rejectRun(input: $input) {
    ...RunAnswer
  }
}
    fragment RunAnswer on RunPayload {
  joined
  run {
    runId
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<RejectRunMutation, RejectRunMutationVariables>;
export const CancelRunDocument = new TypedDocumentString(`
    mutation CancelRun($input: CancelRunInput!) {
  cancelRun(input: $input) {
    run {
      runId
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<CancelRunMutation, CancelRunMutationVariables>;
export const ResumeRunDocument = new TypedDocumentString(`
    mutation ResumeRun($input: ResumeRunInput!) {
  resumeRun(input: $input) {
    ...RunAnswer
  }
}
    fragment RunAnswer on RunPayload {
  joined
  run {
    runId
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<ResumeRunMutation, ResumeRunMutationVariables>;
export const RetryFailedItemsDocument = new TypedDocumentString(`
    mutation RetryFailedItems($input: RetryFailedItemsInput!) {
  retryFailedItems(input: $input) {
    ...RunAnswer
  }
}
    fragment RunAnswer on RunPayload {
  joined
  run {
    runId
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<RetryFailedItemsMutation, RetryFailedItemsMutationVariables>;
export const TasksDocument = new TypedDocumentString(`
    query Tasks($first: Int, $after: String, $last: Int, $before: String, $filter: TaskFilter) {
  tasks(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      ...TaskRow
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment TaskRow on AccountTask {
  id
  taskId
  system
  status
  statusDisplay
  attemptCount
  maxAttempts
  nextAttemptAt
  explanation
  accountIdentifier
  advice {
    button
    page
  }
  person {
    employeeNumber
    fullName
  }
  lastError {
    code
    message
    retryable
    fixBy
  }
  createdAt
  updatedAt
}`) as unknown as TypedDocumentString<TasksQuery, TasksQueryVariables>;
export const TaskCountsDocument = new TypedDocumentString(`
    query TaskCounts($filter: TaskFilter) {
  taskCounts(filter: $filter) {
    system
    status
    count
  }
}
    `) as unknown as TypedDocumentString<TaskCountsQuery, TaskCountsQueryVariables>;
export const TaskDocument = new TypedDocumentString(`
    query Task($taskId: String!, $operate: Boolean!) {
  task(taskId: $taskId) {
    ...TaskRow
    result
    completedAt
    dependsOn {
      id
      taskId
      system
      status
      accountIdentifier
    }
    attempts {
      executionAttempt
      outcome
      errorCode
      errorMessage
      errorDetails @include(if: $operate)
      executionContext @include(if: $operate)
      startedAt
      finishedAt
    }
  }
}
    fragment TaskRow on AccountTask {
  id
  taskId
  system
  status
  statusDisplay
  attemptCount
  maxAttempts
  nextAttemptAt
  explanation
  accountIdentifier
  advice {
    button
    page
  }
  person {
    employeeNumber
    fullName
  }
  lastError {
    code
    message
    retryable
    fixBy
  }
  createdAt
  updatedAt
}`) as unknown as TypedDocumentString<TaskQuery, TaskQueryVariables>;
export const RetryTaskDocument = new TypedDocumentString(`
    mutation RetryTask($input: RetryTaskInput!) {
  retryTask(input: $input) {
    task {
      id
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<RetryTaskMutation, RetryTaskMutationVariables>;
export const ResolveTaskDocument = new TypedDocumentString(`
    mutation ResolveTask($input: ResolveTaskInput!) {
  resolveTask(input: $input) {
    task {
      id
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<ResolveTaskMutation, ResolveTaskMutationVariables>;
export const RetryTasksDocument = new TypedDocumentString(`
    mutation RetryTasks($input: RetryTasksInput!) {
  retryTasks(input: $input) {
    matched
    people
    requests
    requeuedTasks
    remaining
    groups {
      system
      code
      count
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<RetryTasksMutation, RetryTasksMutationVariables>;
export const CancelTasksDocument = new TypedDocumentString(`
    mutation CancelTasks($input: CancelTasksInput!) {
  cancelTasks(input: $input) {
    matched
    people
    requests
    cancelledTasks
    remaining
    groups {
      system
      code
      count
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<CancelTasksMutation, CancelTasksMutationVariables>;
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
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<DismissTasksMutation, DismissTasksMutationVariables>;
export const AttemptsDocument = new TypedDocumentString(`
    query Attempts($first: Int, $after: String, $last: Int, $before: String, $filter: TaskAttemptFilter) {
  attempts(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      executionAttempt
      outcome
      errorCode
      errorMessage
      startedAt
      finishedAt
      task {
        id
        taskId
        system
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<AttemptsQuery, AttemptsQueryVariables>;