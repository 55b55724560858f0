import { sql } from 'kysely';
import type { Sql } from '../../src/entities/tables.ts';

/** Changes Settings by SQL, as an operator without the API does; every process hears of it. */
export async function storeSettings(db: Sql, values: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [key, value] of Object.entries(values))
    await sql`
      insert into setting (key, value) values (${key}, ${JSON.stringify(value)}::jsonb)
      on conflict (key) do update set value = excluded.value`.execute(db);
}
