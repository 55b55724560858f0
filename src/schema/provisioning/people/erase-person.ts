import { erasePerson } from '../../../jobs/provisioning/privacy/erase-person.ts';
import type { ErasedCount as ErasedCountShape } from '../../../jobs/provisioning/privacy/erased-rows.ts';
import { builder } from '../../building/builder.ts';
import { UserError } from '../../building/user-error.ts';
import { renderUserErrors } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { RunModeEnum } from '../../runs/enums.ts';
import type { ErasePersonPayloadShape } from '../rows/shapes.ts';
import { findReasonProblem, REASON_MAX } from './person-reason.ts';

const input = builder.inputType('ErasePersonInput', {
  description: 'Whose data, and why.',
  fields: (t) => ({
    employeeNumber: t.string({ required: true, description: 'Without regard to case.' }),
    reason: t.string({
      required: true,
      description: `Kept in the audit log: a ticket, not a name. At most ${REASON_MAX} characters.`,
    }),
    mode: t.field({
      type: RunModeEnum,
      required: true,
      defaultValue: 'RUN',
      description: 'DRY_RUN: only counts.',
    }),
  }),
});
export const ErasedCount = builder.objectRef<ErasedCountShape>('ErasedCount').implement({
  description: 'Rows of one table from which something was taken away.',
  fields: (t) => ({
    table: t.exposeString('table', { description: 'Name of the table.' }),
    rows: t.exposeInt('rows', { description: 'How many.' }),
  }),
});
export const ErasePersonPayload = builder.objectRef<ErasePersonPayloadShape>('ErasePersonPayload').implement({
  description: 'What was erased.',
  fields: (t) => ({
    mode: t.field({
      type: RunModeEnum,
      description: 'DRY_RUN: nothing was erased.',
      resolve: (payload) => payload.mode,
    }),
    counts: t.field({
      type: [ErasedCount],
      description: 'By table; empty when nothing was erased.',
      resolve: (payload) => [...payload.counts],
    }),
    userErrors: t.field({
      type: [UserError],
      description:
        'Why nothing was erased: nobody has the number, an account is active, a task or request is open; empty when it was.',
      resolve: (payload) => payload.userErrors,
    }),
  }),
});
builder.mutationField('erasePerson', (t) =>
  t.field({
    ...needs('admin'),
    type: ErasePersonPayload,
    description:
      'Takes away for good what is stored of one person whose accounts are disabled or unlinked and whose tasks have ended. Ids, states and counts stay, reserved names too, without saying whose they were. HR does not bring the person back; a new request does. The audit log says that it was done.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: given }, scope): Promise<ErasePersonPayloadShape> => {
      const { mode } = given;
      const problem = findReasonProblem(given);
      if (problem !== null) return { mode, counts: [], userErrors: renderUserErrors(scope, [problem]) };
      const { counts, userErrors } = await erasePerson(operationContext(scope), given);
      return { mode, counts, userErrors: renderUserErrors(scope, userErrors) };
    },
  }),
);
