import type { Locale } from '../../../domain/errors/error-entry.ts';
import type { RestProblem } from './problem.ts';
import { invalidFields, refused } from './problem.ts';
import { isRecord } from './records.ts';
import { texts, unsupportedMediaType } from './texts.ts';

/** Fields of a call's body. Numbers that doubles cannot hold are bigints. */
export type BodyFields = Readonly<Record<string, unknown>>;

/**
 * The fields of a body by its content type; none when it is empty. A form's repeated field is a list.
 * @throws {RestProblem} 400 for what cannot be read, 415 for another kind.
 */
export function parseBody(
  body: string,
  { contentType, takesForms, locale }: { contentType: string; takesForms: boolean; locale: Locale },
): BodyFields {
  if (body.trim() === '') return {};
  const mediaType = contentType.split(/[;,]/)[0]?.trim().toLowerCase() ?? '';
  if (mediaType === 'application/json' || mediaType.endsWith('+json')) return parseJson(body, locale);
  if (mediaType === 'application/x-www-form-urlencoded' && takesForms) return parseForm(body);
  throw refused(415, unsupportedMediaType(mediaType, locale));
}

function parseJson(body: string, locale: Locale): BodyFields {
  const value = parseExactly(body, () => refused(400, texts.brokenJson[locale]));
  if (!isRecord(value)) throw invalidFields({ non_field_errors: [texts.noObject[locale]] });
  return value;
}

interface SourceText {
  readonly source?: string;
}

/** The second argument of a reviver has the text of a number, which a double may have lost. */
function parseExactly(body: string, problem: () => RestProblem): unknown {
  const exact = (_key: string, value: unknown, context?: SourceText): unknown =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? BigInt(context?.source ?? '0')
      : value;
  try {
    // Most bodies have no such number, and a reviver costs ten times what parsing does.
    return /[^\d.]\d{16}/.test(body) ? JSON.parse(body, exact) : JSON.parse(body);
  } catch {
    // The parser's own message quotes the body.
    throw problem();
  }
}

function parseForm(body: string): BodyFields {
  const form = new URLSearchParams(body);
  return Object.fromEntries(
    [...new Set(form.keys())].map((key) => {
      const values = form.getAll(key);
      return [key, values.length === 1 ? values[0] : values];
    }),
  );
}
