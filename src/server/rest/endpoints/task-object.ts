import { sql } from 'kysely';
import { z } from 'zod';
import type { RequestScope } from '../../../schema/context/context.ts';
import { decodeGlobalId, encodeGlobalId } from '../../../schema/reading/global-id.ts';
import { sqlOf } from '../../../schema/reading/loaders.ts';
import { restOperation } from '../wire/operation.ts';
import { isRecord } from '../wire/records.ts';
import type { RestCall } from '../wire/route.ts';
import { zonedTime } from '../wire/times.ts';
import { accountTypeDisplay, oldState, personIdOf } from '../wire/values.ts';

const attempt = z.object({
  executionAttempt: z.int(),
  outcome: z.string().nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  errorDetails: z.unknown(),
  executionContext: z.unknown(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
});
const task = z.object({
  id: z.string(),
  taskId: z.string(),
  system: z.string(),
  status: z.string(),
  statusDisplay: z.string(),
  accountIdentifier: z.string().nullable(),
  result: z.unknown(),
  createdAt: z.string(),
  updatedAt: z.string(),
  completedAt: z.string().nullable(),
  person: z
    .object({
      id: z.string(),
      hrPersonId: z.string().nullable(),
      employeeNumber: z.string(),
      fullName: z.string(),
      emailAddress: z.string().nullable(),
      departments: z.array(
        z.object({
          departmentCode: z.string(),
          partnerCompany: z.string().nullable(),
          country: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
  dependsOn: z.array(z.object({ id: z.string() })),
  attempts: z.array(attempt),
});
type Task = z.output<typeof task>;
type Attempt = z.output<typeof attempt>;

const readTasks = restOperation(
  `query RestTasks($ids: [ID!]!) { nodes(ids: $ids) { ... on AccountTask {
    id taskId system status statusDisplay accountIdentifier result createdAt updatedAt completedAt
    person { id hrPersonId employeeNumber fullName emailAddress
      departments { departmentCode partnerCompany country } }
    dependsOn { id }
    attempts { executionAttempt outcome errorCode errorMessage errorDetails executionContext startedAt finishedAt }
  } } }`,
  z.object({ nodes: z.array(task.nullable()) }),
);

/** Tasks by their primary keys as the first system showed them; those the caller may not see are left out. */
export async function readTaskObjects(call: RestCall, ids: readonly string[]): Promise<TaskObject[]> {
  if (ids.length === 0) return [];
  const { nodes } = await call.run(readTasks, { ids: ids.map((id) => encodeGlobalId('AccountTask', id)) });
  const tasks = nodes.filter((node) => node !== null);
  const logIds = await readAttemptIds(call.scope, ids);
  return tasks.map((found) => taskObject(call.scope, found, logIds));
}

/** A row's number as the first system showed it: its ids were integers. */
export function rowNumber(globalId: string): number {
  return Number(decodeGlobalId(globalId)?.id ?? 0);
}

/** The attempts of visible tasks have numbers of their own, which GraphQL does not show. */
async function readAttemptIds(scope: RequestScope, taskIds: readonly string[]) {
  const { rows } = await sql<{ id: string; task_id: string; execution_attempt: number }>`
    select id, task_id, execution_attempt from task_attempt where task_id = any(${[...taskIds]}::bigint[])`.execute(
    sqlOf(scope),
  );
  return new Map(rows.map((row) => [`${row.task_id}:${row.execution_attempt}`, Number(row.id)]));
}

export type TaskObject = ReturnType<typeof taskObject>;

function taskObject(scope: RequestScope, found: Task, logIds: ReadonlyMap<string, number>) {
  const { displayTimeZone: zone } = scope.services;
  const { person, system } = found;
  const logs = found.attempts
    .filter(hasFailed)
    .map((failed) => logObject({ scope, task: found, attempt: failed, logIds }));
  return {
    id: rowNumber(found.id),
    task_id: found.taskId,
    person: person === null ? null : personIdOf({ ...person, id: String(rowNumber(person.id)) }),
    person_info: person === null ? null : personInfo(person),
    account_type: system.toLowerCase(),
    account_type_display: accountTypeDisplay(system, scope.locale),
    status: oldState(found.status),
    state: found.status,
    status_display: found.statusDisplay,
    result_data: resultData(found),
    depends_on_task: found.dependsOn[0] === undefined ? null : rowNumber(found.dependsOn[0].id),
    retry_count: logs.length,
    error_logs: logs,
    created_at: zonedTime(found.createdAt, zone),
    updated_at: zonedTime(found.updatedAt, zone),
    completed_at: zonedTime(found.completedAt, zone),
  };
}

function personInfo({ employeeNumber, fullName, emailAddress, departments }: NonNullable<Task['person']>) {
  return {
    employee_number: employeeNumber,
    full_name: fullName,
    email: emailAddress,
    department: departments.map(({ departmentCode, partnerCompany, country }) => ({
      department_code: departmentCode,
      partner_company: partnerCompany,
      country,
    })),
  };
}

function resultData({ result, accountIdentifier }: Task) {
  if (!isRecord(result) && accountIdentifier === null) return null;
  return { account_identifier: accountIdentifier, ...(isRecord(result) && result) };
}

/** Outcomes of an attempt after which the account exists. */
const SUCCESSES: readonly (string | null)[] = ['CREATED', 'ADOPTED', 'NOT_NEEDED', null];

function hasFailed({ outcome }: Attempt): boolean {
  return !SUCCESSES.includes(outcome);
}

interface LogSource {
  readonly scope: RequestScope;
  readonly task: Task;
  readonly attempt: Attempt;
  readonly logIds: ReadonlyMap<string, number>;
}

function logObject({ scope, task: { id, taskId, system, person }, attempt: failed, logIds }: LogSource) {
  const number = rowNumber(id);
  const { executionAttempt, errorCode, errorMessage, errorDetails, executionContext } = failed;
  const time = zonedTime(failed.finishedAt ?? failed.startedAt, scope.services.displayTimeZone);
  return {
    id: logIds.get(`${number}:${executionAttempt}`) ?? 0,
    task: number,
    task_info: {
      task_id: taskId,
      person: person?.employeeNumber ?? null,
      account_type: system.toLowerCase(),
    },
    execution_attempt: executionAttempt,
    error_message: errorMessage ?? failed.outcome ?? '',
    // GraphQL shows details to operators only; the context is never empty, so it tells whether this is one.
    error_details: isRecord(executionContext) ? detailsObject(errorCode, errorDetails) : null,
    execution_context: isRecord(executionContext)
      ? {
          ...executionContext,
          person_id: person?.employeeNumber ?? null,
          account_type: system.toLowerCase(),
          department_code: person?.departments[0]?.departmentCode ?? null,
          execution_attempt: executionAttempt,
          processed_at: time,
        }
      : null,
    created_at: time,
  };
}

function detailsObject(code: string | null, details: unknown) {
  const { stack = null, ...rest } = isRecord(details) ? details : {};
  return { error_type: code, stack_trace: stack, additional_info: rest };
}
