import { defineEntity, p } from '@mikro-orm/postgresql';
import { permissionCategories, permissionStates } from '../../domain/databases/engines.ts';
import { DatabaseAccount } from './database-account.ts';

export const DatabasePermissionSchema = defineEntity({
  name: 'DatabasePermission',
  tableName: 'database_permission',
  properties: {
    id: p.bigint('string').primary(),
    account: () => p.manyToOne(DatabaseAccount),
    category: p.enum(permissionCategories),
    scope: p.string(),
    object: p.string().nullable(),
    privilege: p.string(),
    state: p.enum(permissionStates),
    grantable: p.boolean(),
  },
});

/** A right that an account has itself. */
export class DatabasePermission extends DatabasePermissionSchema.class {}
DatabasePermissionSchema.setClass(DatabasePermission);

export const DatabaseHeldRoleSchema = defineEntity({
  name: 'DatabaseHeldRole',
  tableName: 'database_held_role',
  properties: {
    id: p.bigint('string').primary(),
    account: () => p.manyToOne(DatabaseAccount),
    /** The role whose rights the account has too. */
    holder: () => p.manyToOne(DatabaseAccount),
    via: p.array(),
    /** Rights of this scope only; null: all. */
    scope: p.string().nullable(),
    /** The account may become the role. */
    becomes: p.boolean(),
  },
});

/** A role whose rights an account has besides its own, worked out by the last run. */
export class DatabaseHeldRole extends DatabaseHeldRoleSchema.class {}
DatabaseHeldRoleSchema.setClass(DatabaseHeldRole);
