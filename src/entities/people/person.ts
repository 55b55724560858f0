import { defineEntity, p } from '@mikro-orm/postgresql';
import { personSources } from '../../domain/provisioning/states/states.ts';

/** One of the places a person works at, as HR or a request gave it. */
export interface PersonDepartment {
  readonly department_code: string;
  readonly partner_company: string | null;
  readonly country: string | null;
}

export const PersonSchema = defineEntity({
  name: 'Person',
  tableName: 'person',
  properties: {
    id: p.bigint('string').primary(),
    employeeNumber: p.string(),
    hrPersonId: p.string().nullable(),
    fullName: p.string(),
    englishName: p.string().nullable(),
    sex: p.string().nullable(),
    birthDay: p.date().nullable(),
    nationalityCode: p.string().nullable(),
    personType: p.string(),
    employeeStatus: p.string(),
    employeeAccount: p.string().nullable(),
    hrUserId: p.string().nullable(),
    employeeDescription: p.string().nullable(),
    emailAddress: p.string().nullable(),
    telephoneNumber1: p.string().name('telephone_number1').nullable(),
    telephoneNumber2: p.string().name('telephone_number2').nullable(),
    telephoneNumber3: p.string().name('telephone_number3').nullable(),
    fullAddress: p.string().nullable(),
    postalCode: p.string().nullable(),
    baseLocation: p.string().nullable(),
    expenseAccount: p.string().nullable(),
    personPinyinName: p.string().nullable(),
    originalHireDate: p.date().nullable(),
    effectiveDate: p.date().nullable(),
    disableDate: p.date().nullable(),
    departments: p.json<PersonDepartment[]>(),
    tenantId: p.string().nullable(),
    source: p.enum(personSources),
    hrCreatedAt: p.datetime().nullable(),
    hrUpdatedAt: p.datetime().nullable(),
    contentHash: p.string().nullable(),
    /** The directory login chosen once for this person; null until reserved, or when none fits 20 characters. */
    reservedUsername: p.string().nullable(),
    /** The whole address chosen once for this person. */
    reservedEmailAddress: p.string().nullable(),
    /** Hash of the doubtful name that was accepted; another name is judged anew. */
    acceptedNameHash: p.blob().nullable(),
    /** Computed by Postgres: what a search of people looks through, one thing a line, in lower case. */
    searchText: p.string().persist(false),
    /** Set: only the id is left, and nothing acts for this person again. */
    erasedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** Names that an operator chose; null: the present one stays. */
export interface ChosenNames {
  readonly username: string | null;
  readonly emailAddress: string | null;
}

/**
 * Someone HR or a request told us about; identified by employee number, without regard to case. Its methods are what
 * an operator changes of one person; intake and syncs change many by statements, with the same rule about HR's values
 * (`jobs/provisioning/requests/requested-values.ts`).
 */
export class Person extends PersonSchema.class {
  /** Which of these names HR owns. */
  namesOfHr(given: { readonly username: unknown; readonly emailLocalPart: unknown }): string[] {
    return [
      ...(given.username !== null && this.employeeAccount != null ? ['username'] : []),
      ...(given.emailLocalPart !== null && this.emailAddress != null ? ['emailLocalPart'] : []),
    ];
  }

  /** Gives it the names that an operator chose; the former ones stay reserved for it. */
  choose({ username, emailAddress }: ChosenNames, at: Date): void {
    this.reservedUsername = username ?? this.reservedUsername ?? null;
    this.reservedEmailAddress = emailAddress ?? this.reservedEmailAddress ?? null;
    this.updatedAt = at;
  }
}
PersonSchema.setClass(Person);
