import type { EntityManager } from '@mikro-orm/postgresql';
import type { RawBuilder } from 'kysely';
import type { ClientConfig } from 'pg';
import type { PgBoss } from 'pg-boss';
import type { CalendarSystem } from '../../integrations/contract/calendar-system.ts';
import type { Connector } from '../../integrations/contract/connector.ts';
import type { DatabaseConnectors } from '../../integrations/contract/database-connector.ts';
import type { HrSource } from '../../integrations/contract/hr-source.ts';
import type { TimetableSource } from '../../integrations/contract/timetable-source.ts';
import type { Logger } from '../../logger.ts';
import type { ChangeFeed } from '../kit/change-feed.ts';
import type { JobImplementation } from '../kit/handler-lane.ts';
import type { JobQueue } from '../kit/job.ts';
import type { Lane } from '../kit/lane.ts';
import type { LiveSettings } from '../kit/live-settings.ts';
import type { RetentionRule } from '../maintenance/retention-rule.ts';
import type { RunKinds } from '../runs/run-kind.ts';
import type { ScheduleDefinition, UpkeepDefinition } from '../schedules/schedule.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';

/** The upstreams that a worker reaches, by what they are for. */
export interface ReachedUpstreams {
  readonly connectors: readonly Connector[];
  /** Null: HR sync is not configured. */
  readonly hrSource: HrSource | null;
  readonly hrSandboxed: boolean;
  /** By the engine of the server; which servers there are is registered at run time. */
  readonly databases: DatabaseConnectors;
  /** Domain of addresses whose person type has none. */
  readonly emailDomain: string | null;
  /** Both null, or both there: calendar sync needs the timetable and the place of the calendars. */
  readonly calendars: { readonly wps: CalendarSystem; readonly timetable: TimetableSource } | null;
  readonly calendarsSandboxed: boolean;
  /** Where the attendance application is; null: calendars carry no link to it. */
  readonly attendanceUrl: string | null;
}

/** Dependencies of a worker's jobs. */
export interface WorkerContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly feed: ChangeFeed;
  readonly settings: LiveSettings;
  readonly secrets: SecretKeys;
  readonly logger: Logger;
  readonly upstreams: ReachedUpstreams;
  /** Codes of the registered systems. */
  readonly systems: readonly string[];
  /** URL of Postgres without a pooler, for session locks. */
  readonly directConnection: ClientConfig;
  readonly displayTimeZone: string;
  /** Aborts when the process stops: long work stops at its checkpoint. */
  readonly stopping: AbortSignal;
  /** Seconds before each retry of a page of HR; default about a minute in all. */
  readonly hrRetryDelaysSeconds?: readonly number[];
}

/** The part of an area that runs in a worker. */
export interface AreaWork {
  /** Short jobs of our own database. */
  readonly jobs?: readonly JobImplementation[];
  /** Jobs of runs, which take minutes. */
  readonly runs?: readonly JobImplementation[];
  /** Lanes of its own, for jobs that call upstreams. */
  readonly lanes?: readonly Lane[];
  /** Runs before the first job is taken: stores which upstreams this worker reaches, for every replica. */
  starting?(): Promise<void>;
  /** Runs once jobs can be taken: catches up on what happened while no worker listened. */
  started?(): Promise<void>;
  /** Follows a change of these Settings. */
  settingsChanged?(keys: readonly string[]): Promise<void>;
  /** After the last job. */
  close?(): Promise<void>;
}

/** A person whose data are exported or erased: primary key, and the values that other rows name them by. */
export interface PersonSubject {
  readonly id: string;
  readonly number: string;
  /** Replaces the erased employee number: it has a colon, which no employee number may have. */
  readonly alias: string;
}

/** Where an area stores personal data. */
export interface PersonalData {
  /** Rows of the person, each one object, by the name they have in an export. */
  readonly exported: Readonly<Record<string, (subject: PersonSubject) => RawBuilder<unknown>>>;
  /**
   * Statements that erase the person's values, with the table of each; rows that are found by values come before
   * these are erased. Each is an UPDATE, INSERT or DELETE without RETURNING.
   */
  readonly erased: readonly (readonly [
    table: string,
    statement: (subject: PersonSubject) => RawBuilder<unknown>,
  ])[];
}

/** The additions of one area to the shared ground. `src/jobs/index.ts` joins the areas; nothing else names them. */
export interface JobArea {
  /** Its queues, which are created before anything is sent. */
  queues(systems: readonly string[]): readonly JobQueue[];
  readonly runKinds: RunKinds;
  readonly schedules: readonly ScheduleDefinition[];
  readonly upkeep: readonly UpkeepDefinition[];
  /** Tables whose rows are deleted when their retention has ended. */
  readonly retention: readonly RetentionRule[];
  readonly personalData: PersonalData;
  work(context: WorkerContext): AreaWork | Promise<AreaWork>;
}

/** Joins areas into one. Rows of area 1 are erased last, because the other areas find theirs by its values. */
export function joinAreas(areas: readonly JobArea[]): JoinedAreas {
  return {
    queues: (systems) => areas.flatMap((area) => area.queues(systems)),
    runKinds: Object.assign({}, ...areas.map(({ runKinds }) => runKinds)),
    schedules: areas.flatMap(({ schedules }) => schedules),
    upkeep: areas.flatMap(({ upkeep }) => upkeep),
    retention: areas.flatMap(({ retention }) => retention),
    personalData: {
      exported: Object.assign({}, ...areas.map(({ personalData }) => personalData.exported)),
      erased: areas.toReversed().flatMap(({ personalData }) => personalData.erased),
    },
    work: (context) => Promise.all(areas.map((area) => area.work(context))),
  };
}

/** As `JobArea`, of all areas; their work stays apart. */
export interface JoinedAreas extends Omit<JobArea, 'work'> {
  work(context: WorkerContext): Promise<readonly AreaWork[]>;
}
