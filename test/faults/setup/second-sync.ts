import { sql } from 'kysely';
import { isFinalRun, type RunStatus } from '../../../src/domain/runs/run-states.ts';
import { startSyncPeople } from '../../../src/jobs/provisioning/hr-sync/start-sync-people.ts';
import type { ProvisioningBench } from '../../setup/provisioning.ts';

interface EndedRun {
  readonly status: RunStatus;
  readonly error_code: string | null;
  readonly summary: unknown;
}

/** A full sync of people, to its end. */
export async function syncPeople(bench: ProvisioningBench): Promise<EndedRun> {
  const { run } = await startSyncPeople(bench.context, {
    mode: 'RUN',
    forceFullSync: true,
    trigger: 'MANUAL_TASK',
  });
  return bench.until(`run ${run} ending`, async () => {
    const { rows } = await sql<EndedRun>`
      select status, error_code, summary from sync_run where id = ${run}::bigint`.execute(bench.sql);
    const [ended] = rows;
    return ended !== undefined && isFinalRun(ended.status) ? ended : null;
  });
}

/** Every version of every person and account: changes with any write, also with one that changes nothing. */
export async function versionsOfPeople(bench: ProvisioningBench): Promise<readonly string[]> {
  const { rows } = await sql<{ version: string }>`
    select p.id || ' ' || p.xmin::text || ' ' || p.ctid::text || ' ' ||
      coalesce((select string_agg(a.xmin::text, ',' order by a.id) from account a where a.person_id = p.id), '') as version
    from person p order by p.id`.execute(bench.sql);
  return rows.map(({ version }) => version);
}

/** I14: a sync of what was synchronised a moment ago writes nothing. */
export async function findSyncViolations(bench: ProvisioningBench): Promise<string[]> {
  const before = new Set(await versionsOfPeople(bench));
  const { status, error_code } = await syncPeople(bench);
  const changed = (await versionsOfPeople(bench)).filter((version) => !before.has(version)).length;
  return [
    ...(status === 'COMPLETED' ? [] : [`I14: the second sync ended ${status} (${error_code})`]),
    ...(changed === 0 ? [] : [`I14: the second sync wrote ${changed} people`]),
  ];
}
