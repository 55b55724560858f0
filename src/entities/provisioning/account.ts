import { defineEntity, p } from '@mikro-orm/postgresql';
import { accountOrigins, accountStates } from '../../domain/provisioning/states/states.ts';
import { Person } from '../people/person.ts';

export const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'account',
  properties: {
    id: p.bigint('string').primary(),
    person: () => p.manyToOne(Person),
    system: p.string(),
    identifier: p.string().nullable(),
    state: p.enum(accountStates),
    origin: p.enum(accountOrigins).nullable(),
    remoteId: p.string().nullable(),
    /** When a run of leavers disabled it, or reported it for doing by hand; null: its person has not left. */
    leaverSince: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** A person's account in one system: at most one per (person, system); planned together with its task. */
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account);
