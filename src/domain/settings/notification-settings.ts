import { z } from 'zod';
import { isEmailAddress } from '../notifications/notify-input.ts';
import { distinct } from './own-rules.ts';
import { setting } from './setting-definition.ts';

const emailProblem = { message: 'is no e-mail address', params: ownText('EMAIL') };
const email = z.string().max(254).refine(isEmailAddress, emailProblem);

/** A rule's own text in the error catalogue, see `checkSetting`. */
function ownText(variant: string) {
  return { code: 'INVALID', parameters: { variant } };
}

/** An entry without `//` is a host; with it, a URL that can be read. */
function isAllowlistEntry(entry: string): boolean {
  if (entry.includes('://')) return /^https?:$/.test(URL.parse(entry)?.protocol ?? '');
  return URL.parse(`https://${entry}`)?.pathname === '/' && !entry.includes('/');
}

/** Settings of webhooks and mail (docs/notifications.md). */
export const notificationSettings = {
  notify_webhook_allowlist: setting(
    distinct(
      z
        .array(
          z
            .string()
            .min(1)
            .max(500)
            .refine(isAllowlistEntry, {
              message: 'is neither a URL nor a host',
              params: ownText('ALLOWLIST'),
            }),
        )
        .max(200),
    ),
    [],
    '请求的 notify.webhookUrl 允许的地址：网址前缀（https://portal.example.com/hooks）或主机名（portal.example.com）；空则都不允许',
    'Where notify.webhookUrl of a request may point: URL prefixes (https://portal.example.com/hooks) or hosts (portal.example.com); empty: nowhere',
  ),
  webhook_http_hosts: setting(
    distinct(
      z
        .array(
          z
            .string()
            .min(1)
            .max(300)
            .refine((entry) => !entry.includes('://') && isAllowlistEntry(entry), {
              message: 'is no host',
              params: ownText('HOST'),
            }),
        )
        .max(50),
    ),
    [],
    'webhook 可以不加密（http）的主机（可带端口，如 10.20.30.40:8080）：事件中有个人信息，只用于可信网络；本机始终可以，空则其他主机都不可以；去掉主机后不再向其发送（WEBHOOK_UNENCRYPTED）',
    'Hosts, with a port or without (10.20.30.40:8080), whose webhooks may be unencrypted http: events name people, so only within a network that is trusted. This machine always may; empty: no other. A host that is taken out is sent nothing any more (WEBHOOK_UNENCRYPTED)',
  ),
  notification_retry_delays_seconds: setting(
    z.array(z.number().min(0).max(86_400)).max(20),
    [10, 60, 300, 1_800, 7_200, 18_000, 36_000],
    '通知投递失败后各次重试前的等待秒数（±20%）；用尽后进入死信',
    'Seconds before each retry of a delivery that failed (spread by a fifth); when they are used up it is a dead letter',
  ),
  notification_email_from: setting(
    z
      .string()
      .max(254)
      .refine((text) => text === '' || isEmailAddress(text), emailProblem),
    '',
    '通知邮件的发件地址；空则用 SMTP_URL 的用户名（是邮箱地址时），否则 accountsync@邮件服务器主机名',
    'Sender of notification mail; empty: the user of SMTP_URL where that is an address, else accountsync@ and the host of the mail server',
  ),
  operator_emails: setting(
    distinct(z.array(email).max(50)),
    [],
    '运维收件人：失败任务摘要、待确认的运行、同步由好变坏或恢复、熔断的打开与关闭',
    'Operators who get mail: digest of failed tasks, runs that await confirmation, syncs that begin to fail or work again, circuits opened and closed',
  ),
} as const;
