import { parse } from 'lossless-json';

/** Title of a page that came in place of an answer; null for anything but HTML. */
export function titleOfPage(text: string): string | null {
  if (!/^\s*(?:<!doctype html|<html|<head|<body)/i.test(text.slice(0, 500))) return null;
  const title = /<title[^>]*>([^<]{0,200})/i.exec(text)?.[1]?.trim();
  return title === undefined || title === '' ? 'HTML' : title;
}

/** What a word, a number or an escape looks like that the end of the text cut: the parser stops at its beginning. */
const CUT_TOKEN = /^(?:t(?:r|ru)?|f(?:a|al|als)?|n(?:u|ul)?|-|\\(?:u[0-9a-f]{0,3})?)$/i;

/**
 * True for JSON that is right up to where it ends. An answer without a length ends with its connection, so that nothing
 * else shows that it was cut.
 */
export function isCutJson(text: string): boolean {
  const body = text.trim();
  if (!/^[[{]/.test(body)) return false;
  try {
    parse(body);
    return false;
  } catch (error) {
    // The parser says only in words where it stopped; the tests notice other words.
    const stopped = error instanceof SyntaxError ? /at position (\d+)$/.exec(error.message)?.[1] : undefined;
    return (
      stopped !== undefined && (Number(stopped) >= body.length || CUT_TOKEN.test(body.slice(Number(stopped))))
    );
  }
}
