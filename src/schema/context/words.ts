import { allErrors } from '../../domain/catalogue/all-errors.ts';
import type { ErrorParameters, Locale, StoredError } from '../../domain/errors/error-entry.ts';
import { renderError } from '../../domain/errors/render-error.ts';
import { inForm } from '../../domain/explanations/advice.ts';
import { type Explanation, renderExplanations } from '../../domain/explanations/explanation.ts';
import type { RequestScope } from './context.ts';

/** A text whose actions are named as the reader calls them: operations, commands or buttons. */
export function wordsFor(
  scope: RequestScope,
  text: string,
  options: { readonly locale?: Locale | null | undefined; readonly facts?: ErrorParameters } = {},
): string {
  return inForm(text, {
    form: scope.form ?? 'OPERATION',
    locale: options.locale ?? scope.locale,
    facts: options.facts ?? {},
  });
}

/** The text of an error in the reader's language and form. */
export function errorText(
  scope: RequestScope,
  error: StoredError,
  locale?: Locale | null | undefined,
): string {
  const text = renderError(allErrors, error, locale ?? scope.locale);
  return wordsFor(scope, text, { locale, facts: error.parameters });
}

/** Sentences in the reader's language and form; null when there is nothing to explain. `facts` fill commands. */
export function explanationText(
  scope: RequestScope,
  explanations: readonly Explanation[],
  options: { readonly locale?: Locale | null | undefined; readonly facts?: ErrorParameters } = {},
): string | null {
  const { locale, facts } = options;
  const text = renderExplanations(explanations, {
    locale: locale ?? scope.locale,
    timeZone: scope.services.displayTimeZone,
  });
  const [first] = explanations;
  const known = { ...first?.cause?.parameters, ...first?.parameters, ...facts };
  return text === null ? null : wordsFor(scope, text, { locale, facts: known });
}
