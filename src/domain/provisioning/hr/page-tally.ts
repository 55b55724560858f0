/** Position and content of one page of a source. */
export interface PageFacts {
  /** From 1. */
  readonly number: number;
  /** Rows, usable or not. */
  readonly rowCount: number;
  /** As the source counts; null when it does not say, or says what cannot be read. */
  readonly totalPages: number | null;
  readonly totalCount: number | null;
  /** Keys of the rows; rows without a key are left out. */
  readonly keys: readonly string[];
}

/** Verdict on the pages of one look at a source. */
export type PagesVerdict =
  | { readonly kind: 'complete' }
  /** Rows may have moved between pages while they were read: with several pages no count shows that none did. */
  | { readonly kind: 'look-again' }
  /** The counts contradict each other on every look. */
  | { readonly kind: 'incomplete'; readonly count: number; readonly expected: number | null };

/** More looks than this find a source that cannot be read in order. */
const LOOKS_MAX = 4;
/** Sources that cap the size of a page cap it at a round number. */
const ROUND = 10;

/**
 * Decides when the pages of a source are at an end, and whether they hold all people. No count is believed alone:
 * pages, people, page sizes and the rows themselves are compared, and while they disagree reading goes on.
 */
export class PageTally {
  readonly #pageSize: number;
  readonly #isResumed: boolean;
  readonly #seen = new Set<string>();
  #look = 1;
  /** Nothing of the first look was doubtful. */
  #wasClear = false;
  #inLook = new Set<string>();
  #previous: ReadonlySet<string> = new Set();
  #sizes: number[] = [];
  #rows: number;
  #found = 0;
  #repeats = 0;
  #shrank = false;
  #shownAgain = false;
  #stuck = false;
  #totalPages: number | null = null;
  #totalCount: number | null = null;

  /** `resumedRows`: rows that an earlier worker stored of this look; their keys are not known. */
  constructor(options: { readonly pageSize: number; readonly resumedRows: number }) {
    this.#pageSize = options.pageSize;
    this.#rows = options.resumedRows;
    this.#isResumed = options.resumedRows > 0;
  }

  /** Takes the next page. */
  add(page: PageFacts): { readonly ended: boolean; readonly fresh: ReadonlySet<string> } {
    this.#shrank ||= isLess(page.totalPages, this.#totalPages) || isLess(page.totalCount, this.#totalCount);
    this.#totalPages = page.totalPages;
    this.#totalCount = page.totalCount;
    const keys = new Set(page.keys);
    const morePromised = page.totalPages !== null && page.number < page.totalPages;
    if (keys.size > 0 && isSame(keys, this.#previous)) {
      // Behind the end some sources show the last page once more; others always show the same one.
      this.#shownAgain = true;
      this.#stuck ||= morePromised;
      return { ended: !morePromised, fresh: new Set() };
    }
    const fresh = new Set([...keys].filter((key) => !this.#seen.has(key)));
    this.#repeats += page.keys.length - [...keys].filter((key) => !this.#inLook.has(key)).length;
    for (const key of keys) {
      this.#seen.add(key);
      this.#inLook.add(key);
    }
    this.#previous = keys;
    this.#sizes.push(page.rowCount);
    this.#rows += page.rowCount;
    this.#found += fresh.size;
    return { ended: page.rowCount === 0 || (!morePromised && this.#isLast(page)), fresh };
  }

  /** After the last page of a look. */
  judge(): PagesVerdict {
    const count = Math.max(this.#rows - this.#repeats, this.#look > 1 ? this.#seen.size : 0);
    const expected = this.#totalCount;
    if (this.#look === 1) return this.#judgeFirst(count, expected);
    if (this.#found > 0 && this.#look < LOOKS_MAX) return { kind: 'look-again' };
    const isShort =
      expected === null ? this.#stuck || this.#isShortInside() : Math.max(count, this.#rows) < expected;
    // Of a source whose counts agree, those found by the last look are new: the next sync asks for changes since this one.
    const isUnsettled = this.#found > 0 && !this.#wasClear;
    return isShort || isUnsettled ? { kind: 'incomplete', count, expected } : { kind: 'complete' };
  }

  /** Begins a further look from the first page. */
  lookAgain(): void {
    this.#look += 1;
    this.#inLook = new Set();
    this.#previous = new Set();
    this.#sizes = [];
    this.#rows = 0;
    this.#found = 0;
    this.#repeats = 0;
    this.#shrank = false;
    this.#shownAgain = false;
    this.#stuck = false;
    this.#totalPages = null;
    this.#totalCount = null;
  }

  #judgeFirst(count: number, expected: number | null): PagesVerdict {
    const confirmed = expected !== null && count >= expected;
    const odd = this.#shownAgain || this.#repeats > 0 || this.#isShortInside() || expected !== null;
    const doubtful = this.#shrank || this.#stuck || (!confirmed && odd);
    this.#wasClear = !doubtful;
    // One row removed and another added leave every count as it was, and a row between them on no page.
    const hasBoundary = this.#sizes.filter((size) => size > 0).length > 1 && !this.#isResumed;
    return { kind: doubtful || hasBoundary ? 'look-again' : 'complete' };
  }

  /** Whether nothing follows a page behind which the source promises none. */
  #isLast({ number, rowCount, totalPages, totalCount }: PageFacts): boolean {
    const rows = this.#rows - this.#repeats;
    if (totalCount !== null && rows < totalCount) return false;
    // A promise of fewer pages than there are is none, and a count of fewer people than were read says nothing.
    const promised = totalPages !== null && totalPages >= number;
    const isFull = rowCount >= this.#pageSize;
    // Of a page alone, a count of everybody cannot be told from a count of the page.
    const mayCountPage = isFull || (number === 1 && rowCount % ROUND === 0);
    if (rows === totalCount && (promised || (totalPages === null && !mayCountPage))) return true;
    if (!promised || isFull) return false;
    const largest = Math.max(...this.#sizes);
    if (number === 1) return rowCount % ROUND !== 0;
    return this.#sizes.length === 1 ? rowCount % ROUND !== 0 : rowCount < largest;
  }

  /** A page with fewer rows than others that is not the last one. */
  #isShortInside(): boolean {
    const filled = this.#sizes.filter((size) => size > 0);
    const largest = Math.max(0, ...filled);
    return filled.slice(0, -1).some((size) => size < largest);
  }
}

function isLess(now: number | null, before: number | null): boolean {
  return now !== null && before !== null && now < before;
}

function isSame(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return some.size === others.size && [...some].every((key) => others.has(key));
}
