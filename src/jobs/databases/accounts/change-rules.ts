import { sql } from 'kysely';
import type { DatabaseEngine } from '../../../domain/databases/engines.ts';
import { parseCondition } from '../../../domain/databases/rules/condition.ts';
import type { RunMode } from '../../../domain/runs/run-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { classifyInstance, countMatches } from './classify-accounts.ts';

export interface RuleOutcome {
  /** Primary key; null: there is none. */
  readonly id: string | null;
  /** Accounts it holds for now. */
  readonly matches: number;
  readonly userErrors: readonly OperationError[];
}

export interface RuleInput {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly engines: readonly DatabaseEngine[];
  readonly when: unknown;
  readonly enabled: boolean;
  readonly mode: RunMode;
}

const NAME_MAX = 100;

/** Adds a rule or replaces the one of its code, and applies it to all accounts; a dry run only counts them. */
export function upsertRule(context: Pick<OperationContext, 'em'>, input: RuleInput): Promise<RuleOutcome> {
  const parsed = parseCondition(input.when);
  const userErrors = [
    ...checkNames(input),
    ...parsed.problems.map(({ path, variant }) =>
      operationError('INVALID', { path, parameters: { variant: `CONDITION_${variant}` } }),
    ),
  ];
  const { condition } = parsed;
  if (userErrors.length > 0 || condition === null)
    return Promise.resolve({ id: null, matches: 0, userErrors });
  return inTransaction(context.em, async (tx) => {
    const matches = await countMatches(tx, { code: input.code, engines: input.engines, when: condition });
    if (input.mode === 'DRY_RUN') return { id: await findRule(tx, input.code), matches, userErrors: [] };
    const { rows } = await sql<{ id: string }>`
      insert into database_classification_rule (code, name_zh, name_en, engines, condition, enabled)
      values (${input.code}, ${input.nameZh}, ${input.nameEn}, ${[...input.engines]}::text[],
        ${JSON.stringify(condition)}::jsonb, ${input.enabled})
      on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, engines = excluded.engines,
        condition = excluded.condition, enabled = excluded.enabled, updated_at = clock_timestamp()
      returning id::text`.execute(tx);
    await applyToAll(tx, input.code);
    return { id: rows[0]?.id ?? null, matches: input.enabled ? matches : 0, userErrors: [] };
  });
}

/** Removes a rule and its classifications; those made by hand under its code stay. */
export function deleteRule(context: Pick<OperationContext, 'em'>, code: string): Promise<RuleOutcome> {
  return inTransaction(context.em, async (tx) => {
    const { rows } =
      await sql`delete from database_classification_rule where code = ${code} returning id`.execute(tx);
    if (rows.length === 0) {
      const parameters = { variant: 'CLASSIFICATION', id: code };
      return {
        id: null,
        matches: 0,
        userErrors: [operationError('NOT_FOUND', { path: ['code'], parameters })],
      };
    }
    const { rows: removed } = await sql`
      delete from database_classification where code = ${code} and not manual returning id`.execute(tx);
    return { id: null, matches: removed.length, userErrors: [] };
  });
}

async function applyToAll(tx: Sql, rule: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id::text from database_instance order by id`.execute(tx);
  for (const { id } of rows) await classifyInstance(tx, { instanceId: id, rule });
}

async function findRule(tx: Sql, code: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id::text from database_classification_rule where code = ${code}`.execute(tx);
  return rows[0]?.id ?? null;
}

function checkNames(input: RuleInput): OperationError[] {
  const names = (['nameZh', 'nameEn'] as const).flatMap((field) => {
    const value = input[field].trim();
    if (value === '') return [operationError('REQUIRED', { path: [field], parameters: { field } })];
    if (value.length > NAME_MAX)
      return [operationError('TOO_LONG', { path: [field], parameters: { field, limit: NAME_MAX } })];
    return [];
  });
  const isCode = /^[A-Za-z][\w.-]{0,49}$/.test(input.code);
  return isCode
    ? names
    : [operationError('INVALID', { path: ['code'], parameters: { field: 'code' } }), ...names];
}
