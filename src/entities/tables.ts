import type { InferKyselyDB } from '@mikro-orm/postgresql';
import type { ColumnType, QueryCreator, QueryExecutorProvider } from 'kysely';
import { ApiKey, type ApiKeySchema } from './access/api-key.ts';
import { RateLimit, type RateLimitSchema } from './access/rate-limit.ts';
import { AuditEntry, type AuditEntrySchema } from './audit/audit-entry.ts';
import { AuditSeal, type AuditSealSchema } from './audit/audit-seal.ts';
import { AuditVerification, type AuditVerificationSchema } from './audit/audit-verification.ts';
import { AttendanceCourse, type AttendanceCourseSchema } from './calendar/attendance-course.ts';
import { CalendarFinding, type CalendarFindingSchema } from './calendar/calendar-finding.ts';
import { CalendarMember, type CalendarMemberSchema } from './calendar/calendar-member.ts';
import { CalendarTurn, type CalendarTurnSchema } from './calendar/calendar-turn.ts';
import { CourseCalendar, type CourseCalendarSchema } from './calendar/course-calendar.ts';
import { ForeignCalendar, type ForeignCalendarSchema } from './calendar/foreign-calendar.ts';
import { LessonBlock, type LessonBlockSchema } from './calendar/lesson-block.ts';
import { Term, type TermSchema } from './calendar/term.ts';
import { TimetableConflict, type TimetableConflictSchema } from './calendar/timetable-conflict.ts';
import { TimetableOffering, type TimetableOfferingSchema } from './calendar/timetable-offering.ts';
import { TimetablePerson, type TimetablePersonSchema } from './calendar/timetable-person.ts';
import { DatabaseAccount, type DatabaseAccountSchema } from './databases/database-account.ts';
import {
  DatabaseAccountChange,
  type DatabaseAccountChangeSchema,
} from './databases/database-account-change.ts';
import {
  DatabaseClassification,
  DatabaseClassificationRule,
  type DatabaseClassificationRuleSchema,
  type DatabaseClassificationSchema,
} from './databases/database-classification.ts';
import {
  DatabaseConnectionTest,
  type DatabaseConnectionTestSchema,
  DatabaseInstance,
  type DatabaseInstanceSchema,
} from './databases/database-instance.ts';
import {
  DatabaseHeldRole,
  type DatabaseHeldRoleSchema,
  DatabasePermission,
  type DatabasePermissionSchema,
} from './databases/database-permission.ts';
import {
  NotificationDelivery,
  type NotificationDeliverySchema,
} from './notifications/notification-delivery.ts';
import {
  NotificationEvent,
  type NotificationEventSchema,
  TaskFailure,
  type TaskFailureSchema,
} from './notifications/notification-event.ts';
import { Webhook, type WebhookSchema } from './notifications/webhook.ts';
import { ErasedPerson, type ErasedPersonSchema } from './people/erased-person.ts';
import { Person, type PersonSchema } from './people/person.ts';
import { Account, type AccountSchema } from './provisioning/account.ts';
import { AccountClaim, type AccountClaimSchema } from './provisioning/account-claim.ts';
import { AccountEvent, type AccountEventSchema } from './provisioning/account-event.ts';
import { AccountLookUp, type AccountLookUpSchema } from './provisioning/account-look-up.ts';
import { AccountRequest, type AccountRequestSchema } from './provisioning/account-request.ts';
import { AccountTask, type AccountTaskSchema } from './provisioning/account-task.ts';
import { DepartmentMapping, type DepartmentMappingSchema } from './provisioning/department-mapping.ts';
import { DismissedFailure, type DismissedFailureSchema } from './provisioning/dismissed-failure.ts';
import { EndedCount, type EndedCountSchema } from './provisioning/ended-count.ts';
import { FirstSystemRow, type FirstSystemRowSchema } from './provisioning/first-system-row.ts';
import { NameReservation, type NameReservationSchema } from './provisioning/name-reservation.ts';
import { PersonTypeMapping, type PersonTypeMappingSchema } from './provisioning/person-type-mapping.ts';
import { RequestItem, type RequestItemSchema } from './provisioning/request-item.ts';
import { RequestItemTask, type RequestItemTaskSchema } from './provisioning/request-item-task.ts';
import { StandingFailure, type StandingFailureSchema } from './provisioning/standing-failure.ts';
import { TaskAttempt, type TaskAttemptSchema } from './provisioning/task-attempt.ts';
import { RunItem, type RunItemSchema } from './runs/run-item.ts';
import { RunStep, type RunStepSchema } from './runs/run-step.ts';
import { RunTask, type RunTaskSchema } from './runs/run-task.ts';
import { ScheduleFiring, type ScheduleFiringSchema } from './runs/schedule-firing.ts';
import { SyncRun, type SyncRunSchema } from './runs/sync-run.ts';
import { SyncSource, type SyncSourceSchema } from './runs/sync-source.ts';
import { Setting, SettingChange, type SettingChangeSchema, type SettingSchema } from './settings/setting.ts';
import { SwitchFollowUp, type SwitchFollowUpSchema } from './settings/switch-follow-up.ts';
import { ServiceProcess, type ServiceProcessSchema } from './systems/service-process.ts';
import { SystemCheck, type SystemCheckSchema } from './systems/system-check.ts';
import {
  FairTurn,
  type FairTurnSchema,
  SystemState,
  type SystemStateSchema,
} from './systems/system-state.ts';

