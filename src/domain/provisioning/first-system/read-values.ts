import type { StoredError } from '../../errors/error-entry.ts';
import { describeCharacter, findForbiddenCharacter, isLongerThan, normaliseText } from '../../text/text.ts';
import type { FirstSystemRow } from './tables.ts';

/** Thrown while a row is read: why it is refused. */
export class RefusedRow extends Error {
  readonly error: StoredError;

  constructor(error: StoredError) {
    super(error.code);
    this.error = error;
  }
}

/** Why a row is refused. */
export function rowError(variant: string, parameters: StoredError['parameters']): StoredError {
  return { code: 'FIRST_SYSTEM_ROW', parameters: { variant, ...parameters } };
}

function refused(column: string, variant: string, more: StoredError['parameters'] = {}): RefusedRow {
  return new RefusedRow(rowError(variant, { column, ...more }));
}

/** A text in its normal form, null when there is none. @throws {RefusedRow} when no column here can hold it. */
export function textOrNull(row: FirstSystemRow, column: string, maxLength: number): string | null {
  const value = row[column];
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') throw refused(column, 'NO_TEXT');
  const text = normaliseText(String(value));
  if (text === '') return null;
  const forbidden = findForbiddenCharacter(text);
  if (forbidden !== null) throw refused(column, 'CHARACTER', { character: describeCharacter(forbidden) });
  if (isLongerThan(text, maxLength)) throw refused(column, 'TOO_LONG', { limit: maxLength });
  return text;
}

/** As `textOrNull`, of a column that must be filled. */
export function text(row: FirstSystemRow, column: string, maxLength: number): string {
  const value = textOrNull(row, column, maxLength);
  if (value === null) throw refused(column, 'EMPTY');
  return value;
}

/** True and false as SQLite (1, 0) and Postgres write them. */
export function claim(row: FirstSystemRow, column: string): boolean {
  const value = row[column];
  return value === true || value === 1 || value === '1' || value === 't' || value === 'true';
}

/** A day, `2026-11-22`; null when there is none. @throws {RefusedRow} when it is no day. */
export function dayOrNull(row: FirstSystemRow, column: string): string | null {
  const value = row[column];
  if (value === null || value === undefined || value === '') return null;
  const day = /^\d{4}-\d{2}-\d{2}/.exec(String(value))?.[0];
  if (day === undefined || Number.isNaN(Date.parse(`${day}T00:00:00Z`))) throw refused(column, 'NO_DATE');
  return day;
}

/** A moment; SQLite has texts in UTC without an offset. Null when there is none. */
export function momentOrNull(row: FirstSystemRow, column: string): string | null {
  const value = row[column];
  if (value === null || value === undefined || value === '') return null;
  if (value instanceof Date) return value.toISOString();
  // Postgres leaves the minutes of an offset out where they are none.
  const written = String(value)
    .trim()
    .replace(' ', 'T')
    .replace(/([+-]\d{2})$/, '$1:00');
  const moment = new Date(/(?:Z|[+-]\d{2}(?::?\d{2})?)$/i.test(written) ? written : `${written}Z`);
  if (Number.isNaN(moment.getTime())) throw refused(column, 'NO_DATE');
  return moment.toISOString();
}

/** Value of a JSON column: SQLite stores its text, Postgres the value. @throws {RefusedRow} when it is not JSON. */
export function jsonValue(row: FirstSystemRow, column: string): unknown {
  const value = row[column];
  if (typeof value !== 'string') return value ?? null;
  try {
    return JSON.parse(value);
  } catch {
    throw refused(column, 'NO_JSON');
  }
}

/** True for what JSON calls an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
