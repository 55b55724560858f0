import { resolveTask } from '../../../jobs/provisioning/corrections/resolve-task.ts';
import { renderUserErrors, unknownId } from '../../errors.ts';
import { operationContext } from '../../operation.ts';
import type { SchemaParts } from '../../parts.ts';
import { needs } from '../../permissions/rules.ts';
import { forgetLoaded } from '../../reading/loaders.ts';
import { taskById } from '../rows/row-loaders.ts';
import { seesTask } from '../rows/sees.ts';

/** The mutation `resolveTask`. */
export function addResolveTask({ builder, enums }: SchemaParts): void {
  const input = builder.inputType('ResolveTaskInput', {
    description: 'What a person found out about a task whose answer was lost.',
    fields: (t) => ({
      taskId: t.string({ required: true, description: 'Public id of the task.' }),
      outcome: t.field({ type: enums.taskResolution, required: true, description: 'What was found.' }),
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
  builder.objectType('ResolveTaskPayload', {
    description: 'What became of it.',
    fields: (t) => ({
      task: t.field({
        type: 'AccountTask',
        nullable: true,
        description: 'The task as it is now; null when unknown.',
        resolve: (payload) => payload.task,
      }),
      userErrors: t.field({
        type: ['UserError'],
        description: 'Why nothing was changed; empty when it was.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
  builder.mutationField('resolveTask', (t) =>
    t.field({
      ...needs('operate'),
      type: 'ResolveTaskPayload',
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
}
