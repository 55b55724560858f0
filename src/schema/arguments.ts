import type { Builder } from './builder.ts';
import type { Enums } from './enums/enums.ts';

/** Arguments that many fields share: the language of a text, the page of a list. */
export function sharedArguments(builder: Builder, enums: Enums) {
  return {
    locale: builder.args((t) => ({
      locale: t.field({
        type: enums.locale,
        description:
          "Language of the text; else the caller's (Accept-Language), else the default of the service.",
      }),
    })),
    page: builder.args((t) => ({
      first: t.int({
        description:
          'So many rows from the start, or after `after`: at most 100, items of a request 500. One of first and last is required.',
      }),
      after: t.string({ description: 'Rows after the one with this cursor.' }),
      last: t.int({
        description: 'So many rows from the end, or before `before`; the page still reads forwards.',
      }),
      before: t.string({ description: 'Rows before the one with this cursor.' }),
    })),
  };
}
