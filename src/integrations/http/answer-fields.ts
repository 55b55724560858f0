import { z } from 'zod';

/** Vendors answer codes as numbers and as strings, sometimes both in one API: read as text (upstream-apis.md §7.2). */
export const codeField = z.union([z.string(), z.number()]).transform((code) => String(code).trim());

/** A text that may be missing, null or a number. */
export const textField = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? null : String(value)));

/** Seconds as a number or as digits; null when missing or no positive number. */
export const secondsField = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => {
    const seconds = Number(value ?? Number.NaN);
    return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
  });
