import { hash } from 'node:crypto';

/** Longer texts hold lists of values: no two are alike. */
const TEXT_MAX = 10_000;
/** Texts seen once that are remembered; then they are forgotten and counted anew. */
const SEEN_MAX = 2_000;
/** Each connection keeps a plan by each name, some 30 kB of Postgres's memory. */
const NAMES_MAX = 400;
/**
 * The best plan of a page depends on its filter: one that suits all values may read a whole table for twenty rows. Pages
 * under parents, given by their keys, are another matter.
 */
const OF_A_PAGE = /\blimit \$/;
const BY_KEY = /\b(?:any|unnest)\(\(select \$/;

/**
 * Names for statements, so that a connection plans each only once: planning costs Postgres more than finding rows by key
 * does. A statement is named by the hash of its text, from the second time it is sent.
 */
export class StatementNames {
  readonly #seen = new Set<string>();
  readonly #names = new Map<string, string>();

  /** Null: send it as it is. */
  nameOf(text: string, values: readonly unknown[]): string | null {
    if (values.length === 0) return null;
    const name = this.#names.get(text);
    if (name !== undefined) return name;
    if (this.#names.size >= NAMES_MAX || text.length > TEXT_MAX) return null;
    if (OF_A_PAGE.test(text) && !BY_KEY.test(text)) return null;
    if (!this.#seen.has(text)) {
      if (this.#seen.size >= SEEN_MAX) this.#seen.clear();
      this.#seen.add(text);
      return null;
    }
    this.#seen.delete(text);
    const given = hash('sha1', text).slice(0, 16);
    this.#names.set(text, given);
    return given;
  }
}
