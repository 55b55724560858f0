import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { normaliseCompatibleText } from '../../text/text.ts';
import { type CountryAliases, countryNamed } from './country-aliases.ts';

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
  /**
   * True when the number can be one of its region at all, even if of a kind that is not listed yet. Where it is false
   * nothing may be sent of it: its country code is a guess.
   */
  readonly possible: boolean;
}

const EXTENSION_MARK = /ext|转|轉|分机|分機|内线|內線|[x*#,;~:]/iu;
/** A short number behind the last sign: `0755-26780016-8016`, `010-62340001(801)`, `010-62340001/801`. */
const TRAILING_EXTENSION = /^(.*\d)[)\]]*[-/. ([_]+(?!0+$)(\d{1,6})[)\]]*$/u;
/** Between two numbers of one text; blanks only where a whole mobile stands on either side. */
const SEVERAL = /[/、，|或和]|(?<=1[3-9]\d{9})\s+(?=1[3-9]\d{9})/u;
const DASHES = /[‐‑‒–—―−－]/gu;
/** A longer number behind a mark is another phone. */
const EXTENSION_MAX_DIGITS = 8;
/** `86-139…`, `852 6123 4567`: a calling code without its sign, told by what stands behind it. */
const BARE_CALLING_CODE = /^\D*([1-9]\d{0,2})[\s)\].-]+\d/u;
/** Numbers of the parts of China are written with their calling code and nothing between. */
const GREATER_CHINA = /^(?:86|852|853|886)/;
const FALLBACK_REGION: CountryCode = 'CN';
const FALLBACK_COUNTRY_CODE = '86';
/** Below it stand service numbers and slips; shorter subscribers' numbers of small countries are all listed. */
const SHORTEST_UNLISTED_DIGITS = 7;
/** Form of Chinese mobile numbers, for series that may be newer than the tables. */
const CHINESE_MOBILE = /^1[3-9]\d{9}$/;

/**
 * Takes a phone text apart (provisioning.md §3, last paragraph). The region comes from `country`, or is China where
 * that is blank. Of several numbers the first mobile counts, else the first. A Chinese mobile number is recognised under any country, unless it is valid there too; no other
 * number is taken for Chinese because the country is unknown. An invalid number is kept as given and is not
 * `possible`. Null when the text has no digit.
 */
export function parsePhone(text: string, country: string, aliases: CountryAliases): ParsedPhone | null {
  const region = country.trim() === '' ? FALLBACK_REGION : regionOf(country, aliases);
  const written = normaliseCompatibleText(text).replace(DASHES, '-');
  const numbers = written.split(SEVERAL);
  const mobile =
    numbers.length > 1
      ? numbers.map((number) => parseOne(number, region)).find((phone) => phone?.parsed && phone.mobile)
      : undefined;
  return mobile ?? parseOne(written, region);
}

function parseOne(text: string, region: CountryCode | null): ParsedPhone | null {
  const { main, extension } = splitExtension(text);
  const given = { extension, parsed: true, possible: true };
  const [, before, trailing] = extension === null ? (TRAILING_EXTENSION.exec(main) ?? []) : [];
  const office = before === undefined ? null : parseValid(before, region);
  const whole = parseValid(main, region);
  if (whole) return { ...whole, ...given };
  if (office && !office.mobile && trailing !== undefined) return { ...office, ...given, extension: trailing };
  // The first of several numbers.
  const first = parseValid(main.split(SEVERAL)[0] ?? main, region);
  if (first) return { ...first, ...given };
  return keepAsGiven(main, { extension, region });
}

/**
 * True when a number is known to be no mobile: WELINK refuses it with `PHONE_NOT_MOBILE` (provisioning.md §5.3).
 * A number of an unknown kind is not refused by us: the upstream decides.
 */
export function isLandline({ mobile, parsed, extension }: ParsedPhone): boolean {
  return !mobile && (parsed || extension !== null);
}

/**
 * True for what people type where a number is demanded and they have none: 18888888888, 13800000000, and 13800138000, which
 * is an operator's.
 */
export function isPlaceholderPhone({ nationalNumber }: ParsedPhone): boolean {
  return /(\d)\1{7,}$|^13800138000$/.test(nationalNumber);
}

