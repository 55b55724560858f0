import type { PgBoss } from 'pg-boss';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { deliveryChannels } from '../../domain/notifications/delivery-states.ts';
import type { Sql } from '../../entities/tables.ts';
import type { LiveSettings } from '../../jobs/kit/live-settings.ts';
import type { SettledAttempt } from '../../jobs/provisioning/attempts/attempt-events.ts';
import type { AnsweredRestCall } from '../rest/answered-call.ts';
import { type Gauges, readGauges } from './read-gauges.ts';

/** A finished call to an upstream. */
export interface MeasuredCall {
  readonly system: string;
  readonly operation: string;
  /** `answered`, the class of the failure, or `ended` when we aborted it. */
  readonly outcome: string;
  readonly seconds: number;
}

export interface WorkListener {
  readonly onAttempt: (attempt: SettledAttempt) => void;
  readonly onCall: (call: MeasuredCall) => void;
}

export interface MetricsOptions {
  readonly db: () => Sql;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  /** Of the process's own pool. */
  readonly pool: () => { readonly total: number; readonly idle: number; readonly waiting: number };
  /** Subscribes to events of this process's work; returns a function that unsubscribes. */
  readonly observe: (listener: WorkListener) => () => void;
  /** Open subscriptions; 0 where none are served. */
  readonly openStreams: () => number;
}

/** The tables are read at most this often, for all scrapers together. */
const GAUGES_LIVE_MS = 5_000;
const LATENCY_BUCKETS_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const help = {
  accountsync_requests: 'Account requests by status',
  accountsync_tasks: 'Account tasks by system and status',
  accountsync_oldest_ready_task_seconds:
    'How long the oldest task that could run has been waiting; 0 when none',
  accountsync_oldest_uncertain_task_seconds: 'How long the oldest UNCERTAIN task has been so; 0 when none',
  accountsync_circuit_open: '1 while nothing but trials is sent to the system, by reason',
  accountsync_system_throttled: '1 while the system asked us to slow down',
  accountsync_system_paused: '1 while paused_systems names the system',
  accountsync_switch_on: 'Switches of the Settings: 1 on, 0 off',
  accountsync_last_successful_run_timestamp_seconds: 'End of the last successful run of a kind, since 1970',
  accountsync_hr_sync_interval_seconds: 'How often HR is to be synced',
  accountsync_hr_sync_expected_since_timestamp_seconds:
    'Since when HR should be synced, since 1970; absent while HR is not configured',
  accountsync_audit_verified_timestamp_seconds: 'End of the last verification of the audit log, since 1970',
  accountsync_audit_chain_broken: '1 when the last verification found the audit log tampered with',
  accountsync_waiting_deliveries: 'Deliveries that wait, by the error they wait for; empty: none',
  accountsync_overdue_delivery_seconds:
    'How long the oldest delivery that is due has not been tried; 0 when none',
  accountsync_queue_jobs: 'Jobs by queue and state',
  accountsync_queue_oldest_ready_seconds:
    'How long the oldest job that could run has been waiting; 0 when none, or what is held (paused, off)',
  accountsync_notification_deliveries: 'Deliveries that have not arrived, by channel and status',
  accountsync_dead_letter_jobs: 'Poison messages by queue',
  accountsync_database_pool_connections: 'Connections of this process by state; waiting: callers without one',
  accountsync_database_instances:
    'Registered remote databases by engine and state: ok, failing (or waiting for a person), unread, paused',
  accountsync_database_last_success_timestamp_seconds:
    'When a remote database was last read whole, since 1970; absent until it was',
  accountsync_subscriptions: 'Open subscriptions of this process',
} as const;
type GaugeName = keyof typeof help;

const switches = [
  'account_creation_enabled',
  'hr_sync_enabled',
  'task_auto_creation_enabled',
  'request_task_creation_enabled',
  'task_processing_enabled',
] as const;

/** `/metrics` in Prometheus' text format. Names and label values only: nothing of a person, nothing secret. */
export class Metrics {
  readonly #options: MetricsOptions;
  readonly #registry = new Registry();
  readonly #gauges: ReadonlyMap<string, Gauge>;
  readonly #unsubscribe: () => void;
  readonly #restAnswers: Histogram;
  #fresh: { readonly gauges: Promise<Gauges>; readonly until: number } | null = null;

