import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';

export const AccountLookUpSchema = defineEntity({
  name: 'AccountLookUp',
  tableName: 'account_look_up',
  properties: {
    id: p.bigint('string').primary(),
    personId: p.bigint('string'),
    system: p.string(),
    /** Expected identifier of the account at the system. */
    identifier: p.string(),
    state: p.enum(['PENDING', 'FOUND', 'MISSING', 'FAILED'] as const),
    /** Its actual identifier, and the other names of its holder in the answer. */
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
