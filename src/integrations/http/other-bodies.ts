/** Title of a page that came in place of an answer; null for anything but HTML. */
export function titleOfPage(text: string): string | null {
  if (!/^\s*(?:<!doctype html|<html|<head|<body)/i.test(text.slice(0, 500))) return null;
  const title = /<title[^>]*>([^<]{0,200})/i.exec(text)?.[1]?.trim();
  return title === undefined || title === '' ? 'HTML' : title;
}

/**
 * True for JSON that begins and does not end. An answer without a length ends with its connection, so that nothing else
 * shows that it was cut.
 */
export function isCutJson(text: string): boolean {
  const body = text.trim();
  return /^[[{]/.test(body) && !/[\]}]$/.test(body);
}
