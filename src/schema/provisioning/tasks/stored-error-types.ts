import { allErrors } from '../../../domain/all-errors.ts';
import { findErrorEntry, renderError } from '../../../domain/errors/render-error.ts';
import type { SchemaParts } from '../../parts.ts';

/** The types `ItemError`, `TaskError` and `SystemError`: the same fields, for an item, a task and a system. */
export function addStoredErrors({ builder, enums, arguments: shared }: SchemaParts): void {
  const kinds = [
    { name: 'ItemError', description: 'Why an item failed.' },
    { name: 'TaskError', description: 'Why the last attempt at a task did not succeed.' },
    { name: 'SystemError', description: 'What is wrong with a system.' },
  ] as const;
  for (const { name, description } of kinds) {
    builder.objectType(name, {
      description,
      fields: (t) => ({
        code: t.exposeString('code', { description: 'Stable; for programs.' }),
        message: t.string({
          description: 'Who, what, why and what to do.',
          args: shared.locale,
          resolve: (error, { locale }, scope) => renderError(allErrors, error, locale ?? scope.locale),
        }),
        retryable: t.boolean({
          description: 'True when the same attempt may succeed later without anybody changing anything.',
          resolve: (error) => findErrorEntry(allErrors, error.code).retryable,
        }),
        fixBy: t.field({
          type: enums.fixBy,
          description: 'Who can put it right.',
          resolve: (error) => findErrorEntry(allErrors, error.code).fixBy,
        }),
      }),
    });
  }
  builder.objectField('SystemError', 'at', (t) =>
    t.expose('at', { type: 'DateTime', nullable: true, description: 'When it was met.' }),
  );
}
