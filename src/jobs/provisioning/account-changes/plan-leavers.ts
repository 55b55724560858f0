import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Sql } from '../../../entities/tables.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import type { OpenRun } from '../../runs/run-record.ts';
import { isLeaverSql } from './leaver-condition.ts';

/** How many people a run of leavers found. */
export interface LeaverPlan {
  /** People with an account that is to be disabled. */
  readonly people: number;
  /** Others who were disabled within the last 24 hours. */
  readonly recentPeople: number;
  /** People of HR who work here. */
  readonly activePeople: number;
}

/** How long a rejection holds: until then the next syncs do not ask about the same people. */
const REJECTION_HOURS = 24;
/** Runs over which the threshold is counted (provisioning.md §6). */
const ROLLING_HOURS = 24;

/**
 * Lists the active accounts of leavers as records of the run: PENDING where the system can disable (`disablable`),
 * else BY_HAND. Accounts that were reported before, or rejected within a day, are listed again only when a person
 * started the run. Accounts of people who came back lose their mark.
 */
export async function planLeavers(
  tx: Sql,
  run: OpenRun,
  options: {
    readonly settings: LiveSettings;
    readonly disablable: readonly string[];
    /** False: lists no leavers, for a run that only looks for people who came back. */
    readonly list: boolean;
    /** A person asked: everything is listed again. */
    readonly byHand: boolean;
  },
): Promise<LeaverPlan> {
  const leaver = isLeaverSql(options.settings.get('valid_employee_statuses'));
  const { disablable, byHand } = options;
  const dry = run.mode === 'DRY_RUN';
  const unasked = sql<SqlBool>`(a.system = any(${[...disablable]}::text[]) or a.leaver_since is null)
    and not exists (select 1 from run_item i join sync_run r on r.id = i.run_id
      where r.kind = 'LEAVERS' and r.rejected_at > clock_timestamp() - ${REJECTION_HOURS} * interval '1 hour'
        and i.subject_kind = 'ACCOUNT' and i.subject_id = a.id and i.outcome = 'PENDING')`;
  const whose = byHand ? leaver : sql<SqlBool>`${leaver} and ${unasked}`;
  if (options.list) await listAccounts(tx, run, { whose, disablable });
  if (!dry) await noteLeavers(tx, run, leaver);
  const { rows } = await sql<LeaverPlan>`
    with planned as (
      select distinct item_key from run_item where run_id = ${run.id}::bigint and outcome in ('PENDING', 'WOULD_DISABLE')
    )
    select (select count(*)::int from planned) as people,
      (select count(distinct i.item_key)::int from run_item i join sync_run r on r.id = i.run_id and r.kind = 'LEAVERS'
        where i.outcome = 'DISABLED' and i.settled_at > clock_timestamp() - ${ROLLING_HOURS} * interval '1 hour'
          and i.item_key not in (select item_key from planned)) as "recentPeople",
      (select count(*)::int from person p where p.source = 'HR' and not ${leaver}) as "activePeople"`.execute(
    tx,
  );
  return rows[0] ?? { people: 0, recentPeople: 0, activePeople: 0 };
}

/**
 * Lists active accounts (`account a` of `person p`) as records of a run: those that can be disabled as PENDING, or
 * WOULD_DISABLE in a dry run, the others as BY_HAND. Without a limit, because they are the run's work.
 */
export async function listAccounts(
  tx: Sql,
  run: OpenRun,
  options: { readonly whose: RawBuilder<SqlBool>; readonly disablable: readonly string[] },
): Promise<void> {
  const can = sql<SqlBool>`a.system = any(${[...options.disablable]}::text[])`;
  const outcome = run.mode === 'DRY_RUN' ? 'WOULD_DISABLE' : 'PENDING';
  await sql`
    insert into run_item (run_id, item_key, subject_kind, subject_id, outcome, error_code, error_parameters, payload)
    select ${run.id}::bigint, p.employee_number, 'ACCOUNT', a.id, case when ${can} then ${outcome} else 'BY_HAND' end,
      case when not ${can} then 'LEAVER_BY_HAND' end,
      case when not ${can} then jsonb_build_object('employeeNumber', p.employee_number, 'system', a.system) end,
      jsonb_build_object('system', a.system)
    from account a join person p on p.id = a.person_id
    where a.state = 'ACTIVE' and ${options.whose} order by p.id, a.system`.execute(tx);
}

async function noteLeavers(tx: Sql, run: OpenRun, leaver: RawBuilder<SqlBool>): Promise<void> {
  await sql`
    update account a set leaver_since = null from person p
    where p.id = a.person_id and a.leaver_since is not null and a.state = 'ACTIVE' and not ${leaver}`.execute(
    tx,
  );
  await sql`
    update account a set leaver_since = clock_timestamp() from run_item i
    where i.run_id = ${run.id}::bigint and i.outcome = 'BY_HAND' and i.subject_kind = 'ACCOUNT' and a.id = i.subject_id and a.leaver_since is null`.execute(
    tx,
  );
}
