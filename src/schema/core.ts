import './access/api-key.ts';
import './access/rate-limit.ts';
import './access/viewer.ts';
import './audit/audit-entry.ts';
import './audit/verify-audit.ts';
import type { ApiList } from './building/api-list.ts';
import './building/node.ts';
import './leavers/leaver-findings.ts';
import './maintenance/poison-messages.ts';
import './maintenance/purge.ts';
import './notifications/webhook.ts';
import './notifications/webhook-delivery.ts';
import './overview/overview.ts';
import './runs/change-run.ts';
import './runs/report.ts';
import './runs/run-progress.ts';
import './runs/runs.ts';
import './runs/schedules.ts';
import './runs/sync-run.ts';
import './runs/sync-status.ts';
import './secrets/rotate-secrets.ts';
import './settings/setting.ts';
import './settings/setting-change.ts';
import './systems/check-system.ts';
import './systems/pause-system.ts';
import './systems/processes.ts';
import './systems/systems.ts';

/** The API that every area shares. */
export const core: ApiList = {
  enumValues: {
    WebhookEvent: {
      RUN_FINISHED: {
        value: 'run.finished',
        description:
          '`run.finished`: a run ended. A scheduled one that keeps failing is announced once, and again when it works.',
      },
      RUN_AWAITING_CONFIRMATION: {
        value: 'run.awaiting_confirmation',
        description: '`run.awaiting_confirmation`: a run waits for `confirmRun` or `rejectRun`.',
      },
      SYSTEM_CIRCUIT_OPENED: {
        value: 'system.circuit_opened',
        description: '`system.circuit_opened`: nothing is sent to a system but single trials.',
      },
      SYSTEM_CIRCUIT_CLOSED: {
        value: 'system.circuit_closed',
        description: '`system.circuit_closed`: the system answers again.',
      },
    },
  },
};
