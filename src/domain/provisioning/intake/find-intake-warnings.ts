import type { ErrorParameters } from '../../errors/error-entry.ts';
import { pathText } from '../../text/path-text.ts';
import type { ReadName } from '../names/read-name.ts';
import type { Transliteration } from '../names/transliterate.ts';
import type { NormalisedUser } from './check-rows.ts';
import type { CountryAliases } from './country-aliases.ts';
import type { IntakeWarning, IntakeWarningCode } from './intake-warnings.ts';
import { isLandline, isPlaceholderPhone, type ParsedPhone, parsePhone, regionOf } from './phone.ts';

/** A good row beside what is known of its person. */
export interface RowToWarnOf {
  readonly user: NormalisedUser;
  /** A person with this employee number has another name. */
  readonly nameDiffers: boolean;
  /** The departments that would count, first to last: HR's where it has any. */
  readonly departmentCodes: readonly string[];
  /** WELINK is wanted for a person who has no account there. */
  readonly needsMobile: boolean;
  /** The same of any system that is told a phone. */
  readonly needsPhone: boolean;
  /** How the name is spelled where one is to be chosen; null where none is. */
  readonly spelled: Transliteration | null;
  /** The name as accounts would bear it; null where none is to be made. */
  readonly read: ReadName | null;
}

export interface WarningFacts {
  readonly mappedDepartments: ReadonlySet<string>;
  readonly countryAliases: CountryAliases;
  /** Setting `person_name_check`. */
  readonly nameCheck: 'strict' | 'warn';
  /** Setting `doubtful_names`. */
  readonly doubtfulNames: 'refuse' | 'hold' | 'accept';
}

/** The first row with a phone. */
interface PhoneOwner {
  readonly user: NormalisedUser;
  /** It was warned of when the second came. */
  told: boolean;
}

/** Finds what is odd about rows (provisioning.md §3.5); keeps what it has seen, so a batch may come in pieces. */
export class RowWarnings {
  readonly #facts: WarningFacts;
  readonly #phones = new Map<string, PhoneOwner>();

  constructor(facts: WarningFacts) {
    this.#facts = facts;
  }

  /** Everything odd about the next row, and the warning of an earlier one that has the same phone. */
  next(row: RowToWarnOf): IntakeWarning[] {
    const { mappedDepartments, nameCheck } = this.#facts;
    const warnings: IntakeWarning[] = [];
    if (row.nameDiffers) {
      const parameters: ErrorParameters = nameCheck === 'warn' ? { variant: 'ACCEPTED' } : {};
      warnings.push(warning('PERSON_MISMATCH', row.user, 'employeeName', parameters));
      if (nameCheck === 'strict') return warnings;
    }
    warnings.push(...this.#ofName(row));
    if (!row.departmentCodes.some((code) => mappedDepartments.has(code))) {
      const parameters = { departmentCodes: row.departmentCodes };
      warnings.push(warning('DEPARTMENT_UNMAPPED', row.user, 'departmentCode', parameters));
    }
    if (row.needsMobile || row.needsPhone) warnings.push(...this.#ofPhone(row));
    return warnings;
  }

  /** A doubtful name is not spelled before it is accepted. */
  #ofName({ user, spelled, read }: RowToWarnOf): IntakeWarning[] {
    const accepts = this.#facts.doubtfulNames === 'accept';
    const doubt = read?.doubt ?? null;
    const doubted: IntakeWarning[] = [];
    if (read !== null && read.leftOff.length > 0) {
      const { name, leftOff } = read;
      doubted.push(warning('NAME_NOTE_LEFT_OFF', user, 'employeeName', { name, notes: leftOff }));
    }
    if (doubt !== null) {
      const variant = accepts ? { variant: 'ACCEPTED' } : {};
      doubted.push(warning('NAME_DOUBTFUL', user, 'employeeName', { doubt, ...variant }));
    }
    if (spelled?.kind !== 'fallback' || (doubt !== null && !accepts)) return doubted;
    const { character } = spelled;
    const parameters = character === undefined ? { variant: 'NOTHING' } : { character };
    return [...doubted, warning('NAME_NOT_SPELLED', user, 'employeeName', parameters)];
  }

  #ofPhone({ user, needsMobile }: RowToWarnOf): IntakeWarning[] {
    const { country } = user;
    const { countryAliases } = this.#facts;
    const unknown =
      regionOf(country, countryAliases) === null
        ? [warning('COUNTRY_UNKNOWN', user, 'country', { country })]
        : [];
    const phone = parsePhone(user.phoneNumber, country, countryAliases);
    if (phone === null) return unknown;
    if (!phone.possible) return [...unknown, warning('PHONE_INVALID', user, 'phoneNumber', {})];
    if (!needsMobile) return unknown;
    const landline = isLandline(phone) ? [warning('PHONE_NOT_MOBILE', user, 'phoneNumber', {})] : [];
    const placeholder = isPlaceholderPhone(phone)
      ? [warning('PHONE_PLACEHOLDER', user, 'phoneNumber', {})]
      : [];
    return [...unknown, ...landline, ...placeholder, ...this.#findShared(user, phone)];
  }

  /** Warns of both rows: which of the two has the wrong number is for the caller to say. */
  #findShared(user: NormalisedUser, { countryCode, nationalNumber }: ParsedPhone): IntakeWarning[] {
    const key = `${countryCode} ${nationalNumber}`;
    const owner = this.#phones.get(key);
    if (owner === undefined) {
      this.#phones.set(key, { user, told: false });
      return [];
    }
    const shared = (of: NormalisedUser, other: NormalisedUser) =>
      warning('PHONE_SHARED', of, 'phoneNumber', { otherPosition: other.position });
    const ofOwner = owner.told ? [] : [shared(owner.user, user)];
    owner.told = true;
    return [...ofOwner, shared(user, owner.user)];
  }
}

/** Warnings in the order of their rows; those of one row keep theirs. */
export function inOrderOfRows(warnings: readonly IntakeWarning[]): IntakeWarning[] {
  return warnings.toSorted((a, b) => Number(a.path[1]) - Number(b.path[1]));
}

function warning(
  code: IntakeWarningCode,
  { position, employeeNumber }: NormalisedUser,
  field: string,
  parameters: ErrorParameters,
): IntakeWarning {
  const path = ['userList', String(position), field];
  return {
    code,
    parameters: { field: `${pathText(path)} (${employeeNumber})`, ...parameters },
    path,
    employeeNumber,
  };
}
