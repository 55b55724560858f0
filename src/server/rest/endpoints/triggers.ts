import { z } from 'zod';
import { type RestOperation, restOperation } from '../wire/operation.ts';
import { FieldErrorList, invalidFields } from '../wire/problem.ts';
import { FieldReader } from '../wire/read-fields.ts';
import type { FieldName, RestAnswer, RestCall, RestRoute } from '../wire/route.ts';
import { type LocalText, texts } from '../wire/texts.ts';
import { byField, userErrors } from '../wire/user-errors.ts';

const run = z.object({
  runId: z.string(),
  status: z.string(),
  summary: z.unknown(),
  error: z.string().nullable(),
});
type Run = z.output<typeof run>;
const runPayload = z.object({ run: run.nullable(), joined: z.boolean(), userErrors });

const RUN = 'runId status summary error';
const PAYLOAD = `run { ${RUN} } joined userErrors { code message path }`;

const syncHr = restOperation(
  `mutation RestSyncHr($input: SyncHrInput!) { outcome: syncHr(input: $input) { ${PAYLOAD} } }`,
  z.object({ outcome: runPayload }),
);
const createTasks = restOperation(
  `mutation RestCreateTasks($input: CreateAccountTasksInput!) {
    outcome: createAccountTasks(input: $input) { ${PAYLOAD} } }`,
  z.object({ outcome: runPayload }),
);
const processTasks = restOperation(
  `mutation RestProcessTasks($input: ProcessAccountTasksInput!) {
    outcome: processAccountTasks(input: $input) { ${PAYLOAD} } }`,
  z.object({ outcome: runPayload }),
);
const readRun = restOperation(
  `query RestRun($id: String!) { run(runId: $id) { ${RUN} } }`,
  z.object({ run: run.nullable() }),
);

type Options = Readonly<Record<string, unknown>>;

/** One of the three works that can be begun by hand. */
interface Trigger {
  readonly operation: RestOperation<{ readonly outcome: z.output<typeof runPayload> }>;
  readonly options: (fields: FieldReader) => Options;
}

const names = { employeeStatus: 'employee_status', maxTasks: 'max_tasks', mode: 'mode' } as const;

const messages = {
  COMPLETED: { run: { ZH_CN: '执行完成', EN: 'Done' }, dry_run: { ZH_CN: '预览完成', EN: 'Previewed' } },
  COMPLETED_WITH_ERRORS: {
    run: { ZH_CN: '执行完成，部分记录被拒绝', EN: 'Done; some records were refused' },
    dry_run: { ZH_CN: '预览完成，部分记录会被拒绝', EN: 'Previewed; some records would be refused' },
  },
} as const;
const RUNNING: LocalText = {
  ZH_CN: '仍在执行，完成后可用 GraphQL 的 run(runId) 或 accountsync runs 查看结果。',
  EN: 'Still under way; GraphQL run(runId) or accountsync runs show how it ends.',
};
const AWAITING: LocalText = {
  ZH_CN: '等待人工确认：accountsync confirm 或 GraphQL confirmRun。',
  EN: 'Waits for a person: accountsync confirm, or GraphQL confirmRun.',
};
const CANCELLED: LocalText = { ZH_CN: '已被取消。', EN: 'It was cancelled.' };

/** Begins a run and answers when it has ended, or that it continues. */
async function trigger(call: RestCall, { operation, options }: Trigger): Promise<RestAnswer> {
  const { locale, services } = call.scope;
  const errors = new FieldErrorList();
  const fields = new FieldReader(call.body, { errors, locale });
  const mode = fields.choice('mode', ['dry_run', 'run']) ?? 'dry_run';
  const input = { mode: mode.toUpperCase(), ...options(fields) };
  errors.assertNone();
  const { outcome } = await call.run(operation, { input });
  const [refusal] = outcome.userErrors;
  if (refusal !== undefined || outcome.run === null) {
    const fieldErrors = byField(outcome.userErrors, names);
    if (refusal !== undefined && (refusal.code === 'INVALID' || refusal.code === 'TOO_MANY'))
      throw invalidFields(fieldErrors);
    const detail = refusal?.message ?? texts.notFound[locale];
    const body = { status: 'error', mode, message: detail, detail, code: refusal?.code ?? 'INVALID_STATE' };
    return { status: 409, body };
  }
  const { runId } = outcome.run;
  const { respondAsync, waitSeconds } = call.preferences;
  const seconds = respondAsync ? 0 : (waitSeconds ?? services.settings.get('rest_wait_seconds'));
  const ended = await call.waitFor(() => readSettled(call, runId), seconds);
  const shown = ended ?? outcome.run;
  return answerOf(shown, { mode, joined: outcome.joined, locale });
}

/** The run once there is nothing to wait for; null before. */
async function readSettled(call: RestCall, id: string): Promise<Run | null> {
  const found = (await call.run(readRun, { id })).run;
  return found === null || found.status === 'RUNNING' ? null : found;
}

function answerOf(
  { runId, status, summary, error }: Run,
  { mode, joined, locale }: { mode: 'run' | 'dry_run'; joined: boolean; locale: keyof LocalText },
): RestAnswer {
  const about = { mode, runId, summary, joined };
  if (status === 'COMPLETED' || status === 'COMPLETED_WITH_ERRORS')
    return {
      status: 200,
      body: { status: 'success', message: messages[status][mode][locale], ...about },
    };
  if (status === 'RUNNING')
    return { status: 202, body: { status: 'running', message: RUNNING[locale], ...about } };
  if (status === 'AWAITING_CONFIRMATION')
    return { status: 202, body: { status: 'running', message: AWAITING[locale], ...about } };
  return { status: 500, body: { status: 'error', message: error ?? CANCELLED[locale], mode, runId } };
}

function route(
  name: string,
  field: FieldName,
  { text, ...kind }: Trigger & { readonly text: LocalText },
): RestRoute {
  return {
    method: 'POST',
    path: `/task-management/${name}/`,
    operationId: `task_management_${name}_create`,
    field,
    text,
    body: { schema: 'TaskExecution', forms: true, samples: name },
    answers: [
      { status: 200, schema: 'TaskExecutionResult' },
      { status: 202, schema: 'TaskExecutionResult' },
      { status: 409, schema: 'TaskExecutionRefusal' },
      { status: 500, schema: 'TaskExecutionFailure' },
    ],
    answer: (call) => trigger(call, kind),
  };
}

/** Works that are begun by hand; each also by the path with hyphens of the older document. */
export const triggerRoutes: readonly RestRoute[] = [
  route('sync_hr_persons', 'Mutation.syncHr', {
    text: { ZH_CN: '从人事系统同步人员', EN: 'Syncs people from HR' },
    operation: syncHr,
    options: (fields) => ({ forceFullSync: fields.boolean('force_full_sync') ?? false }),
  }),
  route('create_account_tasks', 'Mutation.createAccountTasks', {
    text: { ZH_CN: '为缺少账号的人员创建任务', EN: 'Plans tasks for people without accounts' },
    operation: createTasks,
    options: (fields) => {
      const statuses = fields.textList('employee_status') ?? [];
      return statuses.length === 0 ? {} : { employeeStatus: statuses };
    },
  }),
  route('process_account_tasks', 'Mutation.processAccountTasks', {
    text: { ZH_CN: '执行待处理的任务', EN: 'Runs tasks that are ready' },
    operation: processTasks,
    options: (fields) => {
      const maxTasks = fields.count('max_tasks');
      return maxTasks === undefined ? {} : { maxTasks };
    },
  }),
];
