import type { TaskResolution } from '../../../domain/provisioning/states/states.ts';
import { resolveTask } from '../../../jobs/provisioning/corrections/resolve-task.ts';
import { builder } from '../../building/builder.ts';
import type { Described } from '../../building/shared-enums.ts';
import { UserError } from '../../building/user-error.ts';
import { renderUserErrors, unknownId } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { forgetLoaded } from '../../reading/loaders.ts';
import { taskById } from '../rows/row-loaders.ts';
import { AccountTask } from '../rows/rows.ts';
import { seesTask } from '../rows/sees.ts';
import type { RetryTaskPayloadShape } from '../rows/shapes.ts';

const taskResolutions = {
  EXISTS: { description: 'The account is there, under `identifier`.' },
  SEND_AGAIN: { description: 'It is not there: the task is sent again.' },
  GIVE_UP: { description: 'It is not to be tried further: the task fails, for `reason`.' },
} as const satisfies Described<TaskResolution>;

const TaskResolutionEnum = builder.enumType('TaskResolution', {
  description: 'What a person found out about a task whose answer was lost.',
  values: taskResolutions,
});

const input = builder.inputType('ResolveTaskInput', {
  description: 'What a person found out about a task whose answer was lost.',
  fields: (t) => ({
    taskId: t.string({ required: true, description: 'Public id of the task.' }),
    outcome: t.field({ type: TaskResolutionEnum, required: true, description: 'What was found.' }),
    identifier: t.string({
      description:
        'With EXISTS, and required there: what the system calls the account: IDAAS the login, WELINK the corpUserId, EMAIL the address; at most 320 characters.',
    }),
    remoteId: t.string({
      description: "With EXISTS: the system's own id, where it has one; at most 320 characters.",
    }),
    reason: t.string({
      description: 'With GIVE_UP, and required there: why, for whoever asked; at most 500 characters.',
    }),
    attempt: t.int({
      description:
        'The newest `executionAttempt` when the person looked: refused with VERSION_CONFLICT if it was sent again since. Default: whichever it is.',
    }),
  }),
});
export const ResolveTaskPayload = builder.objectRef<RetryTaskPayloadShape>('ResolveTaskPayload').implement({
  description: 'What became of it.',
  fields: (t) => ({
    task: t.field({
      type: AccountTask,
      nullable: true,
      description: 'The task as it is now; null when unknown.',
      resolve: (payload) => payload.task,
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Why nothing was changed; empty when it was.',
      resolve: (payload) => payload.userErrors,
    }),
  }),
});
builder.mutationField('resolveTask', (t) =>
  t.field({
    ...needs('operate'),
    type: ResolveTaskPayload,
    description:
      'Settles a task that is UNCERTAIN by what a person found at its system, which is not asked again. The account is ACTIVE and LINKED and what waited for it goes on; or the task is sent again; or it fails. A task at a system that can neither be searched nor refuses duplicates waits for this.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { taskId, outcome, ...given } }, scope) => {
      if (!(await seesTask(scope, taskId)))
        return { task: null, userErrors: renderUserErrors(scope, [unknownId('task', taskId, 'taskId')]) };
      const { id, userErrors } = await resolveTask(operationContext(scope), {
        taskId,
        outcome,
        identifier: given.identifier ?? null,
        remoteId: given.remoteId ?? null,
        reason: given.reason ?? null,
        attempt: given.attempt ?? null,
      });
      forgetLoaded(scope);
      return {
        task: id === null ? null : await taskById(scope).load(id),
        userErrors: renderUserErrors(scope, userErrors),
      };
    },
  }),
);
