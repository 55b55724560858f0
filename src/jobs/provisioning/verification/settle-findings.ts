import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { type AccountVerdict, judgeAccount } from '../../../domain/provisioning/hr/judge-account.ts';
import type { RunItemOutcome, RunMode } from '../../../domain/runs/run-states.ts';
import type { JobContext } from '../../kit/job-context.ts';
import type { NewRunItem } from '../../runs/run-record.ts';
import { type AccountToLink, linkAccounts } from '../accounts/link-accounts.ts';
import { differing } from '../claims/differing.ts';
import { missingItem, type SettledClaim, settleClaims } from '../claims/settle-claims.ts';
import { findTaken } from '../names/adopt-names.ts';
import type { Finding, LookUpSubject } from './look-up-subjects.ts';
import { type Counts, countsSchema, type VerificationOptions } from './verification-run.ts';

interface Settled {
  /** Items for findings that are not as they should be. */
  readonly items: readonly NewRunItem[];
  readonly counts: Counts;
}

/** Verdict on one finding; `item` null: nothing to report. */
interface Verdict {
  readonly counted: Exclude<keyof Counts, 'checked'> | null;
  readonly item: NewRunItem | null;
}

/**
 * Judges what look-ups found. Verification only records it; adoption makes existing accounts ACTIVE (ADOPTED), unless
 * the run is dry. For adoptions the caller holds the locks of the people.
 */
export async function settleFindings(
  jobs: JobContext,
  work: {
    readonly findings: readonly Finding[];
    readonly system: string;
    readonly task: VerificationOptions['task'];
    readonly mode: RunMode;
  },
): Promise<Settled> {
  const { findings, system } = work;
  const verdicts =
    work.task === 'verify'
      ? findings.map((finding) => verify(finding, system))
      : await adopt(jobs, { findings, system, dry: work.mode === 'DRY_RUN' });
  if (work.task === 'claims') return await settleClaimed(jobs, { findings, system, verdicts });
  const counts = countsSchema.parse({ checked: findings.length });
  for (const { counted } of verdicts) if (counted !== null) counts[counted] += 1;
  return { items: verdicts.flatMap(({ item }) => (item === null ? [] : [item])), counts };
}

/** Claims: a missing account is reported, and made only after a person confirmed it. */
async function settleClaimed(
  { tx }: JobContext,
  work: {
    readonly findings: readonly Finding[];
    readonly system: string;
    readonly verdicts: readonly Verdict[];
  },
): Promise<Settled> {
  const { findings, system, verdicts } = work;
  const settled = findings.map(
    ({ subject, lookUp }, index): SettledClaim & { readonly item: NewRunItem | null } => {
      const verdict = verdicts[index];
      if (lookUp.kind === 'missing') return { subject, state: 'MISSING', item: missingItem(subject, system) };
      const isFound = verdict?.counted === 'adopted';
      return {
        subject,
        state: isFound ? 'FOUND' : 'UNANSWERED',
        item: isFound ? otherIdentifier(subject, system, lookUp) : (verdict?.item ?? null),
      };
    },
  );
  await settleClaims(tx, system, settled);
  const count = (state: SettledClaim['state']) => settled.filter((one) => one.state === state).length;
  return {
    items: settled.flatMap(({ item }) => (item === null ? [] : [item])),
    counts: countsSchema.parse({
      checked: findings.length,
      adopted: count('FOUND'),
      missing: count('MISSING'),
      failed: count('UNANSWERED'),
    }),
  };
}

function otherIdentifier(
  subject: LookUpSubject,
  system: string,
  lookUp: Finding['lookUp'],
): NewRunItem | null {
  const { employeeNumber, identifier: there } = subject;
  const here = lookUp.kind === 'found' ? lookUp.account.identifier : null;
  if (there === null || here === null || here.toLowerCase() === there.toLowerCase()) return null;
  return differing(employeeNumber, 'FIRST_SYSTEM_OTHER_IDENTIFIER', { employeeNumber, system, there, here });
}

