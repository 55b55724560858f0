import { sql } from 'kysely';
import type { Locale, StoredError } from '../../domain/errors/error-entry.ts';
import type { Explanation } from '../../domain/explanations/explanation.ts';
import { explainCondition, explainPause } from '../../domain/provisioning/explain/explain-task.ts';
import type { PausedSystem } from '../../domain/settings/paused-systems.ts';
import type { LiveSettings } from '../../jobs/kit/live-settings.ts';
import type { RequestScope, SourceInfo, SystemInfo } from '../context/context.ts';
import { perOperation, sqlOf } from '../reading/loaders.ts';
import { switchesOf } from './conditions.ts';

/** The use of an upstream. */
export type Facet = 'ACCOUNTS' | 'PEOPLE' | 'CALENDARS' | 'TIMETABLE';

/** The use of this upstream; those without a facet hold accounts. */
export function facetOf(info: SystemInfo | SourceInfo): Facet {
  switch ('facet' in info ? info.facet : 'accounts') {
    case 'people':
      return 'PEOPLE';
    case 'calendars':
      return 'CALENDARS';
    case 'timetable':
      return 'TIMETABLE';
    default:
      return 'ACCOUNTS';
  }
}

/** An error of a system, and when it was met. */
export interface SystemErrorShape extends StoredError {
  readonly at: string | null;
}

/** Result of the last check by hand. */
export interface SystemCheckShape {
  readonly at: string;
  readonly reachable: boolean;
  readonly credentialsAccepted: boolean | null;
  readonly latencyMs: number;
  readonly error: StoredError | null;
  readonly detail: string | null;
  readonly tokenEndsAt: string | null;
  readonly host: string;
}

/** Backs the type `UpstreamSystem`. */
export interface SystemShape {
  readonly info: SystemInfo;
  readonly holdsAccounts: boolean;
  readonly enabled: boolean;
  readonly configured: boolean | null;
  readonly sandboxed: boolean | null;
  readonly pause: PausedSystem | null;
  readonly circuit: 'OPEN' | 'CLOSED';
  readonly circuitReason: SystemErrorShape | null;
  readonly openedAt: string | null;
  readonly nextTrialAt: string | null;
  readonly throttledUntil: string | null;
  readonly ratePerSecond: number;
  readonly maxConcurrency: number | null;
  readonly lastSuccessAt: string | null;
  readonly lastError: SystemErrorShape | null;
  readonly lastCheck: SystemCheckShape | null;
  /** Why nothing is sent there at present; empty when it may be called. */
  readonly held: readonly Explanation[];
}

interface StateRow {
  readonly system: string;
  readonly configured: boolean | null;
  readonly sandboxed: boolean | null;
  readonly circuit: 'OPEN' | 'CLOSED';
  readonly reason: SystemErrorShape | null;
  readonly openedAt: string | null;
  readonly nextTrialAt: string | null;
  readonly throttledUntil: string | null;
  readonly lastSuccessAt: string | null;
  readonly lastError: SystemErrorShape | null;
  readonly lastCheck: SystemCheckShape | null;
}

/** Every system that accounts are made in, and every other upstream; read once per operation, by one statement. */
export const systemsOf = perOperation((scope) => {
  let systems: Promise<SystemShape[]> | null = null;
  return {
    read: (): Promise<SystemShape[]> => {
      systems ??= readSystems(scope);
      return systems;
    },
  };
});

