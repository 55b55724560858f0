import type { RunMode } from '../../domain/runs/run-states.ts';
import type { DueCount } from '../../jobs/maintenance/request-purge.ts';

export interface PurgePayloadShape {
  readonly mode: RunMode;
  readonly counts: readonly DueCount[];
}

/** What stands behind each type of the maintenance. */
export interface MaintenanceObjects {
  PurgeCount: DueCount;
  PurgePayload: PurgePayloadShape;
}
