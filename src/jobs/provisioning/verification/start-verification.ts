import { sql } from 'kysely';
import type { RunMode, RunTrigger } from '../../../domain/runs/run-states.ts';
import { normaliseCompatibleText } from '../../../domain/text/text.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { enqueueRun } from '../../runs/run-job.ts';
import { startRun } from '../../runs/start-run.ts';
import {
  optionsSchema,
  REPAIR_STEP,
  type VerificationOptions,
  verifyAccountsJob,
} from './verification-run.ts';

export interface VerificationInput {
  readonly task: VerificationOptions['task'];
  readonly mode: RunMode;
  /** Null: all. */
  readonly systems: readonly string[] | null;
  /** Null: all people. */
  readonly employeeNumbers: readonly string[] | null;
}

export interface StartVerificationOutcome {
  /** Primary key of the run; null when none was started. */
  readonly run: string | null;
  readonly joined: boolean;
  readonly userErrors: readonly OperationError[];
}

/** People per call, as many as a request may have. */
const PEOPLE_MAX = 10_000;

/**
 * Starts a run that looks accounts up at their systems, to verify or adopt them, and returns at once. The same call
 * joins a running one; another scope while one runs is INVALID_STATE.
 */
export function startVerification(
  context: OperationContext,
  input: VerificationInput,
): Promise<StartVerificationOutcome> {
  const { task, mode, employeeNumbers } = input;
  const wanted = new Set(input.systems ?? context.systems);
  const systems = context.systems.filter((system) => wanted.has(system));
  const problem = findProblem(systems, employeeNumbers);
  if (problem !== null) return Promise.resolve(refused(problem));
  return inTransaction(context.em, async (tx) => {
    const deaf = await findUnsearchable(tx, systems);
    if (deaf !== null) return refused(deaf);
    const found = employeeNumbers === null ? null : await findPeople(tx, employeeNumbers);
    if (found !== null && found.unknown.length > 0) return refused(...found.unknown);
    const options: VerificationOptions = { task, systems, people: found?.people ?? null };
    const run = await startRun(tx, {
      kind: 'ACCOUNT_VERIFICATION',
      scope: task === 'verify' ? '' : task,
      mode,
      trigger: triggerOf(employeeNumbers),
      options,
      createdBy: context.principal,
      displayTimeZone: context.displayTimeZone,
      steps: stepsOf(options, mode),
    });
    if (run.joined && !isSame(run.options, options)) {
      const parameters = { variant: 'OTHER_SCOPE', kind: 'run', id: run.runId, status: run.status };
      return refused(operationError('INVALID_STATE', { path: [], parameters }));
    }
    await enqueueRun({ tx, boss: context.boss }, verifyAccountsJob, run);
    return { run: run.id, joined: run.joined, userErrors: [] };
  });
}

function findProblem(
  systems: readonly string[],
  employeeNumbers: readonly string[] | null,
): OperationError | null {
  const parameters = (field: string) => ({ path: [field], parameters: { field } });
  if (systems.length === 0) return operationError('REQUIRED', parameters('systems'));
  if (employeeNumbers === null) return null;
  const count = employeeNumbers.length;
  if (count === 0) return operationError('REQUIRED', parameters('employeeNumbers'));
  if (count <= PEOPLE_MAX) return null;
  const path = ['employeeNumbers'];
  return operationError('TOO_MANY', {
    path,
    parameters: { field: 'employeeNumbers', variant: 'LIST', count, limit: PEOPLE_MAX },
  });
}

/** Systems that cannot be asked are left out and named in the summary; of these alone there is nothing to look up. */
async function findUnsearchable(tx: Sql, systems: readonly string[]): Promise<OperationError | null> {
  const { rows } = await sql<{ system: string; can: boolean }>`
    select system, can_look_up is distinct from false as can from system_state order by system`.execute(tx);
  const known = new Map(rows.map((row) => [row.system, row.can]));
  if (systems.some((system) => known.get(system) !== false)) return null;
  const allowed = rows.flatMap(({ system, can }) => (can ? [system] : []));
  const parameters = { field: 'systems', variant: 'NOT_SEARCHABLE', given: [...systems], allowed };
  return operationError('INVALID', { path: ['systems'], parameters });
}

async function findPeople(
  tx: Sql,
  employeeNumbers: readonly string[],
): Promise<{ readonly people: string[]; readonly unknown: readonly OperationError[] }> {
  const keys = employeeNumbers.map((number) =>
    normaliseCompatibleText(number).replaceAll('\0', '').toLowerCase(),
  );
  const { rows } = await sql<{ key: string; id: string }>`
    select lower(employee_number) as key, id from person where lower(employee_number) = any(${keys}::text[])`.execute(
    tx,
  );
  const ids = new Map(rows.map((row) => [row.key, row.id]));
  const unknown = keys.flatMap((key, index) =>
    ids.has(key)
      ? []
      : [
          operationError('NOT_FOUND', {
            path: ['employeeNumbers', String(index)],
            parameters: { kind: 'person', id: employeeNumbers[index]?.replaceAll('\0', '') ?? '' },
          }),
        ],
  );
  return { people: [...new Set(ids.values())].toSorted(), unknown };
}

function triggerOf(employeeNumbers: readonly string[] | null): RunTrigger {
  if (employeeNumbers === null) return 'MANUAL_TASK';
  return employeeNumbers.length === 1 ? 'MANUAL_SINGLE' : 'MANUAL_BATCH';
}

function stepsOf({ task, systems }: VerificationOptions, mode: RunMode) {
  const keys = task === 'verify' && mode === 'RUN' ? [...systems, REPAIR_STEP] : systems;
  return keys.map((key) => ({ key, parentKey: null }));
}

function isSame(one: unknown, other: VerificationOptions): boolean {
  const parsed = optionsSchema.safeParse(one).data;
  return parsed !== undefined && JSON.stringify(parsed) === JSON.stringify(optionsSchema.parse(other));
}

function refused(...userErrors: readonly OperationError[]): StartVerificationOutcome {
  return { run: null, joined: false, userErrors };
}