  constructor(options: MetricsOptions) {
    this.#options = options;
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    const labels: Partial<Record<GaugeName, string[]>> = {
      accountsync_requests: ['status'],
      accountsync_tasks: ['system', 'status'],
      accountsync_circuit_open: ['system', 'reason'],
      accountsync_switch_on: ['switch'],
      accountsync_last_successful_run_timestamp_seconds: ['kind'],
      accountsync_hr_sync_interval_seconds: [],
      // Labelled, so that a missing value is absent: a metric without labels would be 0.
      accountsync_hr_sync_expected_since_timestamp_seconds: ['kind'],
      accountsync_audit_verified_timestamp_seconds: ['log'],
      accountsync_audit_chain_broken: [],
      accountsync_waiting_deliveries: ['channel', 'error'],
      accountsync_overdue_delivery_seconds: ['channel'],
      accountsync_queue_jobs: ['queue', 'state'],
      accountsync_queue_oldest_ready_seconds: ['queue'],
      accountsync_dead_letter_jobs: ['queue'],
      accountsync_notification_deliveries: ['channel', 'status'],
      accountsync_database_pool_connections: ['state'],
      accountsync_database_instances: ['engine', 'state'],
      accountsync_database_last_success_timestamp_seconds: ['instance'],
      accountsync_subscriptions: [],
    };
    this.#gauges = new Map(
      Object.entries(help).map(([name, text]) => [
        name,
        new Gauge({ name, help: text, labelNames: labelsOf(labels, name), registers }),
      ]),
    );
    const attempts = new Counter({
      name: 'accountsync_attempts_total',
      help: 'Attempts that ended in this process, by outcome',
      labelNames: ['system', 'outcome'],
      registers,
    });
    const calls = new Histogram({
      name: 'accountsync_upstream_call_duration_seconds',
      help: 'Calls to upstreams from this process, waiting for the rate limit included',
      labelNames: ['system', 'operation', 'outcome'],
      buckets: LATENCY_BUCKETS_SECONDS,
      registers,
    });
    this.#restAnswers = new Histogram({
      name: 'accountsync_rest_request_duration_seconds',
      help: 'Calls of the REST endpoints that this process answered, by operationId and status',
      labelNames: ['operation', 'status'],
      buckets: LATENCY_BUCKETS_SECONDS,
      registers,
    });
    this.#unsubscribe = options.observe({
      onAttempt: ({ system, outcome }) => attempts.inc({ system, outcome }),
      onCall: ({ seconds, ...call }) => calls.observe(call, seconds),
    });
  }

  async read(): Promise<{ contentType: string; text: string }> {
    this.#write(await this.#readGauges());
    return { contentType: this.#registry.contentType, text: await this.#registry.metrics() };
  }

  /** Counts a call of a REST endpoint. */
  observeRestAnswer({ operation, status, seconds }: AnsweredRestCall): void {
    this.#restAnswers.observe({ operation, status: String(status) }, seconds);
  }

  close(): void {
    this.#unsubscribe();
  }

  #readGauges(): Promise<Gauges> {
    if (this.#fresh === null || this.#fresh.until < Date.now()) {
      const gauges = readGauges(this.#options.db(), this.#options.boss);
      this.#fresh = { gauges, until: Date.now() + GAUGES_LIVE_MS };
      gauges.catch(() => {
        this.#fresh = null;
      });
    }
    return this.#fresh.gauges;
  }

  #write(gauges: Gauges): void {
    const { tasks, requests, systems, runs, queues } = gauges;
    const { settings, pool, openStreams } = this.#options;
    for (const gauge of this.#gauges.values()) gauge.reset();
    const paused = new Set(settings.pausedSystems(Date.now()).map((pause) => pause.system));
    for (const { system, circuit, reason, throttled } of systems) {
      this.#set('accountsync_circuit_open', circuit === 'OPEN' ? 1 : 0, { system, reason: reason ?? '' });
      this.#set('accountsync_system_throttled', throttled ? 1 : 0, { system });
      this.#set('accountsync_system_paused', paused.has(system) ? 1 : 0, { system });
      const ofSystem = tasks.filter((task) => task.system === system);
      this.#set(
        'accountsync_oldest_ready_task_seconds',
        Math.max(0, ...ofSystem.map((task) => task.oldest_ready ?? 0)),
        { system },
      );
      const uncertain = ofSystem.find((task) => task.status === 'UNCERTAIN');
      this.#set('accountsync_oldest_uncertain_task_seconds', uncertain?.oldest ?? 0, { system });
    }
    for (const { system, status, count } of tasks) this.#set('accountsync_tasks', count, { system, status });
    for (const { status, count } of requests) this.#set('accountsync_requests', count, { status });
    for (const { kind, finished_at } of runs)
      this.#set('accountsync_last_successful_run_timestamp_seconds', finished_at, { kind });
    for (const key of switches)
      this.#set('accountsync_switch_on', settings.raw(key) === false ? 0 : 1, { switch: key });
    this.#set('accountsync_hr_sync_interval_seconds', settings.get('hr_sync_interval_minutes') * 60);
    for (const queue of queues) {
      const { name, dead, oldest_ready } = queue;
      for (const state of ['ready', 'deferred', 'active'] as const)
        this.#set('accountsync_queue_jobs', queue[state], { queue: name, state });
      this.#set('accountsync_queue_oldest_ready_seconds', oldest_ready ?? 0, { queue: name });
      this.#set('accountsync_dead_letter_jobs', dead, { queue: name });
    }
    this.#writeRare(gauges);
    this.#writeInstances(gauges.instances);
    for (const [state, count] of Object.entries(pool()))
      this.#set('accountsync_database_pool_connections', count, { state });
    this.#set('accountsync_subscriptions', openStreams());
  }

  /** Writes figures that are usually absent. */
  #writeRare({ deliveries, waiting, hr_expected_since: since, audit }: Gauges): void {
    if (since !== null)
      this.#set('accountsync_hr_sync_expected_since_timestamp_seconds', since, { kind: 'HR_SYNC' });
    if (audit !== null) {
      this.#set('accountsync_audit_verified_timestamp_seconds', audit.verified_at, { log: 'audit' });
      this.#set('accountsync_audit_chain_broken', audit.broken ? 1 : 0);
    }
    for (const { channel, error, count } of waiting)
      this.#set('accountsync_waiting_deliveries', count, { channel, error: error ?? '' });
    // Also where there are none, so that the first one shows as an increase.
    for (const channel of deliveryChannels) {
      for (const status of ['PENDING', 'RETRY', 'DEAD_LETTER'] as const) {
        const found = deliveries.find((row) => row.channel === channel && row.status === status);
        this.#set('accountsync_notification_deliveries', found?.count ?? 0, { channel, status });
      }
      const overdue = waiting.filter((row) => row.channel === channel).map((row) => row.overdue ?? 0);
      this.#set('accountsync_overdue_delivery_seconds', Math.max(0, ...overdue), { channel });
    }
  }

  #writeInstances(instances: Gauges['instances']): void {
    const stateOf = ({ paused, failing, last_success_at: at }: Gauges['instances'][number]) =>
      paused ? 'paused' : failing ? 'failing' : at === null ? 'unread' : 'ok';
    for (const [engine, of] of Map.groupBy(instances, (one) => one.engine))
      for (const state of ['ok', 'failing', 'unread', 'paused']) {
        const count = of.filter((one) => stateOf(one) === state).length;
        this.#set('accountsync_database_instances', count, { engine, state });
      }
    for (const { name, last_success_at: at } of instances)
      if (at !== null)
        this.#set('accountsync_database_last_success_timestamp_seconds', at, { instance: name });
  }

  #set(name: GaugeName, value: number, labels: Readonly<Record<string, string>> = {}): void {
    this.#gauges.get(name)?.set({ ...labels }, value);
  }
}

function labelsOf(labels: Readonly<Record<string, readonly string[]>>, name: string): string[] {
  return [...(labels[name] ?? ['system'])];
}
