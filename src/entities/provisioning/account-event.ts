import { defineEntity, p } from '@mikro-orm/postgresql';
import { accountOrigins, accountStates } from '../../domain/provisioning/states/states.ts';

export const AccountEventSchema = defineEntity({
  name: 'AccountEvent',
  tableName: 'account_event',
  properties: {
    id: p.bigint('string').primary(),
    personId: p.bigint('string'),
    system: p.string(),
    state: p.enum(['ACTIVE', 'DISABLED', 'REMOVED'] as const),
    /** Null for an account that was there from the first. */
    previousState: p.enum(accountStates).nullable(),
    origin: p.enum(accountOrigins).nullable(),
    identifier: p.string().nullable(),
    happenedAt: p.datetime(),
  },
});

/** A change of an account's state and its time; written by triggers of the table `account`. */
export class AccountEvent extends AccountEventSchema.class {}
AccountEventSchema.setClass(AccountEvent);
