import { sql } from 'kysely';
import type { RunMode } from '../../../domain/runs/run-states.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { instanceNotFound } from './change-instance.ts';
import { findInFlight } from './in-flight.ts';
import { instanceByName } from './target.ts';

export interface RemoveInstanceOutcome {
  readonly accounts: number;
  readonly changes: number;
  readonly removed: boolean;
  readonly userErrors: readonly OperationError[];
}

/** Removes an instance with its accounts and their history; a dry run counts them. That it was done is in the audit log. */
export function removeInstance(
  context: Pick<OperationContext, 'em'>,
  input: { readonly name: string; readonly mode: RunMode },
): Promise<RemoveInstanceOutcome> {
  return inTransaction(context.em, async (tx) => {
    const instance = await instanceByName(tx, input.name);
    if (instance === null) return nothing(instanceNotFound(input.name, ['name']));
    const { rows } = await sql<{ active: number; disappeared: number; changes: number }>`
      select (select count(*)::int from database_account where instance_id = ${instance.id}::bigint and state = 'ACTIVE') as active,
        (select count(*)::int from database_account where instance_id = ${instance.id}::bigint and state = 'DISAPPEARED') as disappeared,
        (select count(*)::int from database_account_change where instance_id = ${instance.id}::bigint) as changes`.execute(
      tx,
    );
    const { active, disappeared, changes } = rows[0] ?? { active: 0, disappeared: 0, changes: 0 };
    const counted = { accounts: active + disappeared, changes, userErrors: [] };
    if (input.mode === 'DRY_RUN') return { ...counted, removed: false };
    const [live] = await findInFlight(tx, [instance.id]);
    if (live !== undefined) {
      const parameters = { variant: 'IN_FLIGHT', id: instance.name, run: live.runId };
      return nothing(operationError('INVALID_STATE', { path: ['name'], parameters }));
    }
    await sql`delete from database_instance where id = ${instance.id}::bigint`.execute(tx);
    await recordAudit(tx, {
      action: 'database_instance.removed',
      subjectKind: 'DATABASE_INSTANCE',
      subjectId: instance.name,
      after: {
        engine: instance.engine,
        host: instance.host,
        active,
        disappeared,
        accounts: active + disappeared,
        changes,
      },
    });
    return { ...counted, removed: true };
  });
}

function nothing(error: OperationError): RemoveInstanceOutcome {
  return { accounts: 0, changes: 0, removed: false, userErrors: [error] };
}
