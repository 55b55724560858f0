/** How a state looks: never by its colour alone. */
export type Tone = 'success' | 'processing' | 'warning' | 'error' | 'default';
type Word = readonly [chinese: string, english: string, tone?: Tone];

/** Names of the values of a closed set. */
export type Words = Readonly<Record<string, Word>>;
