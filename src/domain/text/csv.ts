/** Spreadsheets read cells that begin so as formulas (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

/** One line of CSV (RFC 4180): quoted where it has to be, safe against formulas. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
