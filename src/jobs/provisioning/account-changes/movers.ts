import { type RawBuilder, sql } from 'kysely';
import type { HrPerson } from '../../../domain/provisioning/hr/hr-person.ts';
import { findMoved, type MovedField, type MoverBefore } from '../../../domain/provisioning/hr/movers.ts';
import { anyKey } from '../../../entities/keys.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { JobContext } from '../../kit/job-context.ts';
import type { OpenRun } from '../../runs/run-record.ts';
import { sendChangesOf } from './enqueue-changes.ts';

/** An active account that differs from what HR now says of its person. */
export interface Move {
  readonly account: string;
  readonly employeeNumber: string;
  readonly system: string;
  readonly fields: readonly MovedField[];
}

/** Which fields a connected system shows of a person, and whether it can be updated. */
export interface ShowingSystem {
  readonly system: string;
  readonly shows: readonly MovedField[];
  readonly canUpdate: boolean;
}

interface MoverRow extends MoverBefore {
  readonly id: string;
  readonly accounts: readonly { readonly id: string; readonly system: string }[];
}

/** Compares HR's new values of known people with the stored ones; the caller stores them afterwards. */
export async function findMoves(
  tx: Sql,
  options: {
    readonly changed: readonly { readonly person: HrPerson; readonly id: string | null }[];
    readonly systems: readonly ShowingSystem[];
  },
): Promise<Move[]> {
  const known = new Map(options.changed.flatMap(({ id, person }) => (id === null ? [] : [[id, person]])));
  if (known.size === 0) return [];
  const shows = new Map(options.systems.map((system) => [system.system, system.shows]));
  const { rows } = await sql<MoverRow>`
    select p.id, p.full_name as "fullName", p.telephone_number1 as phone,
      coalesce(p.email_address, p.reserved_email_address) as "emailAddress",
      array(select place->>'department_code' from jsonb_array_elements(p.departments) as place) as "departmentCodes",
      json_agg(json_build_object('id', a.id::text, 'system', a.system) order by a.system) as accounts
    from person p join account a on a.person_id = p.id and a.state = 'ACTIVE'
    where p.id = ${anyKey([...known.keys()])} group by p.id order by p.id`.execute(tx);
  return rows.flatMap((row) => {
    const person = known.get(row.id);
    if (person === undefined) return [];
    const moved = findMoved(row, person);
    return row.accounts.flatMap(({ id: account, system }): Move[] => {
      const fields = moved.filter((field) => shows.get(system)?.includes(field));
      return fields.length === 0 ? [] : [{ account, employeeNumber: person.employeeNumber, system, fields }];
    });
  });
}

/**
 * Stores all moves with the run that found them: PENDING with a job where the system can be updated and the Setting
 * allows it, else BY_HAND.
 */
export async function recordMoves(
  context: JobContext,
  run: OpenRun,
  options: { readonly moves: readonly Move[]; readonly systems: readonly ShowingSystem[] },
): Promise<void> {
  const { moves } = options;
  if (moves.length === 0) return;
  const told = new Set(options.systems.flatMap(({ system, canUpdate }) => (canUpdate ? [system] : [])));
  const rows = moves.map(({ account, employeeNumber, system, fields }) => {
    const byHand = !told.has(system);
    return {
      key: employeeNumber,
      account,
      outcome: byHand ? 'BY_HAND' : 'PENDING',
      code: byHand ? 'MOVER_BY_HAND' : null,
      parameters: byHand ? { employeeNumber, system, fields } : null,
      payload: { system, fields },
    };
  });
  const { rows: stored } = await sql<{ id: string }>`
    insert into run_item (run_id, item_key, subject_kind, subject_id, outcome, error_code, error_parameters, payload)
    select ${run.id}::bigint, key, 'ACCOUNT', account, outcome, code, parameters, payload
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(key text, account bigint, outcome text, code text, parameters jsonb, payload jsonb)
    returning id`.execute(context.tx);
  await sendChangesOf(
    context,
    stored.map(({ id }) => id),
  );
}

/** The number of accounts of a run's movers that could not be updated; `run` is its primary key. */
export function failedMovesOf(run: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`(select count(*)::int from run_item i
    where i.run_id = ${run} and i.subject_kind = 'ACCOUNT' and i.outcome = 'FAILED')`;
}
