import type { ScheduleDefinition } from '../schedules/schedule.ts';
import { syncPeopleJob } from './hr-sync/sync-people-job.ts';
import { createTasksJob } from './task-runs/create-tasks-job.ts';
import { sweepJob } from './tasks/sweep-job.ts';

/** Schedules of area 1. */
export const provisioningSchedules: readonly ScheduleDefinition[] = [
  {
    name: 'hr_sync',
    kind: 'HR_SYNC',
    queue: syncPeopleJob.name,
    key: 'schedule',
    intervalMinutes: (settings) => settings.get('hr_sync_interval_minutes'),
    enabled: (settings) => settings.get('hr_sync_enabled'),
    settings: ['hr_sync_enabled', 'hr_sync_interval_minutes'],
    needs: 'HIEDS',
  },
  {
    name: 'task_creation',
    kind: 'TASK_CREATION',
    queue: createTasksJob.name,
    key: 'schedule',
    intervalMinutes: (settings) => settings.get('task_creation_interval_minutes'),
    enabled: (settings) =>
      settings.get('account_creation_enabled') && settings.get('task_auto_creation_enabled'),
    settings: ['account_creation_enabled', 'task_auto_creation_enabled', 'task_creation_interval_minutes'],
  },
  {
    // The safety net of all running work, so no switch stops it; it skips what is switched off.
    name: 'task_processing',
    kind: 'TASK_PROCESSING',
    queue: sweepJob.name,
    key: 'sweep',
    intervalMinutes: (settings) => settings.get('task_processing_interval_minutes'),
    enabled: () => true,
    settings: ['task_processing_interval_minutes'],
  },
];
