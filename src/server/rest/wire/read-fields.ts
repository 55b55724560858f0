import type { Locale } from '../../../domain/errors/error-entry.ts';
import type { BodyFields } from './parse-body.ts';
import type { FieldErrorList } from './problem.ts';
import { noChoice, texts } from './texts.ts';
import { choiceOf } from './values.ts';

/** A text that a caller gave as one, or as a number; undefined: it is neither. */
export function textOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
      return String(value);
    default:
      return undefined;
  }
}

const TRUE = ['true', 't', 'yes', 'y', 'on', '1'];
const FALSE = ['false', 'f', 'no', 'n', 'off', '0'];

/** A claim as forms and query strings write it too; undefined: it is none. */
export function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = textOf(value)?.trim().toLowerCase();
  if (text === undefined) return undefined;
  if (TRUE.includes(text)) return true;
  return FALSE.includes(text) ? false : undefined;
}

/** Reads the fields of a body and notes their problems; an absent field is undefined. */
export class FieldReader {
  readonly #fields: BodyFields;
  readonly #errors: FieldErrorList;
  readonly #locale: Locale;

  constructor(fields: BodyFields, { errors, locale }: { errors: FieldErrorList; locale: Locale }) {
    this.#fields = fields;
    this.#errors = errors;
    this.#locale = locale;
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined;
  }

  /** Notes that a field is missing; false when it is there. */
  require(name: string): boolean {
    if (this.has(name)) return false;
    this.#errors.add(name, texts.required[this.#locale]);
    return true;
  }

  text(name: string): string | undefined {
    return this.#read(name, textOf, () => texts.noText[this.#locale]);
  }

  boolean(name: string): boolean | undefined {
    return this.#read(name, booleanOf, () => texts.noBoolean[this.#locale]);
  }

  /** From 1. */
  count(name: string): number | undefined {
    const number = this.integer(name);
    if (number !== undefined && number < 1) {
      this.#errors.add(name, texts.atLeastOne[this.#locale]);
      return undefined;
    }
    return number;
  }

  integer(name: string): number | undefined {
    const read = (value: unknown) => {
      const text = textOf(value)?.trim() ?? '';
      const number = Number(text);
      return /^-?\d+$/.test(text) && Number.isSafeInteger(number) ? number : undefined;
    };
    return this.#read(name, read, () => texts.noInteger[this.#locale]);
  }

  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const read = (value: unknown) => {
      const text = textOf(value);
      return text === undefined ? undefined : (choiceOf(choices, text) ?? undefined);
    };
    return this.#read(name, read, (value) => noChoice(textOf(value) ?? typeof value, this.#locale));
  }

  /** Texts; one alone, as a form sends it, is a list of one. */
  textList(name: string): readonly string[] | undefined {
    const read = (value: unknown) => {
      const list = (Array.isArray(value) ? value : [value]).map(textOf);
      return list.every((text) => text !== undefined) ? list : undefined;
    };
    return this.#read(name, read, () => texts.noList[this.#locale]);
  }

  #read<T>(
    name: string,
    read: (value: unknown) => T | undefined,
    problem: (value: unknown) => string,
  ): T | undefined {
    const value = this.#fields[name];
    if (value === undefined) return undefined;
    if (value === null) {
      this.#errors.add(name, texts.isNull[this.#locale]);
      return undefined;
    }
    const found = read(value);
    if (found === undefined) this.#errors.add(name, problem(value));
    return found;
  }
}
