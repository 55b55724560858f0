import { allErrors } from '../../../domain/all-errors.ts';
import { findErrorEntry, renderError } from '../../../domain/errors/render-error.ts';
import type { SchemaParts } from '../../parts.ts';

/** What requests and statistics count: `ItemCount`, `TaskCount`, `ErrorSummaryEntry`. */
export function addCounts({ builder, enums, arguments: shared }: SchemaParts): void {
  builder.objectType('ItemCount', {
    description: 'How many items are in a state.',
    fields: (t) => ({
      status: t.field({
        type: enums.itemStatus,
        description: 'The state.',
        resolve: (entry) => entry.status,
      }),
      count: t.exposeInt('count', { description: 'How many.' }),
    }),
  });
  builder.objectType('TaskCount', {
    description: 'How many tasks of a system are in a state.',
    fields: (t) => ({
      system: t.field({
        type: enums.accountSystem,
        description: 'The system.',
        resolve: (entry) => entry.system,
      }),
      status: t.field({
        type: enums.taskStatus,
        description: 'The state.',
        resolve: (entry) => entry.status,
      }),
      count: t.exposeInt('count', { description: 'How many.' }),
    }),
  });
  builder.objectType('ErrorSummaryEntry', {
    description: 'Failures of a request that have the same cause.',
    fields: (t) => ({
      system: t.field({
        type: enums.accountSystem,
        nullable: true,
        description: 'Where it failed; null when no system was involved.',
        resolve: (entry) => entry.system,
      }),
      code: t.string({ description: 'Stable; for programs.', resolve: ({ error }) => error.code }),
      message: t.string({
        description: 'What happened and what to do; names some of those it concerns.',
        args: shared.locale,
        resolve: ({ error }, { locale }, scope) => renderError(allErrors, error, locale ?? scope.locale),
      }),
      count: t.exposeInt('count', { description: 'How often.' }),
      fixBy: t.field({
        type: enums.fixBy,
        description: 'Who can put it right.',
        resolve: ({ error }) => findErrorEntry(allErrors, error.code).fixBy,
      }),
    }),
  });
}
