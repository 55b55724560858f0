/** Long enough for any message of graphql-js; a name that the caller made up may be of any length. */
const MAX_MESSAGE_CHARACTERS = 500;

/**
 * How graphql-js 16 and 17 and graphql-jit quote a rejected value, and the replacement. Everything after the marker
 * is removed, because the value may contain quotes, colons and semicolons.
 */
const QUOTED_VALUES: readonly (readonly [RegExp, string])[] = [
  // Value "13800138000" does not exist in "Priority" enum.
  [/Value [\s\S]* does not exist in "(\w+)" enum[\s\S]*$/, 'The value does not exist in the enum "$1".'],
  // Expected value of type "Int", found: "13800138000".
  [/[,;.]?\s*found: [\s\S]*$/i, '.'],
  // …, but encountered error "… 13800138000 …"; found: …
  [/,? but encountered error "[\s\S]*$/, '.'],
  // Int cannot represent non-integer value: "13800138000"
  [/ (cannot represent[^:"]*): [\s\S]*$/, ' $1.'],
  // Variable "$input" got invalid value "13800138000" at "input.phone"; …
  [/ got invalid value [\s\S]*$/, ' got an invalid value.'],
  // Syntax Error: Unexpected String "13800138000".
  [/(String|BlockString|Int|Float) "[\s\S]*$/, '$1.'],
];

/**
 * Removes rejected values from messages of the GraphQL libraries: values are names and phone numbers, and messages
 * are logged by callers. The place, and what was expected, stay.
 */
export function scrubMessage(message: string): string {
  const scrubbed = QUOTED_VALUES.reduce((text, [quoted, rest]) => text.replace(quoted, rest), message);
  return scrubbed.length > MAX_MESSAGE_CHARACTERS
    ? `${scrubbed.slice(0, MAX_MESSAGE_CHARACTERS)}…`
    : scrubbed;
}
