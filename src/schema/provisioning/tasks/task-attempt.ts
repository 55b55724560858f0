import { builder } from '../../building/builder.ts';
import { errorText } from '../../context/words.ts';
import { needs } from '../../permissions/rules.ts';
import { taskById } from '../rows/row-loaders.ts';
import { AccountTask, type TaskAttemptRow } from '../rows/rows.ts';
import { AttemptOutcomeEnum } from '../rows/states.ts';

export const TaskAttempt = builder.objectRef<TaskAttemptRow>('TaskAttempt').implement({
  description: 'One execution of a task.',
  fields: (t) => ({
    task: t.field({
      type: AccountTask,
      nullable: true,
      description: 'What was executed; null when it was removed meanwhile.',
      resolve: (attempt, _args, scope) => taskById(scope).load(attempt.task_id),
    }),
    executionAttempt: t.exposeInt('execution_attempt', { description: 'Which execution it was, from 1.' }),
    outcome: t.field({
      type: AttemptOutcomeEnum,
      nullable: true,
      description: 'How it ended; null while it runs.',
      resolve: (attempt) => attempt.outcome,
    }),
    errorCode: t.exposeString('error_code', {
      nullable: true,
      description: 'Stable code of what went wrong.',
    }),
    errorMessage: t.string({
      nullable: true,
      description: "What went wrong, in the caller's language.",
      resolve: (attempt, _args, scope) =>
        attempt.error_code === null
          ? null
          : errorText(scope, { code: attempt.error_code, parameters: attempt.error_parameters ?? {} }),
    }),
    errorDetails: t.expose('error_details', {
      ...needs('operate'),
      type: 'JSON',
      nullable: true,
      description:
        'For operators: class of the failure, HTTP status, code and words of the system; the stack of a bug.',
    }),
    executionContext: t.expose('execution_context', {
      ...needs('operate'),
      type: 'JSON',
      nullable: true,
      description:
        'For operators: host, process, job, system, person; `trial` when it probed an open circuit.',
    }),
    startedAt: t.expose('started_at', { type: 'DateTime', description: 'When it was claimed.' }),
    finishedAt: t.expose('finished_at', {
      type: 'DateTime',
      nullable: true,
      description: 'When its outcome was recorded; null while it runs.',
    }),
  }),
});
