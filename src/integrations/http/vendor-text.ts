import { maskEmail } from '../../domain/text/mask.ts';

/** Longest stored text of a vendor: enough to act on, and no whole error page. */
const LONGEST_TEXT = 300;
/** From this many digits on, a run of them may be a phone number or an identity card. */
const FEWEST_PRIVATE_DIGITS = 7;
/** Shorter confidential values would blank out half of every sentence. */
const SHORTEST_CONFIDENTIAL = 2;

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const DIGIT_RUN = /\d(?:[ ()-]{0,2}\d)+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must not reach a log
const CONTROL = /[\u0000-\u001f\u007f]+/g;

/**
 * Cleans a vendor's text for storing and showing: our confidential values (tokens, names) replaced, long runs of
 * digits masked as `138****8000`, mail addresses as `z***@example.com`, control characters and lone surrogates (which
 * Postgres refuses in JSON) removed, cut to 300 characters.
 */
export function cleanVendorText(text: string, confidential: readonly string[] = []): string {
  let cleaned = text;
  for (const value of confidential) {
    if (value.length >= SHORTEST_CONFIDENTIAL) cleaned = cleaned.replaceAll(value, '***');
  }
  cleaned = cleaned
    .replace(EMAIL, maskEmail)
    .replace(DIGIT_RUN, maskDigits)
    .replace(CONTROL, ' ')
    .toWellFormed()
    .trim();
  const points = [...cleaned];
  return points.length > LONGEST_TEXT ? `${points.slice(0, LONGEST_TEXT).join('')}…` : cleaned;
}

/** `13800138000` → `138****8000`; shorter runs keep two digits at each end. */
function maskDigits(run: string): string {
  const digits = run.replace(/\D/g, '');
  if (digits.length < FEWEST_PRIVATE_DIGITS) return run;
  return digits.length >= 11
    ? `${digits.slice(0, 3)}****${digits.slice(-4)}`
    : `${digits.slice(0, 2)}****${digits.slice(-2)}`;
}
