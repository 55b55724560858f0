import { type RawBuilder, sql } from 'kysely';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import {
  deriveItemState,
  type ItemFacts,
  type TaskFact,
} from '../../../domain/provisioning/states/item-state.ts';
import { deriveRequestStatus, type ItemCounts } from '../../../domain/provisioning/states/request-state.ts';
import {
  type AccountState,
  type ItemStatus,
  isFinalItem,
  isFinalRequest,
} from '../../../domain/provisioning/states/states.ts';
import { anyKey } from '../../../entities/keys.ts';
import { openTask } from '../../../entities/provisioning/task-states.ts';
import { type Executor, rowsOf } from '../../../entities/transaction.ts';
import { changeNotice } from '../../kit/change-feed.ts';

/** Which items to derive anew. */
export interface RederiveScope {
  readonly personIds: readonly string[];
  /** Items that are wanted again though they are CANCELLED; other cancelled items stay as they are. */
  readonly reviveItemIds?: readonly string[];
  /** Requests (primary keys) to derive beside those whose items change. */
  readonly requestIds?: readonly string[];
}

interface StoredTask {
  readonly system: string;
  readonly status: TaskFact['status'];
  readonly dependsOn: readonly string[];
  readonly code: string | null;
  readonly parameters: StoredError['parameters'] | null;
}

interface ItemRow {
  readonly id: string;
  readonly request_id: string;
  readonly person_id: string;
  readonly employee_number: string;
  readonly status: ItemStatus;
  readonly settled_count: number;
  readonly wanted: readonly string[];
  readonly cancelled: boolean;
  readonly tasks: readonly StoredTask[];
}

interface PersonRow {
  readonly id: string;
  readonly accounts: Readonly<Record<string, AccountState>>;
  readonly tasks: readonly StoredTask[];
}

/**
 * Derives items and requests from the tasks and accounts of these people, in the caller's transaction, and notifies
 * subscribers. The caller holds the locks (`lockAffected`) and has changed the tasks already. Returns the requests
 * (primary keys) that were revived.
 */
export async function rederive(tx: Executor, scope: RederiveScope): Promise<ReadonlySet<string>> {
  const { personIds, reviveItemIds = [], requestIds = [] } = scope;
  const [items, rows] =
    personIds.length === 0
      ? [[], []]
      : await Promise.all([
          rowsOf(tx, readItems(personIds, reviveItemIds)),
          rowsOf(tx, readPeople(personIds)),
        ]);
  const people = new Map(rows.map((person) => [person.id, person]));
  const changes = items.flatMap((item) => {
    const person = people.get(item.person_id);
    return person === undefined ? [] : changeOf(item, person);
  });
  const revived = new Set(changes.filter((change) => change.revived).map((change) => change.requestId));
  const affected = new Set([...requestIds, ...changes.map((change) => change.requestId)]);
  await storeDerived(tx, changes, { requestIds: [...affected], revived });
  return revived;
}

/**
 * Locks people, then the requests that have items of theirs which are not COMPLETED (and `requestIds`), each in order
 * of id. Every transaction that changes tasks or items takes these locks: two that settle the last two accounts of
 * one person then see each other, and the order (docs/architecture.md, "Lock order") keeps them from deadlocks.
 */
export async function lockAffected(
  tx: Executor,
  personIds: readonly string[],
  requestIds: readonly string[] = [],
): Promise<void> {
  if (personIds.length === 0 && requestIds.length === 0) return;
  const distinct = [...new Set(personIds)];
  await Promise.all([
    distinct.length === 0
      ? []
      : rowsOf(
          tx,
          sql`
          select id from person where id = ${anyKey(distinct)} order by id for no key update`,
        ),
    rowsOf(
      tx,
      sql`
        select r.id from account_request r
        where r.id = any(array(
          select unnest(${[...requestIds]}::bigint[]) union all
          select i.request_id from request_item i where i.person_id = ${anyKey(distinct)} and i.status <> 'COMPLETED'))
        order by r.id for no key update`,
    ),
  ]);
}

