import { erasePerson } from '../../../jobs/provisioning/privacy/erase-person.ts';
import type { ErasedCount as ErasedCountShape } from '../../../jobs/provisioning/privacy/erased-rows.ts';
import { exportPerson } from '../../../jobs/provisioning/privacy/export-person.ts';
import { builder } from '../../building/builder.ts';
import { addMutation } from '../../building/mutation.ts';
import { unknownId } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { RunModeEnum, runMode } from '../../runs/enums.ts';

/** Long enough for a ticket and a sentence. */
const REASON_MAX = 500;

const ErasedCount = builder.objectRef<ErasedCountShape>('ErasedCount').implement({
  description: 'Rows of one table from which something was taken away.',
  fields: (t) => ({
    table: t.exposeString('table', { description: 'Name of the table.' }),
    rows: t.exposeInt('rows', { description: 'How many.' }),
  }),
});

addMutation('erasePerson', {
  rule: needs('admin'),
  description:
    'Takes away for good what is stored of one person whose accounts are disabled or unlinked and whose tasks have ended. Ids, states and counts stay, reserved names too, without saying whose they were. HR does not bring the person back; a new request does. The audit log says that it was done.',
  about: 'Whose data, and why.',
  input: (t) => ({
    employeeNumber: t.string({ required: true, description: 'Without regard to case.' }),
    reason: t.string({
      required: true,
      description: `Kept in the audit log: a ticket, not a name. At most ${REASON_MAX} characters.`,
    }),
    mode: t.field(runMode('DRY_RUN: only counts.')),
  }),
  run: async (given, scope) => {
    const { mode } = given;
    const problem = findReasonProblem(given);
    if (problem !== null) return { mode, counts: [], userErrors: [problem] };
    return { mode, ...(await erasePerson(operationContext(scope), given)) };
  },
  payload: (t) => ({
    mode: t.field({
      type: RunModeEnum,
      description: 'DRY_RUN: nothing was erased.',
      resolve: ({ mode }) => mode,
    }),
    counts: t.field({
      type: [ErasedCount],
      description: 'By table; empty when nothing was erased.',
      resolve: ({ counts }) => counts,
    }),
  }),
  userErrors:
    'Why nothing was erased: no person has the number, an account is active, a task or request is open; empty when it was.',
});

// A mutation, for it writes that it was done.
addMutation('exportPerson', {
  rule: needs('admin'),
  description:
    'All that is stored of one person as one document: the person with the columns of HR, accounts and their history, names, requests, tasks with attempts, records of runs, mail, and the audit log of these. That it was given out is in the audit log.',
  about: 'Whose data, and why.',
  input: (t) => ({
    employeeNumber: t.string({ required: true, description: 'Without regard to case.' }),
    reason: t.string({
      required: true,
      description: `Kept in the audit log: a ticket, not a name. At most ${REASON_MAX} characters.`,
    }),
  }),
  run: async (given, scope) => {
    const problem = findReasonProblem(given);
    if (problem !== null) return { document: null, userErrors: [problem] };
    return exportPerson(operationContext(scope), given);
  },
  payload: (t) => ({
    document: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Lists of rows by table, unmasked; null when no person has the number.',
      resolve: ({ document }) => document,
    }),
  }),
});

/** The problem with the employee number or the reason; null when there is none. */
function findReasonProblem(input: { readonly employeeNumber: string; readonly reason: string }) {
  const { employeeNumber, reason } = input;
  if (!canBeStored(employeeNumber)) return unknownId('person', employeeNumber, 'employeeNumber');
  if (reason.trim() === '' || !canBeStored(reason))
    return { code: 'REQUIRED', parameters: { field: 'reason' }, path: ['reason'] };
  if (reason.length > REASON_MAX)
    return { code: 'TOO_LONG', parameters: { field: 'reason', limit: REASON_MAX }, path: ['reason'] };
  return null;
}
