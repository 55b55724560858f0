import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { PgBoss } from 'pg-boss';
import { isDatabaseAway } from '../../../domain/errors/database-away.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { type Logger, withLogScope } from '../../../logger.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import { type HealthSignal, recordHealthSignals } from '../../systems/system-health.ts';
import { lockRunsOf, noteFailedMoves, settleChanges } from '../account-changes/settle-changes.ts';
import { type SettledAttempt, settledAttempts } from '../attempts/attempt-events.ts';
import { settleAttempts } from '../attempts/settle-attempts.ts';
import { settleProbes } from '../attempts/settle-probes.ts';
import { retryPolicyOf } from '../calls/settle-policy.ts';
import { lockAffected, tryLockAffected } from '../tasks/derive-states.ts';
import { type Finished, isBadData, isEventless, signalOf, subjectOf, withoutAnswer } from './finished.ts';

/** Outcomes per transaction. More would make the transaction long; fewer would make it the bottleneck. */
const BATCH = 100;
/** Outcomes that arrive within this time share a transaction. */
const GATHER_MS = 2;
/** Used while another transaction, usually our own waiting line, holds the rows of the last batch. */
const GATHER_WHEN_LOCKED_MS = 40;
/** Lines that run in parallel, one origin each. */
const FREE_LINES = 4;
/** A healthy system is recorded as alive at most this often. */
const HEALTH_EVERY_MS = 1_000;
const TRIES = 5;
const FIRST_PAUSE_MS = 200;
/** Log scope of a batch, which holds outcomes of several queues. */
const SCOPE = { job: 'provisioning.run-task' };

/** Outcomes that are recorded in micro-batches, one transaction at a time. */
interface Line {
  readonly queue: Finished[];
  /** The origin that uses the line while it is busy. */
  origin: string;
  flushing: boolean;
  /** Whether its transactions wait for people and requests that another one has locked. */
  readonly waits: boolean;
}

/**
 * Records outcomes in micro-batches. Each origin has a line of its own, so that one with ten thousand outcomes delays
 * no other. An outcome whose rows are locked, for instance because its request is being planned, waits for them in a
 * separate line.
 */
export class OutcomeRecorder {
  readonly #em: EntityManager;
  readonly #boss: PgBoss;
  readonly #settings: LiveSettings;
  readonly #logger: Logger;
  readonly #healthyUntil = new Map<string, number>();
  readonly #openCircuits = new Set<string>();
  readonly #pausedUntil = new Map<string, number>();
  readonly #free: readonly Line[] = Array.from({ length: FREE_LINES }, () => lineThat({ waits: false }));
  /** Runs a batch outside of the scope of the job that brought its first outcome. */
  readonly #outside = AsyncLocalStorage.snapshot();
  readonly #locked = lineThat({ waits: true });

  constructor(options: {
    readonly em: EntityManager;
    readonly boss: PgBoss;
    readonly settings: LiveSettings;
    readonly logger: Logger;
  }) {
    this.#em = options.em;
    this.#boss = options.boss;
    this.#settings = options.settings;
    this.#logger = options.logger;
  }

  push(finished: Finished): void {
    const { system, origin } = subjectOf(finished);
    if (signalOf(finished).throttled !== null) this.#pausedUntil.set(system, Date.now() + HEALTH_EVERY_MS);
    this.#add(this.#lineFor(origin), [finished]);
  }

