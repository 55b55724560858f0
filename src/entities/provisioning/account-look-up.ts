import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';

export const AccountLookUpSchema = defineEntity({
  name: 'AccountLookUp',
  tableName: 'account_look_up',
  properties: {
    id: p.bigint('string').primary(),
    personId: p.bigint('string'),
    system: p.string(),
    /** What the system is thought to call the account. */
    identifier: p.string(),
    state: p.enum(['PENDING', 'FOUND', 'MISSING', 'FAILED'] as const),
    /** What it calls it, and what else it says of its holder's names. */
    found: p.json<Record<string, unknown>>().nullable(),
    errorCode: p.string().nullable(),
    errorParameters: p.json<ErrorParameters>().nullable(),
    createdAt: p.datetime(),
    answeredAt: p.datetime().nullable(),
  },
});

/** A question of the API that only a worker can answer: whether a system has an account of a person. */
export class AccountLookUp extends AccountLookUpSchema.class {}
AccountLookUpSchema.setClass(AccountLookUp);
