import { Migration20261130000020_week } from './20261130000020_week.ts';
import { Migration20261201000000_service_process } from './20261201000000_service_process.ts';
import { Migration20261130000000_core } from './baseline/core.ts';
import { Migration20261130000300_growth_core } from './growth-core.ts';

/** Migrations of what every area stands on, oldest first; the list only grows. */
export const coreMigrations = [
  { name: '20261130000000_core', class: Migration20261130000000_core },
  { name: '20261130000020_week', class: Migration20261130000020_week },
  { name: '20261130000300_growth_core', class: Migration20261130000300_growth_core },
  { name: '20261201000000_service_process', class: Migration20261201000000_service_process },
];