  /** The line that this origin uses, else an idle one, else the shortest. */
  #lineFor(origin: string): Line {
    const own = this.#free.find((line) => line.flushing && line.origin === origin);
    if (own !== undefined) return own;
    const idle = this.#free.find(({ flushing }) => !flushing);
    if (idle === undefined) return this.#free.reduce((a, b) => (b.queue.length < a.queue.length ? b : a));
    idle.origin = origin;
    return idle;
  }

  /**
   * True when the circuit is open or the system has just asked for a pause, as far as this process knows: jobs that
   * have sent nothing yet wait.
   */
  holdsBack(system: string): boolean {
    return this.#openCircuits.has(system) || (this.#pausedUntil.get(system) ?? 0) > Date.now();
  }

  /** Records signals of calls that are no attempt, probe or change, such as look-ups. */
  noteSignals(system: string, signals: readonly HealthSignal[]): Promise<void> {
    return this.#recordHealth(system, signals);
  }

  #add(line: Line, finished: readonly Finished[]): void {
    line.queue.push(...finished);
    if (line.flushing || line.queue.length === 0) return;
    void this.#outside(() => withLogScope(SCOPE, () => this.#flush(line)));
  }

  async #flush(line: Line): Promise<void> {
    line.flushing = true;
    await delay(GATHER_MS);
    while (line.queue.length > 0) {
      const batch = line.queue.splice(0, BATCH);
      const locked = await this.#settle(line, batch);
      if (locked === batch.length) await delay(GATHER_WHEN_LOCKED_MS);
    }
    line.flushing = false;
  }

  /**
   * Stores a batch; when that fails, stores its outcomes one by one, so that one bad row stops no other. Returns how
   * many were passed to the waiting line.
   */
  async #settle(line: Line, batch: readonly Finished[]): Promise<number> {
    let locked: readonly Finished[] = [];
    try {
      locked = await this.#withRetries(() => this.#store(line, batch));
    } catch (error) {
      if (batch.length > 1) {
        let handedOn = 0;
        for (const finished of batch) handedOn += await this.#settle(line, [finished]);
        return handedOn;
      }
      const [finished] = batch;
      const storable = finished === undefined || !isBadData(error) ? null : withoutAnswer(finished);
      if (storable !== null) {
        this.#logger.error({ error, job: subjectOf(storable).job.id }, 'an outcome does not fit our tables');
        return this.#settle(line, [storable]);
      }
      // The job is retried when the lease expires, and the next attempt looks before it acts.
      this.#logger.error(
        { error, jobs: batch.map((one) => subjectOf(one).job.id) },
        'an outcome could not be recorded',
      );
    }
    this.#add(this.#locked, locked);
    const waiting = new Set(locked);
    for (const finished of batch)
      if (!waiting.has(finished)) finished.control.settled(subjectOf(finished).job);
    return locked.length;
  }

  async #withRetries<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (attempt >= TRIES || !isDatabaseAway(error)) throw error;
        await delay(FIRST_PAUSE_MS * 2 ** attempt);
      }
    }
  }

  /** Returns the outcomes whose person or request another transaction holds. */
  async #store(line: Line, batch: readonly Finished[]): Promise<readonly Finished[]> {
    const signals = line.waits
      ? []
      : [...Map.groupBy(batch, (one) => subjectOf(one).system)].map(([system, ofSystem]) => ({
          system,
          signals: ofSystem.map(signalOf),
        }));
    // A signal of trouble is recorded first, because an open circuit changes how these outcomes are settled; that a
    // healthy system is alive is recorded after them.
    const isQuiet = (one: { readonly system: string; readonly signals: readonly HealthSignal[] }) =>
      one.signals.every(isEventless) && !this.#openCircuits.has(one.system);
    const later = signals.filter(isQuiet);
    for (const one of signals) if (!isQuiet(one)) await this.#recordHealth(one.system, one.signals);
    const policy = {
      maxAttempts: 1 + this.#settings.get('account_creation_max_retries'),
      retry: retryPolicyOf(this.#settings),
      random: Math.random,
      openCircuits: this.#openCircuits,
    };
    const people = batch.flatMap((one) => subjectOf(one).person ?? []);
    const { settled, moved, locked } = await inTransaction(this.#em, async (tx) => {
      await lockRunsOf(
        tx,
        batch.flatMap((one) => (one.kind === 'change' ? [one.change] : [])),
      );
      let free: ReadonlySet<string> = new Set(people);
      if (line.waits) await lockAffected(tx, people);
      else free = await tryLockAffected(tx, people);
      const isFree = (one: Finished) => {
        const { person } = subjectOf(one);
        return person === null || free.has(person);
      };
      const ours = batch.filter(isFree);
      const attempts = ours.flatMap((one) => (one.kind === 'attempt' ? [one.attempt] : []));
      const probes = ours.flatMap((one) => (one.kind === 'probe' ? [one.probe] : []));
      const changes = ours.flatMap((one) => (one.kind === 'change' ? [one.change] : []));
      const context = { tx, boss: this.#boss };
      const settled: readonly SettledAttempt[] =
        attempts.length > 0 ? await settleAttempts(context, attempts, policy) : [];
      if (probes.length > 0) await settleProbes(context, probes);
      const moved = changes.length > 0 ? await settleChanges(context, changes, policy) : [];
      return { settled, moved, locked: batch.filter((one) => !isFree(one)) };
    });
    if (moved.length > 0) await inTransaction(this.#em, (tx) => noteFailedMoves(tx, moved));
    settledAttempts.publish(settled);
    for (const one of later) await this.#recordHealth(one.system, one.signals);
    return locked;
  }

  async #recordHealth(system: string, signals: readonly HealthSignal[]): Promise<void> {
    const eventless = signals.every(isEventless);
    const healthy = (this.#healthyUntil.get(system) ?? 0) > Date.now();
    if (eventless && healthy) return;
    const { circuitOpen, event } = await inTransaction(this.#em, (tx) =>
      recordHealthSignals(tx, system, signals),
    );
    if (circuitOpen) this.#openCircuits.add(system);
    else this.#openCircuits.delete(system);
    // Only a success starts the interval; a neutral outcome must not suppress the next success.
    const lived = signals.some((signal) => signal.liveness === 'alive');
    if (!eventless || circuitOpen) this.#healthyUntil.set(system, 0);
    else if (lived) this.#healthyUntil.set(system, Date.now() + HEALTH_EVERY_MS);
    if (event === 'opened') {
      const reason = signals.findLast((signal) => signal.error !== null)?.error?.code;
      this.#logger.warn(
        { system, reason },
        'circuit opened: nothing is sent to this system but single trials',
      );
    }
    if (event === 'closed') this.#logger.info({ system }, 'circuit closed: the system answers again');
  }
}

function lineThat({ waits }: { readonly waits: boolean }): Line {
  return { queue: [], origin: '', flushing: false, waits };
}
