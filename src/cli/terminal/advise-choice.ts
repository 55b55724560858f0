import type { FileChoice } from '../../../clients/files/src/unreadable-file.ts';
import type { Say } from '../arguments/locale.ts';

/** The flag by which the user says what a file could not say by itself. */
export function adviseChoice(choice: FileChoice, say: Say): string {
  switch (choice.by) {
    case 'encoding':
      return choice.readings
        .map(({ encoding, sample }) => `\n  --encoding ${encoding}  ${sample.join('  ')}`)
        .join('');
    case 'sheet':
      return choice.sheets.map((sheet) => `\n  --sheet ${sheet}`).join('');
    case 'column': {
      const example = `--column ${choice.field}=${choice.heads[0] ?? say('列名', 'HEAD')}`;
      const delimiter =
        choice.delimiter === null
          ? ''
          : say('；分隔符用 --delimiter 指定', '; --delimiter takes another delimiter');
      return say(
        `可用 --column 指定，如 ${example}${delimiter}。`,
        ` Name one with --column, such as ${example}${delimiter}.`,
      );
    }
  }
}
