import { allErrors } from '../../domain/catalogue/all-errors.ts';
import type { StoredError } from '../../domain/errors/error-entry.ts';
import { findErrorEntry } from '../../domain/errors/render-error.ts';
import { errorText } from '../context/words.ts';
import { localeArgument } from './arguments.ts';
import { builder } from './builder.ts';
import { FixByEnum } from './shared-enums.ts';

/** A type that shows a stored error: code and parameters, rendered when it is read. */
export function storedErrorType<Shape extends StoredError>(name: string, description: string) {
  return builder.objectRef<Shape>(name).implement({
    description,
    fields: (t) => ({
      code: t.string({ description: 'Stable; for programs.', resolve: (error) => error.code }),
      message: t.string({
        description: 'Who, what, why and what to do.',
        args: localeArgument,
        resolve: (error, { locale }, scope) => errorText(scope, error, locale),
      }),
      retryable: t.boolean({
        description: 'True when the same attempt may succeed later without a change.',
        resolve: (error) => findErrorEntry(allErrors, error.code).retryable,
      }),
      fixBy: t.field({
        type: FixByEnum,
        description: 'Who can put it right.',
        resolve: (error) => findErrorEntry(allErrors, error.code).fixBy,
      }),
    }),
  });
}
