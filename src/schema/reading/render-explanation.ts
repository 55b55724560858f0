import type { Locale } from '../../domain/errors/error-entry.ts';
import { type Explanation, renderExplanations } from '../../domain/explanations/explanation.ts';
import type { RequestScope } from '../context/context.ts';

/** Sentences in the reader's language; null when there is nothing to explain. */
export function renderFor(
  scope: RequestScope,
  explanations: readonly Explanation[],
  locale: Locale | null | undefined,
): string | null {
  return renderExplanations(explanations, {
    locale: locale ?? scope.locale,
    timeZone: scope.services.displayTimeZone,
  });
}
