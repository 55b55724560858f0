import type { AuditProblemKind } from '../../domain/audit/audit-problems.ts';
import type {
  AuditProblem as AuditProblemShape,
  AuditVerification as AuditVerificationShape,
} from '../../jobs/audit/verify-audit.ts';
import { verifyAudit } from '../../jobs/audit/verify-audit.ts';
import { localeArgument } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import type { Described } from '../building/shared-enums.ts';
import { badUserInput } from '../context/errors.ts';
import { errorText } from '../context/words.ts';
import { needs } from '../permissions/rules.ts';
import { sqlOf } from '../reading/loaders.ts';

const problemKinds = {
  ENTRY_ALTERED: { description: 'An entry is not what was sealed.' },
  ENTRY_REMOVED: { description: 'An entry that was sealed is gone.' },
  ENTRY_INSERTED: { description: 'An entry stands where everything was sealed long ago, under no seal.' },
  ENTRY_MOVED: { description: 'The contents of an entry stood in another place.' },
  SEAL_ALTERED: { description: 'A seal does not have the contents its hash was made of.' },
  SEAL_REMOVED: { description: 'Seals before this one are gone, and the purge did not take them.' },
  SEAL_MOVED: { description: 'A seal does not follow the one before it.' },
  HEAD_MISSING: { description: 'The head that was noted earlier is not in the chain.' },
} as const satisfies Described<AuditProblemKind>;

const AuditProblemKindEnum = builder.enumType('AuditProblemKind', {
  description: 'What can be wrong with the audit log.',
  values: problemKinds,
});

export const AuditProblem = builder.objectRef<AuditProblemShape>('AuditProblem').implement({
  description: 'The first thing that is wrong with the audit log.',
  fields: (t) => ({
    kind: t.field({
      type: AuditProblemKindEnum,
      description: 'What kind of thing.',
      resolve: (problem) => problem.kind,
    }),
    seal: t.exposeString('seal', { nullable: true, description: 'In or before which seal of the chain.' }),
    entry: t.exposeString('entry', { nullable: true, description: 'Which entry; null: the chain itself.' }),
    message: t.string({
      description: 'The same for people, and what to do.',
      args: localeArgument,
      resolve: ({ kind, ...parameters }, { locale }, scope) =>
        errorText(scope, { code: 'AUDIT_BROKEN', parameters: { variant: kind, ...parameters } }, locale),
    }),
  }),
});

export const AuditVerification = builder.objectRef<AuditVerificationShape>('AuditVerification').implement({
  description: 'What a verification of the audit log found.',
  fields: (t) => ({
    seals: t.exposeInt('seals', { description: 'Seals that this call found well.' }),
    entries: t.exposeInt('entries', { description: 'Entries under them.' }),
    upTo: t.exposeString('upTo', {
      description: 'The last seal this call looked at: `after` of the next call.',
    }),
    complete: t.exposeBoolean('complete', {
      description: 'False: nothing was wrong so far, and another call goes on after `upTo`.',
    }),
    problem: t.field({
      type: AuditProblem,
      nullable: true,
      description: 'The first thing that is wrong; null when nothing is.',
      resolve: ({ problem }) => problem,
    }),
    head: t.exposeString('head', {
      nullable: true,
      description:
        'Hash of the newest seal. Kept outside, it proves later that nothing before it was changed; null: nothing is sealed yet.',
    }),
    headFound: t.exposeBoolean('headFound', {
      nullable: true,
      description: 'Whether the `head` of the call is in the chain; null: none was given.',
    }),
    unsealed: t.exposeInt('unsealed', {
      description: 'Entries that no seal covers yet: those of the last minute or so.',
    }),
  }),
});

builder.queryField('verifyAudit', (t) =>
  t.field({
    ...needs('admin'),
    type: AuditVerification,
    description:
      'Works out the chain of the audit log again, as far as a few seconds go, and names the first entry that was altered, removed, inserted or moved. `accountsync verify-audit` calls it until it is complete.',
    args: {
      after: t.arg.string({ description: '`upTo` of the call before; absent: from the beginning.' }),
      head: t.arg.string({
        description: 'A hash that was noted earlier: it must still be in the chain, else HEAD_MISSING.',
      }),
    },
    resolve: (_root, { after, head }, scope) => {
      if (after != null && !/^\d{1,18}$/.test(after))
        throw badUserInput('after', 'after is the upTo of the call before, a whole number.');
      if (head != null && !/^[0-9a-f]{64}$/.test(head))
        throw badUserInput('head', 'head is a SHA-256 in hex, 64 characters, as verifyAudit gives it.');
      return verifyAudit(sqlOf(scope), { after: after ?? '0', head: head ?? null });
    },
  }),
);
