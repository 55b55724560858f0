import type { Service } from './application.ts';

/** Milliseconds from fetched to completed, by the queue's own clock. */
export async function timedJob(service: Service, name: string): Promise<number> {
  const { rows } = await service.sql.query<{ id: string }>(
    `insert into pgboss.job (name, data, singleton_key, policy, priority)
     select name, '{}', gen_random_uuid()::text, policy, 0 from pgboss.queue where name = $1 returning id`,
    [name],
  );
  const id = rows[0]?.id;
  await service.until(`select state = 'completed' as done from pgboss.job where id = $1`, [id]);
  const timed = await service.sql.query<{ ms: number }>(
    `select extract(epoch from completed_on - started_on)::float8 * 1000 as ms from pgboss.job where id = $1`,
    [id],
  );
  return timed.rows[0]?.ms ?? Number.NaN;
}
