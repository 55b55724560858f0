import type { StoredError } from '../../errors/error-entry.ts';
import type { RunKind } from '../../runs/run-kinds.ts';
import type { RunStatus } from '../../runs/run-states.ts';
import type { AccountState } from '../states/states.ts';

/** Facts of an account right before a run changes it. */
export interface ChangeFacts {
  readonly runKind: RunKind;
  readonly runStatus: RunStatus;
  readonly runCancelled: boolean;
  /** Null: the account is gone. */
  readonly accountState: AccountState | null;
  readonly employeeNumber: string;
  readonly system: string;
  /** HR says that the person left. */
  readonly leaver: boolean;
}

/** The decision on one change. `drop`: do nothing, and leave the record as it is. */
export type ChangeDecision =
  | { readonly kind: 'disable' | 'update' | 'drop' }
  | { readonly kind: 'skip'; readonly error: StoredError };

/**
 * Decides right before the call, because a run may have waited long: leavers are disabled while their run is live and
 * they are still leavers; accounts of movers are updated while they are active.
 */
export function decideChange(facts: ChangeFacts): ChangeDecision {
  const { employeeNumber, system, accountState } = facts;
  const skip = (code: string): ChangeDecision => ({
    kind: 'skip',
    error: { code, parameters: { employeeNumber, system } },
  });
  const ofLeaver = facts.runKind === 'LEAVERS';
  if (ofLeaver && (facts.runStatus !== 'RUNNING' || facts.runCancelled)) return { kind: 'drop' };
  if (accountState !== 'ACTIVE') return skip('ACCOUNT_NOT_ACTIVE');
  if (!ofLeaver) return { kind: 'update' };
  return facts.leaver ? { kind: 'disable' } : skip('LEAVER_CAME_BACK');
}
