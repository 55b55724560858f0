/** Days that evidence has to be kept at least (reliability.md §5). */
export const LEGAL_MINIMUM_DAYS = 180;

/** Kinds of rows that are purged, each after days of its own. */
export interface RetentionDays {
  readonly requests: number;
  readonly attempts: number;
  readonly runs: number;
  readonly audit: number;
  readonly notifications: number;
  readonly databaseAccounts: number;
}

/** The days in force: attempts, runs and audit never below the legal minimum, unless that is allowed on purpose. */
export function retentionInForce(wanted: RetentionDays, belowLegalMinimum: boolean): RetentionDays {
  const atLeast = (days: number): number => (belowLegalMinimum ? days : Math.max(LEGAL_MINIMUM_DAYS, days));
  return {
    ...wanted,
    attempts: atLeast(wanted.attempts),
    runs: atLeast(wanted.runs),
    audit: atLeast(wanted.audit),
  };
}

/** Settings whose days are never below the legal minimum. */
const LEGAL_MINIMUM_SETTINGS = new Set([
  'retention_attempts_days',
  'retention_runs_days',
  'retention_audit_days',
]);

/** Whether a new value is below the legal minimum without the permission for that. */
export function isBelowLegalMinimum(key: string, value: unknown, belowLegalMinimum: boolean): boolean {
  return (
    LEGAL_MINIMUM_SETTINGS.has(key) &&
    !belowLegalMinimum &&
    typeof value === 'number' &&
    value < LEGAL_MINIMUM_DAYS
  );
}
