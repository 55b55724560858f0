import { z } from 'zod';
import type { ErrorParameters } from '../errors/error-entry.ts';
import { pathText } from '../text/path-text.ts';
import { describeCharacter, findForbiddenCharacter } from '../text/text.ts';
import { describeIssueZh } from './describe-issue.ts';
import type { SettingDefinition } from './setting-definition.ts';

/** One problem of a new value; rendered in the reader's language. */
export interface SettingProblem {
  readonly code: string;
  readonly parameters: ErrorParameters;
  /** Relative to the input of `updateSetting`: `["value", "IDAAS", "0"]`. */
  readonly path: readonly string[];
}

export type CheckedSetting =
  | { readonly value: unknown; readonly problems: readonly [] }
  | { readonly problems: readonly SettingProblem[] };

/** The largest value kept: every process reads all Settings again whenever one changes. */
export const SETTING_VALUE_MAX_UNITS = 200_000;
/** Problems of one value worth showing. */
const PROBLEMS_MAX = 20;

type Issue = z.core.$ZodIssue;

const en = z.locales.en().localeError;

/** Code and parameters of a schema's own rule, instead of a message in one language. */
const ownProblem = z.object({
  code: z.string(),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string()), z.null()])),
});

/** The value as it is to be stored, or everything that is wrong with it. */
export function checkSetting(key: string, definition: SettingDefinition, value: unknown): CheckedSetting {
  const { schema } = definition;
  const parsed = schema.safeParse(value, { error: en });
  if (parsed.success) {
    const problem = findUnstorable(key, parsed.data);
    return problem === null ? { value: parsed.data, problems: [] } : { problems: [problem] };
  }
  const problems = leavesOf(parsed.error.issues).map((issue) => problemOf(key, issue));
  return { problems: problems.slice(0, PROBLEMS_MAX) };
}

function problemOf(key: string, issue: Issue): SettingProblem {
  const path = ['value', ...issue.path.map(String)];
  const about = { key, field: pathText(path) };
  const own = issue.code === 'custom' ? ownProblem.safeParse(issue.params).data : undefined;
  if (own !== undefined) return { code: own.code, parameters: { ...about, ...own.parameters }, path };
  const parameters = {
    ...about,
    variant: 'SETTING',
    problemZh: describeIssueZh(issue),
    problemEn: issue.message,
  };
  return { code: 'INVALID', parameters, path };
}

/** An unusable key of a record says only inside what is wrong with it. */
function leavesOf(issues: readonly Issue[]): Issue[] {
  return issues.flatMap((issue) =>
    issue.code === 'invalid_key'
      ? leavesOf(issue.issues).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
      : [issue],
  );
}

/** Texts that Postgres or a reader could do nothing with, and values beyond all measure. */
function findUnstorable(key: string, value: unknown): SettingProblem | null {
  const length = JSON.stringify(value).length;
  if (length > SETTING_VALUE_MAX_UNITS) {
    const parameters = { key, field: 'value', limit: SETTING_VALUE_MAX_UNITS };
    return { code: 'TOO_LONG', parameters, path: ['value'] };
  }
  const found = findForbidden(value, ['value']);
  if (found === null) return null;
  const { character, path } = found;
  const parameters = { key, field: pathText(path), variant: 'CHARACTER', character };
  return { code: 'INVALID', parameters, path };
}

function findForbidden(
  value: unknown,
  path: readonly string[],
): { readonly character: string; readonly path: readonly string[] } | null {
  if (typeof value === 'string') {
    const character = findForbiddenCharacter(value);
    return character === null ? null : { character: describeCharacter(character), path };
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, entry] of Object.entries(value)) {
    // A name that cannot be shown is not part of the path.
    const found = findForbidden(name, path) ?? findForbidden(entry, [...path, name]);
    if (found !== null) return found;
  }
  return null;
}
