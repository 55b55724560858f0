/** A list that the first system wrote with commas: `idaas,welink,email`. */
const COMMA_LISTS: ReadonlySet<string> = new Set(['enabled_account_types']);

const BOOLEANS: Readonly<Record<string, boolean>> = {
  true: true,
  t: true,
  yes: true,
  on: true,
  '1': true,
  false: false,
  f: false,
  no: false,
  off: false,
  '0': false,
};

/** The value of a Setting as the first system wrote it in its text column: `true`, `10`, `["1"]`, `idaas,welink`. */
export function settingText(key: string, value: unknown): string {
  if (COMMA_LISTS.has(key) && Array.isArray(value)) return value.join(',').toLowerCase();
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Reads a text as a value like the present one of the same Setting; undefined when it cannot be read. */
export function settingValue(key: string, text: string, like: unknown): unknown {
  if (COMMA_LISTS.has(key)) return listOf(text);
  switch (typeof like) {
    case 'boolean':
      return BOOLEANS[text.trim().toLowerCase()];
    case 'number':
      return text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
    case 'string':
      return text;
    default:
      return parseJson(text);
  }
}

/** With commas, or as JSON. */
function listOf(text: string): unknown {
  const json = parseJson(text);
  const parts: readonly unknown[] = Array.isArray(json) ? json : text.split(',').map((part) => part.trim());
  return parts.map((part) => (typeof part === 'string' ? part.toUpperCase() : part));
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}
