import { LosslessNumber, parse } from 'lossless-json';

/** Digits or an exponent that may not survive as a number; most texts have none, and take the fast way. */
const MAY_BE_INEXACT = /\d{16}|\d[eE][+-]?\d/;
const DIGITS = /^-?\d+$/;

/**
 * Parses JSON without changing a number: an integer beyond 2^53 is the text of its digits, as sent; a number that is
 * neither exact nor digits (`1e21`) is a `LosslessNumber`, which all our schemas refuse.
 *
 * @throws SyntaxError when it is no JSON.
 */
export function parseExactJson(text: string): unknown {
  return MAY_BE_INEXACT.test(text) ? parse(text, null, exactNumber) : JSON.parse(text);
}

function exactNumber(written: string): unknown {
  const number = Number(written);
  if (Number.isSafeInteger(number) || (Number.isFinite(number) && !Number.isInteger(number))) return number;
  return DIGITS.test(written) ? written : new LosslessNumber(written);
}
