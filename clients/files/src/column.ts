/** A column that a file may have. */
export interface Column {
  /** Field of the API; the head of the column may be this name, in any case, with spaces or underscores. */
  readonly field: string;
  /** Other heads it goes by. */
  readonly aliases: readonly string[];
  /** Heads that may mean it where no better one is there: `部门` for its code. */
  readonly looseAliases?: readonly string[];
  readonly required: boolean;
  /** An identifier, which a spreadsheet must not have taken for a number. */
  readonly isCode: boolean;
  /** An identifier that names one person, of which no digit may be lost. */
  readonly isDistinct?: boolean;
  /** Such an identifier may look like a date. */
  readonly isDated?: boolean;
}

/** A problem with a line. */
export interface LineProblem {
  readonly line: number;
  readonly message: string;
}
