import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { outsideTransaction } from '../../../entities/transaction.ts';
import { isTracing, type OpenSpan, type SpanStart } from '../../../trace.ts';
import type { Execution } from '../calls/call-end.ts';
import type { Probe } from './execute-task.ts';
import type { TaskFacts } from './task-facts.ts';

/**
 * The `traceparent` of the newest request that wants each task, by the task's primary key; a task that no request
 * wants has none. Reads nothing while tracing is off.
 */
export async function readTraceparents(
  em: EntityManager,
  taskIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (!isTracing() || taskIds.length === 0) return new Map();
  const { rows } = await sql<{ task: string; traceparent: string }>`
    select distinct on (l.task_id) l.task_id as task, r.traceparent
    from request_item_task l join request_item i on i.id = l.item_id join account_request r on r.id = i.request_id
    where l.task_id = any(${[...taskIds]}::bigint[]) and r.traceparent is not null
    order by l.task_id, r.id desc`.execute(outsideTransaction(em.fork()));
  return new Map(rows.map(({ task, traceparent }) => [task, traceparent]));
}

/** The span of one attempt at a task; its public id holds an employee number and stays out. */
export function attemptSpan(
  facts: TaskFacts,
  options: {
    readonly name: 'attempt' | 'look-up';
    readonly executionAttempt: number | null;
    readonly traceparent: string | undefined;
  },
): SpanStart {
  return {
    name: `${options.name} ${facts.system}`,
    kind: 'consumer',
    parent: options.traceparent ?? null,
    attributes: {
      'accountsync.system': facts.system,
      'accountsync.task': facts.id,
      ...(options.executionAttempt !== null && { 'accountsync.attempt': options.executionAttempt }),
    },
  };
}

/** Notes in the span how the attempt ended. */
export function noteEnd(span: OpenSpan, execution: Execution | Probe): void {
  const outcome = typeof execution === 'string' ? execution : outcomeOf(execution);
  span.set({ 'accountsync.outcome': outcome });
  if (typeof execution !== 'string' && execution.end.kind === 'failed') span.fail(execution.end.error.code);
}

function outcomeOf({ end }: Execution): string {
  return end.kind === 'ensured' ? end.outcome : end.failure;
}
