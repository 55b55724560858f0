import { sql } from 'kysely';
import { z } from 'zod';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { namesOfIdentifier } from '../../../domain/provisioning/names/identifier-names.ts';
import type { AccountOrigin } from '../../../domain/provisioning/states/states.ts';
import type { RunItemOutcome } from '../../../domain/runs/run-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { JobContext } from '../../kit/job-context.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import { isLeaverSql } from '../account-changes/leaver-condition.ts';
import { forgetAccounts } from '../accounts/forget-accounts.ts';
import { adoptNames, findTaken } from '../names/adopt-names.ts';

/** A record of a verification, and its account, which has not changed since. */
export interface FoundAccount {
  readonly item: string;
  readonly outcome: 'MISSING' | 'DIFFERING';
  readonly payload: unknown;
  readonly account: string;
  readonly person: string;
  readonly number: string;
  readonly system: string;
  readonly identifier: string;
  readonly origin: AccountOrigin | null;
  /** HR knows an address of its own. */
  readonly hrAddress: boolean;
  /** A request that was not cancelled wants it. */
  readonly requested: boolean;
  /** HR says that the person works here. */
  readonly employed: boolean;
}

/** Outcome of a record; without `error` its first error stays. */
export interface Repaired {
  readonly item: string;
  readonly outcome: RunItemOutcome;
  readonly error?: StoredError;
  /** Variant of its first error, which then says what was done about it. */
  readonly repaired?: string;
}

const fieldsSchema = z.object({
  fields: z.object({
    identifier: z.object({ there: z.string() }).optional(),
    remoteId: z.object({ there: z.string() }).optional(),
    emailAddress: z.object({ there: z.string() }).optional(),
  }),
});

/** Reads records that wait for their repair; those whose account has changed since are left out. */
export async function readFound(
  tx: Sql,
  run: string,
  options: { readonly settings: LiveSettings; readonly limit: number },
): Promise<FoundAccount[]> {
  const { rows } = await sql<FoundAccount>`
    select i.id as item, i.outcome, i.payload, a.id as account, p.id as person, p.employee_number as number, a.system,
      a.identifier, a.origin, p.email_address is not null as "hrAddress",
      exists (select 1 from request_item q join account_request r on r.id = q.request_id
        where q.person_id = p.id and q.status <> 'CANCELLED' and r.cancelled_at is null
          and a.system = any(r.system_list)) as requested,
      p.source = 'HR' and not ${isLeaverSql(options.settings.get('valid_employee_statuses'))} as employed
    from run_item i join account a on i.subject_kind = 'ACCOUNT' and a.id = i.subject_id join person p on p.id = a.person_id
    where i.run_id = ${run}::bigint and i.outcome in ('MISSING', 'DIFFERING')
      and a.state = 'ACTIVE' and a.updated_at <= i.created_at
    order by i.id limit ${options.limit}::int`.execute(tx);
  return rows;
}

/** Marks records whose account has changed since its look-up as SKIPPED. */
export async function skipChanged(tx: Sql, run: string): Promise<void> {
  await sql`
    update run_item i set outcome = 'SKIPPED', settled_at = clock_timestamp()
    where i.run_id = ${run}::bigint and i.outcome in ('MISSING', 'DIFFERING')
      and not exists (select 1 from account a
        where i.subject_kind = 'ACCOUNT' and a.id = i.subject_id and a.state = 'ACTIVE' and a.updated_at <= i.created_at)`.execute(
    tx,
  );
}

/** Repairs what was found; the caller holds the locks of `lockWithCompleted`. */
export async function repairFound(
  jobs: JobContext,
  found: readonly FoundAccount[],
  settings: LiveSettings,
): Promise<Repaired[]> {
  const missing = found.filter(({ outcome }) => outcome === 'MISSING');
  const differing = found.filter(({ outcome }) => outcome === 'DIFFERING');
  return [...(await repairMissing(jobs, missing, settings)), ...(await repairDiffering(jobs.tx, differing))];
}

