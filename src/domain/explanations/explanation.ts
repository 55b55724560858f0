import { allErrors } from '../catalogue/all-errors.ts';
import type { ErrorParameters, FixBy, Locale, StoredError } from '../errors/error-entry.ts';
import { findErrorEntry, renderError } from '../errors/render-error.ts';
import { formatMoment } from '../text/format-moment.ts';
import { type ExplanationCode, explanationTexts } from './explanation-texts.ts';

/** Why something is not finished, unrendered: one sentence. */
export interface Explanation {
  readonly code: ExplanationCode;
  readonly parameters?: ErrorParameters;
  /** Moments as Postgres prints them; shown in the reader's time zone. */
  readonly times?: Readonly<Record<string, string | null>>;
  /** Rendered as `{cause}`; who can put it right as `{who}`. */
  readonly cause?: StoredError;
}

const fixers: Readonly<Record<FixBy, Readonly<Record<Locale, string>>>> = {
  CALLER: { ZH_CN: '提交方', EN: 'whoever sent the request' },
  OPERATOR: { ZH_CN: 'AccountSync 管理员', EN: 'the AccountSync operator' },
  UPSTREAM_OWNER: { ZH_CN: '对方系统负责人', EN: 'the owner of that system' },
  NOBODY: { ZH_CN: '无需处理', EN: 'nobody, it goes away by itself' },
};

/** The sentences of an explanation in the reader's language and time zone; null when there is nothing to explain. */
export function renderExplanations(
  explanations: readonly Explanation[],
  reader: { readonly locale: Locale; readonly timeZone: string },
): string | null {
  if (explanations.length === 0) return null;
  const sentences = explanations.map((explanation) => renderOne(explanation, reader));
  return [...new Set(sentences)].join(reader.locale === 'ZH_CN' ? '' : ' ');
}

function renderOne(
  { code, parameters, times, cause }: Explanation,
  { locale, timeZone }: { readonly locale: Locale; readonly timeZone: string },
): string {
  const moments = Object.entries(times ?? {}).map(([name, moment]) => [
    name,
    moment === null ? null : formatMoment(moment, timeZone),
  ]);
  const reason = cause !== undefined && {
    cause: renderError(allErrors, cause, locale),
    who: fixers[findErrorEntry(allErrors, cause.code).fixBy][locale],
  };
  return renderError(
    explanationTexts,
    { code, parameters: { ...parameters, ...Object.fromEntries(moments), ...reason } },
    locale,
  );
}
