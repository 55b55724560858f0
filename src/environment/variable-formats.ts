import { z } from 'zod';

/** Other characters do not travel in an Authorization header as they are. */
export const ADMIN_KEY = /^[\x21-\x7e]{24,}$/;
/** The rule that messages about an invalid key state. */
export const ADMIN_KEY_EXPECTED = 'expected at least 24 ASCII characters without spaces';

/** 32 bytes are 43 digits of base64. */
export const MASTER_KEY = /^[\w+/-]{43}=?$/;
/** The rule that messages about an invalid key state. */
export const MASTER_KEY_EXPECTED = 'expected 32 bytes in base64, as of `openssl rand -base64 32`';

/** Without sign, spaces or fraction. */
export const wholeNumber = (minimum: number, maximum: number) => {
  const expected = `expected a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d+$/, expected)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, expected);
};
/** `true` or `false`. */
export const flag = z
  .enum(['true', 'false'], 'expected true or false')
  .transform((value) => value === 'true');
/** Of Postgres. */
export const databaseUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'expected a URL like postgres://user:password@host:5432/database');

/** Entries without the spaces around them; empty ones are left out. */
export function commaSeparated(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** smtp or smtps, with a host. */
export function isSmtpUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '';
}

/** Scheme, host and port, as a browser names a page's origin; a slash behind it is let pass. */
export function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, '').toLowerCase()
  );
}

/** A name that this Node knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** http or https, without user and password. */
export function isHttpUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

/** True for names of this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
