import pg from 'pg';
import { currentLogScope } from '../logger.ts';

/**
 * The statement that begins a transaction and tells Postgres who acts: the triggers of the audit log read it. It
 * comes from the log scope of the operation or job. One message, so that it costs no round trip.
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
