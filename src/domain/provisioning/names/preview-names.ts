import { allocateLocalParts } from './allocate-local-parts.ts';
import { emailAddressFor } from './email-address.ts';
import { loginCandidates, type WantedNames } from './wanted-names.ts';

/** A person whose names would be chosen now. */
export interface NamelessPerson {
  readonly employeeNumber: string;
  readonly wanted: WantedNames;
  /** An address that the person has already; it is used even if another person has its local part. */
  readonly emailAddress: string | null;
  /** Domain of the person's type. */
  readonly emailDomain: string | null;
}

/** Taken names, in lower case. */
export interface TakenNames {
  readonly localParts: ReadonlySet<string>;
  /** Setting `reserved_local_parts`. */
  readonly reserved: ReadonlySet<string>;
  readonly logins: ReadonlySet<string>;
}

/** Names as they would be reserved. */
export interface PreviewedNames {
  readonly username: string | null;
  readonly emailAddress: string | null;
}

/**
 * The names these people would get if they were asked for now, in the order in which they would choose: what one gets
 * is taken for the next. Without a domain there is no address, and then no login is chosen either.
 */
export function previewNames(
  people: readonly NamelessPerson[],
  taken: TakenNames,
  defaultDomain: string | null,
): PreviewedNames[] {
  const wanting = people.filter(({ wanted }) => wanted.ownLocalPart === null);
  const allocated = allocateLocalParts({
    bases: wanting.map(({ wanted }) => wanted.base),
    taken: taken.localParts,
    reserved: taken.reserved,
  });
  const localParts = new Map(
    wanting.map((person, index) => [person, allocated[index] ?? person.wanted.base]),
  );
  const addresses = people.map(
    (person) =>
      person.emailAddress ?? emailAddressFor(localParts.get(person) ?? '', person.emailDomain, defaultDomain),
  );
  const choosing = people.map((person, index) =>
    addresses[index] === null ? [] : loginCandidates(person.wanted.username, person.employeeNumber),
  );
  const usernames = chooseLogins(choosing, taken.logins);
  return addresses.map((emailAddress, index) => ({ username: usernames[index] ?? null, emailAddress }));
}

/** All people try their first wish, then those who did not get it try the second, as when names are reserved. */
function chooseLogins(wishes: readonly (readonly string[])[], taken: ReadonlySet<string>): (string | null)[] {
  const gone = new Set(taken);
  const chosen = wishes.map((): string | null => null);
  for (const round of [0, 1]) {
    wishes.forEach((candidates, index) => {
      const login = candidates[round];
      if (chosen[index] !== null || login === undefined || gone.has(login.toLowerCase())) return;
      gone.add(login.toLowerCase());
      chosen[index] = login;
    });
  }
  return chosen;
}
