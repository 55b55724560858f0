import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { normaliseCompatibleText } from '../../text/text.ts';
import type { CountryAliases } from './country-aliases.ts';

/** A phone as upstreams want it. Digits only everywhere. */
export interface ParsedPhone {
  /** Without `+`, e.g. `86`. */
  readonly countryCode: string;
  /** Without a trunk prefix; the digits as given when `parsed` is false. */
  readonly nationalNumber: string;
  readonly extension: string | null;
  /** True when the number is known to be a mobile, or (in North America) cannot be told from one. */
  readonly mobile: boolean;
  /** True when the number is a valid one of its region. */
  readonly parsed: boolean;
}

const EXTENSION_MARK = /ext|转|轉|分机|分機|[x*#,;]/iu;
const FALLBACK_REGION: CountryCode = 'CN';
const FALLBACK_COUNTRY_CODE = '86';

/**
 * Takes a phone text apart (provisioning.md §3, last paragraph). The region comes from `country`; what is no
 * number there is tried as a Chinese one; what is none either is kept as given under country code 86, or under
 * its own code when it brings one with `+`. Null when the text has no digit.
 */
export function parsePhone(text: string, country: string, aliases: CountryAliases): ParsedPhone | null {
  const { main, extension } = splitExtension(normaliseCompatibleText(text));
  const region = regionOf(country, aliases) ?? FALLBACK_REGION;
  // `/` may stand inside a number or between two of them: the whole is tried first, then the first of two.
  for (const candidate of new Set([main, main.split('/')[0] ?? main])) {
    const valid = parseValid(candidate, region) ?? parseValid(candidate, FALLBACK_REGION);
    if (valid) return { ...valid, extension, parsed: true };
  }
  return keepAsGiven(main, extension);
}

/**
 * True when a number is known to be no mobile: WELINK refuses it with `PHONE_NOT_MOBILE` (provisioning.md §5.3).
 * A number of an unknown kind is not refused by us: the upstream decides.
 */
export function isLandline({ mobile, parsed, extension }: ParsedPhone): boolean {
  return !mobile && (parsed || extension !== null);
}

/** The ISO region a country text means: by the aliases, else a two-letter code of its own; null when unknown. */
export function regionOf(country: string, aliases: CountryAliases): CountryCode | null {
  const given = normaliseCompatibleText(country);
  for (const key of [given, given.toLowerCase(), given.toUpperCase()]) {
    const region = Object.hasOwn(aliases, key) ? aliases[key]?.toUpperCase() : undefined;
    if (region !== undefined && isSupportedCountry(region)) return region;
  }
  const code = given.toUpperCase();
  return isSupportedCountry(code) ? code : null;
}

function splitExtension(text: string): { main: string; extension: string | null } {
  const firstDigit = text.search(/[0-9]/);
  if (firstDigit < 0) return { main: '', extension: null };
  const mark = text.slice(firstDigit).search(EXTENSION_MARK);
  if (mark < 0) return { main: text, extension: null };
  return {
    main: text.slice(0, firstDigit + mark),
    extension: digitsOf(text.slice(firstDigit + mark)) || null,
  };
}

function parseValid(text: string, region: CountryCode) {
  const number = parsePhoneNumberFromString(dialled(text), { defaultCountry: region, extract: false });
  if (!number?.isValid()) return null;
  const type = number.getType();
  return {
    countryCode: String(number.countryCallingCode),
    nationalNumber: String(number.nationalNumber),
    mobile: type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE',
  };
}

function keepAsGiven(text: string, extension: string | null): ParsedPhone | null {
  const digits = digitsOf(text);
  if (digits === '') return null;
  const unknown = { extension, mobile: false, parsed: false };
  const number = isInternational(text)
    ? parsePhoneNumberFromString(dialled(text), { extract: false })
    : undefined;
  if (!number) return { ...unknown, countryCode: FALLBACK_COUNTRY_CODE, nationalNumber: digits };
  return {
    ...unknown,
    countryCode: String(number.countryCallingCode),
    nationalNumber: String(number.nationalNumber),
  };
}

/** Digits, with the `+` where the text begins with one. */
function dialled(text: string): string {
  return `${isInternational(text) ? '+' : ''}${digitsOf(text)}`;
}

function isInternational(text: string): boolean {
  return /^[^0-9]*\+/.test(text);
}

function digitsOf(text: string): string {
  return text.replace(/[^0-9]/g, '');
}
