import type { DatabaseCapability, DatabaseEngine } from '../engines.ts';
import { likePattern } from '../permissions/like.ts';
import type { HeldPermission } from '../permissions/permission.ts';
import type { Attributes } from '../permissions/snapshot.ts';
import type { Condition, PrivilegeCondition } from './condition.ts';

/** Everything a rule may ask about one account. */
export interface AccountFacts {
  readonly engine: DatabaseEngine;
  readonly displayName: string;
  readonly system: boolean;
  readonly locked: boolean;
  readonly capabilities: readonly DatabaseCapability[];
  /** Display names of its effective roles. */
  readonly roles: readonly string[];
  readonly attributes: Attributes;
  /** Its own rows (`via` is empty) and those of its roles. */
  readonly rows: readonly HeldPermission[];
}

/** A rule as it is kept. */
export interface ClassificationRule {
  readonly code: string;
  /** Empty: all engines. */
  readonly engines: readonly DatabaseEngine[];
  readonly when: Condition;
}

/** Codes of the rules that hold for this account. */
export function classify(rules: readonly ClassificationRule[], facts: AccountFacts): readonly string[] {
  return rules
    .filter(
      ({ engines, when }) => (engines.length === 0 || engines.includes(facts.engine)) && holds(when, facts),
    )
    .map(({ code }) => code);
}

/** True when the condition holds for these facts. */
export function holds(condition: Condition, facts: AccountFacts): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, facts));
  if ('any' in condition) return condition.any.some((part) => holds(part, facts));
  if ('not' in condition) return !holds(condition.not, facts);
  if ('capability' in condition) return facts.capabilities.includes(condition.capability);
  if ('role' in condition) return facts.roles.includes(condition.role);
  if ('nameLike' in condition) return likePattern(condition.nameLike)(facts.displayName);
  if ('locked' in condition) return facts.locked === condition.locked;
  if ('system' in condition) return facts.system === condition.system;
  if ('engine' in condition) return facts.engine === condition.engine;
  if ('attribute' in condition)
    return same(facts.attributes[condition.attribute.name] ?? null, condition.attribute.equals);
  return facts.rows.some((row) => fits(condition.privilege, row));
}

function fits(wanted: PrivilegeCondition, row: HeldPermission): boolean {
  return (
    row.state === 'GRANT' &&
    row.privilege === wanted.privilege &&
    (wanted.effective || row.via.length === 0) &&
    (wanted.category === null || row.category === wanted.category) &&
    (wanted.scope === null || row.scope === wanted.scope) &&
    (wanted.object === null || row.object === wanted.object) &&
    (wanted.grantable === null || row.grantable === wanted.grantable)
  );
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
