/**
 * A LIKE pattern as a test: `%` any text, `_` one character, `\` before a character takes it as it is. Written by hand,
 * since no database is asked.
 */
export function likePattern(
  pattern: string,
  options: { readonly ignoreCase?: boolean } = {},
): (text: string) => boolean {
  let source = '';
  const characters = [...pattern];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    if (character === '%') source += '.*';
    else if (character === '_') source += '.';
    else if (character === '\\' && index + 1 < characters.length) {
      index += 1;
      source += literal(characters[index] ?? '');
    } else source += literal(character);
  }
  const expression = new RegExp(`^${source}$`, options.ignoreCase === true ? 'isu' : 'su');
  return (text) => expression.test(text);
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/u, '\\$&');
}
