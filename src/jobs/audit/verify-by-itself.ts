import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { z } from 'zod';
import { outsideTransaction } from '../../entities/transaction.ts';
import type { Logger } from '../../logger.ts';
import { defineJob } from '../kit/job.ts';
import { type AuditProblem, verifyAudit } from './verify-audit.ts';

/** Verifies the chain of the audit log every night. */
export const verifyAuditJob = defineJob({
  name: 'audit.verify',
  payload: z.object({}),
  key: () => 'verify',
});

/**
 * Verifies the whole log, a few seconds at a time, and stores the finding, so that `overview` and /metrics report a
 * broken chain unasked. Safe to run twice: it only reads, and the last finding counts.
 */
export async function verifyByItself(context: {
  readonly em: EntityManager;
  readonly logger: Logger;
  readonly stopping: AbortSignal;
}): Promise<void> {
  const db = outsideTransaction(context.em.fork());
  let after = '0';
  let problem: AuditProblem | null = null;
  for (let complete = false; !complete && problem === null; ) {
    if (context.stopping.aborted) return;
    const found = await verifyAudit(db, { after, head: null });
    ({ complete, problem } = found);
    after = found.upTo;
  }
  const { kind = null, seal = null, entry = null } = problem ?? {};
  await sql`
    insert into audit_verification (verified_at, problem, seal, entry)
    values (clock_timestamp(), ${kind}, ${seal}, ${entry})
    on conflict (id) do update set verified_at = excluded.verified_at, problem = excluded.problem,
      seal = excluded.seal, entry = excluded.entry`.execute(db);
  if (problem !== null) context.logger.error({ ...problem }, 'the audit log was tampered with');
}
