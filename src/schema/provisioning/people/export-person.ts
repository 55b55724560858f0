import { exportPerson } from '../../../jobs/provisioning/privacy/export-person.ts';
import { builder } from '../../building/builder.ts';
import { UserError } from '../../building/user-error.ts';
import { renderUserErrors } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import type { ExportPersonPayloadShape } from '../rows/shapes.ts';
import { findReasonProblem, REASON_MAX } from './person-reason.ts';

const input = builder.inputType('ExportPersonInput', {
  description: 'Whose data, and why.',
  fields: (t) => ({
    employeeNumber: t.string({ required: true, description: 'Without regard to case.' }),
    reason: t.string({
      required: true,
      description: `Kept in the audit log: a ticket, not a name. At most ${REASON_MAX} characters.`,
    }),
  }),
});
export const ExportPersonPayload = builder
  .objectRef<ExportPersonPayloadShape>('ExportPersonPayload')
  .implement({
    description: 'What is stored of a person.',
    fields: (t) => ({
      document: t.field({
        type: 'JSON',
        nullable: true,
        description: 'Lists of rows by table, unmasked; null when nobody has the number.',
        resolve: ({ document }) => document,
      }),
      userErrors: t.field({
        type: [UserError],
        description: 'Why there is nothing; empty when there is.',
        resolve: ({ userErrors }) => userErrors,
      }),
    }),
  });
builder.mutationField('exportPerson', (t) =>
  t.field({
    ...needs('admin'),
    type: ExportPersonPayload,
    description:
      'All that is stored of one person as one document: the person with the columns of HR, accounts and their history, names, requests, tasks with attempts, records of runs, mail, and the audit log of these. That it was given out is in the audit log.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { employeeNumber, reason } }, scope) => {
      const problem = findReasonProblem({ employeeNumber, reason });
      if (problem !== null) return { document: null, userErrors: renderUserErrors(scope, [problem]) };
      const { document, userErrors } = await exportPerson(operationContext(scope), {
        employeeNumber,
        reason,
      });
      return { document, userErrors: renderUserErrors(scope, userErrors) };
    },
  }),
);
