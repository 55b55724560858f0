import { Migration20261130000300_calendar } from './20261130000300_calendar.ts';
import { Migration20261201000100_calendar_turn } from './20261201000100_calendar_turn.ts';

/** Migrations of area 2, oldest first; the list only grows. */
export const calendarMigrations = [
  { name: '20261130000300_calendar', class: Migration20261130000300_calendar },
  { name: '20261201000100_calendar_turn', class: Migration20261201000100_calendar_turn },
];
