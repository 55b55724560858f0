import { type RawBuilder, sql } from 'kysely';
import { allAreas } from '../../jobs/index.ts';
import type { JobQueue } from '../../jobs/kit/job.ts';
import { isPoison, isUuid, queuesByDeadLetter } from '../../jobs/maintenance/poison-messages.ts';
import type { RequestScope } from '../context/context.ts';
import {
  type ConnectionOf,
  connectionOf,
  emptyConnection,
  type Page,
  type PageRules,
} from '../reading/connection.ts';
import { sqlOf } from '../reading/loaders.ts';

/** Backs the type `PoisonMessage`: a job in a dead letter. */
export interface PoisonMessageRow {
  readonly id: string;
  /** The dead letter. */
  readonly name: string;
  readonly data: unknown;
  /** As Postgres prints it. */
  readonly at: string;
  readonly tries: number;
  /** The last error of a job that was tried; null for what could not be read. */
  readonly error: string | null;
}

/** Its cursors: moment and id, for many may come at one moment. */
export const poisonRules: PageRules = {
  list: 'poisonMessages',
  max: 100,
  isKey: (key) => {
    const [micros = '', id = ''] = key.split('|');
    return /^\d{1,17}$/.test(micros) && isUuid(id);
  },
};

const micros = sql`(extract(epoch from j.created_on) * 1000000)::bigint`;

/** A page of the dead letters, oldest first; one statement, another when it is counted. */
export async function readPoisonMessages(
  scope: RequestScope,
  options: { readonly page: Page; readonly queue: string | null },
): Promise<ConnectionOf<PoisonMessageRow>> {
  const { page, queue } = options;
  const queues = [...queuesByDeadLetter(queuesOf(scope))];
  const letters = queues.flatMap(([dead, job]) => (queue === null || job.name === queue ? [dead] : []));
  if (letters.length === 0) return emptyConnection();
  const here = sql`pgboss.job j where j.name = any(${letters}::text[]) and ${isPoison}`;
  const direction = page.backward ? sql`desc` : sql`asc`;
  const { rows } = await sql<PoisonMessageRow & { readonly micros: string }>`
    select page.* from (
      select j.id::text as id, j.name, j.data, j.created_on as at, coalesce(j.source_retry_count + 1, 0) as tries,
        coalesce(j.source_output ->> 'message', j.source_output #>> '{}') as error, ${micros}::text as micros
      from ${here} and ${beyond(page.after, sql`>`)} and ${beyond(page.before, sql`<`)}
      order by ${micros} ${direction}, j.id ${direction} limit ${page.size + 1}) page
    order by page.micros::bigint, page.id::uuid`.execute(sqlOf(scope));
  return connectionOf(rows, page, {
    list: poisonRules.list,
    keyOf: (row) => `${row.micros}|${row.id}`,
    countAll: async () => {
      const counted = await sql<{ count: number }>`select count(*)::int as count from ${here}`.execute(
        sqlOf(scope),
      );
      return counted.rows[0]?.count ?? 0;
    },
  });
}

function beyond(key: string | null, comparison: RawBuilder<unknown>): RawBuilder<unknown> {
  if (key === null) return sql`true`;
  const [moment, id] = key.split('|');
  return sql`(${micros}, j.id) ${comparison} (${moment}::bigint, ${id}::uuid)`;
}

/** The queues of this build. */
export function queuesOf({ services }: RequestScope): readonly JobQueue[] {
  return allAreas.queues(services.systems.map(({ system }) => system));
}
