/** How an action is named: by the API, the command line, the console. */
export const adviceForms = ['OPERATION', 'COMMAND', 'BUTTON'] as const;
export type AdviceForm = (typeof adviceForms)[number];

/** An action of a person, in three forms. `{name}` is replaced by a fact of its subject. */
export interface Action {
  /** Of the command line, without its name; what is in capitals the reader fills in. */
  readonly command: string;
  /** Label of the console's button. */
  readonly button: { readonly zh: string; readonly en: string };
  /** Where it is, below /console. */
  readonly page: string;
  /** Fields of the operation's input and the facts that fill them. */
  readonly input: Readonly<Record<string, string>>;
}

function action(
  command: string,
  [zh, en]: readonly [zh: string, en: string],
  page: string,
  input: Readonly<Record<string, string>> = {},
): Action {
  return { command, button: { zh, en }, page, input };
}

const runId = { runId: 'runId' };
const person = '/people/{employeeNumber}';
const account = { employeeNumber: 'employeeNumber', system: 'system' };

/**
 * All actions that our texts name, by operation: texts contain the operation, and readers see the form for their
 * client.
 */
export const actions = {
  startCalendarSync: action(
    'calendar sync --term={term}',
    ['同步日历', 'Sync calendars'],
    '/calendars/{term}',
    { term: 'term' },
  ),
  reconcileCalendars: action(
    'calendar reconcile --term={term} --repair',
    ['核对日历', 'Reconcile'],
    '/calendars/{term}',
    { term: 'term' },
  ),
  updateTerm: action('calendar terms --open TERM', ['打开学期', 'Open the term'], '/calendars'),
  createAccounts: action('create-accounts FILE', ['新请求', 'New request'], '/requests/new'),
  retryRequest: action('retry {requestId}', ['重试', 'Retry'], '/requests/{requestId}', {
    requestId: 'requestId',
  }),
  cancelRequest: action('cancel {requestId}', ['取消', 'Cancel'], '/requests/{requestId}', {
    requestId: 'requestId',
  }),
  updateRequestItem: action(
    'correct {requestId} {employeeNumber}',
    ['更正', 'Correct'],
    '/requests/{requestId}',
    { requestId: 'requestId', employeeNumber: 'employeeNumber' },
  ),
  retryTask: action('retry {taskId}', ['重试', 'Retry'], '/tasks/{taskId}', { taskId: 'taskId' }),
  retryTasks: action(
    'retry --system {system} --error-code {errorCode}',
    ['批量重试', 'Retry all'],
    '/tasks?status=FAILED&system={system}&errorCode={errorCode}',
  ),
  cancelTasks: action(
    'cancel --system {system} --error-code {errorCode}',
    ['批量取消', 'Cancel all'],
    '/tasks?system={system}',
  ),
  dismissTasks: action(
    'dismiss --system {system} --error-code {errorCode} --reason REASON',
    ['不再提示', 'Dismiss'],
    '/tasks?status=FAILED&system={system}&errorCode={errorCode}',
  ),
  resolveTask: action('resolve {taskId} --exists IDENTIFIER', ['登记结果', 'Resolve'], '/tasks/{taskId}', {
    taskId: 'taskId',
  }),
  linkAccount: action(
    'link-account {employeeNumber} {system} IDENTIFIER',
    ['关联账号', 'Link'],
    person,
    account,
  ),
  unlinkAccount: action('unlink-account {employeeNumber} {system}', ['解除关联', 'Unlink'], person, account),
  acceptNames: action('accept-names {employeeNumber}', ['确认姓名', 'Accept name'], person, {
    employeeNumbers: 'employeeNumber',
  }),
  setPersonIdentifiers: action(
    'set-identifiers {employeeNumber} --username LOGIN',
    ['更改登录名', 'Change names'],
    person,
    { employeeNumber: 'employeeNumber' },
  ),
  upsertDepartmentMappings: action(
    'load-department-mappings FILE.csv',
    ['添加映射', 'Add mappings'],
    '/mappings/departments',
  ),
  upsertPersonTypeMappings: action(
    'set-person-type {personType}',
    ['添加人员类型', 'Add person type'],
    '/mappings/person-types',
  ),
  syncHr: action('sync-hr', ['立即同步', 'Sync now'], '/runs'),
  createAccountTasks: action('create-account-tasks', ['创建任务', 'Create tasks'], '/runs'),
  processAccountTasks: action('process-account-tasks', ['执行任务', 'Process tasks'], '/runs'),
  disableLeavers: action('disable-leavers', ['停用离职账号', 'Disable leavers'], '/runs'),
  verifyAccounts: action('verify-accounts', ['核对账号', 'Verify accounts'], '/runs'),
  adoptAccounts: action('adopt-accounts', ['认领账号', 'Adopt accounts'], '/runs'),
  confirmRun: action('confirm {runId}', ['确认', 'Confirm'], '/runs/{runId}', runId),
  rejectRun: action('reject {runId}', ['否决', 'Reject'], '/runs/{runId}', runId),
  cancelRun: action('cancel {runId}', ['停止', 'Stop'], '/runs/{runId}', runId),
  resumeRun: action('resume {runId}', ['继续', 'Resume'], '/runs/{runId}', runId),
  retryFailedItems: action('retry-items {runId}', ['重试失败项', 'Retry failed'], '/runs/{runId}', runId),
  checkSystem: action('check {system}', ['检查', 'Check'], '/systems', { system: 'system' }),
  checkHrSource: action('check hr', ['检查 HR', 'Check HR'], '/systems'),
  updateSetting: action('settings set {setting} JSON', ['修改', 'Change'], '/settings?key={setting}', {
    key: 'setting',
  }),
  upsertWebhook: action('webhooks set URL', ['保存', 'Save'], '/webhooks'),
  webhookDeliveries: action('deliveries', ['投递记录', 'Deliveries'], '/deliveries'),
  redeliver: action('redeliver {deliveryId}', ['重新发送', 'Send again'], '/deliveries', {
    deliveryId: 'deliveryId',
  }),
  poisonMessages: action('poison', ['死信', 'Dead letters'], '/poison'),
  redrivePoisonMessages: action('poison redrive ID', ['重新入队', 'Queue again'], '/poison'),
  discardPoisonMessages: action('poison discard ID', ['丢弃', 'Discard'], '/poison'),
  rotateApiKey: action('keys rotate PREFIX', ['轮换', 'Rotate'], '/keys'),
  createApiKey: action('keys create NAME', ['新密钥', 'New key'], '/keys'),
  erasePerson: action(
    'erase-person {employeeNumber} --reason REASON --yes',
    ['删除个人数据', 'Erase'],
    person,
    { employeeNumber: 'employeeNumber' },
  ),
  verifyAudit: action('verify-audit', ['核对', 'Verify'], '/audit'),
} as const satisfies Readonly<Record<string, Action>>;
export type ActionName = keyof typeof actions;
