import { builder } from '../../building/builder.ts';
import { addNode } from '../../building/node.ts';
import { encodeGlobalId } from '../../reading/global-id.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { accountById } from '../rows/row-loaders.ts';
import { Account } from '../rows/rows.ts';
import { AccountOriginEnum, AccountStateEnum } from '../rows/states.ts';

Account.implement({
  description: "A person's account in one system.",
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: (account) => encodeGlobalId('Account', account.id),
    }),
    system: t.field({
      type: AccountSystemEnum,
      description: 'Where it is.',
      resolve: (account) => account.system,
    }),
    identifier: t.exposeString('identifier', {
      nullable: true,
      description: 'What the system calls it; null while it is planned.',
    }),
    state: t.field({
      type: AccountStateEnum,
      description: 'Whether it exists.',
      resolve: (account) => account.state,
    }),
    origin: t.field({
      type: AccountOriginEnum,
      nullable: true,
      description: 'How it came to be known; null while it is planned.',
      resolve: (account) => account.origin,
    }),
    createdAt: t.expose('created_at', { type: 'DateTime', description: 'When it was planned or found.' }),
    updatedAt: t.expose('updated_at', { type: 'DateTime', description: 'When it last changed.' }),
  }),
});
addNode('Account', { rule: ['people:read'], loader: accountById });
