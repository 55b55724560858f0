import type { Locale } from '../../../domain/errors/error-entry.ts';
import type { LocalText } from './texts.ts';

/** The systems that the first one knew, in its order. */
export const accountTypes = ['idaas', 'welink', 'email'] as const;
export type AccountType = (typeof accountTypes)[number];

const typeTexts: Readonly<Record<AccountType, LocalText>> = {
  idaas: { ZH_CN: 'IDAAS账号', EN: 'IDAAS account' },
  welink: { ZH_CN: 'Welink账号', EN: 'WeLink account' },
  email: { ZH_CN: '邮箱账号', EN: 'Mailbox' },
};

/** Task states that the first system had or promised. */
export const taskStates = ['pending', 'processing', 'completed', 'failed', 'retry'] as const;
export type OldTaskState = (typeof taskStates)[number];

/** Our states behind each state of the first system: the nearest ones, so that a polling caller comes to an end. */
export const taskStatesBehind: Readonly<Record<OldTaskState, readonly string[]>> = {
  pending: ['PENDING', 'WAITING'],
  processing: ['PROCESSING', 'UNCERTAIN'],
  completed: ['COMPLETED'],
  failed: ['FAILED', 'CANCELLED'],
  retry: ['RETRY'],
};

/** Our state of a task, an item or a request as the first system spelt it. */
export function oldState(state: string): string {
  switch (state) {
    case 'WAITING':
      return 'pending';
    case 'UNCERTAIN':
      return 'processing';
    case 'CANCELLED':
      return 'failed';
    default:
      return state.toLowerCase();
  }
}

/** One of a closed set, whatever its case; null when it is none. */
export function choiceOf<T extends string>(choices: readonly T[], text: string): T | null {
  const wanted = text.trim().toLowerCase();
  return choices.find((choice) => choice === wanted) ?? null;
}

/** `IDAAS账号`: the first system's name of an account there; systems it did not know have their own name. */
export function accountTypeDisplay(system: string, locale: Locale): string {
  const type = choiceOf(accountTypes, system);
  return type === null ? system : typeTexts[type][locale];
}

/** A count of a whole as the first system printed it: `66.7%`, of nothing `0%`. */
export function rateOf(part: number, whole: number): string {
  return whole === 0 ? '0%' : `${((part / whole) * 100).toFixed(1)}%`;
}

/** Progress, 0 to 100, cut after one digit: 100.0% means complete. */
export function progressText(percent: number): string {
  return `${(Math.floor(percent * 10 + 1e-6) / 10).toFixed(1)}%`;
}

/** The number HR knows a person by; of people HR does not know minus the number of the row. */
export function personIdOf(person: {
  readonly id: string;
  readonly hrPersonId: string | null;
}): number | string {
  const { id, hrPersonId } = person;
  if (hrPersonId === null || !/^\d{1,19}$/.test(hrPersonId)) return -Number(id);
  const number = Number(hrPersonId);
  // JSON's numbers end where doubles do; a longer one stays exact as a text.
  return Number.isSafeInteger(number) ? number : hrPersonId;
}
