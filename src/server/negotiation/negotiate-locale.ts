import type { Locale } from '../../domain/errors/error-entry.ts';

/**
 * The reader's language from an Accept-Language value or a single tag: the first of zh and en in order of q, else
 * the default. Never throws, whatever is sent.
 */
export function negotiateLocale(accepted: unknown, defaultLocale: Locale): Locale {
  if (typeof accepted !== 'string') return defaultLocale;
  const wanted = accepted
    .split(',')
    .map(parseRange)
    .filter((range) => range.quality > 0)
    // Stable, so equal weights keep the order in which they were sent.
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of wanted) {
    const locale = localeOf(tag);
    if (locale !== null) return locale;
  }
  return defaultLocale;
}

function parseRange(range: string): { tag: string; quality: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = weight === undefined ? 1 : Number(weight.slice(2));
  return { tag, quality: Number.isNaN(quality) ? 0 : quality };
}

/** `ZH_CN` is the enum's own spelling, which a WebSocket client may well send. */
function localeOf(tag: string): Locale | null {
  const language = tag.split(/[-_]/)[0];
  if (language === 'zh') return 'ZH_CN';
  if (language === 'en') return 'EN';
  return null;
}
