import type { CalendarRunKind } from '../../../domain/calendar/run-kinds.ts';
import type { RunStages } from '../planning/stage.ts';
import { deletionStages } from '../reconciliation/deletion.ts';
import { reconciliationStages } from '../reconciliation/reconciliation.ts';
import { restoreStages } from '../reconciliation/restore.ts';
import { syncStages } from './stages.ts';

/** How each kind of calendar run is done. */
export function stagesOf(kind: CalendarRunKind): RunStages {
  switch (kind) {
    case 'CALENDAR_FULL':
    case 'CALENDAR_INCREMENTAL':
    case 'CALENDAR_USERS':
      return syncStages[kind];
    case 'CALENDAR_RECONCILIATION':
      return reconciliationStages;
    case 'CALENDAR_DELETION':
      return deletionStages;
    case 'CALENDAR_RESTORE':
      return restoreStages;
  }
}