function verify(finding: Finding, system: string): Verdict {
  const { subject, lookUp } = finding;
  if (lookUp.kind === 'failed') return failed(subject, system, lookUp.end.error);
  const described = lookUp.kind === 'found' ? lookUp.account : null;
  const verdict = judgeAccount(subject, described);
  const { employeeNumber, identifier } = subject;
  const who = { employeeNumber, system, identifier: identifier ?? described?.identifier ?? null };
  switch (verdict.kind) {
    case 'confirmed':
    case 'absent':
      return { counted: verdict.kind, item: null };
    case 'missing':
      return noted(subject, { verdict, outcome: 'MISSING', code: 'ACCOUNT_MISSING', who });
    case 'orphan':
      return noted(subject, { verdict, outcome: 'ORPHAN', code: 'ACCOUNT_ORPHAN', who });
    case 'differing': {
      const fields = Object.keys(verdict.fields);
      return noted(subject, {
        verdict,
        outcome: 'DIFFERING',
        code: 'ACCOUNT_DIFFERS',
        who: { ...who, fields },
      });
    }
  }
}

function noted(
  subject: LookUpSubject,
  what: {
    readonly verdict: Exclude<AccountVerdict, { kind: 'confirmed' | 'absent' }>;
    readonly outcome: RunItemOutcome;
    readonly code: string;
    readonly who: StoredError['parameters'] & { readonly system: string };
  },
): Verdict {
  const { verdict, outcome, code, who } = what;
  const details =
    verdict.kind === 'differing' ? { fields: verdict.fields } : { identifier: who['identifier'] };
  const error = { code, parameters: who };
  return {
    counted: verdict.kind,
    item: itemOf(subject, { outcome, error, payload: { system: who.system, ...details } }),
  };
}

function failed(subject: LookUpSubject, system: string, error: StoredError): Verdict {
  return { counted: 'failed', item: itemOf(subject, { outcome: 'FAILED', error, payload: { system } }) };
}

function itemOf(
  { employeeNumber, account }: LookUpSubject,
  item: Pick<NewRunItem, 'outcome' | 'error' | 'payload'>,
): NewRunItem {
  return {
    key: employeeNumber,
    ...(account !== null && { subject: { kind: 'ACCOUNT', id: account } }),
    ...item,
  };
}

async function adopt(
  jobs: JobContext,
  work: { readonly findings: readonly Finding[]; readonly system: string; readonly dry: boolean },
): Promise<Verdict[]> {
  const { findings, system, dry } = work;
  const accounts = findings.flatMap(({ subject, lookUp }): AccountToLink[] => {
    if (lookUp.kind !== 'found') return [];
    const { person, employeeNumber, key } = subject;
    const { identifier, remoteId, username, emailAddress } = lookUp.account;
    const names = { username: username ?? null, email: emailAddress ?? null };
    return [
      { key, person, number: employeeNumber, system, identifier, remoteId, origin: 'ADOPTED', ...names },
    ];
  });
  const taken = dry ? await findTaken(jobs.tx, accounts) : null;
  const outcome =
    taken === null ? await linkAccounts(jobs, accounts) : { taken, linked: keysWithout(accounts, taken) };
  const identifiers = new Map(accounts.map(({ key, identifier }) => [key, identifier]));
  return findings.map(({ subject, lookUp }): Verdict => {
    if (lookUp.kind === 'failed') return failed(subject, system, lookUp.end.error);
    if (lookUp.kind === 'missing') return { counted: 'absent', item: null };
    const conflict = outcome.taken.get(subject.key);
    if (conflict !== undefined) return failed(subject, system, conflict);
    const payload = { system, identifier: identifiers.get(subject.key) ?? null };
    if (!outcome.linked.has(subject.key))
      return { counted: null, item: itemOf(subject, { outcome: 'SKIPPED', error: null, payload }) };
    const done = dry ? 'WOULD_ADOPT' : 'ADOPTED';
    return { counted: 'adopted', item: itemOf(subject, { outcome: done, error: null, payload }) };
  });
}

function keysWithout(
  accounts: readonly AccountToLink[],
  taken: ReadonlyMap<string, StoredError>,
): ReadonlySet<string> {
  return new Set(accounts.map(({ key }) => key).filter((key) => !taken.has(key)));
}
