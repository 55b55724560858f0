import { type SqlBool, sql } from 'kysely';
import {
  checkPersonTypes,
  findTakenNames,
  normalisePersonType,
  type PersonType,
  withoutRepeatedNames,
} from '../../../domain/provisioning/intake/person-types.ts';
import type { RunMode } from '../../../domain/runs/run-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction, rehearsed } from '../../../entities/transaction.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { releaseFailed } from '../tasks/release-failed.ts';

export interface UpsertPersonTypesOutcome {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Tasks that had failed because one of these mappings, or its domain, was missing and were opened again. */
  readonly releasedTasks: number;
  readonly userErrors: readonly OperationError[];
}

const NOTHING = { created: 0, updated: 0, unchanged: 0, releasedTasks: 0 } as const;

/** Stores person type mappings, all or none, and opens the tasks that failed without them; a dry run takes it back. */
export async function upsertPersonTypeMappings(
  context: OperationContext,
  input: { readonly mappings: readonly PersonType[]; readonly mode?: RunMode },
): Promise<UpsertPersonTypesOutcome> {
  const types = input.mappings.map(normalisePersonType);
  const problems = checkPersonTypes(types);
  if (problems.length > 0) return { ...NOTHING, userErrors: problems.map(asError) };
  const carryOut = input.mode === 'DRY_RUN' ? rehearsed : inTransaction;
  return carryOut(context.em, (tx) => upsert(tx, context, types));
}

function asError(problem: Pick<OperationError, 'code' | 'parameters' | 'path'>): OperationError {
  return operationError(problem.code, problem);
}

async function upsert(
  tx: Sql,
  context: OperationContext,
  given: readonly PersonType[],
): Promise<UpsertPersonTypesOutcome> {
  const stored = await lockStored(tx);
  const taken = findTakenNames(given, stored);
  if (taken.length > 0) return { ...NOTHING, userErrors: taken.map(asError) };
  const before = new Map(stored.map((type) => [type.personType, JSON.stringify(type)]));
  const types = given.map(withoutRepeatedNames);
  const changed = types.filter((type) => before.get(type.personType) !== JSON.stringify(type));
  const updated = changed.filter((type) => before.has(type.personType)).length;
  await write(tx, changed);
  return {
    created: changed.length - updated,
    updated,
    unchanged: types.length - changed.length,
    releasedTasks: await releaseTasks(tx, context, changed),
    userErrors: [],
  };
}

/**
 * Reads all mappings under the lock that the table's trigger takes, so that no other transaction takes a name that is
 * checked here.
 */
async function lockStored(tx: Sql): Promise<PersonType[]> {
  await sql`select pg_advisory_xact_lock(hashtext('person_type_mapping.aliases'))`.execute(tx);
  const { rows } = await sql<PersonType>`
    select person_type as "personType", aliases, email_domain as "emailDomain", idaas_user_type as "idaasUserType",
      welink_person_type as "welinkPersonType", is_active as "isActive", description
    from person_type_mapping order by id`.execute(tx);
  return rows;
}

async function write(tx: Sql, types: readonly PersonType[]): Promise<void> {
  if (types.length === 0) return;
  // An alias may move between two of these types: the trigger must not find it at the old one.
  await sql`
    update person_type_mapping set aliases = '{}'
    where person_type = any(${types.map((type) => type.personType)}::text[]) and aliases <> '{}'`.execute(tx);
  await sql`
    insert into person_type_mapping (person_type, aliases, email_domain, idaas_user_type, welink_person_type,
      is_active, description)
    select "personType", aliases, "emailDomain", "idaasUserType", "welinkPersonType", "isActive", description
    from json_to_recordset(${JSON.stringify(types)}::json) as r("personType" text, aliases text[], "emailDomain" text,
      "idaasUserType" text, "welinkPersonType" text, "isActive" boolean, description text)
    on conflict (person_type) do update set aliases = excluded.aliases, email_domain = excluded.email_domain,
      idaas_user_type = excluded.idaas_user_type, welink_person_type = excluded.welink_person_type,
      is_active = excluded.is_active, description = excluded.description, updated_at = clock_timestamp()`.execute(
    tx,
  );
}

/**
 * Opens tasks of people who have one of these types: by its code, an alias, or by default when theirs is unknown.
 */
function releaseTasks(tx: Sql, context: OperationContext, changed: readonly PersonType[]): Promise<number> {
  const active = changed.filter((type) => type.isActive);
  const defaultType = context.settings.get('default_person_type');
  const peopleOf = (types: readonly PersonType[]) => {
    const byDefault = types.some((type) => type.personType === defaultType);
    const names = types.flatMap((type) => [type.personType, ...type.aliases]);
    return sql<SqlBool>`(${byDefault}::boolean or p.person_type = any(${names}::text[]))`;
  };
  const withDomain = active.filter((type) => type.emailDomain !== null);
  const condition = sql<SqlBool>`(t.error_code = 'PERSON_TYPE_UNMAPPED' and ${peopleOf(active)}
    or t.error_code = 'EMAIL_DOMAIN_MISSING' and ${peopleOf(withDomain)})`;
  const maxRetries = context.settings.get('account_creation_max_retries');
  return releaseFailed({ tx, boss: context.boss }, { condition, maxRetries });
}
