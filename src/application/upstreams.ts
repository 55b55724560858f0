import { sql } from 'kysely';
import { settingsCatalogue } from '../domain/settings-catalogue.ts';
import type { Connection } from '../entities/systems/service-process.ts';
import type { Sql } from '../entities/tables.ts';
import { type Connect, parseConnector, parseOptional } from '../environment/connector-variables.ts';
import { type Env, EnvError } from '../environment/env.ts';
import type { EnvSource } from '../environment/problems.ts';
import type { CalendarSystem, CalendarSystemDependencies } from '../integrations/contract/calendar-system.ts';
import type { TimetableSource } from '../integrations/contract/timetable-source.ts';
import type { Upstream } from '../integrations/contract/upstream.ts';
import { databaseConnectors } from '../integrations/database-connectors.ts';
import { hieds } from '../integrations/hieds/definition.ts';
import { connectorDefinitions } from '../integrations/registry.ts';
import { timetable } from '../integrations/timetable/definition.ts';
import type { WpsConfig } from '../integrations/wps/client.ts';
import { wps } from '../integrations/wps/definition.ts';
import type { ReachedUpstreams } from '../jobs/areas/area.ts';
import type { LiveSettings } from '../jobs/kit/live-settings.ts';
import type { Logger } from '../logger.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Secret } from '../secret.ts';
import { describeConnections } from './connections.ts';

/** The connected upstreams. */
export interface Upstreams extends ReachedUpstreams {
  /** Whatever they are for, by their codes. */
  readonly all: ReadonlyMap<string, Upstream>;
  /** Where they are, for people to look at; masked. */
  readonly connections: readonly Connection[];
  close(): Promise<void>;
}

/** As many pages as are ever asked for at once. */
const HR_SOCKETS = 8;

/** Codes of the registered systems, in the order of the registry. */
export const registeredSystems: readonly string[] = connectorDefinitions.map(
  (definition) => definition.system,
);

/** Upstreams without accounts whose runs wait while they are paused. */
const pausableUpstreams = [wps.system, timetable.system];

/** Every Setting there is with the registered systems. */
export const installedSettings = settingsCatalogue(
  connectorDefinitions.map(({ system, defaults }) => ({ system, ...defaults })),
  pausableUpstreams,
);

/**
 * Connects every enabled system to what it is configured for: the sandbox or the real one.
 * @throws EnvError naming every missing variable, or when real systems would meet accounts the sandbox made.
 */
export async function connectUpstreams(options: {
  readonly env: Env;
  readonly source: EnvSource;
  readonly settings: LiveSettings;
  readonly db: Sql;
  readonly sandbox: Sandbox | null;
  readonly logger: Logger;
}): Promise<Upstreams> {
  const { env, settings, sandbox, logger } = options;
  const enabled = settings.enabledSystems;
  const problems: string[] = [];
  const sourceOf = (system: string): EnvSource =>
    env.sandbox.includes(system) ? { ...options.source, ...sandbox?.environment } : options.source;
  const connects = new Map<string, Connect>();
  for (const definition of connectorDefinitions) {
    const outcome = parseConnector<unknown>(definition, sourceOf(definition.system));
    if ('connect' in outcome) connects.set(definition.system, outcome.connect);
    else if (enabled.includes(definition.system)) problems.push(...outcome.problems.map(sayWhy(definition)));
  }
  const hrPlayed = env.sandbox.includes(hieds.system);
  const hr = parseOptional(hieds, sourceOf(hieds.system));
  if (hr !== null && 'problems' in hr) problems.push(...hr.problems);
  const calendarSystem = parseOptional(wps, sourceOf(wps.system));
  const timetableSource = parseOptional(timetable, sourceOf(timetable.system));
  for (const optional of [calendarSystem, timetableSource])
    if (optional !== null && 'problems' in optional) problems.push(...optional.problems);
  const playedTimetable = env.sandbox.includes(timetable.system);
  if (playedTimetable && calendarSystem !== null && !env.sandbox.includes(wps.system))
    problems.push(refusePlayedTimetable());
  const real = enabled.filter((system) => !env.sandbox.includes(system));
  if (hrPlayed && real.length > 0) problems.push(refusePlayedPeople(real));
  problems.push(...(await refuseMixture(options.db, env.sandbox)));
  if (problems.length > 0) throw new EnvError(problems);
  await sql`
    update system_state set configured = system = any(${[...connects.keys()]}::text[])
    where configured is distinct from (system = any(${[...connects.keys()]}::text[]))`.execute(options.db);
  const connectors = [...connects].map(([system, connect]) =>
    connect({
      logger: logger.child({ system }),
      timeoutMs: env.upstreamTimeoutMs,
      maxSockets: settings.maxConcurrency(system),
      setting: (key) => settings.raw(key),
    }),
  );
  const hrSource =
    hr !== null && 'connect' in hr
      ? hr.connect({
          logger: logger.child({ system: hieds.system }),
          // Pages are slow to make (environment.md).
          timeoutMs: 2 * env.upstreamTimeoutMs,
          maxSockets: HR_SOCKETS,
        })
      : null;
  const calendars = connectCalendars({ calendarSystem, timetableSource, env, settings, logger });
  const sources = [hrSource, calendars?.wps ?? null, calendars?.timetable ?? null];
  const all = [...connectors, ...sources.filter((source) => source !== null)];
  return {
    all: new Map(all.map((upstream) => [upstream.system, upstream])),
    connections: describeConnections(env.sandbox, sourceOf),
    connectors,
    hrSource,
    hrSandboxed: hrPlayed,
    databases: databaseConnectors,
    emailDomain: env.emailDomain ?? sandbox?.environment['EMAIL_DOMAIN'] ?? null,
    calendars,
    calendarsSandboxed: env.sandbox.includes(wps.system),
    attendanceUrl: env.attendanceUrl,
    async close() {
      for (const upstream of all) await upstream.close();
    },
  };
}

