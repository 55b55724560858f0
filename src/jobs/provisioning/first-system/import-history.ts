import { sql } from 'kysely';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { mapLog, mapTask } from '../../../domain/provisioning/first-system/map-rows.ts';
import { rowError } from '../../../domain/provisioning/first-system/read-values.ts';
import { readOwners, storeClaims } from './import-claims.ts';
import { type ImportContext, nothingNoted, type ReadRow, tableImport } from './table-import.ts';

type Task = ReadRow<ReturnType<typeof mapTask>>;
type Log = ReadRow<ReturnType<typeof mapLog>>;

/** The origin of imported history. */
const ORIGIN = 'FIRST_SYSTEM';

/**
 * Imports tasks as history: ended, or ended by the import. An account that a completed task made is a claim like any
 * other.
 */
export const tasksImport = tableImport({ table: 'accountcreationtask', map: mapTask, store: storeTasks });

async function storeTasks(context: ImportContext, rows: readonly Task[]) {
  const { tx, settings, dry } = context;
  const claims = rows.map(({ key, value }) => ({ ...value, key }));
  const owners = await readOwners(context, claims);
  const refused = new Map<string, StoredError>();
  if (dry) return nothingNoted;
  for (const { key } of rows) if (!owners.has(key)) refused.set(key, rowError('NO_PERSON', {}));
  const tasks = rows.flatMap(({ key, value }) => {
    const owner = owners.get(key);
    if (owner === undefined) return [];
    const failed = value.was === 'failed' ? 'FIRST_SYSTEM_FAILED' : 'FIRST_SYSTEM_OPEN';
    const code = value.status === 'COMPLETED' ? null : failed;
    const parameters = code === null ? null : { was: value.was };
    const depends = settings.dependencies[value.system] ?? [];
    return [{ ...value, person: owner.person, code, parameters, depends }];
  });
  await sql`
    insert into account_task as t (task_id, person_id, system, depends_on_systems, status, max_attempts, identifier,
      result, error_code, error_parameters, origin_system, created_at, updated_at, completed_at)
    select task_id, person, system, depends, status, 1, identifier,
      case when status = 'COMPLETED' then jsonb_build_object('outcome', 'FIRST_SYSTEM', 'identifier', identifier) end,
      code, parameters, ${ORIGIN}, coalesce(created_at, now()), coalesce(updated_at, now()), coalesce(completed_at, now())
    from json_to_recordset(${JSON.stringify(tasks)}::json) as r(task_id text, person bigint, system text, depends text[],
      status text, identifier text, code text, parameters jsonb, created_at timestamptz, updated_at timestamptz,
      completed_at timestamptz)
    order by created_at nulls first, task_id
    on conflict (task_id) do update set status = excluded.status, identifier = excluded.identifier,
      result = excluded.result, error_code = excluded.error_code, error_parameters = excluded.error_parameters,
      updated_at = excluded.updated_at, completed_at = excluded.completed_at
    where t.origin_system = ${ORIGIN} and t.status = 'FAILED'
      and t.error_code in ('FIRST_SYSTEM_FAILED', 'FIRST_SYSTEM_OPEN')`.execute(tx);
  await storeClaims(
    context,
    claims.filter(({ status }) => status === 'COMPLETED'),
    owners,
  );
  return { refused, noted: [] };
}

/** Logs: each is an attempt that failed. */
export const logsImport = tableImport({ table: 'accountcreationlog', map: mapLog, store: storeLogs });

async function storeLogs({ tx, dry }: ImportContext, rows: readonly Log[]) {
  if (dry) return nothingNoted;
  const json = JSON.stringify(rows.map(({ key, value }) => ({ key, ...value })));
  const { rows: known } = await sql<{ key: string }>`
    with given as materialized (
      select r.*, t.id as task, t.person_id, t.system
      from json_to_recordset(${json}::json) as r(key text, task_id text, execution_attempt int, message text, at timestamptz)
      join account_task t on t.task_id = r.task_id
    ), stored as (
      insert into task_attempt (task_id, execution_attempt, outcome, error_code, error_parameters, execution_context,
        started_at, finished_at)
      select distinct on (task, execution_attempt) task, execution_attempt, 'ERROR', 'FIRST_SYSTEM_ERROR',
        jsonb_build_object('message', message), jsonb_build_object('host', 'first-system', 'personId', person_id::text,
          'system', system), coalesce(at, now()), coalesce(at, now())
      from given order by task, execution_attempt
      on conflict (task_id, execution_attempt) do nothing
    )
    select key from given`.execute(tx);
  const found = new Set(known.map(({ key }) => key));
  const refused = new Map<string, StoredError>();
  for (const { key } of rows) if (!found.has(key)) refused.set(key, rowError('NO_TASK', {}));
  return { refused, noted: [] };
}
