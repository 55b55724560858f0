import type { ErrorEntry, FixBy, StoredError } from './error-entry.ts';

/**
 * Texts of an error whose retries have ended: what went wrong, without the promise of a retry, and what to check
 * before retrying by hand.
 */
interface Ended {
  readonly zh: readonly [what: string, look: string];
  readonly en: readonly [what: string, look: string];
  /** Something may have been done there. */
  readonly acted?: true;
  readonly fixBy: FixBy;
}

const UPSTREAM = {
  zh: '请确认 {system} 已恢复',
  en: 'Make sure that {system} works again',
};
const ACTED = {
  zh: '请先在 {system} 核实是否已经生效',
  en: 'Look at {system} whether it has acted',
};

/** Of tasks, and of changes of accounts: all but the first may have been sent. */
const ofUpstreams = {
  UPSTREAM_UNREACHABLE: {
    zh: ['连不上 {system}（{detail}），请求没有发出', '请检查网络、地址和证书'],
    en: [
      '{system} could not be reached ({detail}) and nothing was sent',
      'Check network, address and certificate',
    ],
    fixBy: 'UPSTREAM_OWNER',
  },
  UPSTREAM_TIMEOUT: {
    zh: ['{system} 在时限内没有应答', UPSTREAM.zh],
    en: ['{system} did not answer within the time limit', UPSTREAM.en],
    acted: true,
    fixBy: 'UPSTREAM_OWNER',
  },
  ANSWER_LOST: {
    zh: ['与 {system} 的连接在收到完整应答前中断', UPSTREAM.zh],
    en: ['The connection to {system} broke before its whole answer arrived', UPSTREAM.en],
    acted: true,
    fixBy: 'UPSTREAM_OWNER',
  },
  UPSTREAM_SERVER_ERROR: {
    zh: ['{system} 内部出错（{vendorAnswer}）', UPSTREAM.zh],
    en: ['{system} failed internally ({vendorAnswer})', UPSTREAM.en],
    fixBy: 'UPSTREAM_OWNER',
  },
  UPSTREAM_GARBAGE: {
    zh: ['{system} 的应答无法解析（{vendorAnswer}）', '请检查中间的网关或代理'],
    en: ['The answer of {system} could not be read ({vendorAnswer})', 'Check the gateways in between'],
    fixBy: 'UPSTREAM_OWNER',
  },
  UPSTREAM_ANSWER_TOO_LARGE: {
    zh: ['{system} 的应答过大，已被截断', '请检查地址和中间的网关'],
    en: ['The answer of {system} was too large and was cut', 'Check the address and the gateways in between'],
    fixBy: 'UPSTREAM_OWNER',
  },
  UPSTREAM_DEPARTMENT_MISSING: {
    zh: ['{system} 中没有 {employeeNumber} 的部门（{vendorAnswer}）', '请先在该系统建立部门或更正部门映射'],
    en: [
      '{system} does not know the department of {employeeNumber} ({vendorAnswer})',
      'Create it there, or correct the department mapping',
    ],
    fixBy: 'OPERATOR',
  },
} as const satisfies Readonly<Record<string, Ended>>;

/** Of deliveries. */
const ofReceivers = {
  WEBHOOK_UNREACHABLE: {
    zh: ['无法连接接收方 {host}（{detail}）', '请管理员核对地址和网络'],
    en: ['{host} could not be reached ({detail})', 'The operator checks address and network'],
    fixBy: 'UPSTREAM_OWNER',
  },
  WEBHOOK_TIMEOUT: {
    zh: ['接收方 {host} 在 {seconds} 秒内没有答复', '请接收方先答复、后处理'],
    en: [
      '{host} did not answer within {seconds} seconds',
      'The receiver should answer first and work afterwards',
    ],
    fixBy: 'UPSTREAM_OWNER',
  },
  WEBHOOK_ANSWERED: {
    zh: ['接收方 {host} 答复 HTTP {status}，不是 2xx', '请接收方检查'],
    en: ['{host} answered HTTP {status} and not 2xx', 'The receiver has to look why'],
    fixBy: 'UPSTREAM_OWNER',
  },
  WEBHOOK_REDIRECT: {
    zh: ['接收方 {host} 答复重定向（HTTP {status}），不会跟随', '请管理员用 upsertWebhook 填写最终地址'],
    en: [
      '{host} answered with a redirect (HTTP {status}), which is not followed',
      'The operator enters the final URL with upsertWebhook',
    ],
    fixBy: 'OPERATOR',
  },
  WEBHOOK_ADDRESS_REFUSED: {
    zh: ['{host} 解析到不允许访问的地址 {address}，没有发送任何内容', '请管理员核对该地址'],
    en: [
      '{host} resolves to {address}, which nothing may be sent to; nothing was sent',
      'The operator checks the URL',
    ],
    fixBy: 'OPERATOR',
  },
  MAIL_FAILED: {
    zh: ['邮件服务器没有接受邮件（{detail}）', '请管理员核对 SMTP_URL'],
    en: ['The mail server did not take the message ({detail})', 'The operator checks SMTP_URL'],
    fixBy: 'OPERATOR',
  },
} as const satisfies Readonly<Record<string, Ended>>;

function entriesOf(
  table: Readonly<Record<string, Ended>>,
  again: { readonly zh: string; readonly en: string },
): Readonly<Record<string, ErrorEntry>> {
  const entries = Object.entries(table).map(([code, { zh, en, acted, fixBy }]): [string, ErrorEntry] => [
    `${code}.ENDED`,
    {
      zh: `${zh[0]}；尝试 {attempts} 次后已停止，不再自动重试。${acted ? ACTED.zh : zh[1]}，${again.zh}。`,
      en: `${en[0]}; after {attempts} attempts it was given up and is not tried again by itself. ${acted ? ACTED.en : en[1]}, ${again.en}.`,
      fixBy,
      retryable: true,
    },
  ]);
  return Object.fromEntries(entries);
}

/** A check by hand asks for nothing: there is nothing that could have been done, and nothing is tried again. */
const checkErrors: Readonly<Record<string, ErrorEntry>> = Object.fromEntries(
  Object.entries(ofUpstreams).map(([code, { zh, en, fixBy }]): [string, ErrorEntry] => [
    `${code}.CHECK`,
    {
      zh: `${zh[0]}。${zh[1]}，再检查一次。`,
      en: `${en[0]}. ${en[1]}, then check again.`,
      fixBy,
      retryable: true,
    },
  ]),
);

/** Texts of errors when there is no automatic retry (`variant` ENDED), or in a check (`variant` CHECK). */
export const endedErrors: Readonly<Record<string, ErrorEntry>> = {
  ...entriesOf(ofUpstreams, { zh: '然后重试', en: 'then retry' }),
  ...checkErrors,
  ...entriesOf(ofReceivers, { zh: '然后用 redeliver 重新发送', en: 'then send it again with redeliver' }),
};

/** The error of something that was given up: its text promises no further attempt. */
export function asEnded(error: StoredError, attempts: number): StoredError {
  if (!Object.hasOwn(endedErrors, `${error.code}.ENDED`)) return error;
  return { code: error.code, parameters: { ...error.parameters, variant: 'ENDED', attempts } };
}

/** An error that a health check met. */
export function asCheckError({ code, parameters }: StoredError): StoredError {
  const variant = Object.hasOwn(checkErrors, `${code}.CHECK`) ? { variant: 'CHECK' } : {};
  return { code, parameters: { ...parameters, ...variant } };
}
