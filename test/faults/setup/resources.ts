import { readdirSync } from 'node:fs';
import { sql } from 'kysely';
import type { Sql } from '../../../src/entities/tables.ts';

/** Sockets to a pool come and go; more than this many left over is a leak. */
const SPARE_CONNECTIONS = 3;
const SPARE_HANDLES = 12;
/** A test's own objects, and what the collector has not yet taken. */
const SPARE_MEMORY_BYTES = 96 * 1024 * 1024;

/** What a process and its database hold at one moment. */
export interface Resources {
  readonly connections: number;
  readonly idleInTransaction: number;
  readonly handles: number;
  readonly memoryBytes: number;
}

/** What this process and the database of the bench hold now. */
export async function readResources(db: Sql): Promise<Resources> {
  const { rows } = await sql<{ connections: number; open: number }>`
    select count(*)::int as connections,
      (count(*) filter (where state like 'idle in transaction%'
        and state_change < clock_timestamp() - interval '1 second'))::int as open
    from pg_stat_activity where datname = current_database()`.execute(db);
  return {
    connections: rows[0]?.connections ?? 0,
    idleInTransaction: rows[0]?.open ?? 0,
    handles: readdirSync('/proc/self/fd').length,
    memoryBytes: process.memoryUsage().heapUsed,
  };
}

/** I12: what was held before a fault and after it. */
export function findResourceViolations(before: Resources, after: Resources): string[] {
  const grown = (what: string, from: number, to: number, spare: number) =>
    to > from + spare ? [`I12: ${to} ${what} where there were ${from}`] : [];
  return [
    ...grown('connections', before.connections, after.connections, SPARE_CONNECTIONS),
    ...grown('open transactions that nobody works in', 0, after.idleInTransaction, 0),
    ...grown('handles', before.handles, after.handles, SPARE_HANDLES),
    ...grown('bytes of memory', before.memoryBytes, after.memoryBytes, SPARE_MEMORY_BYTES),
  ];
}

/** I13: who should live lives. */
export function findDead(
  processes: Readonly<Record<string, { readonly alive: boolean; readonly stderr: string }>>,
): string[] {
  return Object.entries(processes).flatMap(([name, { alive, stderr }]) =>
    alive ? [] : [`I13: ${name} is dead: ${stderr.slice(-500)}`],
  );
}
