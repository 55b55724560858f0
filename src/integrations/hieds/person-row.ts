import { z } from 'zod';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import {
  type HrDepartment,
  type HrPerson,
  type HrRowProblem,
  hrKeyOf,
} from '../../domain/provisioning/hr/hr-person.ts';
import { isMangledNumber } from '../../domain/provisioning/intake/field-rules.ts';
import { isNoDate, readShanghaiDate, readShanghaiMoment } from '../../domain/shanghai-time.ts';
import {
  findForbiddenCharacter,
  isLongerThan,
  isPlaceholder,
  normaliseCompatibleText,
  normaliseName,
  normaliseText,
} from '../../domain/text/text.ts';

/** A row read: null when it cannot be used. */
export interface PersonRow {
  readonly person: HrPerson | null;
  readonly problems: readonly HrRowProblem[];
  /** Key of the row, usable or not; null when it has none. */
  readonly key: string | null;
}

const rowShape = z.record(z.string(), z.unknown());
const departmentList = z.array(rowShape);
/** Fields of a row that may be kept with a problem: none that identifies a person, except the numbers. */
const KEPT_FIELDS = ['personId', 'employeeNumber', 'personType', 'employeeStatus', 'lastUpdateDate'] as const;
const KEPT_LENGTH = 60;
const IDENTIFIERS: ReadonlySet<string> = new Set(['employeeNumber', 'personId']);
/** More departments than any person has. */
const DEPARTMENTS_MAX = 100;
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly what must not be stored
const CONTROL = /[\u0000-\u001f\u007f]+/g;

/** Reads one row of `hr_person_info`; `place` names it when it names itself by nothing. Never throws. */
export function readPersonRow(raw: unknown, place: string): PersonRow {
  const row = rowShape.safeParse(raw).data;
  const reader = new RowReader(row ?? {}, place);
  if (row === undefined) {
    reader.report('HR_ROW_UNREADABLE', {}, true);
    return { person: null, problems: reader.problems, key: null };
  }
  const person: HrPerson = {
    employeeNumber: reader.required('employeeNumber', 50, normaliseCompatibleText),
    hrPersonId: reader.text('personId', 100),
    fullName: reader.required('fullName', 100, normaliseName),
    englishName: reader.text('englishName', 200),
    sex: reader.text('sex', 20),
    birthDay: reader.date('birthDay'),
    nationalityCode: reader.text('nationalityCode', 50),
    personType: reader.required('personType', 50),
    // Without a status it is unknown whether the person left: the row is refused.
    employeeStatus: reader.required('employeeStatus', 50),
    employeeAccount: reader.text('employeeAccount', 200),
    hrUserId: reader.text('userId', 100),
    employeeDescription: reader.text('employeeDescription', 2_000),
    emailAddress: reader.text('emailAddress', 320),
    telephoneNumber1: reader.text('telephoneNumber1', 100, normaliseCompatibleText),
    telephoneNumber2: reader.text('telephoneNumber2', 100, normaliseCompatibleText),
    telephoneNumber3: reader.text('telephoneNumber3', 100, normaliseCompatibleText),
    fullAddress: reader.text('fullAddress', 1_000),
    postalCode: reader.text('postalCode', 50),
    baseLocation: reader.text('baseLocation', 200),
    expenseAccount: reader.text('expenseAccount', 200),
    personPinyinName: reader.text('personPinyinName', 200),
    originalHireDate: reader.date('originalHireDate'),
    effectiveDate: reader.date('effectiveDate'),
    disableDate: reader.date('disableDate'),
    departments: reader.departments('personDept'),
    tenantId: reader.text('tenantId', 100),
    hrCreatedAt: reader.moment('creationDate'),
    hrUpdatedAt: reader.moment('lastUpdateDate'),
  };
  const key = reader.isRefused ? keyOfRefused(row) : hrKeyOf(person);
  return { person: reader.isRefused ? null : person, problems: reader.problems, key };
}

function keyOfRefused(row: Readonly<Record<string, unknown>>): string | null {
  return idOf(row['personId']) || idOf(row['employeeNumber']).toLowerCase() || null;
}

/** Reads the fields of one row and notes what is wrong with them. */
class RowReader {
  readonly problems: HrRowProblem[] = [];
  readonly #row: Readonly<Record<string, unknown>>;
  readonly #key: string;

