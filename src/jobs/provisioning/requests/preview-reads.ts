import { sql } from 'kysely';
import type { NormalisedUser } from '../../../domain/provisioning/intake/check-rows.ts';
import type { Sql } from '../../../entities/tables.ts';
import { isNameAccepted } from '../names/accepted-names.ts';

/** A person as far as a preview has to know. */
export interface KnownPerson {
  readonly id: string;
  readonly key: string;
  readonly full_name: string;
  readonly english_name: string | null;
  readonly person_pinyin_name: string | null;
  readonly person_type: string;
  readonly source: string;
  readonly employee_account: string | null;
  readonly email_address: string | null;
  readonly reserved_username: string | null;
  readonly reserved_email_address: string | null;
  readonly department_codes: readonly string[];
  readonly name_accepted: boolean;
  readonly active: readonly string[];
}

/** Known people by their employee number in lower case. */
export async function readKnown(
  db: Sql,
  users: readonly NormalisedUser[],
): Promise<Map<string, KnownPerson>> {
  const keys = users.map(({ employeeNumber }) => employeeNumber.toLowerCase());
  const { rows } = await sql<KnownPerson>`
    select p.id, lower(p.employee_number) as key, p.full_name, p.english_name, p.person_pinyin_name, p.person_type,
      p.source, p.employee_account, p.email_address, p.reserved_username, p.reserved_email_address,
      array(select place->>'department_code' from jsonb_array_elements(p.departments) place) as department_codes,
      array(select a.system from account a where a.person_id = p.id and a.state = 'ACTIVE') as active,
      ${isNameAccepted} as name_accepted
    from person p where lower(p.employee_number) = any(${keys}::text[])`.execute(db);
  return new Map(rows.map((person) => [person.key, person]));
}

/** Which of the departments have a mapping. */
export async function readMapped(db: Sql, departments: readonly string[]): Promise<Set<string>> {
  const codes = [...new Set(departments)];
  const { rows: mapped } = await sql<{ code: string }>`
    select idata_department_code as code from department_mapping
    where idata_department_code = any(${codes}::text[])`.execute(db);
  return new Set(mapped.map(({ code }) => code));
}

/** Person types by their codes and aliases. */
export interface Types {
  /** Of the call's account type; null when it is unknown and the default type is used. */
  readonly accountType: string | null;
  readonly defaultType: string | null;
  /** Domain of a person type, by the rules of `reserve-names.ts`. */
  domainOf(personType: string): string | null;
}

interface TypeRow {
  readonly person_type: string;
  readonly aliases: readonly string[];
  readonly email_domain: string | null;
}

export async function readTypes(db: Sql, accountType: string, defaultType: string): Promise<Types> {
  const { rows } = await sql<TypeRow>`
    select person_type, aliases, email_domain from person_type_mapping where is_active`.execute(db);
  const named = (name: string) =>
    rows.find((row) => row.person_type === name) ?? rows.find((row) => row.aliases.includes(name));
  const fallback = rows.find((row) => row.person_type === defaultType);
  return {
    accountType: named(accountType)?.person_type ?? null,
    defaultType: fallback?.person_type ?? null,
    domainOf: (personType) => (named(personType) ?? fallback)?.email_domain ?? null,
  };
}
