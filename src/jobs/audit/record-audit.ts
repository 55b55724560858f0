import { sql } from 'kysely';
import type { Sql } from '../../entities/tables.ts';

/** Something that was done and that no trigger can see. */
export interface AuditNote {
  /** `<kind>.<what>`, in lower case. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** States, ids and counts; nothing that says who somebody is. */
  readonly after: Readonly<Record<string, unknown>>;
}

/** Writes down what is done in the same transaction; who does it is known to the transaction. */
export async function recordAudit(tx: Sql, note: AuditNote): Promise<void> {
  const { action, subjectKind, subjectId, after } = note;
  await sql`
    insert into audit_entry (actor, correlation_id, action, subject_kind, subject_id, after)
    values (audit_actor(), audit_correlation(), ${action}, ${subjectKind}, ${subjectId},
      ${JSON.stringify(after)}::jsonb)`.execute(tx);
}
