import { type Notify, type NotifyInput, normaliseNotify } from '../../notifications/notify-input.ts';
import { normaliseCompatibleText, normaliseName, normaliseText } from '../../text/text.ts';

/** Users one call may bring (provisioning.md §3.3). */
export const USERS_MAX = 10_000;

type Given = string | null | undefined;

/** One user as the API takes them (`AccountUserInput` of core-schema.graphql). */
export interface AccountUserInput {
  readonly employeeNumber?: Given;
  readonly employeeName?: Given;
  readonly departmentCode?: Given;
  readonly phoneNumber?: Given;
  readonly partnerCompany?: Given;
  readonly country?: Given;
}

export type InvalidRowPolicy = 'REJECT_ALL' | 'ACCEPT_VALID';

/** One call as the API takes it (`CreateAccountsInput`); `priority` and `mode` play no part in validation. */
export interface CreateAccountsInput {
  readonly originSystem: string;
  readonly businessKey: string;
  readonly accountType: string;
  readonly employeeType: string;
  readonly systemList: readonly string[];
  readonly userList: readonly AccountUserInput[];
  readonly idempotencyKey?: Given;
  readonly onInvalid?: InvalidRowPolicy | null | undefined;
  readonly notify?: NotifyInput | null | undefined;
}

/** Header of a call, about the whole batch, normalised. A blank text stays blank: validation reports it. */
export interface NormalisedHeader {
  readonly originSystem: string;
  readonly businessKey: string;
  readonly accountType: string;
  readonly employeeType: string;
  /** In input order, repetitions merged. */
  readonly systemList: readonly string[];
  /** Null when the call brings none. */
  readonly idempotencyKey: string | null;
  readonly onInvalid: InvalidRowPolicy;
  /** Receivers of the event when it is finished; null: none. */
  readonly notify: Notify | null;
}

/** One user, normalised but not judged; blank is null. */
export interface NormalisedRow {
  readonly employeeNumber: string | null;
  readonly employeeName: string | null;
  readonly departmentCode: string | null;
  readonly phoneNumber: string | null;
  readonly partnerCompany: string | null;
  readonly country: string | null;
}

/** A call in the one form that its idempotency key, fingerprint and validation are taken from. */
export interface NormalisedCreateAccounts {
  readonly header: NormalisedHeader;
  /** In input order; empty when there are more than `USERS_MAX`, which refuses the call anyway. */
  readonly rows: readonly NormalisedRow[];
}

/** Brings every text of a call into its one form (provisioning.md §3.1). Never throws; refuses nothing. */
export function normaliseCreateAccounts(input: CreateAccountsInput): NormalisedCreateAccounts {
  return {
    header: {
      originSystem: normaliseText(input.originSystem),
      businessKey: normaliseText(input.businessKey),
      accountType: normaliseText(input.accountType),
      employeeType: normaliseText(input.employeeType),
      systemList: [...new Set(input.systemList)],
      idempotencyKey: input.idempotencyKey == null ? null : normaliseText(input.idempotencyKey),
      onInvalid: input.onInvalid ?? 'REJECT_ALL',
      notify: normaliseNotify(input.notify),
    },
    rows: input.userList.length > USERS_MAX ? [] : input.userList.map(normaliseRow),
  };
}

/** The one form of one user. */
export function normaliseRow(user: AccountUserInput): NormalisedRow {
  return {
    employeeNumber: given(user.employeeNumber, normaliseCompatibleText),
    employeeName: given(user.employeeName, normaliseName),
    departmentCode: given(user.departmentCode, normaliseText),
    phoneNumber: given(user.phoneNumber, normaliseCompatibleText),
    partnerCompany: given(user.partnerCompany, normaliseText),
    country: given(user.country, normaliseText),
  };
}

function given(text: Given, normalise: (text: string) => string): string | null {
  return text == null ? null : normalise(text) || null;
}
