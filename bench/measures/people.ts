import pg from 'pg';
import { startCore } from '../../src/application/core.ts';
import { registeredSystems } from '../../src/application/upstreams.ts';
import type { HrPerson } from '../../src/domain/provisioning/hr/hr-person.ts';
import { parseEnv } from '../../src/environment/env.ts';
import { upstreamDefinitions } from '../../src/integrations/registry.ts';
import { startSyncPeople } from '../../src/jobs/provisioning/hr-sync/start-sync-people.ts';
import { syncPeople } from '../../src/jobs/provisioning/hr-sync/sync-people.ts';
import { SecretKeys } from '../../src/jobs/secrets/secret-keys.ts';
import { createLogger } from '../../src/logger.ts';
import type { Harness } from '../harness.ts';
import { type Figure, interleave, type Measure } from '../measure.ts';
import { mergePeople, mergeTable } from '../merge-people.ts';
import { benchPerson, sourceOf } from '../people.ts';

const PEOPLE = 100_000;
const CHANGED_EVERY = 100;
const ROUNDS = 5;
const DISPLAY_TIME_ZONE = 'Asia/Shanghai';

/** All people are new. */
export const peopleFirst: Measure = (harness) =>
  measurePeople(harness, { name: 'people-first', empties: true, changes: false });
/** Unchanged people: nothing may be written. */
export const peopleUnchanged: Measure = (harness) =>
  measurePeople(harness, { name: 'people-unchanged', empties: false, changes: false });
/** One of a hundred has another phone. */
export const people1pct: Measure = (harness) =>
  measurePeople(harness, { name: 'people-1pct', empties: false, changes: true });

/**
 * The job of a full sync, from pages at hand to the end of its run, against COPY and one MERGE of the same people;
 * both in this process.
 */
function measurePeople(
  harness: Harness,
  kind: { readonly name: string; readonly empties: boolean; readonly changes: boolean },
): Promise<Figure[]> {
  return harness.withDatabase(async (url) => {
    const logger = createLogger({ level: 'warn', pretty: false });
    const env = parseEnv({ SANDBOX: 'on' }, upstreamDefinitions);
    const core = await startCore({ env, url, directUrl: url, secrets: new SecretKeys([]), logger });
    const pool = new pg.Pool({ connectionString: url, max: 1 });
    const sync = async (people: readonly HrPerson[]) => {
      const context = {
        ...core,
        em: core.orm.em.fork(),
        systems: registeredSystems,
        disablable: [],
        showing: [],
        source: sourceOf(people),
        displayTimeZone: DISPLAY_TIME_ZONE,
        stopping: new AbortController().signal,
        retryDelaysSeconds: [],
        principal: 'bench',
        logger,
      };
      const input = { mode: 'RUN', forceFullSync: true, trigger: 'MANUAL_TASK' } as const;
      const { run } = await startSyncPeople(context, input);
      await syncPeople({ run: run ?? '' }, context);
      const { rows } = await pool.query<{ status: string }>('select status from sync_run where id = $1', [
        run,
      ]);
      if (rows[0]?.status !== 'COMPLETED') throw new Error(`The sync ended as ${rows[0]?.status}`);
    };
    try {
      await pool.query(mergeTable);
      let people: readonly HrPerson[] = Array.from({ length: PEOPLE }, (_, n) => benchPerson(n));
      let cpuMs = 0;
      let limitCpuMs = 0;
      let round = 0;
      const timed = async (work: () => Promise<void>): Promise<{ rate: number; cpu: number }> => {
        const cpuBefore = ownMs() + harness.postgresMs();
        const startedAt = performance.now();
        await work();
        const rate = (PEOPLE * 1_000) / (performance.now() - startedAt);
        return { rate, cpu: ownMs() + harness.postgresMs() - cpuBefore };
      };
      await mergePeople(pool, people);
      await sync(people);
      await pool.query('vacuum analyze');
      const rounds = await interleave({
        rounds: ROUNDS,
        limit: async () => {
          round += 1;
          if (kind.changes)
            people = people.map((person, n) =>
              n % CHANGED_EVERY === round % CHANGED_EVERY
                ? { ...person, telephoneNumber1: `137${n}${round}` }
                : person,
            );
          if (kind.empties) await pool.query('truncate bench_person');
          const { rate, cpu } = await timed(() => mergePeople(pool, people));
          limitCpuMs += cpu;
          return rate;
        },
        ours: async () => {
          if (kind.empties) await pool.query('truncate person, account, name_reservation cascade');
          const before = await writes(pool);
          const { rate, cpu } = await timed(() => sync(people));
          if (!kind.empties && !kind.changes && (await writes(pool)) !== before)
            throw new Error('People were written though nobody changed.');
          cpuMs += cpu;
          return rate;
        },
      });
      return [
        {
          name: kind.name,
          unit: 'people/s',
          ...rounds,
          cpuMsPerUnit: cpuMs / (ROUNDS * PEOPLE),
          limitCpuMsPerUnit: limitCpuMs / (ROUNDS * PEOPLE),
        },
      ];
    } finally {
      await pool.end();
      await core.close();
    }
  });
}

/** Total writes to people, as Postgres counts them. */
async function writes(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ count: string }>(
    `select count(*)::text || max(xmin::text::bigint)::text as count from person`,
  );
  return rows[0]?.count ?? '';
}

function ownMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
