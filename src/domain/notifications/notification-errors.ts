import type { ErrorEntry } from '../errors/error-entry.ts';

/** Why an event did not arrive, and why a webhook or a request's `notify` was refused. */
export const notificationErrors = {
  WEBHOOK_UNREACHABLE: {
    zh: '无法连接接收方 {host}（{detail}）。稍后自动重试；如持续失败，请管理员核对地址和网络。',
    en: '{host} could not be reached ({detail}). It is tried again; if it goes on, the operator checks address and network.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  'WEBHOOK_UNREACHABLE.CERTIFICATE': {
    zh: '接收方 {host} 的证书不被信任（{detail}）。稍后自动重试；若由内部 CA 签发，请管理员把该 CA 的 PEM 文件写入环境变量 NODE_EXTRA_CA_CERTS 并重启。',
    en: 'The certificate of {host} is not trusted ({detail}). It is tried again; if a CA of your own issued it, the operator names its PEM file in the variable NODE_EXTRA_CA_CERTS and restarts.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  WEBHOOK_TIMEOUT: {
    zh: '接收方 {host} 在 {seconds} 秒内没有答复。稍后自动重试；请接收方先答复、后处理。',
    en: '{host} did not answer within {seconds} seconds. It is tried again; the receiver should answer first and work afterwards.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  WEBHOOK_ANSWERED: {
    zh: '接收方 {host} 答复 HTTP {status}，不是 2xx。稍后自动重试；请接收方检查。',
    en: '{host} answered HTTP {status} and not 2xx. It is tried again; the receiver has to look why.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  WEBHOOK_REDIRECT: {
    zh: '接收方 {host} 答复重定向（HTTP {status}），不会跟随。请管理员填写最终地址。',
    en: '{host} answered with a redirect (HTTP {status}), which is not followed. The operator enters the final URL.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  WEBHOOK_ADDRESS_REFUSED: {
    zh: '{host} 解析到不允许访问的地址 {address}，没有发送任何内容。请管理员核对该地址。',
    en: '{host} resolves to {address}, which nothing may be sent to. Nothing was sent; the operator checks the URL.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  WEBHOOK_INACTIVE: {
    zh: '该 webhook 已停用，没有发送。启用后可用 redeliver 重新发送。',
    en: 'The webhook is switched off, so nothing was sent. Switch it on, then send it with redeliver.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  WEBHOOK_UNENCRYPTED: {
    zh: '设置 webhook_http_hosts 不允许（或不再允许）以不加密的 http 发往 {host}，没有发送。请改用 https 地址，或由管理员加入该主机，再用 redeliver 重新发送。',
    en: 'The Setting webhook_http_hosts does not permit unencrypted http to {host} (any more), so nothing was sent. Give the webhook an https URL, or have the operator add the host; then send it with redeliver.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  WEBHOOK_NOT_ALLOWED: {
    zh: '地址 {host} 已不在设置 notify_webhook_allowlist 允许的范围内，没有发送。',
    en: 'The Setting notify_webhook_allowlist does not permit {host} any more, so nothing was sent.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  MAIL_OFF: {
    zh: '没有配置 SMTP_URL，邮件功能关闭，没有发送。请管理员配置后用 redeliver 重新发送。',
    en: 'SMTP_URL is not set and mail is off, so nothing was sent. The operator sets it, then sends this with redeliver.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  MAIL_FAILED: {
    zh: '邮件服务器没有接受邮件（{detail}）。稍后自动重试；如持续失败，请管理员核对 SMTP_URL。',
    en: 'The mail server did not take the message ({detail}). It is tried again; if it goes on, the operator checks SMTP_URL.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  'MAIL_FAILED.CERTIFICATE': {
    zh: '邮件服务器的证书不被信任（{detail}）。稍后自动重试；若由内部 CA 签发，请管理员把该 CA 的 PEM 文件写入环境变量 NODE_EXTRA_CA_CERTS 并重启。',
    en: 'The certificate of the mail server is not trusted ({detail}). It is tried again; if a CA of your own issued it, the operator names its PEM file in the variable NODE_EXTRA_CA_CERTS and restarts.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  MAIL_SENDER_REFUSED: {
    zh: '邮件服务器不允许以 {from} 发信（{detail}）。更正设置 notification_email_from（或 SMTP_URL 的用户）之前，邮件会一直等待并重试，不会丢失。',
    en: 'The mail server does not let {from} send ({detail}). Until the Setting notification_email_from (or the user of SMTP_URL) is corrected, mail waits and is tried again; none is lost.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  MAIL_REFUSED: {
    zh: '邮件服务器拒绝了该邮件或收件人（{detail}），不再重试。请核对收件地址和设置 notification_email_from。',
    en: 'The mail server refused the message or its recipient ({detail}); it is not tried again. Check the address and the Setting notification_email_from.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  WEBHOOK_KNOWN: {
    zh: '该地址早已登记为 webhook：已按本次内容更新，签名密钥不变，也无法再次显示。如没有保存密钥，用 upsertWebhook（rotateSecret: true）更换。',
    en: 'This URL has a webhook already: it was changed as given, and it keeps its secret, which cannot be shown again. If nobody kept it, make a new one with upsertWebhook (rotateSecret: true).',
    fixBy: 'NOBODY',
    retryable: false,
  },
  'UNEXPECTED_ERROR.DELIVERY': {
    zh: '发送时程序出错。请管理员查看日志，修复后用 redeliver 重新发送。',
    en: 'The program failed on this delivery. The operator looks at the log and, after the repair, sends it again with redeliver.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  'INVALID.URL': {
    zh: '{field} 不是有效的网址，应形如 https://portal.example.com/hooks。请修改后重新提交。',
    en: '{field} is no URL; one looks like https://portal.example.com/hooks. Correct it and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.URL_SCHEME': {
    zh: '{field} 必须是 https 地址（http 只允许本机和设置 webhook_http_hosts 中的主机）：事件中有个人信息。请为接收方配置 TLS（内部 CA 用 NODE_EXTRA_CA_CERTS 信任），或在可信网络中请管理员加入该主机，再重新提交。',
    en: '{field} has to be an https URL (http only on this machine and to hosts of the Setting webhook_http_hosts): events name people. Put TLS before the receiver (a CA of your own is trusted by NODE_EXTRA_CA_CERTS), or within a network that is trusted have the operator add the host, and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.URL_ADDRESS': {
    zh: '{field} 指向不允许访问的地址（链路本地、元数据服务等）。请修改后重新提交。',
    en: '{field} names an address that nothing is sent to (link-local, a metadata service and the like). Correct it and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.URL_CREDENTIALS': {
    zh: '{field} 不能带用户名和密码；消息由签名证明来源。请去掉后重新提交。',
    en: '{field} must not carry a user name and password; the signature proves where a message comes from. Leave them out and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.URL_NOT_ALLOWED': {
    zh: '{field} 不在允许的范围内（设置 notify_webhook_allowlist）。请换一个地址，或请管理员加入。',
    en: '{field} is not permitted by the Setting notify_webhook_allowlist. Take another URL, or ask the operator to add it.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  'INVALID.URL_TAKEN': {
    zh: '{field} 已属于另一个 webhook。请修改那一个，或换一个地址。',
    en: '{field} belongs to another webhook already. Change that one, or take another URL.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.EMAIL': {
    zh: '{field} 不是有效的邮箱地址。请修改后重新提交。',
    en: '{field} is no e-mail address. Correct it and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.REDELIVER': {
    zh: 'redeliver 需要 deliveryId，或者 webhookId 与 since 一起，二者取一。请修改后重新提交。',
    en: 'redeliver takes either deliveryId, or webhookId with since. Correct the input and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>;
