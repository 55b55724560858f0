import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { PgBoss } from 'pg-boss';
import type { CalendarRunKind } from '../../../domain/calendar/run-kinds.ts';
import type { BlockPolicy, TimetableUserScope } from '../../../domain/calendar/states.ts';
import type { RunMode } from '../../../domain/runs/run-states.ts';
import type { CalendarSystem } from '../../../integrations/contract/calendar-system.ts';
import { UpstreamError } from '../../../integrations/contract/errors.ts';
import type { TimetableSource } from '../../../integrations/contract/timetable-source.ts';
import type { Logger } from '../../../logger.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import type { RunRecorder } from './run-recorder.ts';
import { SystemFailure, type WpsAccess } from './wps-access.ts';

/** Shared by all stages of one calendar run. */
export interface CalendarRunContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  readonly logger: Logger;
  readonly run: {
    readonly id: string;
    readonly runId: string;
    readonly kind: CalendarRunKind;
    readonly mode: RunMode;
    readonly confirmed: boolean;
    readonly options: CalendarRunOptions;
    /** As Postgres prints it. */
    readonly startedAt: string;
  };
  readonly term: { readonly id: string; readonly code: string; readonly policy: BlockPolicy };
  readonly recorder: RunRecorder;
  readonly source: TimetableSource;
  readonly wps: CalendarSystem;
  readonly access: WpsAccess;
  readonly attendanceUrl: string | null;
  /** Aborts when the process stops. */
  readonly stopping: AbortSignal;
}

/** Options that a run was started with. */
export interface CalendarRunOptions {
  readonly userType: TimetableUserScope;
  /** The person to restore. */
  readonly userNo: string | null;
}

/** How soon to look again whether a pause is over. */
const PAUSE_LOOK_MS = 1_000;
const SOURCE_RETRY_DELAYS_MS = [500, 2_000, 5_000];

/**
 * Reads the timetable source, from the beginning again when its connection broke. Nothing is concluded from half a
 * read; a source that stays away, or refuses us, ends the run. While it is paused the run waits, and can be cancelled.
 */
export async function readSource<T>(context: CalendarRunContext, work: () => Promise<T>): Promise<T> {
  while (context.settings.isPaused(context.source.system)) {
    await context.recorder.mayGoOn();
    await delay(PAUSE_LOOK_MS, undefined, { signal: context.stopping });
  }
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      const pause = SOURCE_RETRY_DELAYS_MS[attempt];
      if (error.failure === 'credentials' || pause === undefined)
        throw new SystemFailure({ code: error.code, parameters: error.parameters }, { cause: error });
      await delay(pause, undefined, { signal: context.stopping });
    }
  }
}

/** Parts of a list. */
export function chunksOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

/** Works on the items of a list, several at once. The first failure ends it, after the items in progress. */
export async function eachOf<T>(
  list: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const items = list.values();
  let failed: { readonly error: unknown } | null = null;
  const worker = async () => {
    for (const item of items) {
      if (failed !== null) return;
      try {
        await work(item);
      } catch (error) {
        failed ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, list.length) }, worker));
  const { error } = failed ?? { error: null };
  if (error !== null) throw error;
}
