import type { AuditProblemKind } from '../../domain/audit/audit-problems.ts';
import type { Builder } from '../builder.ts';

const problemKinds = {
  ENTRY_ALTERED: { description: 'An entry is not what was sealed.' },
  ENTRY_REMOVED: { description: 'An entry that was sealed is gone.' },
  ENTRY_INSERTED: { description: 'An entry stands where everything was sealed long ago, under no seal.' },
  ENTRY_MOVED: { description: 'The contents of an entry stood in another place.' },
  SEAL_ALTERED: { description: 'A seal does not have the contents its hash was made of.' },
  SEAL_REMOVED: { description: 'Seals before this one are gone, and the purge did not take them.' },
  SEAL_MOVED: { description: 'A seal does not follow the one before it.' },
  HEAD_MISSING: { description: 'The head that was noted earlier is not in the chain.' },
} as const satisfies Record<AuditProblemKind, { readonly description: string }>;

/** Enums of the audit log. */
export function addAuditEnums(builder: Builder) {
  return {
    auditProblemKind: builder.enumType('AuditProblemKind', {
      description: 'What can be wrong with the audit log.',
      values: problemKinds,
    }),
  };
}
