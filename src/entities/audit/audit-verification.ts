import { defineEntity, p } from '@mikro-orm/postgresql';

export const AuditVerificationSchema = defineEntity({
  name: 'AuditVerification',
  tableName: 'audit_verification',
  properties: {
    /** Always 1: there is one row, of the last verification that ended. */
    id: p.smallint().primary(),
    verifiedAt: p.datetime(),
    /** What is wrong first; null: the log is whole. */
    problem: p.string().nullable(),
    seal: p.string().nullable(),
    entry: p.string().nullable(),
  },
});

/** What the verification of the audit log by itself found. */
export class AuditVerification extends AuditVerificationSchema.class {}
AuditVerificationSchema.setClass(AuditVerification);
