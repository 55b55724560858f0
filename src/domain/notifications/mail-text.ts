import type { Locale } from '../errors/error-entry.ts';
import { requestStatuses } from '../provisioning/states/states.ts';
import { displayRequestStatus } from '../provisioning/states/status-display.ts';
import { formatMoment } from '../text/format-moment.ts';
import type { NotificationEvent } from './event.ts';
import { mailTemplates } from './mail-texts.ts';

/** A mail as people read it. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
}

export interface MailReader {
  readonly locale: Locale;
  readonly timeZone: string;
}

/**
 * The mail of an event in the reader's language; null for an event without mail. `more` are rendered facts that the
 * event does not carry: `cause`, why tasks failed.
 */
export function mailText(
  event: NotificationEvent,
  reader: MailReader,
  more: Readonly<Record<string, string>> = {},
): MailText | null {
  const template = templateOf(event);
  if (template === null) return null;
  const facts = { ...factsOf(event, reader), ...more };
  const fill = (line: string): string => line.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '–');
  const [subject, ...lines] =
    reader.locale === 'ZH_CN' ? mailTemplates[template].zh : mailTemplates[template].en;
  return { subject: `[AccountSync] ${fill(subject)}`, text: `${lines.map(fill).join('\n')}\n` };
}

function templateOf(event: NotificationEvent): keyof typeof mailTemplates | null {
  switch (event.type) {
    case 'request.finished':
      return 'REQUEST';
    case 'task.failed':
      return 'TASKS';
    case 'run.finished':
      return event.data.status === 'FAILED' ? 'RUN_FAILS' : 'RUN_WORKS';
    case 'run.awaiting_confirmation':
      return 'RUN_WAITS';
    case 'system.circuit_opened':
      return 'CIRCUIT_OPENED';
    case 'system.circuit_closed':
      return 'CIRCUIT_CLOSED';
    case 'database.privileged_account.appeared':
      return 'PRIVILEGED_ACCOUNT';
    case 'database.account.changed':
    case 'calendar.system_error':
      return 'CALENDAR_STOPS';
    case 'calendar.run_finished':
    case 'webhook.test':
      return null;
  }
}

/** Facts for the templates: texts and numbers as they are; times, lists and states in the reader's form. */
function factsOf(
  { data }: NotificationEvent,
  { locale, timeZone }: MailReader,
): Readonly<Record<string, string>> {
  const separator = locale === 'ZH_CN' ? '、' : ', ';
  const facts = Object.entries(data).map(([name, value]): [string, string] => {
    if (Array.isArray(value)) return [name, value.join(separator) || '–'];
    if (typeof value === 'object' && value !== null) return [name, countsText(value, separator)];
    if (typeof value === 'string' && name.endsWith('At')) return [name, formatMoment(value, timeZone)];
    return [name, value === null || value === undefined ? '–' : String(value)];
  });
  const status = requestStatuses.find((known) => known === data['status']);
  const shown = status === undefined ? [] : [['status', displayRequestStatus(status, locale)]];
  return Object.fromEntries([...facts, ...shown]);
}

function countsText(counts: object, separator: string): string {
  const parts = Object.entries(counts).map(([name, count]) => `${name} ${String(count)}`);
  return parts.join(separator) || '–';
}
