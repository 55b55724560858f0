import DataLoader from 'dataloader';
import { type RawBuilder, sql } from 'kysely';
import type { ErrorParameters } from '../../../domain/errors/error-entry.ts';
import {
  type PersonEventKind,
  personEventKinds,
} from '../../../domain/provisioning/explain/person-events.ts';
import { endedTask } from '../../../entities/provisioning/task-states.ts';
import type { RequestScope } from '../../context/context.ts';
import { type ConnectionOf, connectionOf, type Page, type PageRules } from '../../reading/connection.ts';
import { isBigint } from '../../reading/global-id.ts';
import { perOperation, sqlOf } from '../../reading/loaders.ts';

/** Backs the type `PersonEvent`: one thing that happened to a person. */
export interface PersonEventRow {
  readonly person_id: string;
  readonly kind: PersonEventKind;
  /** As Postgres prints it. */
  readonly at: string;
  readonly rank: number;
  /** Of the row it was read from; unique with `at` and `rank`. */
  readonly id: string;
  readonly facts: {
    readonly system?: string;
    readonly identifier?: string | null;
    readonly requestId?: string;
    readonly taskId?: string;
    readonly attempt?: number;
    readonly runId?: string;
    readonly outcome?: string | null;
  };
  readonly error_code: string | null;
  readonly error_parameters: ErrorParameters | null;
}

const MOMENT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/;

/** Its cursors: moment, rank and id, for several things may happen at one moment. */
export const timelineRules: PageRules = {
  list: 'timeline',
  max: 100,
  isKey: (key) => {
    const [at = '', rank = '', id = ''] = key.split('|');
    return MOMENT.test(at) && /^\d{1,3}$/.test(rank) && isBigint(id) && isMoment(at);
  },
};

/** True for a moment that Postgres reads as the same one: 30 February is none. */
function isMoment(at: string): boolean {
  return new Date(`${at.slice(0, 19).replace(' ', 'T')}Z`).toISOString().startsWith(at.slice(0, 10));
}

/** Which events of a person, null for all, and which page of them. */
interface Wanted {
  readonly page: Page;
  readonly kinds: readonly PersonEventKind[] | null;
  readonly systems: readonly string[] | null;
}

/** A page of a person's events, newest first; one statement for all people of one operation who show the same page. */
export function timelineOf(
  scope: RequestScope,
  personId: string,
  wanted: Wanted,
): Promise<ConnectionOf<PersonEventRow>> {
  const known = loaders(scope);
  const key = JSON.stringify(wanted);
  let loader = known.get(key);
  if (loader === undefined) {
    loader = pageLoader(scope, wanted);
    known.set(key, loader);
  }
  return loader.load(personId);
}

const loaders = perOperation(() => new Map<string, DataLoader<string, ConnectionOf<PersonEventRow>>>());

function pageLoader(
  scope: RequestScope,
  { page, kinds, systems }: Wanted,
): DataLoader<string, ConnectionOf<PersonEventRow>> {
  const fits = sql`${among(sql`event.kind`, kinds)} and ${among(sql`event.facts->>'system'`, systems)}`;
  const counts = new DataLoader(async (people: readonly string[]): Promise<number[]> => {
    const { rows } = await sql<{ id: string; count: number }>`
      select p.id, counted.count from person p
      cross join lateral (select count(*)::int as count from (${events}) as event where ${fits}) as counted
      where p.id = any(${[...people]}::bigint[])`.execute(sqlOf(scope));
    const found = new Map(rows.map((row) => [row.id, row.count]));
    return people.map((id) => found.get(id) ?? 0);
  });
  return new DataLoader(async (people: readonly string[]): Promise<ConnectionOf<PersonEventRow>[]> => {
    const { rows } = await sql<PersonEventRow>`
      select p.id as person_id, page.* from person p
      cross join lateral (
        select event.* from (${events}) as event where ${beyond(page.after)} and ${fits}
        order by event.at desc, event.rank desc, event.id desc limit ${page.size + 1}) as page
      where p.id = any(${[...people]}::bigint[])
      order by page.at desc, page.rank desc, page.id desc`.execute(sqlOf(scope));
    const found = Map.groupBy(rows, (row) => row.person_id);
    const keyOf = ({ at, rank, id }: PersonEventRow): string => `${at}|${rank}|${id}`;
    return people.map((person) =>
      connectionOf(found.get(person) ?? [], page, {
        list: timelineRules.list,
        keyOf,
        countAll: () => counts.load(person),
      }),
    );
  });
}

function among(value: RawBuilder<unknown>, of: readonly string[] | null): RawBuilder<unknown> {
  return of === null ? sql`true` : sql`${value} = any(${[...of]}::text[])`;
}

