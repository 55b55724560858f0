import { calendarSettings } from './calendar-settings.ts';
import { databaseSettings } from './database-settings.ts';

/** Settings of areas 2 and 3. */
export const areaSettings = { ...calendarSettings, ...databaseSettings } as const;