  constructor(row: Readonly<Record<string, unknown>>, place: string) {
    this.#row = row;
    this.#key = idOf(row['employeeNumber']) || idOf(row['personId']) || place;
  }

  get isRefused(): boolean {
    return this.problems.some((problem) => problem.skipped);
  }

  /** A field without which the row is left out. */
  required(field: string, limit: number, normalise = normaliseText): string {
    const before = this.problems.length;
    const value = this.#read(this.#row[field], { field, limit, normalise, skips: true });
    if (value === null && this.problems.length === before) this.report('HR_FIELD_MISSING', { field }, true);
    return value ?? '';
  }

  text(field: string, limit: number, normalise = normaliseText): string | null {
    return this.#read(this.#row[field], { field, limit, normalise, skips: false });
  }

  date(field: string): string | null {
    return this.#time(field, readShanghaiDate);
  }

  moment(field: string): string | null {
    return this.#time(field, readShanghaiMoment);
  }

  departments(field: string): HrDepartment[] {
    const raw = this.#row[field];
    if (raw === null || raw === undefined || raw === '') return [];
    const list = departmentList.safeParse(raw).data;
    if (list === undefined || list.length > DEPARTMENTS_MAX) {
      this.report('HR_FIELD_INVALID', { field }, false);
      return [];
    }
    return list.flatMap((entry) => {
      const read = (snake: string, camel: string, limit: number) =>
        this.#read(entry[snake] ?? entry[camel], {
          field: `${field}.${snake}`,
          limit,
          normalise: normaliseText,
          skips: false,
        });
      const code = read('department_code', 'departmentCode', 50);
      if (code === null) return [];
      const partner_company = read('partner_company', 'partnerCompany', 100);
      return [{ department_code: code, partner_company, country: read('country', 'country', 50) }];
    });
  }

  report(code: string, parameters: ErrorParameters, skipped: boolean): void {
    const payload = Object.fromEntries(
      KEPT_FIELDS.flatMap((field) => {
        const value = keepable(this.#row[field]);
        return value === '' ? [] : [[field, value]];
      }),
    );
    const error = { code, parameters: { key: this.#key, ...parameters } };
    this.problems.push({ key: this.#key, error, skipped, payload });
  }

  #time(field: string, parse: (text: string) => string | null): string | null {
    const text = this.text(field, KEPT_LENGTH);
    if (text !== null && isNoDate(text)) return null;
    const value = text === null ? null : parse(text);
    if (text !== null && value === null) this.report('HR_FIELD_INVALID', { field }, false);
    return value;
  }

  #read(
    value: unknown,
    rule: {
      readonly field: string;
      readonly limit: number;
      readonly normalise: (text: string) => string;
      readonly skips: boolean;
    },
  ): string | null {
    const { field, limit, skips } = rule;
    if (value === null || value === undefined) return null;
    // No identifier has a fraction, and these fields hold no measurements.
    if (typeof value !== 'string' && !Number.isSafeInteger(value)) {
      this.report('HR_FIELD_INVALID', { field }, skips);
      return null;
    }
    const text = rule.normalise(String(value));
    // A login, an address, an id or a spelling of "null" would be one of many people.
    if (text === '' || (field !== 'fullName' && isPlaceholder(text))) return null;
    if (IDENTIFIERS.has(field) && isMangledNumber(text)) {
      this.report('HR_FIELD_INVALID', { field }, skips);
      return null;
    }
    if (isLongerThan(text, limit)) {
      this.report('HR_FIELD_TOO_LONG', { field, limit }, skips);
      return null;
    }
    if (findForbiddenCharacter(text) !== null) {
      this.report('HR_FIELD_INVALID', { field }, skips);
      return null;
    }
    return text;
  }
}

/** An id or number as far as it tells rows apart: many may say "null". */
function idOf(value: unknown): string {
  const text = keepable(value);
  return isPlaceholder(text) ? '' : text;
}

/** A value fit to be stored with a problem: short, one line, well-formed. */
function keepable(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  return String(value).toWellFormed().replace(CONTROL, ' ').trim().slice(0, KEPT_LENGTH).toWellFormed();
}