/**
 * As `lockAffected`, without waiting: returns the people that could be locked together with all their requests. The
 * caller must leave the others untouched.
 */
export async function tryLockAffected(
  tx: Executor,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const distinct = [...new Set(personIds)];
  // Two statements, because the second must see items that were committed before the people were locked.
  const [people, rows] = await Promise.all([
    rowsOf(
      tx,
      sql<{ id: string }>`
        select id from person where id = ${anyKey(distinct)} order by id for no key update skip locked`,
    ),
    rowsOf(
      tx,
      sql<{ id: string; free: boolean }>`
        with affected as materialized (
          select i.person_id, i.request_id from request_item i
          where i.person_id = ${anyKey(distinct)} and i.status <> 'COMPLETED'
        ), locked as materialized (
          select r.id from account_request r where r.id = any(array(select request_id from affected)) order by r.id
          for no key update skip locked
        )
        select a.person_id as id, bool_and(l.id is not null) as free
        from affected a left join locked l on l.id = a.request_id group by a.person_id`,
    ),
  ]);
  const busy = new Set(rows.filter((row) => !row.free).map((row) => row.id));
  return new Set(people.map((row) => row.id).filter((id) => !busy.has(id)));
}

const taskJson = sql`json_build_object('system', t.system, 'status', t.status, 'dependsOn', t.depends_on_systems,
  'code', t.error_code, 'parameters', t.error_parameters)`;
// The open task of a system represents it, else the newest: later entries win when the list becomes a record.
const oldestFirst = sql`t.status ${openTask}, t.id`;

function readItems(personIds: readonly string[], revive: readonly string[]): RawBuilder<ItemRow> {
  return sql<ItemRow>`
    select i.id, i.request_id, i.person_id, i.employee_number, i.status, i.settled_count, r.system_list as wanted,
      r.cancelled_at is not null as cancelled,
      coalesce((select json_agg(${taskJson} order by ${oldestFirst})
        from request_item_task l join account_task t on t.id = l.task_id where l.item_id = i.id), '[]') as tasks
    from request_item i join account_request r on r.id = i.request_id
    where i.person_id = ${anyKey(personIds)}
      and (i.status in ('PENDING', 'SYNCED', 'TASK_CREATED', 'FAILED') or i.id = ${anyKey(revive)})
    order by i.id`;
}

function readPeople(personIds: readonly string[]): RawBuilder<PersonRow> {
  return sql<PersonRow>`
    select p.id,
      coalesce((select json_object_agg(a.system, a.state) from account a where a.person_id = p.id), '{}') as accounts,
      coalesce((select json_agg(${taskJson} order by ${oldestFirst})
        from account_task t where t.person_id = p.id), '[]') as tasks
    from person p where p.id = ${anyKey(personIds)}`;
}

function bySystem(tasks: readonly StoredTask[]): Record<string, TaskFact> {
  return Object.fromEntries(
    tasks.map(({ system, status, dependsOn, code, parameters }) => [
      system,
      { system, status, dependsOn, error: code === null ? null : { code, parameters: parameters ?? {} } },
    ]),
  );
}

interface ItemChange {
  readonly id: string;
  readonly requestId: string;
  readonly status: ItemStatus;
  readonly settledCount: number;
  readonly error: StoredError | null;
  readonly revived: boolean;
}

function changeOf(item: ItemRow, person: PersonRow): ItemChange[] {
  const facts: ItemFacts = {
    status: item.status,
    wanted: item.wanted,
    cancelled: item.cancelled,
    accounts: person.accounts,
    tasks: bySystem(item.tasks),
    personTasks: bySystem(person.tasks),
  };
  const state = deriveItemState(facts);
  if (state.status === item.status && state.settledCount === item.settled_count) return [];
  // Cancelling a request keeps items that had failed before, also those that failed only because a dependency did.
  if (item.status === 'FAILED' && state.status === 'CANCELLED') return [];
  // Any way back begins a new round: a final item moves again, or a settled account is wanted again.
  const revived =
    (isFinalItem(item.status) && state.status !== item.status) || state.settledCount < item.settled_count;
  const error = state.error === null ? null : aboutItem(state.error, item);
  return [{ id: item.id, requestId: item.request_id, ...state, error, revived }];
}