/** The ISO region a country text means: by the Setting, else by `countryNamed`; null when unknown. */
export function regionOf(country: string, aliases: CountryAliases): CountryCode | null {
  const given = normaliseCompatibleText(country);
  for (const key of [given, given.toLowerCase(), given.toUpperCase()]) {
    const region = Object.hasOwn(aliases, key) ? aliases[key]?.toUpperCase() : undefined;
    if (region !== undefined && isSupportedCountry(region)) return region;
  }
  const named = countryNamed(given);
  return named !== null && isSupportedCountry(named) ? named : null;
}

function splitExtension(text: string): { main: string; extension: string | null } {
  const firstDigit = text.search(/[0-9]/);
  if (firstDigit < 0) return { main: '', extension: null };
  const mark = text.slice(firstDigit).search(EXTENSION_MARK);
  if (mark < 0) return { main: text, extension: null };
  const extension = digitsOf(text.slice(firstDigit + mark));
  return {
    main: text.slice(0, firstDigit + mark),
    extension: extension === '' || extension.length > EXTENSION_MAX_DIGITS ? null : extension,
  };
}

/** A valid number of the region, else an international one, else a Chinese mobile. */
function parseValid(text: string, region: CountryCode | null) {
  const digits = dialled(text);
  const greaterChina = GREATER_CHINA.test(digits) ? parseIn(`+${digits}`, null) : null;
  if (greaterChina?.mobile && greaterChina.countryCode !== callingCodeOf(region)) {
    if (BARE_CALLING_CODE.exec(text)?.[1] === greaterChina.countryCode) return greaterChina;
  }
  const there = region === null ? null : parseIn(digits, region);
  if (there) return there;
  if (digits.startsWith('+')) return parseIn(digits, null);
  const abroad = digits.startsWith('00') ? parseIn(`+${digits.slice(2)}`, null) : greaterChina;
  if (abroad) return abroad;
  const bare = BARE_CALLING_CODE.test(text) ? parseIn(`+${digits}`, null) : null;
  if (bare && bare.countryCode === BARE_CALLING_CODE.exec(text)?.[1]) return bare;
  const chinese = parseIn(digits, FALLBACK_REGION);
  return chinese?.mobile ? chinese : null;
}

function callingCodeOf(region: CountryCode | null): string | null {
  return region === null ? null : String(getCountryCallingCode(region));
}

function parseIn(digits: string, region: CountryCode | null) {
  const options = region === null ? {} : { defaultCountry: region };
  const number = parsePhoneNumberFromString(digits, { ...options, extract: false });
  if (!number?.isValid()) return null;
  const type = number.getType();
  return {
    countryCode: String(number.countryCallingCode),
    nationalNumber: String(number.nationalNumber),
    mobile: type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE',
  };
}

function keepAsGiven(
  text: string,
  { extension, region }: { readonly extension: string | null; readonly region: CountryCode | null },
): ParsedPhone | null {
  const digits = digitsOf(text);
  if (digits === '') return null;
  const unknown = { extension, mobile: false, parsed: false };
  const fallback = {
    ...unknown,
    countryCode: FALLBACK_COUNTRY_CODE,
    nationalNumber: digits,
    possible: false,
  };
  const international = isInternational(text);
  if (!international && region === null) return fallback;
  const number = parsePhoneNumberFromString(dialled(text), {
    ...(international || region === null ? {} : { defaultCountry: region }),
    extract: false,
  });
  if (!number) return fallback;
  const countryCode = String(number.countryCallingCode);
  const nationalNumber = String(number.nationalNumber);
  const possible = extension === null && isPossible(number, nationalNumber);
  if (!possible && !international) return fallback;
  return { ...unknown, countryCode, nationalNumber, possible };
}

/** In China every length from 7 to 12 is possible for something; a mobile has one form. */
function isPossible(number: PhoneNumber, nationalNumber: string): boolean {
  if (String(number.countryCallingCode) === FALLBACK_COUNTRY_CODE) return CHINESE_MOBILE.test(nationalNumber);
  return number.isPossible() && nationalNumber.length >= SHORTEST_UNLISTED_DIGITS;
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
