import { z } from 'zod';
import { eventKind, type MailTemplate, NO_MAIL } from '../notifications/event-kind.ts';

const privileged: MailTemplate = {
  zh: [
    '{instance}：出现特权账号 {account}',
    '数据库实例 {instance} 的账号 {account} 新获得 {capabilities}。',
    '若非预期，请在该数据库收回；由谁而来见 databaseAccounts 的 capabilityReasons。',
  ],
  en: [
    '{instance}: privileged account {account}',
    'The account {account} of the database instance {instance} has become {capabilities}.',
    'If nobody meant that, revoke it there; capabilityReasons of databaseAccounts say by what it holds.',
  ],
};

/** Events of the accounts of databases. */
export const databaseEvents = [
  eventKind('database.account.changed', {
    data: z.looseObject({
      instance: z.string(),
      runId: z.string(),
      counts: z.record(z.string(), z.number()),
    }),
    mail: () => NO_MAIL,
  }),
  eventKind('database.privileged_account.appeared', {
    data: z.looseObject({
      instance: z.string(),
      account: z.string(),
      capabilities: z.array(z.string()),
      reasons: z.array(z.looseObject({ code: z.string(), subject: z.string() })),
    }),
    mail: () => ({ template: privileged, toOperators: true }),
  }),
] as const;
