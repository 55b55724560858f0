import { type SqlBool, sql } from 'kysely';
import type { AttemptOutcome } from '../../../domain/provisioning/states/states.ts';
import { normaliseCompatibleText } from '../../../domain/text/text.ts';
import { byPageSize, pageArguments } from '../../building/arguments.ts';
import { builder } from '../../building/builder.ts';
import { needs } from '../../permissions/rules.ts';
import { PAGE_MAX, parsePage } from '../../reading/connection.ts';
import { type Condition, type Listing, readListing } from '../../reading/listing.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { visibleRows } from '../../reading/visible-rows.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import type { TaskAttemptRow } from '../rows/rows.ts';
import { AttemptOutcomeEnum } from '../rows/states.ts';
import { TaskAttempt } from './task-attempt.ts';

const AttemptConnection = builder.connectionObject(
  { type: TaskAttempt, name: 'TaskAttemptConnection', description: 'A page of attempts.' },
  { name: 'TaskAttemptEdge', description: 'An attempt and its cursor.' },
);

/** Attempts at tasks that the viewer sees, the newest first. */
const attemptListing: Listing<TaskAttemptRow> = {
  list: 'attempts',
  select: (scope) =>
    sql`select a.* from task_attempt a join ${visibleRows(scope, 'account_task')} t on t.id = a.task_id`,
  key: 'a.id',
  keyColumn: 'id',
  order: 'desc',
  keyOf: (attempt) => attempt.id,
};

const attemptFilter = builder.inputType('TaskAttemptFilter', {
  description: 'All given conditions must hold. Absent: no condition; an empty list matches nothing.',
  fields: (t) => ({
    system: t.field({ type: [AccountSystemEnum], description: 'At one of these systems.' }),
    outcome: t.field({ type: [AttemptOutcomeEnum], description: 'That ended in one of these ways.' }),
    errorCode: t.stringList({ description: 'That met one of these errors.' }),
    employeeNumber: t.string({ description: 'For this person, without regard to case.' }),
    open: t.boolean({ description: 'True: only those under way; false: only those that ended.' }),
    startedAfter: t.field({ type: 'DateTime', description: 'That began after this moment.' }),
    startedBefore: t.field({ type: 'DateTime', description: 'That began before this moment.' }),
  }),
});

builder.queryField('attempts', (t) =>
  t.field({
    ...needs('requests:read'),
    type: AttemptConnection,
    description: 'Attempts at all tasks, newest first: what was sent, and what became of it.',
    args: { ...pageArguments, filter: t.arg({ type: attemptFilter, description: 'Narrows the list.' }) },
    complexity: byPageSize,
    resolve: (_root, { filter, ...args }, scope) => {
      const page = parsePage(args, { list: attemptListing.list, max: PAGE_MAX });
      return readListing(scope, attemptListing, { page, conditions: conditionsOf(filter ?? {}) });
    },
  }),
);

interface AttemptFilter {
  readonly system?: readonly string[] | null | undefined;
  readonly outcome?: readonly AttemptOutcome[] | null | undefined;
  readonly errorCode?: readonly string[] | null | undefined;
  readonly employeeNumber?: string | null | undefined;
  readonly open?: boolean | null | undefined;
  readonly startedAfter?: string | null | undefined;
  readonly startedBefore?: string | null | undefined;
}

function conditionsOf(filter: AttemptFilter): Condition[] {
  const { system, outcome, errorCode, employeeNumber, open, startedAfter, startedBefore } = filter;
  if (employeeNumber != null && !canBeStored(employeeNumber)) return [sql<SqlBool>`false`];
  const conditions: Condition[] = [];
  if (system != null) conditions.push(sql`t.system = any(${[...system]}::text[])`);
  if (outcome != null) conditions.push(sql`a.outcome = any(${[...outcome]}::text[])`);
  if (errorCode != null) conditions.push(sql`a.error_code = any(${errorCode.filter(canBeStored)}::text[])`);
  if (employeeNumber != null)
    conditions.push(sql`t.person_id in (select p.id from person p
      where lower(p.employee_number) = lower(${normaliseCompatibleText(employeeNumber)}))`);
  if (open != null) conditions.push(open ? sql`a.finished_at is null` : sql`a.finished_at is not null`);
  if (startedAfter != null) conditions.push(sql`a.started_at > ${startedAfter}::timestamptz`);
  if (startedBefore != null) conditions.push(sql`a.started_at < ${startedBefore}::timestamptz`);
  return conditions;
}
