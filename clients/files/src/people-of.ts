import type { Row } from './read-rows.ts';
import type { Say } from './say.ts';
import { UnreadableFile } from './unreadable-file.ts';

const DEFAULT_COUNTRY = '中国';

/** The person of a line, as `createAccounts` takes them. */
export function personOf({ values }: Row) {
  return {
    employeeNumber: values.get('employeeNumber') ?? '',
    employeeName: values.get('employeeName') ?? '',
    departmentCode: values.get('departmentCode') ?? '',
    phoneNumber: values.get('phoneNumber') ?? '',
    partnerCompany: values.get('partnerCompany') || null,
    country: values.get('country') || DEFAULT_COUNTRY,
  };
}

/**
 * The value that all lines have, of a field that concerns the call as a whole; null when none has one.
 *
 * @throws UnreadableFile when lines contradict each other.
 */
export function oneValueOf(field: string, rows: readonly Row[], say: Say): string | null {
  let found: { readonly value: string; readonly line: number } | null = null;
  for (const { line, values } of rows) {
    const value = values.get(field) ?? '';
    if (value === '') continue;
    found ??= { value, line };
    if (found.value !== value)
      throw new UnreadableFile(
        say(
          `${field} 在一个文件里只能有一个值：第 ${found.line} 行是 ${found.value}，第 ${line} 行是 ${value}。请拆成多个文件。`,
          `${field} has one value per file: it is ${found.value} in line ${found.line} and ${value} in line ${line}. Split the file.`,
        ),
      );
  }
  return found?.value ?? null;
}
