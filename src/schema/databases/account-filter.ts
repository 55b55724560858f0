import { type SqlBool, sql } from 'kysely';
import type {
  AccountChangeKind,
  DatabaseAccountState,
  DatabaseCapability,
  DatabaseEngine,
  PersonMatch,
} from '../../domain/databases/engines.ts';
import { normaliseCompatibleText } from '../../domain/text/text.ts';
import type { Condition } from '../reading/listing.ts';
import { canBeStored, containsPattern } from '../reading/text-filter.ts';
import { isLocked } from './rows.ts';

type Maybe<Value> = Value | null | undefined;

/** Conditions on a list of accounts. */
export interface AccountFilter {
  readonly instance?: Maybe<readonly string[]>;
  readonly engine?: Maybe<readonly DatabaseEngine[]>;
  readonly search?: Maybe<string>;
  readonly capability?: Maybe<readonly DatabaseCapability[]>;
  readonly locked?: Maybe<boolean>;
  readonly system?: Maybe<boolean>;
  readonly role?: Maybe<boolean>;
  readonly classification?: Maybe<readonly string[]>;
  readonly state?: Maybe<readonly DatabaseAccountState[]>;
  readonly personMatch?: Maybe<readonly PersonMatch[]>;
  readonly employeeNumber?: Maybe<string>;
}

/** Conditions on `a` (the account) and `i` (its instance). */
export function accountConditions(filter: AccountFilter): Condition[] {
  const { instance, engine, search, capability, locked, system, role, classification } = filter;
  const { state, personMatch, employeeNumber } = filter;
  if ([search, employeeNumber].some((text) => text != null && !canBeStored(text)))
    return [sql<SqlBool>`false`];
  const texts = (values: readonly string[]) => values.filter(canBeStored);
  const conditions: Condition[] = [];
  if (instance != null) conditions.push(sql`i.name = any(${texts(instance)}::text[])`);
  if (engine != null) conditions.push(sql`i.engine = any(${[...engine]}::text[])`);
  if (search != null) conditions.push(sql`a.display_name ilike ${containsPattern(search)}`);
  if (capability != null) conditions.push(capabilityCondition(capability));
  if (locked != null) conditions.push(sql`${isLocked} = ${locked}::boolean`);
  if (system != null) conditions.push(sql`a.is_system = ${system}::boolean`);
  if (role != null) conditions.push(sql`a.is_role = ${role}::boolean`);
  if (classification != null)
    conditions.push(sql`exists (select 1 from database_classification k
      where k.account_id = a.id and not k.excluded and k.code = any(${texts(classification)}::text[]))`);
  if (state != null) conditions.push(sql`a.state = any(${[...state]}::text[])`);
  if (personMatch != null) conditions.push(sql`a.person_match = any(${[...personMatch]}::text[])`);
  if (employeeNumber != null)
    conditions.push(sql`exists (select 1 from person p where p.id = a.person_id
      and lower(p.employee_number) = lower(${normaliseCompatibleText(employeeNumber)}))`);
  return conditions;
}

/** With one of these; LOCKED depends on the clock. */
function capabilityCondition(wanted: readonly DatabaseCapability[]): Condition {
  const lasting = wanted.filter((capability) => capability !== 'LOCKED');
  const either = sql<SqlBool>`a.capabilities && ${lasting}::text[]`;
  return wanted.includes('LOCKED') ? sql`(${either} or ${isLocked})` : either;
}

/** Conditions on a list of changes. */
export interface ChangeFilter {
  readonly instance?: Maybe<readonly string[]>;
  /** Primary key of an account; absent: all accounts; null: an account that does not exist. */
  readonly account?: string | null;
  readonly kind?: Maybe<readonly AccountChangeKind[]>;
  readonly since?: Maybe<Date | string>;
  readonly until?: Maybe<Date | string>;
  readonly runId?: Maybe<string>;
}

/** Conditions on `c` (the change), `a` and `i`. */
export function changeConditions(filter: ChangeFilter): Condition[] {
  const { instance, account, kind, since, until, runId } = filter;
  if (account === null || (runId != null && !canBeStored(runId))) return [sql<SqlBool>`false`];
  const conditions: Condition[] = [];
  if (instance != null) conditions.push(sql`i.name = any(${instance.filter(canBeStored)}::text[])`);
  if (account !== undefined) conditions.push(sql`c.account_id = ${account}::bigint`);
  if (kind != null) conditions.push(sql`c.kind = any(${[...kind]}::text[])`);
  if (since != null) conditions.push(sql`c.at >= ${since}::timestamptz`);
  if (until != null) conditions.push(sql`c.at < ${until}::timestamptz`);
  if (runId != null) conditions.push(sql`c.run_id = (select r.id from sync_run r where r.run_id = ${runId})`);
  return conditions;
}
