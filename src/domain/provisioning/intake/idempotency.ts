import { createHash } from 'node:crypto';
import { type Notify, recipientsOf } from '../../notifications/notify-input.ts';
import type {
  NormalisedCreateAccounts,
  NormalisedHeader,
  NormalisedRow,
} from './normalise-create-accounts.ts';

/**
 * The key of a call that brings none (provisioning.md §3.2): the tuple originSystem, businessKey, accountType,
 * employeeType, sorted systems as JSON, which nothing inside a text can imitate.
 */
export function derivedKeyOf(header: NormalisedHeader): string {
  return JSON.stringify([
    header.originSystem,
    header.businessKey,
    header.accountType,
    header.employeeType,
    header.systemList.toSorted(),
  ]);
}

/**
 * The input that two calls must share to be the same call: everything but `priority`, `idempotencyKey` and `mode`;
 * systems and users as sets (provisioning.md §3.2). Bad rows take part as they are.
 */
export function canonicalInput({ header, rows }: NormalisedCreateAccounts): string {
  const users = rows.map(canonicalRow).sort();
  const distinct = users.filter((user, index) => user !== users[index - 1]);
  const notify = header.notify === null ? [] : [canonicalNotify(header.notify)];
  return [derivedKeyOf(header), header.onInvalid, ...notify, ...distinct].join('\n');
}

/** SHA-256 of `canonicalInput`, 64 hexadecimal digits. Takes what `validateCreateAccounts` returns. */
export function fingerprintOf(batch: NormalisedCreateAccounts): string {
  return createHash('sha256').update(canonicalInput(batch)).digest('hex');
}

/** An object, which no row is; addresses as a set. */
function canonicalNotify(notify: Notify): string {
  const emails = recipientsOf(notify).map((address) => address.toLowerCase());
  return JSON.stringify({ emails: emails.toSorted(), webhookUrl: notify.webhookUrl });
}

/** JSON escapes line breaks and lone surrogates, so that rows stay apart and differing rows differ in UTF-8. */
function canonicalRow(row: NormalisedRow): string {
  return JSON.stringify([
    row.employeeNumber,
    row.employeeName,
    row.departmentCode,
    row.phoneNumber,
    row.partnerCompany,
    row.country,
  ]);
}
