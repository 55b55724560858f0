/** Choices that the user can make for a file that cannot be read as it is. */
export type FileChoice =
  /** Each way to read its bytes, with names as they would read. */
  | {
      readonly by: 'encoding';
      readonly readings: readonly { readonly encoding: string; readonly sample: readonly string[] }[];
    }
  /** Heads of which one is meant by the field; `delimiter` is what was taken for the one between cells. */
  | {
      readonly by: 'column';
      readonly field: string;
      readonly heads: readonly string[];
      readonly delimiter: string | null;
    }
  | { readonly by: 'sheet'; readonly sheets: readonly string[] };

/** A file as a whole cannot be read, or not without a choice of the user. The message is for the user. */
export class UnreadableFile extends Error {
  readonly choice: FileChoice | null;

  constructor(message: string, options: ErrorOptions & { readonly choice?: FileChoice } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'UnreadableFile';
    this.choice = options.choice ?? null;
  }
}
