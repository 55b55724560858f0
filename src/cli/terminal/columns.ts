/** Characters that take two columns: Han and other East Asian scripts, full-width forms, emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Characters that take none: combining marks and what only joins or shapes. */
const ZERO = /[\p{Mn}\p{Me}\p{Cf}]/u;
/** Characters that would move the cursor or colour the screen: the texts come from other people. */
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;

/** Width in terminal columns. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : ZERO.test(character) ? 0 : 1;
  return columns;
}

/** Pads to a width in terminal columns, always with one space at least. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(1, width - columnsOf(text)));
}

/** One line of what others wrote, without what a terminal would obey. */
export function plain(text: string): string {
  return text.replace(CONTROL, ' ');
}

/** Rows in aligned columns, indented by two. */
export function table(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(plain));
  const widths: number[] = [];
  for (const row of cells) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, columnsOf(cell) + 2);
    });
  }
  const line = (row: readonly string[]) => row.map((cell, index) => pad(cell, widths[index] ?? 0)).join('');
  return cells.map((row) => `  ${line(row).trimEnd()}\n`).join('');
}
