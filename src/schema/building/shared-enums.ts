import type { FixBy, Locale } from '../../domain/errors/error-entry.ts';
import { builder } from './builder.ts';

/** A description for every value of a closed set. */
export type Described<Value extends string> = Readonly<Record<Value, { readonly description: string }>>;

const locales = {
  ZH_CN: { description: '简体中文' },
  EN: { description: 'English' },
} as const satisfies Described<Locale>;

export const LocaleEnum = builder.enumType('Locale', {
  description: 'Languages every text exists in.',
  values: locales,
});

const fixBy = {
  CALLER: { description: 'The portal that asked: correct the data, send it again.' },
  OPERATOR: { description: 'The operator of AccountSync.' },
  UPSTREAM_OWNER: { description: 'The owner of the other system.' },
  NOBODY: { description: 'No person: it passes without action.' },
} as const satisfies Described<FixBy>;

export const FixByEnum = builder.enumType('FixBy', { description: 'Who can put it right.', values: fixBy });
