import { Migration20261130000210_accepted_names } from './accepted-names.ts';
import { Migration20261130000001_provisioning } from './baseline/provisioning.ts';
import { Migration20261130000330_dismissed_failures } from './dismissed-failures.ts';
import { Migration20261130000320_first_system } from './first-system.ts';
import { Migration20261130000310_growth_provisioning } from './growth-provisioning.ts';
import { Migration20261201000110_retried_requests } from './retried-requests.ts';
import { Migration20261130000340_standing_failures } from './standing-failures.ts';

/** Migrations of accounts and requests, oldest first; the list only grows. */
export const provisioningMigrations = [
  { name: '20261130000001_provisioning', class: Migration20261130000001_provisioning },
  { name: '20261130000210_accepted_names', class: Migration20261130000210_accepted_names },
  { name: '20261130000310_growth_provisioning', class: Migration20261130000310_growth_provisioning },
  { name: '20261130000320_first_system', class: Migration20261130000320_first_system },
  { name: '20261130000330_dismissed_failures', class: Migration20261130000330_dismissed_failures },
  { name: '20261130000340_standing_failures', class: Migration20261130000340_standing_failures },
  { name: '20261201000110_retried_requests', class: Migration20261201000110_retried_requests },
];
