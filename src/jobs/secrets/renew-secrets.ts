import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction, outsideTransaction } from '../../entities/transaction.ts';
import { SEALED_PREFIX } from './envelope.ts';
import { type SecretKeys, SecretUnavailable } from './secret-keys.ts';

/** Every column that holds sealed secrets; the tables have a bigint `id`. A new one is a line here. */
export const secretColumns = [
  { table: 'webhook', column: 'secret' },
  { table: 'webhook', column: 'previous_secret' },
  { table: 'database_instance', column: 'password' },
] as const;
type SecretColumn = (typeof secretColumns)[number];

/** Secrets per transaction: some ten milliseconds of locks. */
const BATCH = 500;
/** Transactions of one call, so that it ends within the time of an operation. */
const BATCHES_MAX = 20;

/** How many stored secrets there are under one key. */
export interface SecretCount {
  /** Null: plain text, from before there was encryption. */
  readonly keyId: string | null;
  readonly count: number;
  /** False: no key of this process opens them. */
  readonly readable: boolean;
}

export interface RenewedSecrets {
  /** The key they are under now; null: there is none, and nothing was done. */
  readonly keyId: string | null;
  readonly renewed: number;
  readonly counts: readonly SecretCount[];
}

/**
 * Encrypts stored secrets with the current master key, plain ones among them. In small transactions, each of which
 * finds by reading what is left: it can stop anywhere, and run twice or in parallel. A secret that this process has
 * no key for, or that is damaged, stays as it is.
 */
export async function renewSecrets(em: EntityManager, keys: SecretKeys): Promise<RenewedSecrets> {
  const keyId = keys.currentId;
  let renewed = 0;
  let batches = BATCHES_MAX;
  for (const column of keyId === null ? [] : secretColumns) {
    for (let after: string | null = '0'; after !== null && batches > 0; batches -= 1) {
      const from: string = after;
      const batch = await inTransaction(em, (tx) => renewBatch(tx, { column, keys, after: from }));
      renewed += batch.renewed;
      after = batch.last;
    }
  }
  return { keyId, renewed, counts: await countSecrets(outsideTransaction(em.fork()), keys) };
}

async function renewBatch(
  tx: Sql,
  options: { readonly column: SecretColumn; readonly keys: SecretKeys; readonly after: string },
): Promise<{ readonly renewed: number; readonly last: string | null }> {
  const { keys, after } = options;
  const { table, column } = options.column;
  const [name, at] = [sql.table(table), sql.ref(column)];
  // A locked row is skipped: its transaction seals it with the current key.
  const { rows } = await sql<{ id: string; stored: string }>`
    select id, ${at} as stored from ${name}
    where id > ${after}::bigint and not starts_with(${at}, ${`${SEALED_PREFIX}${keys.currentId}.`})
    order by id limit ${BATCH} for update skip locked`.execute(tx);
  const changed = rows.flatMap(({ id, stored }) => {
    const renewed = tryToRenew(keys, stored, { table, column, row: id });
    return renewed === null ? [] : [{ id, renewed }];
  });
  if (changed.length > 0)
    await sql`
      update ${name} set ${at} = c.renewed from json_to_recordset(${JSON.stringify(changed)}::json)
        as c(id bigint, renewed text) where ${name}.id = c.id`.execute(tx);
  return { renewed: changed.length, last: rows.length < BATCH ? null : (rows.at(-1)?.id ?? null) };
}

function tryToRenew(
  keys: SecretKeys,
  stored: string,
  place: { readonly table: string; readonly column: string; readonly row: string },
): string | null {
  try {
    return keys.renew(stored, place);
  } catch (error) {
    if (error instanceof SecretUnavailable) return null;
    throw error;
  }
}

/** Stored secrets by the key they are under. */
async function countSecrets(db: Sql, keys: SecretKeys): Promise<SecretCount[]> {
  const all = sql.join(
    secretColumns.map(
      ({ table, column }) => sql`select ${sql.ref(column)} as stored from ${sql.table(table)}`,
    ),
    sql` union all `,
  );
  const { rows } = await sql<{ key_id: string | null; count: number }>`
    select case when starts_with(stored, ${SEALED_PREFIX}) then split_part(stored, '.', 2) end as key_id,
      count(*)::int as count
    from (${all}) as secrets where stored is not null group by 1 order by 1 nulls first`.execute(db);
  return rows.map(({ key_id: keyId, count }) => ({
    keyId,
    count,
    readable: keyId === null || keys.ids.includes(keyId),
  }));
}
