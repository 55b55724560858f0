import { defineEntity, p } from '@mikro-orm/postgresql';

/** States of a claim; MADE when a person decided that the missing account be made. */
export const accountClaimStates = ['UNVERIFIED', 'FOUND', 'MISSING', 'UNANSWERED', 'MADE'] as const;

export const AccountClaimSchema = defineEntity({
  name: 'AccountClaim',
  tableName: 'account_claim',
  properties: {
    id: p.bigint('string').primary(),
    personId: p.bigint('string'),
    system: p.string(),
    /** Identifier of the account according to the first system; often a mere employee number. */
    identifier: p.string().nullable(),
    state: p.enum(accountClaimStates),
    claimedAt: p.datetime(),
    settledAt: p.datetime().nullable(),
  },
});

/** An account that the first system says exists: nothing is believed before its system was asked. */
export class AccountClaim extends AccountClaimSchema.class {}
AccountClaimSchema.setClass(AccountClaim);
