import { setTimeout as sleep } from 'node:timers/promises';
import { hrKeyOf } from '../../../domain/provisioning/hr/hr-person.ts';
import { PageTally } from '../../../domain/provisioning/hr/page-tally.ts';
import { UpstreamError } from '../../../integrations/contract/errors.ts';
import type { HrPage, HrSource } from '../../../integrations/contract/hr-source.ts';
import type { UpstreamCall } from '../../../integrations/contract/upstream.ts';

/** Seconds before each retry of a page: five, over about a minute (provisioning.md §6). */
export const HR_PAGE_RETRY_DELAYS_SECONDS: readonly number[] = [2, 5, 10, 18, 25];
/** Pages held or under way at once: enough to keep a fast source busy, little enough to hold in memory. */
const PAGES_AHEAD = 4;

/** Thrown when a page could not be read after the last retry. */
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

/** Thrown when the source's counts still contradict each other after the last look: people may be missing. */
export class HrPagesContradict extends Error {
  readonly count: number;
  readonly expected: number | null;

  constructor({ count, expected }: { readonly count: number; readonly expected: number | null }) {
    super(`HR gave ${count} people of ${expected ?? 'an unknown number'}`);
    this.count = count;
    this.expected = expected;
  }
}

/** A page as it is stored. */
export interface DeliveredPage {
  /** From 1, without gaps; people found by a further look come with the last. */
  readonly number: number;
  readonly page: HrPage;
  /** True for the last page. */
  readonly last: boolean;
}

/** Reads pages in order, ahead of their storage, at the pace of the Setting. */
export class HrPageReader {
  readonly #source: HrSource;
  readonly #since: string | null;
  readonly #pagesPerSecond: () => number;
  readonly #retryDelaysSeconds: readonly number[];
  readonly #ending = new AbortController();
  readonly #underWay = new Map<number, Promise<HrPage>>();
  readonly #tally: PageTally;
  #look = 1;
  #delivered: number;
  /** The last page of the first look, and whom further looks found. */
  #held: HrPage[] = [];
  #contradiction: HrPagesContradict | null = null;
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
    /** Rows that were stored before the first page. */
    readonly rows: number;
    readonly pagesPerSecond: () => number;
    readonly retryDelaysSeconds: readonly number[];
  }) {
    this.#source = options.source;
    this.#since = options.since;
    this.#tally = new PageTally({ pageSize: options.source.pageSize, resumedRows: options.rows });
    this.#delivered = options.first - 1;
    this.#next = options.first;
    this.#totalPages = options.totalPages;
    this.#pagesPerSecond = options.pagesPerSecond;
    this.#retryDelaysSeconds = options.retryDelaysSeconds;
  }

  /**
   * Resolves with the next page to store. The source's number of pages is not believed alone (`PageTally`): pages are
   * read until nothing follows, and once more from the start where rows may have moved between pages. The last page
   * waits for that, and brings those who were found.
   *
   * @throws HrPageFailed after the last retry.
   * @throws HrPagesContradict when its counts never agree.
   */
  async next(): Promise<DeliveredPage> {
    if (this.#contradiction !== null) throw this.#contradiction;
    for (;;) {
      const number = this.#next;
      const page = await this.#readNext();
      const { ended, fresh } = this.#tally.add({ ...page, number });
      const isFirstLook = this.#look === 1;
      const added = isFirstLook ? page : onlyOf(page, fresh);
      if (!ended && isFirstLook) return this.#deliver(added, false);
      this.#held.push(added);
      if (!ended) continue;
      const verdict = this.#tally.judge();
      if (verdict.kind === 'look-again') {
        this.#lookAgain();
        continue;
      }
      // Those who were read are stored all the same, before the run fails.
      if (verdict.kind === 'incomplete') this.#contradiction = new HrPagesContradict(verdict);
      return this.#deliver(merged(this.#held.splice(0)), verdict.kind === 'complete');
    }
  }

  #deliver(page: HrPage, last: boolean): DeliveredPage {
    this.#delivered += 1;
    return { number: this.#delivered, page, last };
  }

  #lookAgain(): void {
    this.#look += 1;
    this.#tally.lookAgain();
    this.#underWay.clear();
    this.#next = 1;
  }

  async #readNext(): Promise<HrPage> {
    const number = this.#next;
    this.#next += 1;
    this.#readAhead(number);
    const page = await this.#start(number);
    this.#underWay.delete(number);
    // Updated with every page, because people come and go during the sync.
    this.#totalPages = page.totalPages ?? 0;
    this.#readAhead(number + 1);
    return page;
  }

  /** Ends running reads; `next` must not be called afterwards. */
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
    // A page that is read ahead may fail before `next` waits for it.
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

/** The people of a page that is read again who were not there before. */
function onlyOf(page: HrPage, fresh: ReadonlySet<string>): HrPage {
  const people = page.people.filter((person) => fresh.has(hrKeyOf(person)));
  const numbers = new Set(people.map((person) => person.employeeNumber));
  const problems = page.problems.filter(({ key }) => numbers.has(key));
  return { ...page, people, problems, rowCount: people.length, keys: people.map(hrKeyOf) };
}

function merged(pages: readonly HrPage[]): HrPage {
  return {
    people: pages.flatMap((page) => page.people),
    problems: pages.flatMap((page) => page.problems),
    rowCount: pages.reduce((sum, page) => sum + page.rowCount, 0),
    keys: pages.flatMap((page) => page.keys),
    totalPages: pages.at(-1)?.totalPages ?? null,
    totalCount: pages.at(-1)?.totalCount ?? null,
  };
}
