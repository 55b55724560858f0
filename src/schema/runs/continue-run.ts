import {
  describeCharacter,
  findForbiddenCharacter,
  isLongerThan,
  normaliseText,
} from '../../domain/text/text.ts';
import { confirmRun, rejectRun } from '../../jobs/runs/confirm-run.ts';
import { resumeRun, retryFailedItems } from '../../jobs/runs/resume-run.ts';
import { builder } from '../building/builder.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';
import { canBeStored } from '../reading/text-filter.ts';
import { RunPayload, runPayload, unknownRun } from './run-payload.ts';

/** Longest reason that is kept, in characters. */
const REASON_MAX = 1_000;

/** The mutations on a run that take nothing but its id. */
const mutations = [
  {
    name: 'confirmRun',
    input: 'ConfirmRunInput',
    of: 'Which run may go on.',
    description:
      'Lets a run go on that is AWAITING_CONFIRMATION: it does what its PENDING items say. In any other state INVALID_STATE.',
    run: confirmRun,
  },
  {
    name: 'resumeRun',
    input: 'ResumeRunInput',
    of: 'Which run is to go on.',
    description:
      'Lets a run that FAILED or was CANCELLED go on at its checkpoint; what it has done is not done again. INVALID_STATE in any other state, when it was rejected, and while another run of its kind is live.',
    run: resumeRun,
  },
  {
    name: 'retryFailedItems',
    input: 'RetryFailedItemsInput',
    of: 'Which run has failed records.',
    description:
      'Takes the FAILED records of an ended run again. INVALID_STATE while the run is live, and when no record failed. Of HR_SYNC those are accounts that could not be updated; rows that HR has to correct are taken by the next sync.',
    run: retryFailedItems,
  },
] as const;

for (const { name, input: inputName, of, description, run } of mutations) {
  const input = builder.inputType(inputName, {
    description: of,
    fields: (t) => ({ runId: t.string({ required: true, description: 'Public id, `run_…`.' }) }),
  });
  builder.mutationField(name, (t) =>
    t.field({
      ...needs('operate'),
      type: RunPayload,
      description,
      args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
      resolve: async (_root, { input: { runId } }, scope) =>
        runPayload(
          scope,
          canBeStored(runId) ? await run(operationContext(scope), { runId }) : unknownRun(runId),
        ),
    }),
  );
}
const rejectInput = builder.inputType('RejectRunInput', {
  description: 'Which run must not go on.',
  fields: (t) => ({
    runId: t.string({ required: true, description: 'Public id, `run_…`.' }),
    reason: t.string({ description: `Why, for whoever reads it later; at most ${REASON_MAX} characters.` }),
  }),
});
builder.mutationField('rejectRun', (t) =>
  t.field({
    ...needs('operate'),
    type: RunPayload,
    description:
      'Ends a run that is AWAITING_CONFIRMATION as CANCELLED: it does nothing, and cannot be resumed. Of TASK_CREATION and LEAVERS the no holds for those people for 24 hours, of TASK_CREATION at most until something about them changes: nobody is asked about them again; a run started by hand takes them. In any other state INVALID_STATE.',
    args: { input: t.arg({ type: rejectInput, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { runId, reason: given } }, scope) => {
      if (!canBeStored(runId)) return runPayload(scope, unknownRun(runId));
      const reason = normaliseText(given ?? '');
      const problem = reasonProblem(reason);
      if (problem !== null) return runPayload(scope, { id: null, userErrors: [problem] });
      const input = { runId, reason: reason === '' ? null : reason };
      return runPayload(scope, await rejectRun(operationContext(scope), input));
    },
  }),
);

function reasonProblem(reason: string) {
  const path = ['reason'];
  if (isLongerThan(reason, REASON_MAX))
    return { code: 'TOO_LONG', parameters: { field: 'reason', limit: REASON_MAX }, path };
  const forbidden = findForbiddenCharacter(reason);
  if (forbidden === null) return null;
  const parameters = { field: 'reason', variant: 'CHARACTER', character: describeCharacter(forbidden) };
  return { code: 'INVALID', parameters, path };
}
