import pg from 'pg';
import { currentLogScope } from '../logger.ts';

/**
 * How a transaction begins that knows who acts: the scope of the operation or job in which it is begun is told to
 * Postgres, where the triggers of the audit log read it. One message, so that it costs no round trip.
 */
export function beginActing(): string {
  const { job, jobId, principal, correlationId } = currentLogScope();
  const actor = job === undefined ? (principal ?? 'service') : `job:${job}`;
  const correlation = job === undefined ? correlationId : jobId;
  return [
    'begin',
    `set local accountsync.actor = ${literal(actor)}`,
    ...(correlation === undefined ? [] : [`set local accountsync.correlation = ${literal(correlation)}`]),
  ].join('; ');
}

function literal(value: string | number): string {
  return pg.escapeLiteral(String(value).replaceAll('\0', ''));
}
