import { defineEntity, p } from '@mikro-orm/postgresql';

export const AuditEntrySchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  properties: {
    /** The transaction that wrote it. */
    txid: p.bigint('string'),
    id: p.bigint('string').primary(),
    happenedAt: p.datetime(),
    /** A principal, `job:` and a queue, `service`, `environment`, or `sql:` and a database user. */
    actor: p.string(),
    /** Joins the entries of one operation or job. */
    correlationId: p.string().nullable(),
    action: p.string(),
    subjectKind: p.string(),
    subjectId: p.string(),
    before: p.json().nullable(),
    after: p.json().nullable(),
  },
});

/** One change of one thing; written by triggers, never changed. */
export class AuditEntry extends AuditEntrySchema.class {}
AuditEntrySchema.setClass(AuditEntry);
