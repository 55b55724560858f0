import { sql } from 'kysely';
import type { InstancePlan } from '../../../domain/databases/changes/plan-changes.ts';
import type { DatabaseSyncCounts } from '../../../domain/databases/changes/sync-counts.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { InstanceRow } from '../registry/target.ts';
import type { AccountMarks } from './marks.ts';

/** Most accounts that are announced one by one; the digest reports all. */
const APPEARED_MAX = 100;

/**
 * Notifies subscribers of the changes in a run: one digest, and each account that has become privileged. Skipped in
 * the first run of an instance, to which everything is new.
 */
export async function announceChanges(
  tx: Sql,
  run: {
    readonly instance: Pick<InstanceRow, 'id' | 'name'>;
    readonly run: string;
    readonly runId: string;
    readonly changes: number;
    readonly counts: DatabaseSyncCounts;
    readonly plan: InstancePlan;
    readonly marks: ReadonlyMap<string, AccountMarks>;
    readonly before: ReadonlyMap<string, { readonly capabilities: readonly string[] }>;
  },
): Promise<void> {
  const { instance, runId, counts } = run;
  const about = `${run.run}:${instance.id}`;
  const events = [
    ...(run.changes > 0
      ? [{ kind: 'database.account.changed', about, facts: { instance: instance.name, runId, counts } }]
      : []),
    ...appeared(run).map((facts) => ({
      kind: 'database.privileged_account.appeared',
      about: `${about}:${facts.account}`.slice(0, 300),
      facts: { instance: instance.name, ...facts },
    })),
  ];
  if (events.length === 0) return;
  await sql`
    select record_event(kind, about, facts)
    from json_to_recordset(${JSON.stringify(events)}::json) as e(kind text, about text, facts jsonb)
    where has_subscriber(kind)`.execute(tx);
}

function appeared({ plan, marks, before }: Parameters<typeof announceChanges>[1]) {
  return plan.accounts
    .flatMap(({ remote }) => {
      const now = marks.get(remote.identity);
      const had = new Set(before.get(remote.identity)?.capabilities ?? []);
      const capabilities = (now?.capabilities ?? []).filter((capability) => !had.has(capability));
      if (now === undefined || capabilities.length === 0) return [];
      const reasons = now.capabilityReasons.map(({ code, subject, place, via }) => ({
        code,
        subject,
        place,
        via,
      }));
      return [{ account: remote.displayName, capabilities: now.capabilities, reasons: reasons.slice(0, 5) }];
    })
    .slice(0, APPEARED_MAX);
}
