import { sql } from 'kysely';
import { inTransaction, outsideTransaction } from '../../../entities/transaction.ts';
import { notifyChange } from '../../kit/change-feed.ts';
import { completeJobs, type TakenJob } from '../../kit/job.ts';
import type { HealthSignal } from '../../systems/system-health.ts';
import { type LookUp, lookUpAccount, signalOfLookUp } from './look-up-account.ts';
import type { LookUpContext } from './look-up-context.ts';

interface Question {
  readonly id: string;
  readonly identifier: string;
  readonly employeeNumber: string;
}

/**
 * Answers a question of the API: does the system have this account? Safe to run twice: it reads, and only an open
 * question is answered. Returns the health signals of the call.
 */
export async function answerLookUp(
  work: { readonly job: TakenJob; readonly id: string },
  context: LookUpContext,
): Promise<HealthSignal[]> {
  const { em, boss, connector, logger } = context;
  const db = outsideTransaction(em.fork());
  // The caller waits for seconds only: an older question is not asked.
  const { rows } = await sql<Question>`
    select l.id, l.identifier, p.employee_number as "employeeNumber"
    from account_look_up l join person p on p.id = l.person_id
    where l.id = ${work.id}::bigint and l.state = 'PENDING' and l.created_at > now() - interval '1 minute'`.execute(
    db,
  );
  const [question] = rows;
  if (question === undefined) {
    await inTransaction(em, (tx) => completeJobs({ tx, boss }, [work.job]));
    return [];
  }
  const lookUp = await lookUpAccount(question, { connector, logger, call: context.callFor(true) });
  const { state, found, code, parameters } = columnsOf(lookUp);
  await inTransaction(em, async (tx) => {
    await sql`
      update account_look_up set state = ${state}, found = ${found}::jsonb, error_code = ${code},
        error_parameters = ${parameters}::jsonb, answered_at = clock_timestamp()
      where id = ${question.id}::bigint and state = 'PENDING'`.execute(tx);
    await completeJobs({ tx, boss }, [work.job]);
    await notifyChange(tx, { lookUp: question.id });
  });
  return [signalOfLookUp(lookUp)];
}

function columnsOf(lookUp: LookUp) {
  const nothing = { found: null, code: null, parameters: null };
  switch (lookUp.kind) {
    case 'found':
      return { ...nothing, state: 'FOUND', found: JSON.stringify(lookUp.account) };
    case 'missing':
      return { ...nothing, state: 'MISSING' };
    case 'failed': {
      const { code, parameters } = lookUp.end.error;
      return { ...nothing, state: 'FAILED', code, parameters: JSON.stringify(parameters) };
    }
  }
}
