import { sql } from 'kysely';
import type { DatabaseCapability, DatabaseEngine } from '../../../domain/databases/engines.ts';
import type { HeldPermission } from '../../../domain/databases/permissions/permission.ts';
import type { Attributes } from '../../../domain/databases/permissions/snapshot.ts';
import { parseCondition } from '../../../domain/databases/rules/condition.ts';
import { type ClassificationRule, classify } from '../../../domain/databases/rules/evaluate.ts';
import type { Sql } from '../../../entities/tables.ts';
import { readHeldRows } from './read-held-rows.ts';

interface FactsRow {
  readonly id: string;
  readonly engine: DatabaseEngine;
  readonly displayName: string;
  readonly system: boolean;
  readonly locked: boolean;
  readonly capabilities: readonly DatabaseCapability[];
  readonly roles: readonly string[];
  readonly attributes: Attributes;
}

/** Accounts whose rows are in memory at once. */
const BATCH = 1_000;

/** Applies the rules to the accounts of an instance: classifications by rules are made anew, those by hand stay. */
export async function classifyInstance(
  tx: Sql,
  of: { readonly instanceId: string; readonly rule: string | null },
): Promise<void> {
  const rules = (await readRules(tx)).filter(({ code }) => of.rule === null || code === of.rule);
  const given = await evaluate(tx, rules, of.instanceId);
  await sql`
    delete from database_classification c using database_account a
    where a.id = c.account_id and a.instance_id = ${of.instanceId}::bigint and not c.manual and not c.excluded
      and (${of.rule}::text is null or c.code = ${of.rule})
      and not exists (select 1 from json_to_recordset(${JSON.stringify(given)}::json) as r(account bigint, code text)
        where r.account = c.account_id and r.code = c.code)`.execute(tx);
  await sql`
    insert into database_classification (account_id, code, manual)
    select account, code, false from json_to_recordset(${JSON.stringify(given)}::json) as r(account bigint, code text)
    on conflict (account_id, code) do nothing`.execute(tx);
}

/** How many accounts of all instances a rule holds for; nothing is written. */
export async function countMatches(tx: Sql, rule: ClassificationRule): Promise<number> {
  const { rows } = await sql<{ id: string }>`select id::text from database_instance`.execute(tx);
  let matches = 0;
  for (const { id } of rows) matches += (await evaluate(tx, [rule], id)).length;
  return matches;
}

async function readRules(tx: Sql): Promise<readonly ClassificationRule[]> {
  const { rows } = await sql<{ code: string; engines: DatabaseEngine[]; condition: unknown }>`
    select code, engines, condition from database_classification_rule where enabled order by code`.execute(
    tx,
  );
  return rows.flatMap(({ code, engines, condition }) => {
    const parsed = parseCondition(condition);
    return parsed.condition === null ? [] : [{ code, engines, when: parsed.condition }];
  });
}

async function evaluate(
  tx: Sql,
  rules: readonly ClassificationRule[],
  instance: string,
): Promise<readonly { readonly account: string; readonly code: string }[]> {
  if (rules.length === 0) return [];
  const { rows: accounts } = await sql<FactsRow>`
    select a.id::text, i.engine, a.display_name as "displayName", a.is_system as system,
      cardinality(a.lock_reasons) > 0 or coalesce(a.locks_at <= now(), false) as locked,
      a.capabilities, a.effective_roles as roles, a.attributes
    from database_account a join database_instance i on i.id = a.instance_id
    where a.instance_id = ${instance}::bigint and a.state = 'ACTIVE'`.execute(tx);
  const given: { account: string; code: string }[] = [];
  for (let from = 0; from < accounts.length; from += BATCH) {
    const batch = accounts.slice(from, from + BATCH);
    const rows = await readHeldRows(tx, { accounts: batch.map(({ id }) => id), inherited: true });
    for (const account of batch)
      for (const code of classify(rules, factsOf(account, rows.get(account.id) ?? [])))
        given.push({ account: account.id, code });
  }
  return given;
}

function factsOf({ id: _, ...facts }: FactsRow, rows: readonly HeldPermission[]) {
  const capabilities = facts.locked ? [...facts.capabilities, 'LOCKED' as const] : facts.capabilities;
  return { ...facts, capabilities, rows };
}