/** Calendars need both: with one of them missing the feature is off, and the log says so. */
function connectCalendars(options: {
  readonly calendarSystem: ReturnType<
    typeof parseOptional<WpsConfig, CalendarSystemDependencies, CalendarSystem>
  >;
  readonly timetableSource: ReturnType<
    typeof parseOptional<{ readonly url: Secret }, unknown, TimetableSource>
  >;
  readonly env: Env;
  readonly settings: LiveSettings;
  readonly logger: Logger;
}): ReachedUpstreams['calendars'] {
  const { calendarSystem, timetableSource, env, settings, logger } = options;
  const connectsWps = calendarSystem !== null && 'connect' in calendarSystem;
  const connectsTimetable = timetableSource !== null && 'connect' in timetableSource;
  if (!connectsWps || !connectsTimetable) {
    if (connectsWps !== connectsTimetable)
      logger.warn(
        { missing: connectsWps ? timetable.variables : wps.variables },
        'calendar sync is off: it needs WPS and the timetable source',
      );
    return null;
  }
  return {
    wps: calendarSystem.connect({
      logger: logger.child({ system: wps.system }),
      timeoutMs: env.upstreamTimeoutMs,
      maxSockets: settings.maxConcurrency(wps.system),
    }),
    timetable: timetableSource.connect(undefined),
  };
}

/** Courses that do not exist must not become calendars of real people. */
function refusePlayedTimetable(): string {
  return 'SANDBOX: the sandbox plays the timetable while WPS is real; expected TIMETABLE_DATABASE_URL of a real source, or SANDBOX without timetable';
}

/** People that do not exist must not get real accounts. */
function refusePlayedPeople(real: readonly string[]): string {
  return `SANDBOX: the sandbox plays HR while ${real.join(', ')} are real; expected HIEDS_* of a real source, or SANDBOX without hieds`;
}

/** Says how to set a system up, for a person who only wants to try it. */
function sayWhy({ system }: { readonly system: string }): (problem: string) => string {
  const why = `, because ${system} is enabled (SANDBOX=${system.toLowerCase()} plays it)`;
  return (problem) => (problem.includes(': not set;') ? problem + why : problem);
}

/**
 * A database that holds accounts of the sandbox must not be pointed at real systems: they do not exist there. Nor the
 * other way round: a start without its variables would record accounts of real people that were never made.
 */
async function refuseMixture(db: Sql, sandboxed: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ system: string; sandboxed: boolean }>`
    select s.system, s.sandboxed from system_state s
    where s.sandboxed <> (s.system = any(${[...sandboxed]}::text[]))
      and exists (select 1 from account a where a.system = s.system and a.state <> 'PLANNED')
    order by s.system`.execute(db);
  if (rows.length > 0) return rows.map((row) => mixtureProblem(row.system, row.sandboxed));
  await sql`
    update system_state set sandboxed = system = any(${[...sandboxed]}::text[])
    where sandboxed is distinct from (system = any(${[...sandboxed]}::text[]))`.execute(db);
  return [];
}

function mixtureProblem(system: string, bySandbox: boolean): string {
  return bySandbox
    ? `SANDBOX: this database holds ${system} accounts that the sandbox made; expected another DATABASE_URL or ` +
        `DATA_DIR for real systems, or SANDBOX to name ${system.toLowerCase()}`
    : `SANDBOX: this database holds accounts of the real ${system}; expected another DATABASE_URL or DATA_DIR for ` +
        'the sandbox, or the variables of the real one';
}
