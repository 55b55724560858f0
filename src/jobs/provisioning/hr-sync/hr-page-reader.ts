import { setTimeout as sleep } from 'node:timers/promises';
import type { UpstreamCall } from '../../../integrations/contract/connector.ts';
import { UpstreamError } from '../../../integrations/contract/errors.ts';
import type { HrPage, HrSource } from '../../../integrations/contract/hr-source.ts';

/** Seconds before each retry of a page: five, over about a minute (provisioning.md §6). */
export const HR_PAGE_RETRY_DELAYS_SECONDS: readonly number[] = [2, 5, 10, 18, 25];
/** Pages held or under way at once: enough to keep a fast source busy, little enough to hold in memory. */
const PAGES_AHEAD = 4;

/** A page could not be read however often it was tried. */
export class HrPageFailed extends Error {
  readonly page: number;
  readonly attempts: number;
  override readonly cause: UpstreamError;

  constructor(page: number, attempts: number, cause: UpstreamError) {
    super(`page ${page} of HR failed ${attempts} times`, { cause });
    this.page = page;
    this.attempts = attempts;
    this.cause = cause;
  }
}

/** Reads pages in order and ahead of whoever stores them, at the pace of the Setting. */
export class HrPageReader {
  readonly #source: HrSource;
  readonly #since: string | null;
  readonly #pagesPerSecond: () => number;
  readonly #retryDelaysSeconds: readonly number[];
  readonly #ending = new AbortController();
  readonly #underWay = new Map<number, Promise<HrPage>>();
  #next: number;
  #totalPages: number;
  #nextCallAtMs = 0;

  constructor(options: {
    readonly source: HrSource;
    readonly since: string | null;
    /** Page to begin with. */
    readonly first: number;
    /** As far as known from an earlier attempt; 0: unknown. */
    readonly totalPages: number;
    readonly pagesPerSecond: () => number;
    readonly retryDelaysSeconds: readonly number[];
  }) {
    this.#source = options.source;
    this.#since = options.since;
    this.#next = options.first;
    this.#totalPages = options.totalPages;
    this.#pagesPerSecond = options.pagesPerSecond;
    this.#retryDelaysSeconds = options.retryDelaysSeconds;
  }

  /**
   * The next page, and its number.
   * @throws HrPageFailed after the last retry.
   */
  async next(): Promise<{ readonly number: number; readonly page: HrPage }> {
    const number = this.#next;
    this.#next += 1;
    this.#readAhead(number);
    const page = await this.#start(number);
    this.#underWay.delete(number);
    // Counted anew with every page: people come and go while we read.
    this.#totalPages = page.totalPages;
    this.#readAhead(number + 1);
    return { number, page };
  }

  /** Ends what is under way; `next` must not be called any more. */
  close(): void {
    this.#ending.abort();
  }

  #readAhead(from: number): void {
    const last = Math.min(this.#totalPages, from + PAGES_AHEAD - 1);
    for (let number = from; number <= last; number += 1) void this.#start(number);
  }

  #start(number: number): Promise<HrPage> {
    const started = this.#underWay.get(number) ?? this.#read(number);
    this.#underWay.set(number, started);
    // A page read ahead may fail before anybody waits for it.
    started.catch(() => {});
    return started;
  }

  async #read(number: number): Promise<HrPage> {
    const { signal } = this.#ending;
    const call: UpstreamCall = { signal, acquire: () => this.#pace() };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#source.readPage({ page: number, since: this.#since }, call);
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        const delaySeconds = this.#retryDelaysSeconds[attempt - 1];
        if (delaySeconds === undefined) throw new HrPageFailed(number, attempt, error);
        await sleep(Math.max(delaySeconds * 1_000, error.retryAfterMs ?? 0), undefined, { signal });
      }
    }
  }

  async #pace(): Promise<void> {
    const nowMs = performance.now();
    const atMs = Math.max(nowMs, this.#nextCallAtMs);
    this.#nextCallAtMs = atMs + 1_000 / this.#pagesPerSecond();
    if (atMs > nowMs) await sleep(atMs - nowMs, undefined, { signal: this.#ending.signal });
  }
}
