import { safetyLimit } from '../../runs/safety-limit.ts';

/** An account as it is recorded here. */
export interface RecordedAccount {
  readonly state: 'ACTIVE' | 'PLANNED' | 'DISABLED';
  readonly identifier: string | null;
  readonly remoteId: string | null;
  /** The person's address: HR's, else the one reserved. */
  readonly emailAddress: string | null;
}

/** The same account as its system describes it. */
export interface DescribedAccount {
  readonly identifier: string;
  readonly remoteId: string | null;
  readonly emailAddress?: string;
}

export type AccountField = 'identifier' | 'remoteId' | 'emailAddress';

/** Differences between our record and the system's answer, by field. */
export type FieldDifferences = Readonly<
  Partial<Record<AccountField, { readonly here: string | null; readonly there: string | null }>>
>;

export type AccountVerdict =
  | { readonly kind: 'confirmed' }
  /** There is no account, neither here nor at the system. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'missing' }
  /** It exists at the system, and no person has it here. */
  | { readonly kind: 'orphan' }
  | { readonly kind: 'differing'; readonly fields: FieldDifferences };

/** Compares an account with what its system said of it; null: the system knows none. Case does not count in names. */
export function judgeAccount(recorded: RecordedAccount, described: DescribedAccount | null): AccountVerdict {
  const active = recorded.state === 'ACTIVE';
  if (described === null) return { kind: active ? 'missing' : 'absent' };
  if (!active) return { kind: 'orphan' };
  const { identifier, remoteId, emailAddress } = recorded;
  const differences = {
    ...(isOther(identifier, described.identifier) && {
      identifier: { here: identifier, there: described.identifier },
    }),
    // A value that was never stored is no difference.
    ...(remoteId !== null &&
      described.remoteId !== null &&
      remoteId !== described.remoteId && { remoteId: { here: remoteId, there: described.remoteId } }),
    ...(described.emailAddress !== undefined &&
      isOther(emailAddress, described.emailAddress) && {
        emailAddress: { here: emailAddress, there: described.emailAddress },
      }),
  };
  return Object.keys(differences).length === 0
    ? { kind: 'confirmed' }
    : { kind: 'differing', fields: differences };
}

/** How many accounts may be missing before a person is asked: a system that forgets many has forgotten how to answer. */
export function missingLimit(options: {
  readonly thresholdCount: number;
  readonly thresholdPercent: number;
  readonly checked: number;
}): number {
  const { thresholdCount: count, thresholdPercent: percent, checked } = options;
  return safetyLimit({ count, percent }, checked);
}

function isOther(here: string | null, there: string): boolean {
  return here?.toLowerCase() !== there.toLowerCase();
}
