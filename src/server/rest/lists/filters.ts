import { type SqlBool, sql } from 'kysely';
import { containsPattern } from '../../../schema/reading/text-filter.ts';
import { booleanOf } from '../wire/read-fields.ts';
import { noChoice, texts } from '../wire/texts.ts';
import { parseMoment } from '../wire/times.ts';
import { accountTypes, choiceOf } from '../wire/values.ts';
import type { Filter } from './read-page.ts';

/** The column is this text. */
export function equals(column: string): Filter {
  return (value) => sql<SqlBool>`${sql.ref(column)} = ${value}`;
}

/** The column contains this text, whatever its case. */
export function contains(column: string): Filter {
  return (value) => sql<SqlBool>`${sql.ref(column)} ilike ${containsPattern(value)}`;
}

/** The column is one of the values that a choice stands for. */
export function choice<T extends string>(
  column: string,
  choices: readonly T[],
  meant: (choice: T) => readonly string[],
): Filter {
  return (value, { locale }) => {
    const chosen = choiceOf(choices, value);
    if (chosen === null) return { problem: noChoice(value, locale) };
    return sql<SqlBool>`${sql.ref(column)} = any(${[...meant(chosen)]}::text[])`;
  };
}

/** The system of an account or a task. */
export function accountType(column: string): Filter {
  return choice(column, accountTypes, (type) => [type.toUpperCase()]);
}

/** The expression is true, or false. */
export function claim(expression: string): Filter {
  return (value, { locale }) => {
    const wanted = booleanOf(value);
    if (wanted === undefined) return { problem: texts.noBoolean[locale] };
    return sql<SqlBool>`(${sql.raw(expression)}) = ${wanted}`;
  };
}

/** The time in the column is not before, or not after, this one. */
export function moment(column: string, bound: 'from' | 'until'): Filter {
  return (value, { locale, services }) => {
    const given = parseMoment(value, services.displayTimeZone);
    if (given === null) return { problem: texts.noDate[locale] };
    return bound === 'from'
      ? sql<SqlBool>`${sql.ref(column)} >= ${given}`
      : sql<SqlBool>`${sql.ref(column)} <= ${given}`;
  };
}
