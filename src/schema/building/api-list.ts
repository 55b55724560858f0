import type { JoinedValues } from './joined-values.ts';

/** Additions of an area's list, or of the shared rooms, besides the files that it imports. */
export interface ApiList {
  /** Values that it adds to enums, by the name of the enum. */
  readonly enumValues: JoinedValues;
}

/** The values of all lists together, by enum. */
export function joinValues(lists: readonly ApiList[]): JoinedValues {
  const joined: Record<string, JoinedValues[string]> = {};
  for (const { enumValues } of lists)
    for (const [name, values] of Object.entries(enumValues)) joined[name] = { ...joined[name], ...values };
  return joined;
}
