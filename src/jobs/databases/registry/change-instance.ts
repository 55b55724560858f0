import { sql } from 'kysely';
import { type DatabaseEngine, defaultPorts } from '../../../domain/databases/engines.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { Secret } from '../../../secret.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { SecretUnavailable } from '../../secrets/secret-keys.ts';
import { checkInstance, type InstanceInput } from './check-instance.ts';
import { instanceByName, passwordPlace } from './target.ts';

export interface InstanceOutcome {
  /** Primary key; null: nothing was stored. */
  readonly id: string | null;
  readonly userErrors: readonly OperationError[];
}

type Context = Pick<OperationContext, 'em' | 'secrets' | 'principal'>;

/** Adds an instance with its credential, sealed. Refused without a master key. */
export function registerInstance(
  context: Context,
  input: InstanceInput & {
    readonly name: string;
    readonly engine: DatabaseEngine;
    readonly host: string;
    readonly username: string;
    readonly password: string;
  },
): Promise<InstanceOutcome> {
  return storing(context, input, 'name', async (tx) => {
    if ((await instanceByName(tx, input.name)) !== null) return refused(nameTaken(input.name, 'name'));
    const { rows } = await sql<{ id: string }>`
      select nextval(pg_get_serial_sequence('database_instance', 'id'))::text as id`.execute(tx);
    const id = rows[0]?.id ?? '';
    const password = context.secrets.seal(new Secret(input.password), passwordPlace(id));
    await sql`
      insert into database_instance (id, name, engine, host, port, database_name, username, password, tls,
        ca_certificate, tags, system_accounts, created_by)
      values (${id}::bigint, ${input.name}, ${input.engine}, ${input.host}, ${input.port ?? defaultPorts[input.engine]},
        ${input.database ?? null}, ${input.username}, ${password}, ${input.tls ?? 'PREFERRED'},
        ${input.caCertificate ?? null}, ${unique(input.tags ?? [])}::text[],
        ${unique(input.systemAccounts ?? [])}::text[], ${context.principal})`.execute(tx);
    return { id, userErrors: [] };
  });
}

/** Changes the given fields of an instance; a database given as null resets to the engine's default. */
export function updateInstance(
  context: Context,
  name: string,
  input: InstanceInput,
): Promise<InstanceOutcome> {
  return storing(context, input, 'newName', async (tx) => {
    const found = await instanceByName(tx, name);
    if (found === null) return refused(instanceNotFound(name, ['name']));
    if (input.name != null && input.name !== found.name && (await instanceByName(tx, input.name)) !== null)
      return refused(nameTaken(input.name, 'newName'));
    const { id } = found;
    const password =
      input.password == null ? null : context.secrets.seal(new Secret(input.password), passwordPlace(id));
    const cleared = (value: unknown) => value === null;
    await sql`
      update database_instance set name = coalesce(${input.name ?? null}, name),
        host = coalesce(${input.host ?? null}, host), port = coalesce(${input.port ?? null}::int, port),
        database_name = case when ${cleared(input.database)}::boolean then null
          else coalesce(${input.database ?? null}, database_name) end,
        username = coalesce(${input.username ?? null}, username), password = coalesce(${password}, password),
        tls = coalesce(${input.tls ?? null}, tls),
        ca_certificate = case when ${cleared(input.caCertificate)}::boolean then null
          else coalesce(${input.caCertificate ?? null}, ca_certificate) end,
        state = coalesce(${input.state ?? null}, state),
        tags = coalesce(${input.tags == null ? null : unique(input.tags)}::text[], tags),
        system_accounts = coalesce(${input.systemAccounts == null ? null : unique(input.systemAccounts)}::text[],
          system_accounts),
        updated_at = clock_timestamp()
      where id = ${id}::bigint`.execute(tx);
    return { id, userErrors: [] };
  });
}

async function storing(
  { em }: Context,
  input: InstanceInput,
  nameField: string,
  store: (tx: Sql) => Promise<InstanceOutcome>,
): Promise<InstanceOutcome> {
  const userErrors = checkInstance(input, nameField);
  if (userErrors.length > 0) return { id: null, userErrors };
  try {
    return await inTransaction(em, store);
  } catch (error) {
    if (!(error instanceof SecretUnavailable)) throw error;
    return refused(operationError(error.code, { path: ['password'], parameters: error.parameters }));
  }
}

/** Error for a name that no instance has. */
export function instanceNotFound(name: string, path: readonly string[]): OperationError {
  return operationError('NOT_FOUND', { path, parameters: { variant: 'INSTANCE', id: name } });
}

function nameTaken(name: string, field: string): OperationError {
  return operationError('NAME_TAKEN', { path: [field], parameters: { name } });
}

function refused(error: OperationError): InstanceOutcome {
  return { id: null, userErrors: [error] };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
