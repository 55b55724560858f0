import { type SqlBool, sql } from 'kysely';

/** True for a `person p` whose present, doubtful name was accepted. */
export const isNameAccepted = sql<SqlBool>`coalesce(p.accepted_name_hash = sha256(convert_to(p.full_name, 'UTF8')), false)`;
