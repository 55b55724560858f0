import type { ErrorEntry } from '../errors/error-entry.ts';

/**
 * Failures of calls to a system that holds accounts. Every entry may use `{system}`; those about one person also
 * `{employeeNumber}`; `{vendorAnswer}` is the system's answer (code and text, masked and cut).
 */
export const upstreamErrors = {
  UPSTREAM_UNREACHABLE: {
    zh: '连不上 {system}（{detail}），请求没有发出；系统会自动重试。若持续出现，请检查网络、地址和证书。',
    en: '{system} could not be reached ({detail}); nothing was sent. It is tried again by itself; if it lasts, check network, address and certificate.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  'UPSTREAM_UNREACHABLE.CERTIFICATE': {
    zh: '{system} 的证书不被信任（{detail}），没有发送任何内容。若由内部 CA 签发，请把该 CA 的 PEM 文件写入环境变量 NODE_EXTRA_CA_CERTS 并重启；否则请核对地址和证书。',
    en: 'The certificate of {system} is not trusted ({detail}); nothing was sent. If a CA of your own issued it, name its PEM file in the variable NODE_EXTRA_CA_CERTS and restart; else check address and certificate.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  UPSTREAM_TIMEOUT: {
    zh: '{system} 在时限内没有应答，请求可能已经生效；系统会先查询再决定是否重发，无需操作。',
    en: '{system} did not answer within the time limit and may have acted; it is looked up before anything is sent again. Nothing to do.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  ANSWER_LOST: {
    zh: '与 {system} 的连接在收到完整应答前中断，请求可能已经生效；系统会先查询再决定是否重发，无需操作。',
    en: 'The connection to {system} broke before its whole answer arrived, and it may have acted; it is looked up before anything is sent again. Nothing to do.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  UPSTREAM_SERVER_ERROR: {
    zh: '{system} 内部出错（{vendorAnswer}），请求可能已经生效；系统会自动处理。若持续出现，请联系该系统的管理员。',
    en: '{system} failed internally ({vendorAnswer}) and may have acted; this is resolved by itself. If it lasts, tell the owner of that system.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  UPSTREAM_GARBAGE: {
    zh: '{system} 的应答无法解析（{vendorAnswer}），请求可能已经生效；系统会先查询再决定是否重发。若持续出现，请检查中间的网关或代理。',
    en: 'The answer of {system} could not be read ({vendorAnswer}), and it may have acted; it is looked up before anything is sent again. If it lasts, check the gateways in between.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  'UPSTREAM_GARBAGE.HTML': {
    zh: '{system} 返回的是网页“{title}”而不是接口应答，请求可能已经生效；系统会先查询再决定是否重发。请检查中间的网关、代理或登录页。',
    en: '{system} answered with a web page, "{title}", in place of an answer, and it may have acted; it is looked up before anything is sent again. Look at the gateway, proxy or sign-in page in between.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  UPSTREAM_ANSWER_TOO_LARGE: {
    zh: '{system} 的应答过大，已被截断，请求可能已经生效；系统会先查询再决定是否重发。若持续出现，请检查地址和中间的网关。',
    en: 'The answer of {system} was too large and was cut; it may have acted and is looked up before anything is sent again. If it lasts, check the address and the gateways in between.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  UPSTREAM_PENDING: {
    zh: '{system} 已受理 {employeeNumber} 的请求但尚未完成（{vendorAnswer}）；系统稍后查询结果，无需操作。',
    en: '{system} accepted the request for {employeeNumber} and is still at it ({vendorAnswer}); the result is looked up later. Nothing to do.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  UPSTREAM_THROTTLED: {
    zh: '{system} 要求放慢速度；系统会按其要求等待后自动继续，无需操作。',
    en: '{system} asks us to slow down; work goes on by itself after the pause it asked for. Nothing to do.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  UPSTREAM_CREDENTIALS: {
    zh: '{system} 拒绝了我们的凭据或权限（{vendorAnswer}）；对该系统的任务已暂停。请检查密钥和授权，修复后自动继续。',
    en: '{system} refuses our credentials or rights ({vendorAnswer}); its tasks are held. Check secret and permissions; work goes on once they are right.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  UPSTREAM_TOKEN_REFUSED: {
    zh: '{system} 不接受刚换取的令牌（{vendorAnswer}）；对该系统的任务已暂停。请检查账号授权，修复后自动继续。',
    en: '{system} does not accept a token it has just given ({vendorAnswer}); its tasks are held. Check what the client is allowed to do; work goes on once it is right.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  UPSTREAM_ADDRESS: {
    zh: '{system} 没有我们调用的接口（{vendorAnswer}）；对该系统的任务已暂停。请检查配置的地址。',
    en: '{system} has nothing at the address we call ({vendorAnswer}); its tasks are held. Check the configured base URL.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  'UPSTREAM_ADDRESS.HTML': {
    zh: '向 {system} 取令牌时返回的是网页“{title}”，不是接口应答；对该系统的任务已暂停。请检查地址、网关、代理或登录页。',
    en: 'Asked for a token, {system} answered with a web page, "{title}"; its tasks are held. Look at the address, gateway, proxy or sign-in page.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  UPSTREAM_REDIRECT: {
    zh: '{system} 把请求转向别处（例如登录页），未跟随；对该系统的任务已暂停。请检查地址和网关的登录策略。',
    en: '{system} redirects us elsewhere, such as to a login page; this is never followed, and its tasks are held. Check the base URL and the gateway in front of it.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  UPSTREAM_REJECTED: {
    zh: '{system} 拒绝了 {employeeNumber} 的请求：{vendorAnswer}。请据此更正数据：请求带来的人员用 updateRequestItem 更正，会自动重试；HR 维护的人员在 HR 更正，同步后重试。',
    en: '{system} rejected the request for {employeeNumber}: {vendorAnswer}. Correct the data accordingly: with updateRequestItem, which tries again; of somebody HR knows, in HR, then retry after the sync.',
    fixBy: 'CALLER',
    retryable: false,
  },
  UPSTREAM_REFUSES_ALL: {
    zh: '{system} 对多个人返回同一个未知的拒绝（{vendorAnswer}），不像是各人数据的问题；对该系统的任务已暂停，没有消耗重试次数。请系统负责人核对；若确是数据问题，请把该代码加入设置 upstream_rejection_codes。',
    en: '{system} refuses several people with one answer that is not known ({vendorAnswer}), which hardly is about their data; its tasks are held and lose no attempt. Ask its owner; should it be about data after all, add the code to the Setting upstream_rejection_codes.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  UPSTREAM_DEPARTMENT_MISSING: {
    zh: '{system} 中没有 {employeeNumber} 的部门（{vendorAnswer}）。请先在该系统建立部门或更正部门映射。',
    en: '{system} does not know the department of {employeeNumber} ({vendorAnswer}). Create it there, or correct the department mapping.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  NOT_VISIBLE_YET: {
    zh: '{system} 尚未看到 {employeeNumber} 的目录账号（同步延迟）；系统会定期再试，无需操作。',
    en: '{system} does not see the directory account of {employeeNumber} yet (replication takes time); it is tried again regularly. Nothing to do.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  ACCOUNT_TAKEN: {
    zh: '{system} 中 {employeeNumber} 的账号属于另一个人（{otherEmployeeNumber}）。请人工核对后处理。',
    en: 'The account of {employeeNumber} at {system} belongs to somebody else ({otherEmployeeNumber}). A person must find out whose it is.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  LOGIN_TAKEN: {
    zh: '{system} 中登录名 {login} 已被他人占用，无法为 {employeeNumber} 建立账号。请人工核对占用者。',
    en: "The login {login} at {system} is another person's, so {employeeNumber} cannot have it. Find out who holds it.",
    fixBy: 'OPERATOR',
    retryable: false,
  },
  PHONE_TAKEN: {
    zh: '{employeeNumber} 的手机号在 {system} 已登记给 {otherEmployeeNumber}。请用 updateRequestItem 更正手机号（HR 维护的人员在 HR 更正），或在该系统解除占用后重试。',
    en: 'The phone of {employeeNumber} is registered at {system} for {otherEmployeeNumber}. Correct the phone with updateRequestItem (of somebody HR knows: in HR), or free it there and retry.',
    fixBy: 'CALLER',
    retryable: false,
  },
  PHONE_TAKEN_ELSEWHERE: {
    zh: '{employeeNumber} 的手机号在 {system} 已被本企业之外的账号使用。请用 updateRequestItem 更换手机号（HR 维护的人员在 HR 更换），或由本人解除占用后重试。',
    en: 'The phone of {employeeNumber} is used at {system} by an account outside this company. Enter another phone with updateRequestItem (of somebody HR knows: in HR), or have its owner free it and retry.',
    fixBy: 'CALLER',
    retryable: false,
  },
  PHONE_NOT_MOBILE: {
    zh: '{system} 以手机号登录，而 {employeeNumber} 没有手机号。请用 updateRequestItem 补充手机号（HR 维护的人员在 HR 补充），会自动重试。',
    en: '{system} logs people in by mobile phone, and {employeeNumber} has none. Give one with updateRequestItem, which tries again (of somebody HR knows: in HR).',
    fixBy: 'CALLER',
    retryable: false,
  },
  MAILBOX_NAME_TAKEN: {
    zh: '{employeeNumber} 的邮箱名在 {system} 已被占用：{vendorAnswer}。请人工核对占用者。',
    en: 'The mailbox name of {employeeNumber} is in use at {system}: {vendorAnswer}. Find out who holds it.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  LOGIN_TOO_LONG: {
    zh: '工号 {employeeNumber} 超过 {system} 登录名的 20 个字符上限，未发出请求。请使用更短的工号。',
    en: 'The employee number {employeeNumber} is longer than the 20 characters a login at {system} may have; nothing was sent. Use a shorter one.',
    fixBy: 'CALLER',
    retryable: false,
  },
  DEPARTMENT_UNMAPPED: {
    zh: '{employeeNumber} 的部门在 {system} 没有对应的组织单位（OU）。请补充部门映射，任务会自动继续。',
    en: 'The department of {employeeNumber} has no organisational unit at {system}. Add the department mapping; the task goes on by itself.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  MISSING_REMOTE: {
    zh: '{system} 中已没有该日历、日程或成员（{vendorAnswer}），可能被人手工删除。请运行 reconcileCalendars（mode: RUN）重新建立。',
    en: '{system} no longer has this calendar, event or member ({vendorAnswer}); somebody may have deleted it by hand. reconcileCalendars with mode RUN makes it again.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  UPSTREAM_CALL_REJECTED: {
    zh: '{system} 拒绝了这次调用（{operation}）：{vendorAnswer}。请据此更正后重试失败项。',
    en: '{system} refused this call ({operation}): {vendorAnswer}. Correct what it names, then retry the failed items.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
} satisfies Record<string, ErrorEntry>;

/** A code of `upstreamErrors`. */
export type UpstreamErrorCode = keyof typeof upstreamErrors;
