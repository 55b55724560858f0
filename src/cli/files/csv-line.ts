/** The mark that spreadsheets tell UTF-8 by. */
export const UTF8_MARK = '\uFEFF';

/** One row as RFC 4180 has it; what a spreadsheet would take for a formula is a text. */
export function csvLine(row: readonly string[]): string {
  const cells = row.map((text) => `"${text.replace(/^[=+\-@]/, "'$&").replaceAll('"', '""')}"`);
  return `${cells.join(',')}\r\n`;
}
