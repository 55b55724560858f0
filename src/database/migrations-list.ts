import { calendarMigrations } from '../../migrations/calendar.ts';
import { coreMigrations } from '../../migrations/core.ts';
import { databasesMigrations } from '../../migrations/databases.ts';
import { provisioningMigrations } from '../../migrations/provisioning.ts';

/** Joins the lists of all areas in the order of their names: a later migration may build on any earlier one. */
export const migrationsList = [
  ...coreMigrations,
  ...provisioningMigrations,
  ...calendarMigrations,
  ...databasesMigrations,
].sort((a, b) => (a.name < b.name ? -1 : 1));

/** Where MikroORM keeps which of them were applied. */
export const MIGRATIONS_TABLE = 'mikro_orm_migrations';