/** An account that an operator linked with `force` may be invisible to the look-up: an operator decides. */
async function repairMissing(
  jobs: JobContext,
  missing: readonly FoundAccount[],
  settings: LiveSettings,
): Promise<Repaired[]> {
  const linked = missing.filter(({ origin }) => origin === 'LINKED');
  const lost = missing.filter(({ origin }) => origin !== 'LINKED');
  const accounts = lost.map((one) => {
    const { account, person, number, system, identifier } = one;
    const error = { code: 'ACCOUNT_MISSING', parameters: { identifier } };
    return { account, person, number, system, error, again: mayBeMade(one, settings) };
  });
  const opened = await forgetAccounts(jobs, accounts, {
    dependencies: settings.dependencies,
    maxRetries: settings.get('account_creation_max_retries'),
  });
  return [
    ...linked.map(({ item }): Repaired => ({ item, outcome: 'BY_HAND' })),
    ...lost.map(
      ({ item, account }): Repaired => as(item, opened.has(account) ? 'TASK_CREATED' : 'FORGOTTEN'),
    ),
  ];
}

/** The repair's outcome is also the outcome of the finding. */
function as(item: string, outcome: 'TASK_CREATED' | 'FORGOTTEN' | 'CORRECTED'): Repaired {
  return { item, outcome, repaired: outcome };
}

/** Whether the switches allow the account, and a request or HR wants it. */
function mayBeMade({ system, requested, employed }: FoundAccount, settings: LiveSettings): boolean {
  if (!settings.get('account_creation_enabled') || !settings.enabledSystems.includes(system)) return false;
  if (requested && settings.get('request_task_creation_enabled')) return true;
  return employed && settings.get('task_auto_creation_enabled');
}

/** The system's values take the place of ours; an address that HR owns stays HR's. */
async function repairDiffering(tx: Sql, differing: readonly FoundAccount[]): Promise<Repaired[]> {
  const rows = differing.map(({ item, account, person, number, system, identifier, payload, hrAddress }) => {
    const { fields } = fieldsSchema.parse(payload);
    const there = fields.identifier?.there ?? null;
    const names = there === null ? { username: null, email: null } : namesOfIdentifier(system, there);
    const email = hrAddress ? null : (fields.emailAddress?.there ?? names.email);
    return {
      key: item,
      item,
      account,
      person,
      number,
      system,
      identifier: there ?? identifier,
      remoteId: fields.remoteId?.there ?? null,
      username: names.username,
      email,
      nothing: there === null && fields.remoteId === undefined && email === null,
    };
  });
  const correctable = rows.filter(({ nothing }) => !nothing);
  const taken = await findTaken(tx, correctable);
  const free = correctable.filter(({ item }) => !taken.has(item));
  await sql`
    update account a set identifier = r.identifier, remote_id = coalesce(r."remoteId", a.remote_id),
      updated_at = clock_timestamp()
    from json_to_recordset(${JSON.stringify(free)}::json) as r(account bigint, identifier text, "remoteId" text)
    where a.id = r.account and a.id = any(${free.map(({ account }) => account)}::bigint[])`.execute(tx);
  const renamed = free.filter(({ username, email }) => username !== null || email !== null);
  if (renamed.length > 0) await adoptNames(tx, renamed);
  return rows.map(({ item, nothing }): Repaired => {
    if (nothing) return { item, outcome: 'BY_HAND' };
    const error = taken.get(item);
    return error === undefined ? as(item, 'CORRECTED') : { item, outcome: 'FAILED', error };
  });
}

/** Stores the outcomes of records. */
export async function storeRepaired(tx: Sql, repaired: readonly Repaired[]): Promise<void> {
  const rows = repaired.map(({ item, outcome, error, repaired: variant }) => ({
    item,
    outcome,
    variant: variant ?? null,
    code: error?.code ?? null,
    parameters: error?.parameters ?? null,
  }));
  await sql`
    update run_item i set outcome = r.outcome, settled_at = clock_timestamp(),
      error_code = coalesce(r.code, i.error_code),
      error_parameters = case when r.code is not null then r.parameters
        when r.variant is not null then coalesce(i.error_parameters, '{}') || jsonb_build_object('variant', r.variant)
        else i.error_parameters end
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(item bigint, outcome text, code text, parameters jsonb, variant text)
    where i.id = r.item and i.id = any(${rows.map(({ item }) => item)}::bigint[])`.execute(tx);
}