/** Every entity, in the order of their tables. */
export const entities = [
  Person,
  ErasedPerson,
  Account,
  AccountEvent,
  AccountLookUp,
  AccountClaim,
  FirstSystemRow,
  NameReservation,
  AccountRequest,
  RequestItem,
  AccountTask,
  RequestItemTask,
  TaskAttempt,
  DismissedFailure,
  EndedCount,
  StandingFailure,
  DepartmentMapping,
  PersonTypeMapping,
  SystemState,
  SystemCheck,
  ServiceProcess,
  FairTurn,
  SyncRun,
  RunStep,
  RunItem,
  RunTask,
  SyncSource,
  ScheduleFiring,
  Setting,
  SettingChange,
  Webhook,
  NotificationEvent,
  NotificationDelivery,
  TaskFailure,
  ApiKey,
  RateLimit,
  SwitchFollowUp,
  AuditEntry,
  AuditSeal,
  AuditVerification,
  DatabaseInstance,
  DatabaseConnectionTest,
  DatabaseAccount,
  DatabasePermission,
  DatabaseHeldRole,
  DatabaseAccountChange,
  DatabaseClassificationRule,
  DatabaseClassification,
  Term,
  TimetableOffering,
  TimetablePerson,
  CourseCalendar,
  CalendarTurn,
  ForeignCalendar,
  LessonBlock,
  CalendarMember,
  TimetableConflict,
  CalendarFinding,
  AttendanceCourse,
] as const;

// MikroORM's types say Date for timestamptz and text for json; its pool hands out text and parsed values
// (VERSIONS.md §3). These types tell the truth.
type TextOf<S> = S extends Date ? string : S;
type ParsedOf<S> = unknown extends S ? S : [Extract<S, object>] extends [never] ? S : Exclude<S, string>;
type AsRead<C> =
  C extends ColumnType<infer S, infer I, infer U>
    ? ColumnType<TextOf<ParsedOf<S>>, I, U>
    : ColumnType<TextOf<ParsedOf<C>>, C | string, C | string>;
type Schemas =
  | typeof PersonSchema
  | typeof ErasedPersonSchema
  | typeof AccountSchema
  | typeof AccountEventSchema
  | typeof AccountLookUpSchema
  | typeof AccountClaimSchema
  | typeof FirstSystemRowSchema
  | typeof NameReservationSchema
  | typeof AccountRequestSchema
  | typeof RequestItemSchema
  | typeof AccountTaskSchema
  | typeof RequestItemTaskSchema
  | typeof TaskAttemptSchema
  | typeof DismissedFailureSchema
  | typeof EndedCountSchema
  | typeof StandingFailureSchema
  | typeof DepartmentMappingSchema
  | typeof PersonTypeMappingSchema
  | typeof SystemStateSchema
  | typeof SystemCheckSchema
  | typeof ServiceProcessSchema
  | typeof FairTurnSchema
  | typeof SyncRunSchema
  | typeof RunStepSchema
  | typeof RunItemSchema
  | typeof RunTaskSchema
  | typeof SyncSourceSchema
  | typeof ScheduleFiringSchema
  | typeof SettingSchema
  | typeof SettingChangeSchema
  | typeof WebhookSchema
  | typeof NotificationEventSchema
  | typeof NotificationDeliverySchema
  | typeof TaskFailureSchema
  | typeof ApiKeySchema
  | typeof RateLimitSchema
  | typeof SwitchFollowUpSchema
  | typeof AuditEntrySchema
  | typeof AuditSealSchema
  | typeof AuditVerificationSchema
  | typeof DatabaseInstanceSchema
  | typeof DatabaseConnectionTestSchema
  | typeof DatabaseAccountSchema
  | typeof DatabasePermissionSchema
  | typeof DatabaseHeldRoleSchema
  | typeof DatabaseAccountChangeSchema
  | typeof DatabaseClassificationRuleSchema
  | typeof DatabaseClassificationSchema
  | typeof TermSchema
  | typeof TimetableOfferingSchema
  | typeof TimetablePersonSchema
  | typeof CourseCalendarSchema
  | typeof CalendarTurnSchema
  | typeof ForeignCalendarSchema
  | typeof LessonBlockSchema
  | typeof CalendarMemberSchema
  | typeof TimetableConflictSchema
  | typeof CalendarFindingSchema
  | typeof AttendanceCourseSchema;
type InferredDatabase = InferKyselyDB<Schemas>;

/** Tables and columns as SQL names them, with timestamps as the text Postgres prints. */
export type Database = {
  [T in keyof InferredDatabase]: { [C in keyof InferredDatabase[T]]: AsRead<InferredDatabase[T][C]> };
};

/** Statements of the current transaction, typed by the tables above. */
export interface Sql extends QueryCreator<Database>, QueryExecutorProvider {}