function beyond(after: string | null): RawBuilder<unknown> {
  if (after === null) return sql`true`;
  const [at, rank, id] = after.split('|');
  return sql`(event.at, event.rank, event.id) < (${at}::timestamptz, ${rank}::int, ${id}::bigint)`;
}

/** A kind chosen in SQL by a state or an origin, e.g. `TASK_` and the status. */
const rankOf = (kind: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`array_position(${sql.lit(`{${personEventKinds.join(',')}}`)}::text[], ${kind})`;

function event(parts: {
  readonly kind: RawBuilder<unknown>;
  readonly at: RawBuilder<unknown>;
  readonly id: RawBuilder<unknown>;
  readonly facts: RawBuilder<unknown>;
  /** Alias of the table with error_code and error_parameters. */
  readonly error?: string;
  readonly from: RawBuilder<unknown>;
}): RawBuilder<unknown> {
  const { kind, at, id, facts, error } = parts;
  const errors =
    error === undefined
      ? sql`null as error_code, null::jsonb as error_parameters`
      : sql`${sql.ref(`${error}.error_code`)}, ${sql.ref(`${error}.error_parameters`)}`;
  return sql`select ${kind} as kind, ${at} as at, ${rankOf(kind)} as rank, ${id} as id,
    jsonb_build_object(${facts}) as facts, ${errors} ${parts.from}`;
}

/** Items that a request sent for the person, also those that were refused because the name was another's. */
const items = sql`from request_item i join account_request r on r.id = i.request_id
  where (i.person_id = p.id or (i.person_id is null and lower(i.employee_number) = lower(p.employee_number)))`;
const requestFacts = sql`'employeeNumber', i.employee_number, 'requestId', r.request_id, 'originSystem', r.origin_system, 'businessKey', r.business_key,
  'systems', r.system_list, 'outcome', i.status`;
const taskFacts = sql`'employeeNumber', p.employee_number, 'system', t.system, 'taskId', t.task_id, 'identifier', t.identifier`;
const attempts = sql`from account_task t join task_attempt a on a.task_id = t.id where t.person_id = p.id`;
const attemptFacts = sql`'employeeNumber', p.employee_number, 'system', t.system, 'taskId', t.task_id, 'attempt', a.execution_attempt, 'outcome', a.outcome`;

/** Everything that happened to the person of the row `p`. */
const events: RawBuilder<unknown> = sql.join(
  [
    event({
      kind: sql`'PERSON_ADDED'`,
      at: sql`p.created_at`,
      id: sql`p.id`,
      facts: sql`'source', p.source`,
      from: sql``,
    }),
    event({
      kind: sql`'REQUEST_ACCEPTED'`,
      at: sql`i.created_at`,
      id: sql`i.id`,
      facts: requestFacts,
      from: items,
    }),
    event({
      kind: sql`'REQUEST_' || i.status`,
      at: sql`i.updated_at`,
      id: sql`i.id`,
      facts: requestFacts,
      error: 'i',
      from: sql`${items} and i.status ${endedTask}`,
    }),
    event({
      kind: sql`'TASK_PLANNED'`,
      at: sql`t.created_at`,
      id: sql`t.id`,
      facts: taskFacts,
      from: sql`from account_task t where t.person_id = p.id`,
    }),
    event({
      kind: sql`'TASK_' || t.status`,
      at: sql`coalesce(t.completed_at, t.updated_at)`,
      id: sql`t.id`,
      facts: taskFacts,
      error: 't',
      from: sql`from account_task t where t.person_id = p.id and t.status ${endedTask}`,
    }),
    event({
      kind: sql`case when a.outcome is null then 'ATTEMPT_STARTED' else 'ATTEMPT_ENDED' end`,
      at: sql`coalesce(a.finished_at, a.started_at)`,
      id: sql`a.id`,
      facts: attemptFacts,
      error: 'a',
      from: attempts,
    }),
    event({
      kind: sql`case when e.state <> 'ACTIVE' then 'ACCOUNT_' || e.state
        when e.previous_state = 'DISABLED' then 'ACCOUNT_ENABLED' else 'ACCOUNT_' || coalesce(e.origin, 'CREATED') end`,
      at: sql`e.happened_at`,
      id: sql`e.id`,
      facts: sql`'system', e.system, 'identifier', e.identifier`,
      from: sql`from account_event e where e.person_id = p.id`,
    }),
    event({
      kind: sql`'RUN_RECORD'`,
      at: sql`n.created_at`,
      id: sql`n.id`,
      facts: sql`'runId', s.run_id, 'runKind', s.kind, 'outcome', n.outcome`,
      error: 'n',
      from: sql`from run_item n join sync_run s on s.id = n.run_id
        where lower(n.item_key) = lower(p.employee_number)
          and s.kind in ('HR_SYNC', 'TASK_CREATION', 'TASK_PROCESSING', 'LEAVERS', 'ACCOUNT_VERIFICATION')`,
    }),
  ],
  sql` union all `,
);
