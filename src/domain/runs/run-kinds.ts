import { calendarRunKindNames, calendarRunKinds } from '../calendar/run-kinds.ts';
import { databaseRunKindNames, databaseRunKinds } from '../databases/run-kinds.ts';
import type { Locale } from '../errors/error-entry.ts';
import { provisioningRunKindNames, provisioningRunKinds } from '../provisioning/states/run-kinds.ts';

/** The kinds of run of all areas. */
export const runKinds = [...provisioningRunKinds, ...calendarRunKinds, ...databaseRunKinds] as const;
export type RunKind = (typeof runKinds)[number];

const names: Readonly<Record<RunKind, Readonly<Record<Locale, string>>>> = {
  ...provisioningRunKindNames,
  ...calendarRunKindNames,
  ...databaseRunKindNames,
};

/** Name of a kind of run in the middle of a sentence. */
export function displayRunKind(kind: RunKind, locale: Locale): string {
  return names[kind][locale];
}
