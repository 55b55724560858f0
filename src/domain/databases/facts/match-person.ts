import type { DatabaseEngine, PersonMatch } from '../engines.ts';

/** Rules in order: an account identifier of any system, the local part of an address, an employee number. */
export const matchRules = ['ACCOUNT_IDENTIFIER', 'EMAIL_LOCAL_PART', 'EMPLOYEE_NUMBER'] as const;
export type MatchRule = (typeof matchRules)[number];

/** Whom a rule finds for a name. */
export interface MatchCandidate {
  readonly rule: MatchRule;
  /** Primary key. */
  readonly person: string;
  readonly employeeNumber: string;
}

/** Whose account it is, as far as names tell. */
export interface MatchResult {
  readonly match: Exclude<PersonMatch, 'IGNORED'>;
  readonly person: string | null;
  /** Null when no rule found a person. */
  readonly reason: {
    readonly code: MatchReasonCode;
    readonly rule: MatchRule;
    readonly employeeNumbers: readonly string[];
  } | null;
}
export type MatchReasonCode = 'FOUND' | 'SEVERAL' | 'OTHER_RULE';

/**
 * The first rule that finds a person decides. One person is the holder. Several are doubtful, and so is one whom a
 * later rule contradicts: a holder is never guessed.
 */
export function matchPerson(candidates: readonly MatchCandidate[]): MatchResult {
  const rule = matchRules.find((one) => candidates.some((candidate) => candidate.rule === one));
  if (rule === undefined) return { match: 'UNMATCHED', person: null, reason: null };
  const found = unique(candidates.filter((candidate) => candidate.rule === rule));
  const [first] = found;
  if (first === undefined || found.length > 1)
    return {
      match: 'DOUBTFUL',
      person: null,
      reason: { code: 'SEVERAL', rule, employeeNumbers: numbersOf(found) },
    };
  const others = unique(candidates).filter(({ person }) => person !== first.person);
  if (others.length > 0)
    return {
      match: 'DOUBTFUL',
      person: null,
      reason: { code: 'OTHER_RULE', rule, employeeNumbers: numbersOf([first, ...others]) },
    };
  return {
    match: 'MATCHED',
    person: first.person,
    reason: { code: 'FOUND', rule, employeeNumbers: numbersOf(found) },
  };
}

/** The name as it is compared: as written, save in Oracle, whose names have no case. */
export function comparableName(engine: DatabaseEngine, name: string): string {
  return engine === 'ORACLE' ? name.toLowerCase() : name;
}

function unique(candidates: readonly MatchCandidate[]): readonly MatchCandidate[] {
  return [...new Map(candidates.map((candidate) => [candidate.person, candidate])).values()];
}

function numbersOf(candidates: readonly MatchCandidate[]): readonly string[] {
  return candidates.map(({ employeeNumber }) => employeeNumber).sort();
}
