/** Gives the text in the reader's language. */
export type Say = (chinese: string, english: string) => string;
