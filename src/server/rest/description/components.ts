import { requestComponents } from './request-components.ts';
import {
  anyObject,
  boolean,
  inputOf,
  integer,
  type JsonSchema,
  listOf,
  objectOf,
  oneOf,
  orNull,
  readOnly,
  ref,
  text,
  textOrNull,
  textUpTo,
  time,
} from './schema-parts.ts';

/** HR's number of a person, or minus the number of the row; a text where no double can hold it. */
const personId: JsonSchema = { type: ['integer', 'string'] };

const taskAnswer = {
  id: integer,
  task_id: text,
  person: orNull({ anyOf: [personId] }),
  person_info: orNull(
    objectOf({
      employee_number: text,
      full_name: text,
      email: textOrNull,
      department: listOf(
        objectOf({ department_code: text, partner_company: textOrNull, country: textOrNull }),
      ),
    }),
  ),
  account_type: ref('AccountTypeEnum'),
  account_type_display: text,
  status: ref('AccountCreationTaskStatusEnum'),
  state: text,
  status_display: text,
  result_data: orNull(anyObject),
  depends_on_task: orNull(integer),
  retry_count: integer,
  error_logs: listOf(ref('AccountCreationLog')),
  created_at: time,
  updated_at: time,
  completed_at: orNull(time),
};

const tasks: Readonly<Record<string, JsonSchema>> = {
  AccountTypeEnum: oneOf('idaas', 'welink', 'email'),
  AccountCreationTaskStatusEnum: oneOf('pending', 'processing', 'completed', 'failed', 'retry'),
  AccountCreationTask: objectOf(readOnly(taskAnswer)),
  PatchedAccountCreationTask: inputOf({ status: oneOf('pending') }),
  AccountCreationLog: objectOf({
    id: integer,
    task: integer,
    task_info: objectOf({ task_id: text, person: textOrNull, account_type: text }),
    execution_attempt: integer,
    error_message: text,
    error_details: orNull(
      objectOf({ error_type: textOrNull, stack_trace: textOrNull, additional_info: anyObject }),
    ),
    execution_context: orNull(anyObject),
    created_at: time,
  }),
  TaskRetry: objectOf({ success: boolean, message: text }),
  TaskStats: objectOf({
    total_tasks: integer,
    pending_tasks: integer,
    processing_tasks: integer,
    completed_tasks: integer,
    failed_tasks: integer,
    retry_tasks: integer,
    overall_completion_rate: text,
    stats_by_type: { type: 'object', additionalProperties: ref('TaskStatsOfType') },
  }),
  TaskStatsOfType: objectOf({
    total: integer,
    completed: integer,
    pending: integer,
    processing: integer,
    failed: integer,
    retry: integer,
    completion_rate: text,
  }),
};

const nullableTexts = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, textOrNull]));

const person = objectOf({
  person_id: personId,
  accounts: listOf(ref('HrPersonAccount')),
  employee_number: text,
  full_name: text,
  person_type: text,
  employee_status: text,
  ...nullableTexts([
    'english_name',
    'sex',
    'birth_day',
    'nationality_code',
    'employee_account',
    'user_id',
    'employee_description',
    'email_address',
    'telephone_number1',
    'telephone_number2',
    'telephone_number3',
    'full_address',
    'postal_code',
    'base_location',
    'expense_account',
    'person_pinyin_name',
    'original_hire_date',
    'effective_date',
    'disable_date',
  ]),
  creation_date: time,
  last_update_date: time,
  person_dept: listOf(anyObject),
  tenant_id: text,
  created_by: text,
  last_updated_by: text,
});

const people: Readonly<Record<string, JsonSchema>> = {
  HrPerson: person,
  HrPersonDetail: {
    allOf: [
      ref('HrPerson'),
      objectOf({
        account_status: objectOf({
          total: integer,
          created: integer,
          pending: integer,
          completion_rate: text,
        }),
      }),
    ],
  },
  HrPersonAccount: {
    ...inputOf(
      { person: personId, account_type: ref('AccountTypeEnum') },
      {
        account_identifier: { ...textOrNull, maxLength: 320 },
        is_created: boolean,
        ...readOnly({
          id: integer,
          account_type_display: text,
          state: text,
          created_at: time,
          updated_at: time,
        }),
      },
    ),
  },
  PatchedHrPersonAccount: inputOf(
    {},
    { account_identifier: { ...textOrNull, maxLength: 320 }, is_created: boolean },
  ),
  SyncStatus: objectOf({
    last_sync_time: orNull(time),
    total_persons: integer,
    last_sync_status: text,
    next_sync_time: orNull(time),
  }),
};

const mapping = { idaas_departmentcode: textUpTo(100), ou: textUpTo(500) };

const configuration: Readonly<Record<string, JsonSchema>> = {
  DepartmentMapping: inputOf({ idata_departmentcode: textUpTo(50), ...mapping }, readOnly({ id: integer })),
  PatchedDepartmentMapping: inputOf({}, mapping),
  SyncConfig: inputOf(
    { key: textUpTo(100), value: text },
    readOnly({ id: integer, description: textOrNull }),
  ),
  PatchedSyncConfig: inputOf({}, { value: text }),
};

const runResult = { mode: ref('ModeEnum'), message: text, runId: text };

const triggers: Readonly<Record<string, JsonSchema>> = {
  ModeEnum: oneOf('dry_run', 'run'),
  TaskExecution: inputOf(
    {},
    {
      mode: { allOf: [ref('ModeEnum')], default: 'dry_run' },
      force_full_sync: { ...boolean, default: false },
      employee_status: listOf(text),
      max_tasks: { ...integer, minimum: 1 },
    },
  ),
  TaskExecutionResult: objectOf({
    status: oneOf('success', 'running'),
    ...runResult,
    summary: anyObject,
    joined: boolean,
  }),
  TaskExecutionFailure: objectOf({ status: oneOf('error'), ...runResult }),
  TaskExecutionRefusal: objectOf({
    status: oneOf('error'),
    mode: ref('ModeEnum'),
    message: text,
    detail: text,
    code: text,
  }),
};

const refusals: Readonly<Record<string, JsonSchema>> = {
  Detail: objectOf({ detail: text }),
  Conflict: objectOf({ detail: text, code: text }),
  Gone: objectOf({ detail: text, use: text }),
  FieldErrors: { type: 'object', additionalProperties: listOf(text) },
  Invalid: { anyOf: [ref('FieldErrors'), ref('Detail')] },
  RequestNotFound: objectOf({ error: text, detail: text }),
  Root: { type: 'object', additionalProperties: { type: 'string', format: 'uri' } },
};

function pageOf(name: string): JsonSchema {
  const address = { type: ['string', 'null'], format: 'uri' };
  return objectOf({ count: integer, next: address, previous: address, results: listOf(ref(name)) });
}

const paged = [
  'AccountCreationTask',
  'AccountCreationLog',
  'DepartmentMapping',
  'HrPerson',
  'HrPersonAccount',
  'SyncConfig',
];

/** Every schema of the description; those the first system had keep their names. */
export const components: Readonly<Record<string, JsonSchema>> = {
  ...tasks,
  ...requestComponents,
  ...people,
  ...configuration,
  ...triggers,
  ...refusals,
  ...Object.fromEntries(paged.map((name) => [`Paginated${name}List`, pageOf(name)])),
};
