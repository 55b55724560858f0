import { allErrors } from '../../catalogue/all-errors.ts';
import type { ErrorEntry, ErrorParameters, Locale, StoredError } from '../../errors/error-entry.ts';
import { renderError } from '../../errors/render-error.ts';
import { displayRunKind, runKinds } from '../../runs/run-kinds.ts';
import { type AttemptOutcome, attemptOutcomes } from '../states/states.ts';

/** Kinds of events of a person, in the order in which simultaneous ones are listed. */
export const personEventKinds = [
  'PERSON_ADDED',
  'REQUEST_ACCEPTED',
  'TASK_PLANNED',
  'ATTEMPT_STARTED',
  'ATTEMPT_ENDED',
  'ACCOUNT_CREATED',
  'ACCOUNT_ADOPTED',
  'ACCOUNT_IMPORTED',
  'ACCOUNT_LINKED',
  'ACCOUNT_DISABLED',
  'ACCOUNT_ENABLED',
  'ACCOUNT_REMOVED',
  'TASK_COMPLETED',
  'TASK_FAILED',
  'TASK_CANCELLED',
  'REQUEST_COMPLETED',
  'REQUEST_FAILED',
  'REQUEST_CANCELLED',
  'RUN_RECORD',
] as const;
export type PersonEventKind = (typeof personEventKinds)[number];

/** One thing that happened to a person, as it is stored. */
export interface PersonEvent {
  readonly kind: PersonEventKind;
  /** Named by the texts below. */
  readonly parameters: ErrorParameters;
  readonly error: StoredError | null;
}

type Text = Pick<ErrorEntry, 'zh' | 'en'>;

const texts: Readonly<Record<PersonEventKind, Text>> = {
  PERSON_ADDED: {
    zh: '首次登记此人（来源 {source}）。',
    en: 'We first heard of this person (from {source}).',
  },
  REQUEST_ACCEPTED: {
    zh: '{originSystem} 的请求 {requestId}（{businessKey}）申请账号：{systems}。',
    en: 'Request {requestId} of {originSystem} ({businessKey}) asked for accounts in {systems}.',
  },
  TASK_PLANNED: {
    zh: '计划在 {system} 创建账号（任务 {taskId}）。',
    en: 'An account in {system} was planned (task {taskId}).',
  },
  ATTEMPT_STARTED: {
    zh: '{system} 第 {attempt} 次尝试开始，尚未结束（任务 {taskId}）。',
    en: 'Attempt {attempt} at {system} began and has not ended (task {taskId}).',
  },
  ATTEMPT_ENDED: {
    zh: '{system} 第 {attempt} 次尝试：{outcome}（任务 {taskId}）。',
    en: 'Attempt {attempt} at {system}: {outcome} (task {taskId}).',
  },
  ACCOUNT_CREATED: {
    zh: '{system} 账号 {identifier} 已创建。',
    en: 'Account {identifier} was created in {system}.',
  },
  ACCOUNT_ADOPTED: {
    zh: '{system} 中已有此人的账号 {identifier}，已接管。',
    en: 'Account {identifier} was found in {system} and adopted.',
  },
  ACCOUNT_IMPORTED: {
    zh: '{system} 账号 {identifier} 由人事数据或首次导入得知。',
    en: 'Account {identifier} in {system} became known from HR or a first import.',
  },
  ACCOUNT_LINKED: {
    zh: '{system} 账号 {identifier} 由管理员关联。',
    en: 'Account {identifier} in {system} was linked by an operator.',
  },
  ACCOUNT_DISABLED: {
    zh: '{system} 账号 {identifier} 已停用。',
    en: 'Account {identifier} in {system} was disabled.',
  },
  ACCOUNT_ENABLED: {
    zh: '{system} 账号 {identifier} 已重新启用。',
    en: 'Account {identifier} in {system} was enabled again.',
  },
  ACCOUNT_REMOVED: {
    zh: '{system} 账号 {identifier} 已从登记中移除。',
    en: 'Account {identifier} in {system} was removed from the records.',
  },
  TASK_COMPLETED: { zh: '{system} 任务 {taskId} 完成。', en: 'Task {taskId} at {system} was completed.' },
  TASK_FAILED: { zh: '{system} 任务 {taskId} 失败。', en: 'Task {taskId} at {system} failed.' },
  TASK_CANCELLED: { zh: '{system} 任务 {taskId} 已取消。', en: 'Task {taskId} at {system} was cancelled.' },
  REQUEST_COMPLETED: {
    zh: '请求 {requestId} 为此人申请的账号全部就绪。',
    en: 'Every account that request {requestId} wanted for this person exists.',
  },
  REQUEST_FAILED: { zh: '请求 {requestId} 中的此人失败。', en: 'This person failed in request {requestId}.' },
  REQUEST_CANCELLED: {
    zh: '请求 {requestId} 中的此人已取消。',
    en: 'This person was cancelled in request {requestId}.',
  },
  RUN_RECORD: {
    zh: '运行 {runId}（{runKind}）的记录：{outcome}。',
    en: 'Recorded by run {runId} ({runKind}): {outcome}.',
  },
};

const outcomes: Readonly<Record<AttemptOutcome, Text>> = {
  CREATED: { zh: '已创建', en: 'created' },
  ADOPTED: { zh: '已存在，接管', en: 'existed already, adopted' },
  NOT_NEEDED: { zh: '账号已可用，无需发送', en: 'not needed, the account was active' },
  NOT_VISIBLE_YET: { zh: '依赖的数据尚未同步到对方', en: 'what it depends on has not arrived there yet' },
  RETRYABLE: { zh: '暂时失败', en: 'failed for a passing reason' },
  THROTTLED: { zh: '对方要求放慢', en: 'told to slow down' },
  CREDENTIALS: { zh: '对方拒绝我们的凭据', en: 'our credentials were refused' },
  UNCERTAIN: { zh: '已发送，未收到答复', en: 'sent, the answer was lost' },
  REJECTED: { zh: '被拒绝', en: 'refused for good' },
  CONFLICT: { zh: '标识属于他人', en: "the identity is another person's" },
  ERROR: { zh: '程序出错', en: 'the program failed' },
  LOST: { zh: '工作进程中断', en: 'the worker died' },
};

/** An event in the reader's language, with the reason where something went wrong. */
export function describePersonEvent({ kind, parameters, error }: PersonEvent, locale: Locale): string {
  const told = locale === 'ZH_CN' ? texts[kind].zh : texts[kind].en;
  const entry = { zh: told, en: told, fixBy: 'NOBODY', retryable: false } as const;
  const text = renderError({ [kind]: entry }, { code: kind, parameters: named(parameters, locale) }, locale);
  if (error === null) return text;
  return `${text}${locale === 'ZH_CN' ? '' : ' '}${renderError(allErrors, error, locale)}`;
}

/** Renders outcomes of attempts and kinds of runs in words; outcomes of runs stay codes. */
function named(parameters: ErrorParameters, locale: Locale): ErrorParameters {
  const outcome = attemptOutcomes.find((known) => known === parameters['outcome']);
  const runKind = runKinds.find((known) => known === parameters['runKind']);
  return {
    ...parameters,
    ...(outcome !== undefined && {
      outcome: locale === 'ZH_CN' ? outcomes[outcome].zh : outcomes[outcome].en,
    }),
    ...(runKind !== undefined && { runKind: displayRunKind(runKind, locale) }),
  };
}
