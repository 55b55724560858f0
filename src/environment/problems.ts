import type { z } from 'zod';

/** Variables as the process was started with them. */
export type EnvSource = Readonly<Record<string, string | undefined>>;

/** Variables whose values are never repeated in a message. */
const SECRET_NAME = /SECRET|KEY|TOKEN$|PASSWORD|DATABASE_(DIRECT_)?URL|SMTP_URL/;
/** So much of a value is repeated in a message. */
const QUOTED_CHARACTERS = 100;

/** Variables that are set: an empty string counts as unset. */
export type Given = Readonly<Record<string, string>>;

/** Leaves out what is unset or empty. */
export function withoutEmpty(source: EnvSource): Record<string, string> {
  return Object.fromEntries(
    Object.entries(source).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}

/** The problems that zod found, one line each. */
export function problemsOf(error: z.ZodError | undefined, given: Given): string[] {
  return error?.issues.map((issue) => describe(variableOf(issue), given, issue.message)) ?? [];
}

/** Of which variable an issue tells. */
export function variableOf(issue: z.core.$ZodIssue): string {
  return String(issue.path[0]);
}

/** One line: variable, what was given (no secrets), what is expected. */
export function describe(variable: string, given: Given, expectation: string): string {
  const value = given[variable];
  if (value === undefined) return `${variable}: not set; ${expectation}`;
  return `${variable}: given ${SECRET_NAME.test(variable) ? '[redacted]' : quote(value)}; ${expectation}`;
}

/** Quotes a value without the part of a URL that may be a password. */
function quote(value: string): string {
  const shown = value.replace(/\/\/[^/?#]*@/, '//[redacted]@').replace(/([?#]).*$/s, '$1[redacted]');
  return JSON.stringify(shown.slice(0, QUOTED_CHARACTERS));
}

/** Reports the files that `readVariableFiles` could not take. */
export function filesNotTaken(given: Given, names: readonly string[]): string[] {
  return names
    .filter((name) => given[`${name}_FILE`] !== undefined)
    .map((name) =>
      describe(
        `${name}_FILE`,
        given,
        given[name] === undefined
          ? 'expected the path of a file that this process can read'
          : `expected only one of ${name} and ${name}_FILE`,
      ),
    );
}
