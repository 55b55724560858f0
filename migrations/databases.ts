import { Migration20261130000310_catalog_hash } from './20261130000310_catalog_hash.ts';
import { Migration20261130000003_databases } from './baseline/databases.ts';

/** Migrations of remote databases, oldest first; the list only grows. */
export const databasesMigrations = [
  { name: '20261130000003_databases', class: Migration20261130000003_databases },
  { name: '20261130000310_catalog_hash', class: Migration20261130000310_catalog_hash },
];
