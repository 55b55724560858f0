import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import type { Liveness } from '../../../domain/systems/circuit.ts';
import { inTransaction, outsideTransaction } from '../../../entities/transaction.ts';
import { UpstreamError } from '../../../integrations/contract/errors.ts';
import type { UpstreamCall } from '../../../integrations/contract/upstream.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import type { SharedSlots } from '../../systems/shared-slots.ts';
import { type Grant, takePermits } from '../../systems/system-gate.ts';
import { recordHealthSignals } from '../../systems/system-health.ts';
import { CallGate } from './call-gate.ts';

/** The calendar system, as its row in `system_state` and its Settings are called. */
export const CALENDAR_SYSTEM = 'WPS';
/** How long a run waits for a system that does not answer; then it fails and waits for a person. */
const PATIENCE_MS = 30 * 60_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** With fewer, slots wait while the outcomes of a batch are stored, which may take longer than the calls did. */
const WORK_PER_SLOT = 4;
/** Calls that make another one each time. */
const CREATES: ReadonlySet<string> = new Set(['calendar-create', 'event-create']);
/** How soon to look again whether a pause is over. */
const PAUSE_LOOK_MS = 1_000;
/** Interval at which other processes are told of success, unless a failure came before it. */
const TELL_SUCCESS_EVERY_MS = 5_000;

/** Nothing more of the run can be done: no new call is started. */
export class SystemFailure extends Error {
  readonly error: StoredError;

  constructor(error: StoredError, options: { readonly cause: unknown }) {
    super(`${error.code}: the run cannot go on`, options);
    this.error = error;
  }
}

interface AccessOptions {
  readonly em: EntityManager;
  readonly settings: LiveSettings;
  readonly slots: SharedSlots;
  /** Aborts when the process stops, or the run is over. */
  readonly signal: AbortSignal;
  /** Told of every call that was sent. */
  readonly onCall: (operation: string) => void;
  /** Asked while nothing may be sent for a while, and before what must not be sent twice: throws when the run is over. */
  readonly mayGoOn: () => Promise<void>;
}

/**
 * The way of one run to WPS: slots and permits that hold over all processes, the shared circuit, and retries of what
 * may be repeated. Reads and idempotent writes wait out a system that is away; a lost answer of another write, and
 * whatever is wrong with one item alone, is the caller's to see.
 */
export class WpsAccess {
  readonly #options: AccessOptions;
  readonly #gate: CallGate;
  readonly #stopped = new AbortController();
  #failing = false;
  #toldAt = 0;
  #stop: SystemFailure | null = null;

  constructor(options: AccessOptions) {
    this.#options = options;
    this.#gate = new CallGate({
      system: CALENDAR_SYSTEM,
      slots: options.slots,
      limit: () => options.settings.maxConcurrency(CALENDAR_SYSTEM),
      take: (wanted) => this.#take(wanted),
      signal: this.#stopped.signal,
    });
    const abort = () => this.#stopped.abort(options.signal.reason);
    if (options.signal.aborted) abort();
    else options.signal.addEventListener('abort', abort, { once: true });
  }

  /** Number of pieces of work in progress: more than slots, as work that is being recorded holds none. */
  get width(): number {
    return this.#options.settings.maxConcurrency(CALENDAR_SYSTEM) * WORK_PER_SLOT;
  }

  /**
   * Makes a call, and repeats it after a pause while the system is away or throttles. Throws `SystemFailure` once no
   * more calls may be sent, and `UpstreamError` (uncertain, permanent, conflict) for a failure of the item alone.
   */
  async call<T>(operation: string, work: (call: UpstreamCall) => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    for (let attempt = 0; ; attempt += 1) {
      try {
        const result = await this.#once(operation, work);
        await this.#tell('alive', null);
        return result;
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        await this.#judge(error, startedMs);
        const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
        if (error.failure !== 'throttled') await delay(pause, undefined, { signal: this.#stopped.signal });
        await this.#options.mayGoOn();
      }
    }
  }

  /** Gives the slots back. */
  async close(): Promise<void> {
    this.#stopped.abort();
    await this.#options.slots.shrink(CALENDAR_SYSTEM, 0);
  }

  /** Returns for a failure to retry; throws every other. */
  async #judge(error: UpstreamError, startedMs: number): Promise<void> {
    const stored = { code: error.code, parameters: error.parameters };
    switch (error.failure) {
      case 'credentials':
        await this.#tell('credentials', error);
        throw this.#stopWith(stored, error);
      case 'throttled':
        this.#gate.dropSpare();
        await this.#tell('neutral', error);
        break;
      case 'retryable':
        await this.#tell('failing', error);
        break;
      case 'uncertain':
        await this.#tell('failing', error);
        throw error;
      case 'not-visible':
      case 'permanent':
      case 'conflict':
        await this.#tell('alive', null);
        throw error;
    }
    if (performance.now() - startedMs < PATIENCE_MS) return;
    const minutes = Math.round(PATIENCE_MS / 60_000);
    const parameters = { system: CALENDAR_SYSTEM, minutes };
    throw this.#stopWith({ code: 'CALENDAR_SYSTEM_AWAY', parameters }, error);
  }

  #stopWith(error: StoredError, cause: unknown): SystemFailure {
    this.#stop ??= new SystemFailure(error, { cause });
    this.#stopped.abort(this.#stop);
    return this.#stop;
  }

  async #once<T>(operation: string, work: (call: UpstreamCall) => Promise<T>): Promise<T> {
    await this.#gate.enter();
    try {
      // Before the call is put together: its signature carries the time, and a permit may be long in coming.
      await this.#gate.permit();
      // A worker that took over the run looks once, and would not see a create sent after that.
      if (CREATES.has(operation)) await this.#options.mayGoOn();
      let paid = true;
      const acquire = async () => {
        if (!paid) await this.#gate.permit();
        paid = false;
        this.#options.onCall(operation);
      };
      // A call once sent is waited for: its outcome must not be lost because of a failure elsewhere.
      return await work({ signal: new AbortController().signal, acquire });
    } finally {
      this.#gate.leave();
    }
  }

  async #take(wanted: number): Promise<Grant> {
    const { settings } = this.#options;
    const paused = settings.isPaused(CALENDAR_SYSTEM);
    const grant = paused
      ? { granted: 0, trial: false, retryInMs: PAUSE_LOOK_MS }
      : await this.#permits(wanted);
    if (grant.granted === 0) await this.#options.mayGoOn();
    return grant;
  }

  #permits(wanted: number): Promise<Grant> {
    const { em, settings } = this.#options;
    return takePermits(outsideTransaction(em.fork()), {
      system: CALENDAR_SYSTEM,
      wanted,
      ratePerSecond: settings.ratePerSecond(CALENDAR_SYSTEM),
      withinAttempt: false,
      turn: 0,
    });
  }

  async #tell(liveness: Liveness, error: UpstreamError | null): Promise<void> {
    const isNews = this.#failing || liveness !== 'alive';
    if (!isNews && performance.now() - this.#toldAt < TELL_SUCCESS_EVERY_MS) return;
    this.#failing = liveness !== 'alive';
    this.#toldAt = performance.now();
    const throttled = error?.failure === 'throttled' ? { retryAfterMs: error.retryAfterMs } : null;
    const stored = error === null ? null : { code: error.code, parameters: error.parameters };
    const signal = { liveness, throttled, error: stored, unspentTrial: false };
    await inTransaction(this.#options.em, (tx) => recordHealthSignals(tx, CALENDAR_SYSTEM, [signal]));
  }
}
