import { Migration20261130000000_core } from './baseline/core.ts';

/** Migrations of what every area stands on, oldest first; the list only grows. */
export const coreMigrations = [{ name: '20261130000000_core', class: Migration20261130000000_core }];
