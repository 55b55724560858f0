import type { AccountSystem } from '../../../clients/typescript/src/accountsync-client.ts';
import type { Say } from './locale.ts';
import { UsageError } from './usage-error.ts';

const SYSTEMS: readonly AccountSystem[] = ['IDAAS', 'WELINK', 'EMAIL'];

/** A system by its name in any case, as the first system wrote them. @throws UsageError when there is none. */
export function systemOf(name: string, say: Say): AccountSystem {
  const system = SYSTEMS.find((candidate) => candidate === name.toUpperCase());
  if (system !== undefined) return system;
  const known = SYSTEMS.join(', ');
  throw new UsageError(
    say(`没有系统 ${name}；有 ${known}。`, `There is no system ${name}; known are ${known}.`),
  );
}
