import { Migration20261130000300_calendar } from './20261130000300_calendar.ts';

/** Migrations of area 2, oldest first; the list only grows. */
export const calendarMigrations = [
  { name: '20261130000300_calendar', class: Migration20261130000300_calendar },
];
