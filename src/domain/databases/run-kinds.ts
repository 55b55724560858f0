import type { Locale } from '../errors/error-entry.ts';

/** The kinds of run of databases. */
export const databaseRunKinds = ['DATABASE_ACCOUNTS'] as const;
export type DatabaseRunKind = (typeof databaseRunKinds)[number];

/** Their names in the middle of a sentence. */
export const databaseRunKindNames: Readonly<Record<DatabaseRunKind, Readonly<Record<Locale, string>>>> = {
  DATABASE_ACCOUNTS: { ZH_CN: '数据库账号同步', EN: 'database accounts' },
};
