import type { AuditProblem, AuditVerification } from '../../jobs/audit/verify-audit.ts';
import type { AuditEntryRow } from './rows.ts';

/** What stands behind each type of the audit log. */
export interface AuditObjects {
  AuditEntry: AuditEntryRow;
  AuditVerification: AuditVerification;
  AuditProblem: AuditProblem;
}
