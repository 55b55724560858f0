import { sql } from 'kysely';
import type { Sql } from '../../entities/tables.ts';

/** An action that no trigger can see. */
export interface AuditNote {
  /** `<kind>.<what>`, in lower case. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** States, ids and counts; nothing that identifies a person. */
  readonly after: Readonly<Record<string, unknown>>;
}

/** Writes an audit entry in the transaction of the action; the transaction knows who acts. */
export async function recordAudit(tx: Sql, note: AuditNote): Promise<void> {
  const { action, subjectKind, subjectId, after } = note;
  await sql`
    insert into audit_entry (actor, correlation_id, action, subject_kind, subject_id, after)
    values (audit_actor(), audit_correlation(), ${action}, ${subjectKind}, ${subjectId},
      ${JSON.stringify(after)}::jsonb)`.execute(tx);
}
