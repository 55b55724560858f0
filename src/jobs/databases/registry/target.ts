import { sql } from 'kysely';
import type { DatabaseEngine, InstanceState, TlsMode } from '../../../domain/databases/engines.ts';
import type { ErrorParameters } from '../../../domain/errors/error-entry.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { DatabaseTarget } from '../../../integrations/contract/database-connector.ts';
import type { DatabaseError } from '../../../integrations/contract/database-error.ts';
import type { SecretPlace } from '../../secrets/envelope.ts';
import type { SecretKeys } from '../../secrets/secret-keys.ts';

/** An instance as jobs work with it. */
export interface InstanceRow {
  readonly id: string;
  readonly name: string;
  readonly engine: DatabaseEngine;
  readonly host: string;
  readonly port: number;
  readonly database_name: string | null;
  readonly username: string;
  /** Sealed. */
  readonly password: string;
  readonly tls: TlsMode;
  readonly ca_certificate: string | null;
  readonly state: InstanceState;
  readonly system_accounts: readonly string[];
  readonly roles_hash: string | null;
  readonly catalog_hash: string | null;
  readonly last_success_at: string | null;
}

const columns = sql`id, name, engine, host, port, database_name, username, password, tls, ca_certificate, state,
  system_accounts, roles_hash, catalog_hash, last_success_at`;

export async function instanceById(tx: Sql, id: string): Promise<InstanceRow | null> {
  const { rows } = await sql<InstanceRow>`
    select ${columns} from database_instance where id = ${id}::bigint`.execute(tx);
  return rows[0] ?? null;
}

export async function instanceByName(tx: Sql, name: string): Promise<InstanceRow | null> {
  const { rows } =
    await sql<InstanceRow>`select ${columns} from database_instance where name = ${name}`.execute(tx);
  return rows[0] ?? null;
}

/** Place of the sealed password of an instance. */
export function passwordPlace(id: string): SecretPlace {
  return { table: 'database_instance', column: 'password', row: id };
}

/** How to sign in at an instance. @throws SecretUnavailable when its password cannot be opened. */
export function targetOf(instance: InstanceRow, secrets: SecretKeys): DatabaseTarget {
  return {
    host: instance.host,
    port: instance.port,
    database: instance.database_name,
    username: instance.username,
    password: secrets.open(instance.password, passwordPlace(instance.id)),
    tls: instance.tls,
    caCertificate: instance.ca_certificate,
  };
}

/** Parameters of a failure's text; never the password. */
export function failureParameters(
  instance: Pick<InstanceRow, 'name' | 'host' | 'port' | 'engine' | 'tls' | 'username' | 'database_name'>,
  error: DatabaseError,
  seconds: number,
): ErrorParameters {
  const { name, host, port, engine, tls, username, database_name: database } = instance;
  return { instance: name, host, port, engine, tls, username, database, detail: error.detail, seconds };
}
