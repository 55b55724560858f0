import type { Selectable } from 'kysely';
import type { Database } from '../../entities/tables.ts';

/** An entry of the audit log, and whether a seal covers it. */
export type AuditEntryRow = Selectable<Database['audit_entry']> & { readonly sealed: boolean };
