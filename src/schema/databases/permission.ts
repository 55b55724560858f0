import { pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { PermissionCategoryEnum, PermissionStateEnum } from './enums.ts';
import { accountById } from './loaders.ts';
import { DatabaseAccount, DatabasePermission } from './rows.ts';

DatabasePermission.implement({
  description:
    'One right: what, where, and by what way. docs/databases.md has the exact rows of each engine.',
  fields: (t) => ({
    category: t.field({
      type: PermissionCategoryEnum,
      description: 'What it is about.',
      resolve: (row) => row.category,
    }),
    scope: t.exposeString('scope', { description: 'The database as stored; `*` is the whole instance.' }),
    object: t.exposeString('object', {
      nullable: true,
      description: 'Names joined by `.`, a `.` or `\\` inside one preceded by `\\`; null: the scope itself.',
    }),
    privilege: t.exposeString('privilege', { description: "The engine's keyword, upper case." }),
    state: t.field({
      type: PermissionStateEnum,
      description: 'Given or denied.',
      resolve: (row) => row.state,
    }),
    grantable: t.exposeBoolean('grantable', { description: 'May be passed on.' }),
    via: t.stringList({
      description: "Roles it comes through, from the account's own membership on; empty: its own.",
      resolve: (row) => [...row.via],
    }),
    account: t.field({
      type: DatabaseAccount,
      description: 'Who may.',
      resolve: async (row, _args, scope) => {
        const account = await accountById(scope).load(row.account);
        if (account === null) throw new Error(`Account ${row.account} is gone.`);
        return account;
      },
    }),
  }),
});

export const PermissionConnection = builder.connectionObject(
  { type: DatabasePermission, name: 'DatabasePermissionConnection', description: 'A page of rights.' },
  { name: 'DatabasePermissionEdge', description: 'A right and its cursor.' },
);

/** Arguments of a list of rights. */
export const rightsArguments = builder.args((t) => ({
  ...pageArguments,
  category: t.field({ type: [PermissionCategoryEnum], description: 'Of one of these categories.' }),
}));
