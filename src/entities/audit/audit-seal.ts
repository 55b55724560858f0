import { defineEntity, p } from '@mikro-orm/postgresql';

export const AuditSealSchema = defineEntity({
  name: 'AuditSeal',
  tableName: 'audit_seal',
  properties: {
    /** Its place in the chain, from 1. */
    id: p.bigint('string').primary(),
    /** An int8multirange: the entries it covers. */
    entryIds: p.string(),
    entries: p.integer(),
    /** Every entry up to this one is sealed, or never came to be. */
    settledId: p.bigint('string'),
    /** Seals up to this one cover nothing beyond `settledId`. */
    settledSealId: p.bigint('string'),
    /** The last number that had been drawn for an entry. */
    drawnId: p.bigint('string'),
    /** The first transaction that could not have begun yet. */
    nextTxid: p.bigint('string'),
    /** The digest of each entry, in order of their ids. */
    digests: p.blob(),
    previousHash: p.string(),
    hash: p.string(),
    /** When the newest of its entries happened. */
    newestAt: p.datetime(),
    sealedAt: p.datetime(),
  },
});

/** A link of the chain over the audit log. */
export class AuditSeal extends AuditSealSchema.class {}
AuditSealSchema.setClass(AuditSeal);
