const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Width in terminal columns, where a Han character takes two. */
export function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);
}

/** Pads to a width in terminal columns, always with one space at least. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(1, width - columnsOf(text)));
}

/** Rows in aligned columns, indented by two. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, columnsOf(cell) + 2);
    });
  }
  const line = (row: readonly string[]) => row.map((cell, index) => pad(cell, widths[index] ?? 0)).join('');
  return rows.map((row) => `  ${line(row).trimEnd()}\n`).join('');
}
