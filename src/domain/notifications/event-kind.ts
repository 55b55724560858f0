import { z } from 'zod';
import type { Locale } from '../errors/error-entry.ts';

/** A mail about an event: subject, then the lines of the text; `{name}` is replaced by a fact of the event (`mailText`). */
export interface MailTemplate {
  readonly zh: readonly [string, ...string[]];
  readonly en: readonly [string, ...string[]];
}

/** How mail tells of an event. */
export interface EventMail {
  /** Null: it does not. */
  readonly template: MailTemplate | null;
  /** True for what operators get: events that need them. */
  readonly toOperators: boolean;
  /** Facts that read differently in each language, beside the data. */
  readonly facts?: (locale: Locale) => Readonly<Record<string, string>>;
}

export const NO_MAIL: EventMail = { template: null, toOperators: false };

/** A kind of event that an area gives. Its data are counts and public ids only: no phones, no names of people. */
export function eventKind<const Type extends string, Data>(
  type: Type,
  kind: { readonly data: z.ZodType<Data>; readonly mail: (data: Data) => EventMail },
) {
  const schema = z.object({ type: z.literal(type), data: kind.data });
  return schema.transform(({ data }) => ({ type, data, mail: kind.mail(data) }));
}