/** Adds the employee number to the error, also where the account of another system is the cause. */
function aboutItem(error: StoredError, item: ItemRow): StoredError {
  return { ...error, parameters: { employeeNumber: item.employee_number, ...error.parameters } };
}

function storeItems(changes: readonly ItemChange[]): RawBuilder<unknown> {
  const rows = changes.map(({ id, status, settledCount, error }) => ({
    id,
    status,
    settled_count: settledCount,
    error_code: error?.code ?? null,
    error_parameters: error?.parameters ?? null,
  }));
  return sql`
    update request_item i set status = r.status, settled_count = r.settled_count, error_code = r.error_code,
      error_parameters = r.error_parameters, updated_at = clock_timestamp()
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(id bigint, status text, settled_count int, error_code text, error_parameters jsonb)
    where i.id = r.id and i.id = ${anyKey(rows.map((row) => row.id))}`;
}

interface RequestRow {
  readonly id: string;
  readonly request_id: string;
  readonly status: string;
  readonly open: boolean;
  readonly counts: ItemCounts | null;
}

/**
 * Derives the states of requests from their items and notifies subscribers. Items are counted only when none is open;
 * while one is, or parts of a retry are left, the request is PROCESSING. The caller holds the locks of the requests.
 */
export function rederiveRequests(
  tx: Executor,
  requestIds: readonly string[],
  revived: ReadonlySet<string>,
): Promise<void> {
  return storeDerived(tx, [], { requestIds, revived });
}

async function storeDerived(
  tx: Executor,
  changes: readonly ItemChange[],
  { requestIds, revived }: { readonly requestIds: readonly string[]; readonly revived: ReadonlySet<string> },
): Promise<void> {
  if (requestIds.length === 0) return;
  const [, rows] = await Promise.all([
    changes.length === 0 ? [] : rowsOf(tx, storeItems(changes)),
    rowsOf(tx, readRequestStates(requestIds)),
  ]);
  const updates = rows.map((row) => {
    const status = row.open ? 'PROCESSING' : deriveRequestStatus(row.counts ?? {});
    return { id: row.id, status, final: isFinalRequest(status), revived: revived.has(row.id) };
  });
  await Promise.all([
    rowsOf(
      tx,
      sql`
        update account_request a set status = r.status, round = a.round + r.revived::int,
          completed_at = case when not r.final then null
            when r.revived or a.completed_at is null then clock_timestamp() else a.completed_at end,
          key_released_at = case when r.status = 'CANCELLED' then coalesce(a.key_released_at, clock_timestamp())
            else a.key_released_at end,
          updated_at = clock_timestamp()
        from json_to_recordset(${JSON.stringify(updates)}::json)
          as r(id bigint, status text, final boolean, revived boolean)
        where a.id = r.id and a.id = ${anyKey(requestIds)}`,
    ),
    rowsOf(tx, changeNotice(rows.map((row) => ({ request: row.request_id })))),
  ]);
}

function readRequestStates(requestIds: readonly string[]): RawBuilder<RequestRow> {
  return sql<RequestRow>`
    select r.id, r.request_id, r.status, o.open,
      case when not o.open then (
        select json_object_agg(c.status, c.count) from (
          select i.status, count(*)::int as count from request_item i where i.request_id = r.id group by i.status) c
      ) end as counts
    from account_request r, lateral (select r.retrying_since is not null or exists (
      select 1 from request_item i where i.request_id = r.id and i.status in ('PENDING', 'SYNCED', 'TASK_CREATED')
    ) as open) o
    where r.id = ${anyKey(requestIds)}`;
}
