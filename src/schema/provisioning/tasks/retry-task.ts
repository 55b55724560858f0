import { retryTask } from '../../../jobs/provisioning/corrections/retry-task.ts';
import { builder } from '../../building/builder.ts';
import { UserError } from '../../building/user-error.ts';
import { renderUserErrors, unknownId } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { forgetLoaded } from '../../reading/loaders.ts';
import { taskById } from '../rows/row-loaders.ts';
import { AccountTask } from '../rows/rows.ts';
import { seesTask } from '../rows/sees.ts';
import type { RetryTaskPayloadShape } from '../rows/shapes.ts';

const input = builder.inputType('RetryTaskInput', {
  description: 'What to try again.',
  fields: (t) => ({
    taskId: t.string({ required: true, description: 'Public id of the task.' }),
  }),
});
export const RetryTaskPayload = builder.objectRef<RetryTaskPayloadShape>('RetryTaskPayload').implement({
  description: 'What became of the retry.',
  fields: (t) => ({
    task: t.field({
      type: AccountTask,
      nullable: true,
      description:
        'The task that is open now, which may be another one for the same account; null when unknown.',
      resolve: (payload) => payload.task,
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Why it was not retried; empty when it was.',
      resolve: (payload) => payload.userErrors,
    }),
  }),
});
builder.mutationField('retryTask', (t) =>
  t.field({
    ...needs('requests:write', 'operate'),
    type: RetryTaskPayload,
    description: 'Queues a task again that failed, was cancelled or waits for its next attempt.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { taskId } }, scope) => {
      if (!(await seesTask(scope, taskId)))
        return { task: null, userErrors: renderUserErrors(scope, [unknownId('task', taskId, 'taskId')]) };
      const { id, userErrors } = await retryTask(operationContext(scope), { taskId });
      forgetLoaded(scope);
      return {
        task: id === null ? null : await taskById(scope).load(id),
        userErrors: renderUserErrors(scope, userErrors),
      };
    },
  }),
);