async function readSystems(scope: RequestScope): Promise<SystemShape[]> {
  const { systems, sources } = scope.services;
  const { settings } = scope.services;
  // Calls to these sources are not counted: their runs, and the processes connected to them, tell their state.
  const read = sources.filter(({ runKind, system }) => runKind !== undefined || !settings.hasRate(system));
  const { rows } = await sql<StateRow>`
    with state as (
      select s.system, coalesce(h.configured, s.configured) as configured, coalesce(h.sandboxed, s.sandboxed) as sandboxed,
        s.circuit,
        case when s.circuit_reason is not null then jsonb_build_object('code', s.circuit_reason, 'parameters',
          jsonb_build_object('system', s.system) || coalesce(s.circuit_parameters, '{}'), 'at', s.opened_at::text)
          end as reason,
        s.opened_at, s.next_trial_at, s.throttled_until, s.last_success_at,
        case when s.last_error_code is not null then jsonb_build_object('code', s.last_error_code, 'parameters',
          jsonb_build_object('system', s.system) || coalesce(s.last_error_parameters, '{}'),
          'at', s.last_failure_at::text) end as last_error
      from system_state s left join sync_source h on h.kind = s.system and h.scope = ''
      where s.system <> all(${read.map(({ system }) => system)}::text[])
      union all
      select src.system, h.configured, h.sandboxed, 'CLOSED', null, null, null, null, done.at, failed.error
      from json_to_recordset(${JSON.stringify(read)}::json) as src(system text, "runKind" text)
      left join sync_source h on h.kind = coalesce(src."runKind", src.system) and h.scope = ''
      left join lateral (
        select r.finished_at as at from sync_run r where r.kind = src."runKind" and r.mode = 'RUN'
          and r.status in ('COMPLETED', 'COMPLETED_WITH_ERRORS') order by r.id desc limit 1) as done on true
      left join lateral (
        select jsonb_build_object('code', r.error_code, 'parameters', coalesce(r.error_parameters, '{}'),
          'at', r.finished_at::text) as error
        from sync_run r where r.kind = src."runKind" and r.status = 'FAILED' and r.error_code is not null
        order by r.id desc limit 1) as failed on true
    )
    select state.system, configured, sandboxed, circuit, reason, opened_at as "openedAt",
      next_trial_at as "nextTrialAt", throttled_until as "throttledUntil", last_success_at as "lastSuccessAt",
      last_error as "lastError",
      case when c.system is not null then jsonb_build_object('at', c.checked_at::text, 'reachable', c.reachable,
        'credentialsAccepted', c.credentials_accepted, 'latencyMs', c.latency_ms,
        'error', case when c.error_code is not null then jsonb_build_object('code', c.error_code,
          'parameters', coalesce(c.error_parameters, '{}')) end,
        'detail', c.detail, 'tokenEndsAt', c.token_ends_at::text, 'host', c.host) end as "lastCheck"
    from state left join system_check c on c.system = state.system`.execute(sqlOf(scope));
  const states = new Map(rows.map((row) => [row.system, row]));
  return [...systems, ...sources].map((info) => shapeOf(scope, info, states.get(info.system)));
}

function shapeOf(
  scope: RequestScope,
  info: SystemInfo | SourceInfo,
  state: StateRow | undefined,
): SystemShape {
  const { settings } = scope.services;
  const { system } = info;
  const source = 'facet' in info ? info : null;
  const holdsAccounts = source === null;
  const switches = switchesOf(scope);
  const circuit = state?.circuit ?? 'CLOSED';
  const { throttledUntil = null, openedAt = null, nextTrialAt = null, reason = null } = state ?? {};
  const pause = explainPause(system, switches);
  const condition = { system, throttledUntil, circuit, reason, openedAt, nextTrialAt };
  const sickness = explainCondition(condition, Date.now());
  return {
    info,
    holdsAccounts,
    enabled: holdsAccounts
      ? settings.enabledSystems.includes(system)
      : source.switch === undefined || settings.raw(source.switch) === true,
    configured: state?.configured ?? null,
    sandboxed: state?.sandboxed ?? null,
    pause: switches.paused.find((candidate) => candidate.system === system) ?? null,
    circuit,
    circuitReason: reason,
    openedAt,
    nextTrialAt,
    throttledUntil:
      throttledUntil !== null && Date.parse(throttledUntil) > Date.now() ? throttledUntil : null,
    ratePerSecond: rateOf(settings, system, source),
    maxConcurrency: settings.hasRate(system) ? settings.maxConcurrency(system) : null,
    lastSuccessAt: state?.lastSuccessAt ?? null,
    lastError: state?.lastError ?? null,
    lastCheck: state?.lastCheck ?? null,
    held: [pause, sickness].filter((explanation) => explanation !== null),
  };
}

/** Calls a second; of a source that is no HTTP service as many as it takes. */
function rateOf(settings: LiveSettings, system: string, source: SourceInfo | null): number {
  if (source?.rate !== undefined) return Number(settings.raw(source.rate));
  return settings.hasRate(system) ? settings.ratePerSecond(system) : 0;
}

/** Name of a system in the reader's language. */
export function displaySystem({ displayName }: SystemInfo, locale: Locale): string {
  return locale === 'ZH_CN' ? displayName.zh : displayName.en;
}
