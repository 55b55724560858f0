import { type SqlBool, sql } from 'kysely';

/** Of a `person p`: somebody accepted this very name, though it hardly is one. */
export const isNameAccepted = sql<SqlBool>`coalesce(p.accepted_name_hash = sha256(convert_to(p.full_name, 'UTF8')), false)`;
