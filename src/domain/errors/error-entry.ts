/**
 * Who can solve a problem: the calling portal, our operator, the owner of the other system, or no person (it passes).
 */
export const fixBys = ['CALLER', 'OPERATOR', 'UPSTREAM_OWNER', 'NOBODY'] as const;

export type FixBy = (typeof fixBys)[number];

/** Languages every text exists in. */
export type Locale = 'ZH_CN' | 'EN';

/** Values a stored error carries; texts name them as `{key}`. */
export type ErrorParameters = Readonly<Record<string, string | number | readonly string[] | null>>;

/** An error as it is stored: never a rendered text, so that each reader gets it in their own language. */
export interface StoredError {
  readonly code: string;
  readonly parameters: ErrorParameters;
}

/** One entry of an error catalogue: what a code means, in both languages, and what can be done. */
export interface ErrorEntry {
  /** Text in Chinese; `{name}` is replaced by a parameter. Says who, what, why and what to do. */
  readonly zh: string;
  /** The same in English. */
  readonly en: string;
  readonly fixBy: FixBy;
  /** True when the same attempt may succeed later without a change. */
  readonly retryable: boolean;
}
