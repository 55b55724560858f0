import { builder } from '../building/builder.ts';
import { onlyJoined } from '../building/joined-values.ts';
import type { SystemInfo } from '../context/context.ts';

export const AccountSystemEnum = builder.enumType('AccountSystem', {
  description: 'A downstream system that holds accounts; one value per registered connector.',
  values: onlyJoined<string>(),
});

/** The values of `AccountSystem` for these systems. */
export function systemValues(systems: readonly SystemInfo[]) {
  return Object.fromEntries(
    systems.map(({ system, displayName }) => [system, { description: describe(displayName) }]),
  );
}

/** Both names of a system, or the one it has everywhere. */
function describe({ en, zh }: SystemInfo['displayName']): string {
  return en === zh ? en : `${en} / ${zh}`;
}
