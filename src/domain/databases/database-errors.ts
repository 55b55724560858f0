import type { ErrorEntry } from '../errors/error-entry.ts';

/** Why a database could not be read; `{instance}` is its name, `{detail}` the message of the server or the driver. */
export const connectionErrors = {
  HOST_NOT_FOUND: {
    zh: '找不到主机 {host}（实例 {instance}）。请管理员检查主机名和 DNS。',
    en: 'The host {host} of instance {instance} is not known. The operator checks its name and the DNS.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  CONNECTION_REFUSED: {
    zh: '{host}:{port} 拒绝连接（实例 {instance}）：数据库没有运行、端口不对，或防火墙拦截。',
    en: '{host}:{port} refused the connection (instance {instance}): the server is down, the port is another, or a firewall is in between.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  CONNECTION_LOST: {
    zh: '与实例 {instance}（{host}:{port}）的连接中断：{detail}',
    en: 'The connection to instance {instance} ({host}:{port}) was lost: {detail}',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  TIMEOUT: {
    zh: '实例 {instance}（{host}:{port}）没有在 {seconds} 秒内应答。',
    en: 'Instance {instance} ({host}:{port}) did not answer within {seconds} seconds.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  TLS_UNAVAILABLE: {
    zh: '实例 {instance}（{host}:{port}）不提供加密连接，而登记的 tls 为 {tls}。请在服务器开启 TLS，或改为 PREFERRED。',
    en: 'Instance {instance} ({host}:{port}) offers no encryption and is registered with tls {tls}. Switch TLS on at the server, or register PREFERRED.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  CERTIFICATE_REFUSED: {
    zh: '实例 {instance}（{host}:{port}）的证书未通过校验（tls 为 {tls}）：{detail}。请登记签发它的 caCertificate，或改用 REQUIRED。',
    en: 'The certificate of instance {instance} ({host}:{port}) was refused under tls {tls}: {detail}. Register the caCertificate that signed it, or use REQUIRED.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  CREDENTIALS_REFUSED: {
    zh: '实例 {instance} 拒绝用户 {username} 登录：{detail}。请用 updateDatabaseInstance 更正用户名或密码。',
    en: 'Instance {instance} refused user {username}: {detail}. Correct the user name or password with updateDatabaseInstance.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  DATABASE_NOT_FOUND: {
    zh: '实例 {instance} 上没有数据库（或服务名）{database}。',
    en: 'Instance {instance} has no database (or service) {database}.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  WRONG_ENGINE: {
    zh: '{host}:{port} 不是 {engine}（实例 {instance}）：{detail}',
    en: '{host}:{port} is no {engine} (instance {instance}): {detail}',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  PERMISSION_DENIED: {
    zh: '用户 {username} 无权读取实例 {instance} 的系统表：{detail}。所需授权见 coverage，或用 accountsync databases grants 打印。',
    en: 'User {username} may not read the catalog of instance {instance}: {detail}. The grants it takes are in coverage, and `accountsync databases grants` prints them.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  LOCK_TIMEOUT: {
    zh: '实例 {instance} 的系统表被锁住，等待超时：{detail}',
    en: 'The catalog of instance {instance} was locked for too long: {detail}',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  DATABASE_ERROR: {
    zh: '实例 {instance} 返回了错误：{detail}',
    en: 'Instance {instance} answered with an error: {detail}',
    fixBy: 'OPERATOR',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>;

export type ConnectionErrorCode = keyof typeof connectionErrors;

/** Every error of the databases area. */
export const databaseErrors = {
  ...connectionErrors,
  NAME_TAKEN: {
    zh: '已有名为 {name} 的数据库实例。请换一个名称。',
    en: 'There is a database instance named {name} already. Choose another name.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'NOT_FOUND.INSTANCE': {
    zh: '没有名为 {id} 的数据库实例。',
    en: 'There is no database instance named {id}.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'NOT_FOUND.DATABASE_ACCOUNT': {
    zh: '没有编号为 {id} 的数据库账号。',
    en: 'There is no database account with the id {id}.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'NOT_FOUND.CLASSIFICATION': {
    zh: '没有代码为 {id} 的分类规则。',
    en: 'There is no classification rule with the code {id}.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'NOT_FOUND.PERSON_OF_NUMBER': {
    zh: '没有工号为 {id} 的人员。',
    en: 'There is no person with the employee number {id}.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.TRIGGER': {
    zh: '运行类型 {value} 只由系统自己使用。请用 MANUAL_SINGLE、MANUAL_BATCH 或 MANUAL_TASK。',
    en: 'Runs of type {value} are started by the service itself. Use MANUAL_SINGLE, MANUAL_BATCH or MANUAL_TASK.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.INSTANCES_OF_TYPE': {
    zh: '{type} 需要的实例数量不同：MANUAL_SINGLE 恰好一个，MANUAL_BATCH 至少一个，MANUAL_TASK 不填。',
    en: '{type} takes another number of instances: MANUAL_SINGLE exactly one, MANUAL_BATCH at least one, MANUAL_TASK none.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID_STATE.NOT_AWAITING': {
    zh: '运行 {id} 中的实例 {instance} 没有等待确认。',
    en: 'Instance {instance} of run {id} waits for no confirmation.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID_STATE.IN_FLIGHT': {
    zh: '实例 {id} 正在同步（运行 {run}）。请等它结束，或先用 cancelRun 停止它。',
    en: 'Instance {id} is being synced by run {run}. Wait until that has ended, or stop it with cancelRun.',
    fixBy: 'CALLER',
    retryable: true,
  },
  'INVALID.CONDITION_ONE_MEMBER': {
    zh: '条件的每个节点必须且只能填写一个成员。',
    en: 'Exactly one member of each node of a condition is set.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.CONDITION_EMPTY_LIST': {
    zh: 'all 和 any 至少要有一个条件。',
    en: 'all and any take at least one condition.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.CONDITION_BLANK': {
    zh: '此处不能为空。',
    en: 'Blank text is nothing to ask for here.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.CONDITION_TOO_DEEP': {
    zh: '条件嵌套过深（最多 12 层）。',
    en: 'The condition is nested too deep (12 levels at most).',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.CONDITION_VALUE': {
    zh: '此值不在允许范围内。',
    en: 'This is none of the values that can be asked for.',
    fixBy: 'CALLER',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>;
