import { accessErrors } from '../access/access-errors.ts';
import { auditErrors } from '../audit/audit-problems.ts';
import { calendarErrors } from '../calendar/calendar-errors.ts';
import { databaseErrors } from '../databases/database-errors.ts';
import { endedErrors } from '../errors/ended-errors.ts';
import { poisonErrors } from '../maintenance/poison-errors.ts';
import { notificationErrors } from '../notifications/notification-errors.ts';
import { accountChangeErrors } from '../provisioning/errors/account-change-errors.ts';
import { hrErrors } from '../provisioning/errors/hr-errors.ts';
import { provisioningErrors } from '../provisioning/errors/provisioning-errors.ts';
import { taskWaits } from '../provisioning/errors/task-waits.ts';
import { firstSystemErrors } from '../provisioning/first-system/first-system-errors.ts';
import { runErrors } from '../runs/run-errors.ts';
import { secretErrors } from '../secrets/secret-errors.ts';
import { settingErrors } from '../settings/setting-errors.ts';
import { upstreamErrors } from '../systems/upstream-errors.ts';

/** Every error that the API may have to explain: the upstreams' and our own, which rules where both know a code. */
export const allErrors = {
  ...upstreamErrors,
  ...settingErrors,
  ...provisioningErrors,
  ...hrErrors,
  ...firstSystemErrors,
  ...accountChangeErrors,
  ...runErrors,
  ...calendarErrors,
  ...notificationErrors,
  ...accessErrors,
  ...secretErrors,
  ...auditErrors,
  ...poisonErrors,
  ...taskWaits,
  ...endedErrors,
  ...databaseErrors,
} as const;
