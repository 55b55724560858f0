import { sql } from 'kysely';
import {
  type AccountExplanation,
  type AccountFacts,
  explainAccount,
} from '../../../domain/provisioning/explain/explain-account.ts';
import { shanghaiWallTime } from '../../../domain/shanghai-time.ts';
import { normaliseCompatibleText } from '../../../domain/text/text.ts';
import { REJECTION_HOURS, rejectedCreation } from '../../../jobs/provisioning/task-runs/rejected-creation.ts';
import type { RequestScope } from '../../context/context.ts';
import { sqlOf } from '../../reading/loaders.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { switchesOf, systemConditions } from '../../systems/conditions.ts';
import { accountsByPerson, findPerson, itemById, standingTasksByPerson } from '../rows/row-loaders.ts';
import type { AccountRow, AccountTaskRow, PersonRow, RequestItemRow } from '../rows/rows.ts';
import { errorOfItem } from '../rows/stored-errors.ts';
import { factOf } from './explanations.ts';

/** Backs the type `WhyNot`. */
export interface WhyNotShape {
  readonly employeeNumber: string;
  readonly system: string;
  readonly explained: AccountExplanation;
  readonly person: PersonRow | null;
  readonly account: AccountRow | null;
  /** The task that says what to do: this system's, or the one it waits for. */
  readonly task: AccountTaskRow | null;
  readonly item: RequestItemRow | null;
  /** Primary key of the live run it waits for. */
  readonly run: string | null;
}

/** Why a person has, or has not, an account in a system. */
export async function readWhyNot(scope: RequestScope, given: string, system: string): Promise<WhyNotShape> {
  const employeeNumber = normaliseCompatibleText(given);
  const person = await findPerson(scope, given);
  const [around, conditions, accounts, tasks] = await Promise.all([
    canBeStored(given) ? readAround(scope, { employeeNumber, system, person }) : NOTHING_AROUND,
    systemConditions(scope).read(),
    person === null ? [] : accountsByPerson(scope).load(person.id),
    person === null ? [] : standingTasksByPerson(scope).load(person.id),
  ]);
  const item = around.item === null ? null : await itemById(scope).load(around.item);
  const { settings } = scope.services;
  const facts: AccountFacts = {
    employeeNumber: person?.employee_number ?? employeeNumber,
    system,
    person: person === null ? null : factsOf(person),
    accounts: Object.fromEntries(
      accounts.map(({ system: where, state, identifier, updated_at: since }) => [
        where,
        { state, identifier, since },
      ]),
    ),
    tasks: Object.fromEntries(
      tasks.map((task) => [task.system, { ...factOf(task), nextAttemptAt: task.next_attempt_at }]),
    ),
    item: item && { status: item.status, error: errorOfItem(item), cancelled: around.cancelled },
    conditions,
    switches: { ...switchesOf(scope), autoCreation: settings.get('task_auto_creation_enabled') },
    enabled: settings.enabledSystems.includes(system),
    validStatuses: settings.get('valid_employee_statuses'),
    creationMinutes: settings.get('task_creation_interval_minutes'),
    creationRun: around.run,
    rejection: around.rejection,
    lastSyncAt: around.lastSyncAt,
    nowMs: Date.now(),
  };
  const explained = explainAccount(facts);
  const { concerns } = explained;
  return {
    employeeNumber: facts.employeeNumber,
    system,
    explained,
    person,
    account: accounts.find((account) => account.system === system) ?? null,
    task: tasks.find((task) => task.system === concerns.taskOf) ?? null,
    item,
    run: concerns.run ? (around.run?.id ?? around.rejection?.id ?? null) : null,
  };
}

function factsOf(person: PersonRow): AccountFacts['person'] {
  const { source, employee_status: status, disable_date: disableDate } = person;
  const today = shanghaiWallTime(Date.now()).slice(0, 10);
  return { source, status, disableDate, dayOver: disableDate !== null && disableDate < today };
}

interface Around {
  /** Primary key of the newest item whose request wants the system. */
  readonly item: string | null;
  readonly cancelled: boolean;
  readonly run: (NonNullable<AccountFacts['creationRun']> & { readonly id: string }) | null;
  readonly rejection: (NonNullable<AccountFacts['rejection']> & { readonly id: string }) | null;
  readonly lastSyncAt: string | null;
}

const NOTHING_AROUND: Around = {
  item: null,
  cancelled: false,
  run: null,
  rejection: null,
  lastSyncAt: null,
};

/** Circumstances of a person: the newest request, a run that would plan their account, the last sync of people. */
async function readAround(
  scope: RequestScope,
  about: { readonly employeeNumber: string; readonly system: string; readonly person: PersonRow | null },
): Promise<Around> {
  const { rows } = await sql<Around>`
    select item.id as item, coalesce(item.cancelled, false) as cancelled, to_jsonb(run) as run,
      to_jsonb(rejection) as rejection, (
        select r.finished_at::text from sync_run r where r.kind = 'HR_SYNC' and r.mode = 'RUN'
          and r.status in ('COMPLETED', 'COMPLETED_WITH_ERRORS') order by r.id desc limit 1) as "lastSyncAt"
    from (select 1) as one
    left join lateral (
      select i.id, r.cancelled_at is not null as cancelled from request_item i
      join account_request r on r.id = i.request_id
      where (i.person_id = ${about.person?.id ?? null}::bigint
          or lower(i.employee_number) = lower(${about.employeeNumber}))
        and ${about.system} = any(r.system_list)
      order by i.id desc limit 1) as item on true
    left join lateral (
      select r.id::text as id, r.run_id as "runId", r.status = 'AWAITING_CONFIRMATION' as awaiting,
        coalesce(r.confirmation_requested_at, r.started_at)::text as since
      from sync_run r where r.kind = 'TASK_CREATION' and r.mode = 'RUN'
        and r.status in ('RUNNING', 'AWAITING_CONFIRMATION')
      order by r.id desc limit 1) as run on true
    left join lateral (
      select r.id::text as id, r.run_id as "runId", r.rejected_by as "rejectedBy", r.rejection_reason as reason,
        r.rejected_at::text as since,
        (r.rejected_at + ${REJECTION_HOURS} * interval '1 hour')::text as until
      from person p, ${rejectedCreation} and p.id = ${about.person?.id ?? null}::bigint
      order by r.id desc limit 1) as rejection on true`.execute(sqlOf(scope));
  return rows[0] ?? NOTHING_AROUND;
}
