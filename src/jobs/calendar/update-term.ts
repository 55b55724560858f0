import { sql } from 'kysely';
import { type BlockPolicy, isTermCode, type TermStatus } from '../../domain/calendar/states.ts';
import { inTransaction } from '../../entities/transaction.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { type OperationContext, type OperationError, operationError } from '../kit/operation.ts';

/** Changes what may be chosen about a term; it need not have been named by a run yet. */
export async function updateTerm(
  context: Pick<OperationContext, 'em'>,
  input: {
    readonly term: string;
    readonly status: TermStatus | null;
    readonly blockPolicy: BlockPolicy | null;
  },
): Promise<{ readonly id: string | null; readonly userErrors: readonly OperationError[] }> {
  const { term, status, blockPolicy } = input;
  if (!isTermCode(term)) {
    const error = operationError('INVALID', { path: ['term'], parameters: { variant: 'TERM' } });
    return { id: null, userErrors: [error] };
  }
  return inTransaction(context.em, async (tx) => {
    await sql`insert into term (code) values (${term}) on conflict (code) do nothing`.execute(tx);
    const { rows } = await sql<{ id: string; changed: boolean }>`
      update term t set status = coalesce(${status}, t.status),
        block_policy = coalesce(${blockPolicy}, t.block_policy), updated_at = clock_timestamp()
      from term b where b.id = t.id and t.code = ${term}
      returning t.id, (t.status, t.block_policy) is distinct from (b.status, b.block_policy) as changed`.execute(
      tx,
    );
    const [row] = rows;
    if (row?.changed === true)
      await recordAudit(tx, {
        action: 'term.changed',
        subjectKind: 'TERM',
        subjectId: term,
        after: { status, blockPolicy },
      });
    return { id: row?.id ?? null, userErrors: [] };
  });
}
