import { sql } from 'kysely';
import { checkField, type FieldRule } from '../../../domain/provisioning/intake/field-rules.ts';
import type { RunMode } from '../../../domain/runs/run-states.ts';
import { normaliseText } from '../../../domain/text/text.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction, rehearsed } from '../../../entities/transaction.ts';
import type { OperationContext, OperationError } from '../../kit/operation.ts';
import { releaseMapped } from './release-mapped.ts';

export interface DepartmentMappingInput {
  readonly idataDepartmentCode: string;
  readonly idaasDepartmentCode: string;
  readonly ou: string;
}

export interface UpsertOutcome {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Tasks that had failed because one of these mappings was missing and were opened again. */
  readonly releasedTasks: number;
  readonly userErrors: readonly OperationError[];
}

/** Mappings per call: more than any company has departments, and few enough for one statement. */
const MAPPINGS_MAX = 20_000;

const rules: readonly (FieldRule & { readonly field: keyof DepartmentMappingInput })[] = [
  { field: 'idataDepartmentCode', maxLength: 50, required: true },
  { field: 'idaasDepartmentCode', maxLength: 100, required: true },
  { field: 'ou', maxLength: 500, required: false },
];

/**
 * Stores department mappings in one statement and opens the tasks that failed without them. With bad rows it stores
 * nothing, unless `skipBad`: then it stores the good ones and reports the bad ones.
 */
export async function upsertDepartmentMappings(
  context: OperationContext,
  input: {
    readonly mappings: readonly DepartmentMappingInput[];
    readonly skipBad: boolean;
    /** DRY_RUN: takes back what it did. */
    readonly mode?: RunMode;
  },
): Promise<UpsertOutcome> {
  const { good, errors } = check(input.mappings);
  const nothing = { created: 0, updated: 0, unchanged: 0, releasedTasks: 0, userErrors: errors };
  if (good.length === 0 || (errors.length > 0 && !input.skipBad)) return nothing;
  const carryOut = input.mode === 'DRY_RUN' ? rehearsed : inTransaction;
  return carryOut(context.em, async (tx) => {
    const counts = await upsert(tx, good);
    const releasedTasks = await releaseMapped(
      { tx, boss: context.boss },
      {
        codes: good.map((mapping) => mapping.idataDepartmentCode),
        maxRetries: context.settings.get('account_creation_max_retries'),
      },
    );
    return {
      ...counts,
      unchanged: good.length - counts.created - counts.updated,
      releasedTasks,
      userErrors: errors,
    };
  });
}

function check(mappings: readonly DepartmentMappingInput[]): {
  good: DepartmentMappingInput[];
  errors: OperationError[];
} {
  if (mappings.length > MAPPINGS_MAX) {
    const parameters = { field: 'mappings', count: mappings.length, limit: MAPPINGS_MAX };
    return { good: [], errors: [{ code: 'TOO_MANY', parameters, path: ['mappings'], employeeNumber: null }] };
  }
  const good: DepartmentMappingInput[] = [];
  const errors: OperationError[] = [];
  const firstPositions = new Map<string, number>();
  mappings.forEach((raw, position) => {
    const row = {
      idataDepartmentCode: normaliseText(raw.idataDepartmentCode),
      idaasDepartmentCode: normaliseText(raw.idaasDepartmentCode),
      ou: normaliseText(raw.ou),
    };
    const problems = rules.flatMap((rule) =>
      checkField(rule, row[rule.field]).map((problem) => ({ ...problem, field: rule.field })),
    );
    const firstPosition = firstPositions.get(row.idataDepartmentCode);
    if (problems.length === 0 && firstPosition !== undefined) {
      problems.push({
        code: 'DUPLICATE_ROW',
        parameters: { variant: 'MAPPING', firstPosition },
        field: 'idataDepartmentCode',
      });
    }
    for (const { code, parameters, field } of problems) {
      const path = ['mappings', String(position), field];
      errors.push({
        code,
        parameters: { field: `mappings[${position}].${field}`, ...parameters },
        path,
        employeeNumber: null,
      });
    }
    if (problems.length > 0) return;
    firstPositions.set(row.idataDepartmentCode, position);
    good.push(row);
  });
  return { good, errors };
}

async function upsert(
  tx: Sql,
  mappings: readonly DepartmentMappingInput[],
): Promise<{ created: number; updated: number }> {
  const { rows } = await sql<{ created: boolean }>`
    insert into department_mapping as m (idata_department_code, idaas_department_code, ou)
    select "idataDepartmentCode", "idaasDepartmentCode", ou from json_to_recordset(${JSON.stringify(mappings)}::json)
      as r("idataDepartmentCode" text, "idaasDepartmentCode" text, ou text)
    order by 1
    on conflict (idata_department_code) do update set idaas_department_code = excluded.idaas_department_code,
      ou = excluded.ou, updated_at = clock_timestamp()
    where (m.idaas_department_code, m.ou) is distinct from (excluded.idaas_department_code, excluded.ou)
    returning xmax = 0 as created`.execute(tx);
  const created = rows.filter((row) => row.created).length;
  return { created, updated: rows.length - created };
}
