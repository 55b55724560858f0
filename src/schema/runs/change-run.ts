import {
  describeCharacter,
  findForbiddenCharacter,
  isLongerThan,
  normaliseText,
} from '../../domain/text/text.ts';
import { cancelRun } from '../../jobs/runs/cancel-run.ts';
import { confirmRun, rejectRun } from '../../jobs/runs/confirm-run.ts';
import { resumeRun, retryFailedItems } from '../../jobs/runs/resume-run.ts';
import { addMutation, rowAfterwards } from '../building/mutation.ts';
import { notFound } from '../context/errors.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';
import { canBeStored } from '../reading/text-filter.ts';
import { runById } from './loaders.ts';
import { SyncRun } from './rows.ts';
import { RunPayload } from './run-payload.ts';

/** Longest reason that is kept, in characters. */
const REASON_MAX = 1_000;

/** Mutations that let a run go on and take nothing but its id. */
const mutations = [
  {
    name: 'confirmRun',
    about: 'Which run may go on.',
    description:
      'Lets a run go on that is AWAITING_CONFIRMATION: it does what its PENDING items say. In any other state INVALID_STATE.',
    run: confirmRun,
  },
  {
    name: 'resumeRun',
    about: 'Which run is to go on.',
    description:
      'Lets a run that FAILED or was CANCELLED go on at its checkpoint; what it has done is not done again. INVALID_STATE in any other state, when it was rejected, and while another run of its kind is live.',
    run: resumeRun,
  },
  {
    name: 'retryFailedItems',
    about: 'Which run has failed records.',
    description:
      'Takes the FAILED records of an ended run again. INVALID_STATE while the run is live, and when no record failed. Of HR_SYNC those are accounts that could not be updated; rows that HR has to correct are taken by the next sync.',
    run: retryFailedItems,
  },
] as const;

for (const { name, about, description, run } of mutations) {
  addMutation(name, {
    rule: needs('operate'),
    description,
    about,
    input: (t) => ({ runId: t.string({ required: true, description: 'Public id, `run_…`.' }) }),
    run: async ({ runId }, scope) =>
      canBeStored(runId) ? run(operationContext(scope), { runId }) : notFound('run', runId, 'runId'),
    payload: RunPayload,
  });
}

addMutation('rejectRun', {
  rule: needs('operate'),
  description:
    'Ends a run that is AWAITING_CONFIRMATION as CANCELLED: it does nothing, and cannot be resumed. For TASK_CREATION and LEAVERS the rejection holds for those people for 24 hours, for TASK_CREATION at most until something about them changes: no run asks about them again; a run started by hand includes them. In any other state INVALID_STATE.',
  about: 'Which run must not go on.',
  input: (t) => ({
    runId: t.string({ required: true, description: 'Public id, `run_…`.' }),
    reason: t.string({ description: `The reason, kept with the run; at most ${REASON_MAX} characters.` }),
  }),
  run: async ({ runId, reason: given }, scope) => {
    if (!canBeStored(runId)) return notFound('run', runId, 'runId');
    const reason = normaliseText(given ?? '');
    const problem = reasonProblem(reason);
    if (problem !== null) return { id: null, userErrors: [problem] };
    return rejectRun(operationContext(scope), { runId, reason: reason === '' ? null : reason });
  },
  payload: RunPayload,
});

addMutation('cancelRun', {
  rule: needs('operate'),
  description: 'Stops a run before its next page or item; what it has stored stays.',
  about: 'Which run is to stop.',
  input: (t) => ({ runId: t.string({ required: true, description: 'Public id, `run_…`.' }) }),
  run: async ({ runId }, scope) =>
    canBeStored(runId) ? cancelRun(operationContext(scope), { runId }) : notFound('run', runId, 'runId'),
  payload: (t) => ({
    run: t.field(rowAfterwards(SyncRun, runById, 'The run as it is now; null when unknown.')),
  }),
});

function reasonProblem(reason: string) {
  const path = ['reason'];
  if (isLongerThan(reason, REASON_MAX))
    return { code: 'TOO_LONG', parameters: { field: 'reason', limit: REASON_MAX }, path };
  const forbidden = findForbiddenCharacter(reason);
  if (forbidden === null) return null;
  const parameters = { field: 'reason', variant: 'CHARACTER', character: describeCharacter(forbidden) };
  return { code: 'INVALID', parameters, path };
}
