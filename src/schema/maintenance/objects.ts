import type { RunMode } from '../../domain/runs/run-states.ts';
import type { DueCount } from '../../jobs/maintenance/request-purge.ts';
import type { UserErrorShape } from '../errors.ts';
import type { PoisonMessageRow } from './read-poison-messages.ts';

export interface PurgePayloadShape {
  readonly mode: RunMode;
  readonly counts: readonly DueCount[];
}

export interface PoisonPayloadShape {
  readonly count: number;
  readonly userErrors: readonly UserErrorShape[];
}

/** What stands behind each type of the maintenance. */
export interface MaintenanceObjects {
  PurgeCount: DueCount;
  PurgePayload: PurgePayloadShape;
  PoisonMessage: PoisonMessageRow;
  RedrivePoisonMessagesPayload: PoisonPayloadShape;
  DiscardPoisonMessagesPayload: PoisonPayloadShape;
}
