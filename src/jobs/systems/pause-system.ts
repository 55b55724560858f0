import { type PausedSystem, pausesAt } from '../../domain/settings/paused-systems.ts';
import {
  type UpdateSettingContext,
  type UpdateSettingOutcome,
  updateSetting,
} from '../settings/update-setting.ts';

/** The Setting that holds the pauses. */
const KEY = 'paused_systems';

/** Pauses a system until a time, for a reason; without a reason it is resumed. */
export interface PauseSystemInput {
  readonly system: string;
  readonly reason: string | null;
  /** RFC 3339. */
  readonly until: string | null;
}

/**
 * Pauses or resumes a system: its entry in the Setting `paused_systems`. Entries of others stay; expired ones are
 * dropped. If the Setting changes at the same moment, the other change wins and the caller gets VERSION_CONFLICT.
 */
export function pauseSystem(
  context: UpdateSettingContext,
  input: PauseSystemInput,
  present: { readonly pauses: readonly PausedSystem[]; readonly version: number; readonly nowMs: number },
): Promise<UpdateSettingOutcome> {
  const { system, reason, until } = input;
  const others = pausesAt(present.pauses, present.nowMs).filter((pause) => pause.system !== system);
  const own = reason === null ? [] : [{ system, reason, ...(until !== null && { until }) }];
  return updateSetting(context, { key: KEY, value: [...others, ...own], expectedVersion: present.version });
}
