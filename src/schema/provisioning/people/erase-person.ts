import { erasePerson } from '../../../jobs/provisioning/privacy/erase-person.ts';
import { renderUserErrors } from '../../errors.ts';
import { operationContext } from '../../operation.ts';
import type { SchemaParts } from '../../parts.ts';
import { needs } from '../../permissions/rules.ts';
import type { ErasePersonPayloadShape } from '../rows/shapes.ts';
import { findReasonProblem, REASON_MAX } from './person-reason.ts';

/** The mutation `erasePerson`. */
export function addErasePerson({ builder, enums }: SchemaParts): void {
  const input = builder.inputType('ErasePersonInput', {
    description: 'Whose data, and why.',
    fields: (t) => ({
      employeeNumber: t.string({ required: true, description: 'Without regard to case.' }),
      reason: t.string({
        required: true,
        description: `Kept in the audit log: a ticket, not a name. At most ${REASON_MAX} characters.`,
      }),
      mode: t.field({
        type: enums.runMode,
        required: true,
        defaultValue: 'RUN',
        description: 'DRY_RUN: only counts.',
      }),
    }),
  });
  builder.objectType('ErasedCount', {
    description: 'Rows of one table from which something was taken away.',
    fields: (t) => ({
      table: t.exposeString('table', { description: 'Name of the table.' }),
      rows: t.exposeInt('rows', { description: 'How many.' }),
    }),
  });
  builder.objectType('ErasePersonPayload', {
    description: 'What was erased.',
    fields: (t) => ({
      mode: t.field({
        type: enums.runMode,
        description: 'DRY_RUN: nothing was erased.',
        resolve: (payload) => payload.mode,
      }),
      counts: t.field({
        type: ['ErasedCount'],
        description: 'By table; empty when nothing was erased.',
        resolve: (payload) => [...payload.counts],
      }),
      userErrors: t.field({
        type: ['UserError'],
        description:
          'Why nothing was erased: nobody has the number, an account is active, a task or request is open; empty when it was.',
        resolve: (payload) => payload.userErrors,
      }),
    }),
  });
  builder.mutationField('erasePerson', (t) =>
    t.field({
      ...needs('admin'),
      type: 'ErasePersonPayload',
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
}
