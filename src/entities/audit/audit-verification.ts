import { defineEntity, p } from '@mikro-orm/postgresql';

export const AuditVerificationSchema = defineEntity({
  name: 'AuditVerification',
  tableName: 'audit_verification',
  properties: {
    /** Always 1: there is one row, of the last verification that ended. */
    id: p.smallint().primary(),
    verifiedAt: p.datetime(),
    /** The first problem; null: the log is whole. */
    problem: p.string().nullable(),
    seal: p.string().nullable(),
    entry: p.string().nullable(),
  },
});

/** Result of a scheduled verification of the audit log. */
export class AuditVerification extends AuditVerificationSchema.class {}
AuditVerificationSchema.setClass(AuditVerification);
