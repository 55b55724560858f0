import { localPartOf } from './email-address.ts';
import { localPartBase, USERNAME_MAX_LENGTH, usernameFor } from './naming.ts';
import { type NameRules, readName } from './read-name.ts';
import { transliterate } from './transliterate.ts';

/** The fields that names are made from. */
export interface NameSource {
  readonly employeeNumber: string;
  readonly fullName: string;
  /** HR's; null when it has none. */
  readonly pinyinName: string | null;
  /** A login this person has already, from HR. */
  readonly employeeAccount: string | null;
  /** An address this person has already, from HR. */
  readonly emailAddress: string | null;
  readonly rules: Pick<NameRules, 'umlaut' | 'notesLeftOff'>;
  /** A person accepted the name as it is written. */
  readonly nameAccepted: boolean;
}

/** The wanted names of a person, before the check whether they are free. */
export interface WantedNames {
  /** Null when none fits a login's length. */
  readonly username: string | null;
  /** Of the address the person has; null when one is to be chosen from `base`. */
  readonly ownLocalPart: string | null;
  readonly base: string;
}

/** Login and local part that a person should get (provisioning.md §5.3). */
export function wantedNames(person: NameSource): WantedNames {
  const { employeeNumber, fullName, pinyinName, employeeAccount, emailAddress, rules } = person;
  // Nearly always no Setting changes any name, and ten thousand need not be judged again.
  const name =
    rules.notesLeftOff.length === 0
      ? fullName
      : readName(fullName, { ...rules, accepted: person.nameAccepted }).name;
  const transliteration = transliterate(name, pinyinName, rules.umlaut);
  return {
    username: employeeAccount ?? usernameFor(transliteration, employeeNumber),
    ownLocalPart: emailAddress === null ? null : localPartOf(emailAddress),
    base: localPartBase(transliteration, employeeNumber),
  };
}

/**
 * Logins to try for a person, best first: the wanted one, then the bare number. Candidates beyond a login's length
 * are left out.
 */
export function loginCandidates(username: string | null, employeeNumber: string): string[] {
  if (username === null) return [];
  return [...new Set([username, employeeNumber])].filter(
    ({ length }) => length >= 1 && length <= USERNAME_MAX_LENGTH,
  );
}
