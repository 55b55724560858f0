import type { PageArguments } from '../reading/connection.ts';
import { builder } from './builder.ts';
import { LocaleEnum } from './shared-enums.ts';

/** The argument `locale` of a text. */
export const localeArgument = builder.args((t) => ({
  locale: t.field({
    type: LocaleEnum,
    description:
      "Language of the text; else the caller's (Accept-Language), else the default of the service.",
  }),
}));

/** The arguments of a list that is read in pages. */
export const pageArguments = builder.args((t) => ({
  first: t.int({
    description:
      'So many rows from the start, or after `after`: at most 100, items of a request 500. One of first and last is required.',
  }),
  after: t.string({ description: 'Rows after the one with this cursor.' }),
  last: t.int({
    description: 'So many rows from the end, or before `before`; the page still reads forwards.',
  }),
  before: t.string({ description: 'Rows before the one with this cursor.' }),
}));

/** Complexity of a list that is read in pages: itself, and its fields for each row of the page. */
export function byPageSize({ first, last }: PageArguments) {
  return { field: 1, multiplier: first ?? last ?? 1 };
}
