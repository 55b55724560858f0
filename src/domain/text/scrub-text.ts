import { maskEmail, maskPhone } from './mask.ts';

const REDACTED = '[redacted]';

/**
 * Secrets by their shape: of HTTP, of URLs and their queries, and our own (keys of callers, master-sealed and signing
 * secrets). Our keys keep the head by which lists name them.
 */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic) +[\w.~+/=-]+/gi, `$1 ${REDACTED}`],
  [/\b(whsec_)[\w+/=-]+/g, `$1${REDACTED}`],
  [/\b(as_(?:live|watch)_[0-9a-f]{8})[0-9a-f]{40}\b/g, '$1…'],
  [/\bask_[\w-]{32}\b/g, `ask_${REDACTED}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, REDACTED],
  [/([?&][\w.-]*(?:token|secret|password|ticket|key|code|sign)[\w.-]*=)[^&#\s"'\\]+/gi, `$1${REDACTED}`],
  [/(:\/\/)[^/?#\s"'@]+@/g, `$1${REDACTED}@`],
];

// Not inside of a longer word or number: our ids and times are no phones.
const MOBILE = /(?<![\w+])(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d){8}(?!\w)/g;
const INTERNATIONAL = /(?<!\w)\+\d(?:[ -]?\d){6,14}(?!\w)/g;
const IDENTITY_CARD = /(?<!\w)[1-9]\d{16}[\dXx](?!\w)/g;
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const HAN_WORD = /(\p{Script=Han})[\p{Script=Han}·]+/gu;

/** One look that tells nearly every text to have nothing of all this. */
const SUSPECT = /@|:\/\/|[?&]|bearer |basic |whsec_|as_live_|as_watch_|ask_|eyJ|\d(?:[ -]?\d){7}/i;

/** A text without what is recognised as a secret; phone numbers and mail addresses masked, identity cards gone. */
export function scrubText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  const open = SECRETS.reduce((scrubbed, [pattern, rest]) => scrubbed.replace(pattern, rest), text);
  return open
    .replace(EMAIL, maskEmail)
    .replace(IDENTITY_CARD, '****')
    .replace(MOBILE, (phone) => maskPhone(phone.replace(/^\+?86(?=[ -]?1)/, '')))
    .replace(INTERNATIONAL, maskPhone);
}

/**
 * As `scrubText`, for error messages of libraries, which quote the wrong value: a name looks like any other word, so
 * of Chinese words only the first character stays.
 */
export function scrubErrorText(text: string): string {
  return scrubText(text).replace(HAN_WORD, '$1*');
}
