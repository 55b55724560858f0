import type { ErrorParameters } from '../../errors/error-entry.ts';
import { pathText } from '../../text/path-text.ts';
import { normaliseText } from '../../text/text.ts';
import { checkField, type FieldRule } from './field-rules.ts';

/** The type at each system for a person type or one of its aliases. */
export interface PersonType {
  readonly personType: string;
  readonly aliases: readonly string[];
  readonly emailDomain: string | null;
  readonly idaasUserType: string;
  readonly welinkPersonType: string;
  readonly isActive: boolean;
  readonly description: string | null;
}

/** One thing wrong with a list of person types; the path is relative to the input that has them as `mappings`. */
export interface PersonTypeProblem {
  readonly code: string;
  readonly parameters: ErrorParameters;
  readonly path: readonly string[];
}

/** Person types per call, and names per type: more than any company has, few enough to compare all with all. */
const PERSON_TYPES_MAX = 500;
const ALIASES_MAX = 100;

const DOMAIN = /^(?=.{1,255}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
const NAME: FieldRule = { maxLength: 50, required: true };

const rules: readonly (FieldRule & {
  readonly field: 'personType' | 'idaasUserType' | 'welinkPersonType' | 'description' | 'emailDomain';
})[] = [
  { field: 'personType', ...NAME },
  { field: 'idaasUserType', ...NAME },
  { field: 'welinkPersonType', ...NAME },
  { field: 'description', maxLength: 500, required: false },
  {
    field: 'emailDomain',
    maxLength: 255,
    required: false,
    check: (text) => (DOMAIN.test(text) ? null : { variant: 'DOMAIN' }),
  },
];

/** The one form of a person type: texts normalised, the domain in lower case without `@`, blanks null. */
export function normalisePersonType(given: PersonType): PersonType {
  const { emailDomain, description } = given;
  return {
    personType: normaliseText(given.personType),
    aliases: given.aliases.map(normaliseText),
    emailDomain:
      normaliseText(emailDomain ?? '')
        .replace(/^@+/, '')
        .toLowerCase() || null,
    idaasUserType: normaliseText(given.idaasUserType),
    welinkPersonType: normaliseText(given.welinkPersonType),
    isActive: given.isActive,
    description: normaliseText(description ?? '') || null,
  };
}

/** The type as it is stored: every alias once, its own code not among them. */
export function withoutRepeatedNames(type: PersonType): PersonType {
  return { ...type, aliases: [...new Set(type.aliases)].filter((alias) => alias !== type.personType) };
}

/** Everything wrong with normalised types, looked at by themselves. */
export function checkPersonTypes(types: readonly PersonType[]): PersonTypeProblem[] {
  if (types.length > PERSON_TYPES_MAX)
    return [problem(['mappings'], 'TOO_MANY', { count: types.length, limit: PERSON_TYPES_MAX })];
  return types.flatMap((type, position) => {
    const at = ['mappings', String(position)];
    const firstPosition = types.findIndex((other) => other.personType === type.personType);
    return [
      ...rules.flatMap((rule) => checkText(rule, type[rule.field], [...at, rule.field])),
      ...(type.aliases.length > ALIASES_MAX
        ? [problem([...at, 'aliases'], 'TOO_MANY', { count: type.aliases.length, limit: ALIASES_MAX })]
        : type.aliases.flatMap((alias, index) => checkText(NAME, alias, [...at, 'aliases', String(index)]))),
      ...(firstPosition < position
        ? [problem([...at, 'personType'], 'DUPLICATE_ROW', { variant: 'MAPPING', firstPosition })]
        : []),
    ];
  });
}

/**
 * Finds names of these types that belong to another type, of this list or of the stored ones: a name (code or alias)
 * belongs to one type only.
 */
export function findTakenNames(
  types: readonly PersonType[],
  stored: readonly Pick<PersonType, 'personType' | 'aliases'>[],
): PersonTypeProblem[] {
  const replaced = new Set(types.map((type) => type.personType));
  const all = [...stored.filter((type) => !replaced.has(type.personType)), ...types];
  const ownersByAlias = new Map<string, string[]>();
  for (const { personType, aliases } of all)
    for (const alias of aliases) ownersByAlias.set(alias, [...(ownersByAlias.get(alias) ?? []), personType]);
  const codes = new Set(all.map((type) => type.personType));
  return types.flatMap((type, position) => {
    const at = ['mappings', String(position)];
    const takenAlias = (name: string) => ownersByAlias.get(name)?.find((owner) => owner !== type.personType);
    const aliases = type.aliases.flatMap((alias, index) => {
      const other = codes.has(alias) && alias !== type.personType ? alias : takenAlias(alias);
      return other === undefined ? [] : [taken([...at, 'aliases', String(index)], alias, other)];
    });
    const other = takenAlias(type.personType);
    return other === undefined ? aliases : [taken([...at, 'personType'], type.personType, other), ...aliases];
  });
}

function taken(path: readonly string[], alias: string, other: string): PersonTypeProblem {
  return problem(path, 'INVALID', { variant: 'ALIAS_TAKEN', alias, other });
}

function checkText(rule: FieldRule, text: string | null, path: readonly string[]): PersonTypeProblem[] {
  return checkField(rule, text).map(({ code, parameters }) => problem(path, code, parameters));
}

function problem(path: readonly string[], code: string, parameters: ErrorParameters): PersonTypeProblem {
  const variant = code === 'TOO_MANY' ? { variant: 'LIST' } : {};
  return { code, parameters: { field: pathText(path), ...variant, ...parameters }, path };
}
