/** False for a text that no column can hold: Postgres refuses NUL, so such a filter matches nothing. */
export function canBeStored(text: string): boolean {
  return !text.includes('\0');
}

/** The LIKE pattern of "contains this text", with `%`, `_` and `\` standing for themselves. */
export function containsPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
