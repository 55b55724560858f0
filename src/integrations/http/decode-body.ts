/** Charsets that servers name or mean, as `TextDecoder` knows them. */
const CHARSET = /charset\s*=\s*"?([\w.:-]+)/i;

/**
 * Decodes the text of an answer: by the charset it names, else as UTF-8, else as GB18030, which older systems here
 * use without saying so. A text in none of them is shown as UTF-8 with replacement characters.
 */
export function decodeBody(bytes: Uint8Array, contentType: string | null): string {
  const named = CHARSET.exec(contentType ?? '')?.[1]?.toLowerCase();
  const encodings = [named, 'utf-8', 'gb18030'].filter((encoding) => encoding !== undefined);
  for (const encoding of encodings) {
    const text = decodeAs(encoding, bytes);
    if (text !== null) return text;
  }
  return new TextDecoder().decode(bytes);
}

function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
