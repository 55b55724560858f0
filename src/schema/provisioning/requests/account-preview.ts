import { renderError } from '../../../domain/errors/render-error.ts';
import type { IntakeWarningCode } from '../../../domain/provisioning/intake/intake-warnings.ts';
import { intakeWarnings } from '../../../domain/provisioning/intake/intake-warnings.ts';
import type { AccountsPreview, RowPreview } from '../../../jobs/provisioning/requests/preview-accounts.ts';
import { builder } from '../../building/builder.ts';
import type { Described } from '../../building/shared-enums.ts';
import type { RequestScope } from '../../context/context.ts';
import { wordsFor } from '../../context/words.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { personById } from '../rows/row-loaders.ts';
import { Person } from '../rows/rows.ts';

const accountWarningCodes = {
  PHONE_SHARED: { description: 'Two rows of the call have one phone, and WELINK signs people in by it.' },
  PHONE_NOT_MOBILE: { description: 'WELINK is wanted, and the phone is no mobile.' },
  PHONE_INVALID: { description: 'A system that needs a phone is wanted, and this one cannot be dialled.' },
  PHONE_PLACEHOLDER: { description: 'WELINK is wanted, and the phone looks like a placeholder.' },
  COUNTRY_UNKNOWN: { description: 'Nobody knows the country, so its phone is not read as a Chinese one.' },
  DEPARTMENT_UNMAPPED: {
    description: 'The department has no mapping yet; tasks fail until the operator adds one.',
  },
  ACCOUNT_TYPE_UNKNOWN: { description: 'The account type is no person type; the default type counts.' },
  PERSON_MISMATCH: {
    description:
      'The employee number belongs to a person of another name; the row fails, or is accepted by a Setting.',
  },
  NAME_DOUBTFUL: {
    description: 'The name is improbable; no account is made until a person corrects or accepts it.',
  },
  NAME_NOTE_LEFT_OFF: {
    description: 'Accounts bear the name without a note that a Setting names.',
  },
  NAME_NOT_SPELLED: {
    description: 'A character of the name has no reading, and the employee number replaces the name.',
  },
} as const satisfies Described<IntakeWarningCode>;

const AccountWarningCodeEnum = builder.enumType('AccountWarningCode', {
  description: 'What a dry run of `createAccounts` warns of.',
  values: accountWarningCodes,
});

/** Warnings one answer shows, like errors. */
const WARNINGS_SHOWN_MAX = 1_000;

interface AccountWarningShape {
  readonly code: IntakeWarningCode;
  readonly message: string;
  readonly path: readonly string[];
  readonly employeeNumber: string | null;
}

export const AccountWarning = builder.objectRef<AccountWarningShape>('AccountWarning').implement({
  description: 'Something odd about a call that would be accepted.',
  fields: (t) => ({
    code: t.field({
      type: AccountWarningCodeEnum,
      description: 'Stable; for programs.',
      resolve: (warning) => warning.code,
    }),
    message: t.exposeString('message', {
      description: "What is odd, what it would lead to and what to do, in the caller's language.",
    }),
    path: t.exposeStringList('path', {
      description: 'Where, relative to `input`; list positions count from 0.',
    }),
    employeeNumber: t.exposeString('employeeNumber', {
      nullable: true,
      description: 'Of the row; null for what is said of the whole call.',
    }),
  }),
});

export const AccountPreview = builder.objectRef<RowPreview>('AccountPreview').implement({
  description: 'What the call would do for one row. Another call may take a name before this one is made.',
  fields: (t) => ({
    position: t.exposeInt('position', { description: 'Index in the userList that was sent, from 0.' }),
    employeeNumber: t.exposeString('employeeNumber', { description: 'As sent, in its normal form.' }),
    knownPerson: t.field({
      type: Person,
      nullable: true,
      description:
        'Who has this employee number already; null for a new person, and for a row whose name is another.',
      resolve: ({ personId }, _args, scope) => (personId === null ? null : personById(scope).load(personId)),
    }),
    missingSystems: t.field({
      type: [AccountSystemEnum],
      description:
        'Where an account would be made: wanted, and none is active. Empty for a row whose name is another.',
      resolve: (row) => [...row.missingSystems],
    }),
    username: t.exposeString('username', {
      nullable: true,
      description:
        'The login the person has or would get now; null when none fits, and for a row whose name is another.',
    }),
    emailAddress: t.exposeString('emailAddress', {
      nullable: true,
      description:
        'The address the person has or would get now; null without a domain, and for a row whose name is another.',
    }),
  }),
});

/** Warnings of a dry run, in the caller's language; empty for a call in earnest. */
export function showWarnings(scope: RequestScope, preview: AccountsPreview | null): AccountWarningShape[] {
  const warnings = preview?.warnings.slice(0, WARNINGS_SHOWN_MAX) ?? [];
  return warnings.map(({ code, parameters, path, employeeNumber }) => ({
    code,
    path,
    employeeNumber,
    message: wordsFor(scope, renderError(intakeWarnings, { code, parameters }, scope.locale), {
      facts: parameters,
    }),
  }));
}
